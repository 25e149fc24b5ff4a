import { asList, type PolicyStatement } from '@busline/access-policy';
import type { TargetDeclaration } from '@busline/event-repository';
import fc from 'fast-check';
import { declaredEstate, planEstate } from './declaredEstate';
import { declaredResources } from './declaredResources';
import { roleCounts } from './roleCounts';
import { MAX_TRUST_POLICY_CHARACTERS } from './policies';
import type { Resource } from './resources';
import {
  ACCESS,
  CENTRAL,
  DELIVERY,
  PLATFORM,
  publication,
  REGION,
  repository,
  service,
  subscription,
} from './testRepository';

/** Every statement of every document, with the resource that carries it. */
function statementsOf(resource: Resource): readonly PolicyStatement[] {
  switch (resource.kind) {
    case 'bus-policy-statement':
      return [resource.statement];
    case 'role':
      return [...asList(resource.trust.Statement), ...asList(resource.policy.document.Statement)];
    case 'queue':
    case 'dead-letter-queue':
      return asList(resource.policy.Statement);
    default:
      return [];
  }
}

const kinds = (resources: readonly Resource[]) => resources.map(r => `${r.owner.side} ${r.kind} ${r.name}`);
const only = <K extends Resource['kind']>(resources: readonly Resource[], kind: K) =>
  resources.filter((r): r is Extract<Resource, { kind: K }> => r.kind === kind);

/** Who may what: without the denial of plain text that every queue has. */
const allows = (policy: { readonly Statement: PolicyStatement | readonly PolicyStatement[] }) =>
  asList<PolicyStatement>(policy.Statement).filter(statement => statement.Effect === 'Allow');

const ofType = (detailType: string) => ({ source: ['s'], 'detail-type': [detailType] });

const name = fc.stringMatching(/^[a-z][a-z0-9-]{0,30}$/);
const target: fc.Arbitrary<TargetDeclaration> = fc.oneof(
  fc.record({ type: fc.constant('sqs' as const), name }),
  fc.record({ type: fc.constant('lambda' as const), name }),
  fc.record({ type: fc.constant('step-functions' as const), name }),
  fc.record({
    type: fc.constant('arn' as const),
    arn: fc.constantFrom(
      `arn:aws:kinesis:${REGION}:${DELIVERY}:stream/s`,
      `arn:aws:sns:${REGION}:${ACCESS}:topic`,
      `arn:aws:events:${REGION}:${DELIVERY}:event-bus/other`,
      `arn:aws:events:${REGION}:${PLATFORM}:api-destination/d/1`,
      'no arn at all',
    ),
  }),
);
const anyRepository = fc
  .record({
    services: fc.uniqueArray(fc.tuple(name, fc.constantFrom('platform', 'access', 'delivery')), {
      selector: ([n]) => n,
      minLength: 1,
      maxLength: 6,
    }),
    subscriptions: fc.uniqueArray(
      fc.tuple(
        fc.nat(),
        name,
        fc.constantFrom('direct' as const, 'subscriber-bus' as const),
        fc.array(target, { minLength: 1, maxLength: 4 }),
      ),
      { selector: ([, n]) => n, maxLength: 12 },
    ),
  })
  .map(({ services, subscriptions }) =>
    repository({
      services: services.map(([n, account]) =>
        service(n, account, { publishes: [publication(`com.${n}`, 'A'), publication(`com.${n}`, 'B')] }),
      ),
      subscriptions: subscriptions.map(([i, n, path, targets]) =>
        subscription(services[i % services.length][0], n, { path, targets }),
      ),
    }),
  );

describe('declaredResources', () => {
  it('lists what the subscriber-bus path needs, in an order in which it can be made', () => {
    expect(kinds(declaredResources(repository(), 'prod'))).toEqual([
      'platform bus central',
      'service bus busline-delivery-service',
      expect.stringMatching(/^central role busline-forward-delivery-service-/),
      'service queue delivery-service-access-granted',
      expect.stringMatching(/^central dead-letter-queue delivery-service-access-granted-dlq-/),
      expect.stringMatching(/^service dead-letter-queue delivery-service-access-granted-dlq-/),
      expect.stringMatching(/^central bus-policy-statement busline-access-service-/),
      expect.stringMatching(/^service bus-policy-statement busline-forward-/),
      'central rule delivery-service-access-granted',
      'service rule delivery-service-access-granted',
    ]);
  });

  it('guards a queue by the one rule that fills it', () => {
    const resources = declaredResources(repository(), 'prod');
    const [centralRule, serviceRule] = only(resources, 'rule');
    const statement = (resource: string, ruleArn: string) => ({
      Sid: expect.any(String),
      Effect: 'Allow',
      Principal: { Service: 'events.amazonaws.com' },
      Action: 'sqs:SendMessage',
      Resource: resource,
      Condition: { ArnEquals: { 'aws:SourceArn': ruleArn } },
    });
    const [queue] = only(resources, 'queue');
    expect(allows(queue.policy)).toEqual([statement(queue.arn, serviceRule.arn)]);
    const [centralDlq, serviceDlq] = only(resources, 'dead-letter-queue');
    expect(allows(centralDlq.policy)).toEqual([statement(centralDlq.arn, centralRule.arn)]);
    expect(allows(serviceDlq.policy)).toEqual([statement(serviceDlq.arn, serviceRule.arn)]);
  });

  it('makes one role per subscriber bus, which every rule to that bus shares', () => {
    const subscriptions = ['a', 'b', 'c'].map(n => subscription('delivery-service', n, { pattern: ofType(n) }));
    const resources = declaredResources(repository({ subscriptions }), 'prod');
    const [role, ...more] = only(resources, 'role');
    expect(more).toEqual([]);
    expect(role.policy.document.Statement).toEqual([
      {
        Effect: 'Allow',
        Action: 'events:PutEvents',
        Resource: `arn:aws:events:${REGION}:${DELIVERY}:event-bus/busline-delivery-service`,
      },
    ]);
    const centralRules = only(resources, 'rule').filter(rule => rule.busArn === CENTRAL);
    expect(asList(role.trust.Statement)[0].Condition).toEqual({
      StringEquals: { 'aws:SourceAccount': PLATFORM },
      ArnEquals: { 'aws:SourceArn': centralRules.map(rule => rule.arn) },
    });
    expect(centralRules.map(rule => rule.targets[0].roleArn)).toEqual([role.arn, role.arn, role.arn]);
  });

  it('keeps the trust policy of a role within its quota', () => {
    const subscriptions = Array.from({ length: 60 }, (_, i) =>
      subscription('delivery-service', `s-${i}`, { pattern: ofType(`T${i}`) }),
    );
    const [role] = only(declaredResources(repository({ subscriptions }), 'prod'), 'role');
    expect(JSON.stringify(role.trust).length).toBeLessThanOrEqual(MAX_TRUST_POLICY_CHARACTERS);
    expect(asList(role.trust.Statement)[0].Condition).toEqual({ StringEquals: { 'aws:SourceAccount': PLATFORM } });
  });

  it('gives every rule of a shared queue a statement of its own', () => {
    const targets = [{ type: 'sqs' as const, name: 'shared' }];
    const subscriptions = ['a', 'b'].map(n => subscription('delivery-service', n, { targets }));
    const [queue, ...more] = only(declaredResources(repository({ subscriptions }), 'prod'), 'queue');
    expect(more).toEqual([]);
    expect(new Set(allows(queue.policy).map(s => s.Sid)).size).toBe(2);
  });

  it('lets nobody reach a queue without TLS', () => {
    const resources = declaredResources(repository(), 'prod');
    const queues = [...only(resources, 'queue'), ...only(resources, 'dead-letter-queue')];
    expect(queues).toHaveLength(3);
    for (const queue of queues) {
      expect(asList(queue.policy.Statement)).toContainEqual({
        Sid: 'BuslineTlsOnly',
        Effect: 'Deny',
        Principal: '*',
        Action: 'sqs:*',
        Resource: queue.arn,
        Condition: { Bool: { 'aws:SecureTransport': 'false' } },
      });
    }
  });

  it('puts what nobody can handle beside what could not be delivered', () => {
    const redrives = (changes: Parameters<typeof subscription>[2]) =>
      only(
        declaredResources(repository({ subscriptions: [subscription('delivery-service', 'x', changes)] }), 'prod'),
        'queue',
      ).map(queue => queue.redrive);
    const [dlq] = only(declaredResources(repository(), 'prod'), 'dead-letter-queue').filter(
      queue => queue.accountId === DELIVERY,
    );
    const [queue] = only(declaredResources(repository(), 'prod'), 'queue');
    expect(queue.redrive).toEqual({ deadLetterArn: dlq.arn, maxReceiveCount: 5 });
    // A FIFO queue cannot redrive to it, nor can a queue in another account.
    expect(redrives({ targets: [{ type: 'sqs', name: 'x.fifo' }] })).toEqual([undefined]);
    expect(redrives({ path: 'direct' })).toEqual([undefined]);
  });

  it('opens a queue in another account to the role of the rule, by name', () => {
    const resources = declaredResources(
      repository({ subscriptions: [subscription('delivery-service', 'x', { path: 'direct' })] }),
      'prod',
    );
    const [role] = only(resources, 'role');
    const [queue] = only(resources, 'queue');
    expect(role.accountId).toBe(PLATFORM);
    expect(allows(queue.policy)).toEqual([
      expect.objectContaining({
        Principal: { AWS: `arn:aws:iam::${PLATFORM}:root` },
        Resource: queue.arn,
        Condition: { ArnEquals: { 'aws:PrincipalArn': role.arn } },
      }),
    ]);
  });

  it('names functions and state machines, and lets the rule call them', () => {
    const targets: TargetDeclaration[] = [
      { type: 'lambda', name: 'plan' },
      { type: 'step-functions', name: 'drop-off' },
    ];
    const resources = declaredResources(
      repository({ subscriptions: [subscription('delivery-service', 'x', { targets })] }),
      'prod',
    );
    const rule = only(resources, 'rule')[1];
    expect(only(resources, 'function').map(r => r.name)).toEqual(['plan']);
    expect(only(resources, 'state-machine').map(r => r.name)).toEqual(['drop-off']);
    expect(only(resources, 'function-permission')).toEqual([
      expect.objectContaining({
        functionName: 'plan',
        grantee: { service: 'events.amazonaws.com', sourceArn: rule.arn },
      }),
    ]);
    const role = only(resources, 'role').find(r => r.accountId === DELIVERY)!;
    expect(role.policy.document.Statement).toEqual([
      {
        Effect: 'Allow',
        Action: 'states:StartExecution',
        Resource: `arn:aws:states:${REGION}:${DELIVERY}:stateMachine:drop-off`,
      },
    ]);
    expect(rule.targets.map(t => t.roleArn)).toEqual([undefined, role.arn]);
  });

  it('never allows by wildcard: not who, not what, not on what', () => {
    fc.assert(
      fc.property(anyRepository, repo => {
        for (const resource of declaredResources(repo, 'prod')) {
          for (const statement of statementsOf(resource)) {
            if (statement.Effect === 'Deny') continue;
            const { Principal, Action, Resource: on, Condition } = statement;
            expect(JSON.stringify([Principal, Action, on, Condition])).not.toMatch(/[*?]/);
            expect(statement.NotAction ?? statement.NotResource ?? statement.NotPrincipal).toBeUndefined();
            // The service itself, as a principal, acts for anybody unless it is bound to a rule or an account.
            const isGuarded = /aws:Source(Arn|Account)/.test(JSON.stringify(Condition ?? {}));
            expect(isGuarded || !JSON.stringify(Principal ?? {}).includes('events.amazonaws.com')).toBe(true);
          }
        }
      }),
    );
  });

  it('makes as many roles in each account as are counted without working out the rules', () => {
    fc.assert(
      fc.property(anyRepository, repo => {
        const made = new Map<string, number>();
        for (const { accountId } of only(declaredResources(repo, 'prod'), 'role')) {
          made.set(accountId, (made.get(accountId) ?? 0) + 1);
        }
        expect(roleCounts(planEstate(repo, 'prod').hops)).toEqual(made);
      }),
    );
  });

  it('makes every resource once, and every role and queue that a rule names', () => {
    fc.assert(
      fc.property(anyRepository, repo => {
        const resources = declaredResources(repo, 'prod');
        const keys = resources.map(r => `${r.kind} ${r.arn} ${r.name}`);
        expect(new Set(keys).size).toBe(keys.length);
        const made = new Set(resources.map(r => r.arn));
        for (const rule of only(resources, 'rule')) {
          expect(made.has(rule.busArn)).toBe(true);
          const named = rule.targets.flatMap(t => [t.roleArn ?? [], t.deadLetterArn ?? []].flat());
          for (const arn of named) {
            expect(made.has(arn)).toBe(true);
            expect(arn).toContain(`:${rule.accountId}:`);
          }
        }
      }),
    );
  });

  it('asks for exactly the rules and policies of the declared estate', () => {
    fc.assert(
      fc.property(anyRepository, repo => {
        const estate = declaredEstate(repo, 'prod');
        const resources = declaredResources(repo, 'prod');
        expect(only(resources, 'rule').map(r => [r.arn, r.targets])).toEqual(estate.rules.map(r => [r.arn, r.targets]));
        expect(only(resources, 'bus').map(r => r.arn)).toEqual(estate.buses.map(b => b.arn));
        for (const bus of estate.buses) {
          const statements = only(resources, 'bus-policy-statement').filter(s => s.arn === bus.arn);
          expect(statements.map(s => s.statement)).toEqual(bus.policy?.Statement ?? []);
        }
      }),
    );
  });
});
