import { evaluate, type PolicyStatement } from '@busline/access-policy';
import type { Json, JsonObject, Subscription, TargetDeclaration } from '@busline/event-repository';
import fc from 'fast-check';
import { declaredResources } from '../declaredResources';
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
} from '../testRepository';
import { MAX_TEMPLATE_BYTES, templateText } from './limits';
import { deploymentOrder } from './order';
import type { Stack } from './stack';
import { stackFile } from './stackNames';
import { centralStack, platformStack, serviceStack, stacksOf } from './stacks';
import { generatedStacks, readStack } from './stackText';

interface TemplateResource {
  readonly id: string;
  readonly type: string;
  readonly dependsOn: readonly string[];
  readonly properties: JsonObject;
}

function resourcesOf(stack: Stack | undefined): readonly TemplateResource[] {
  return Object.entries((stack?.template.Resources ?? {}) as JsonObject).map(([id, value]) => {
    const { Type, DependsOn, Properties } = value as JsonObject;
    return {
      id,
      type: String(Type).replace(/^AWS::/, ''),
      dependsOn: (DependsOn ?? []) as readonly string[],
      properties: Properties as JsonObject,
    };
  });
}

const ofType = (stack: Stack | undefined, type: string) => resourcesOf(stack).filter(r => r.type === type);
const inWords = (stack: Stack | undefined) => resourcesOf(stack).map(r => `${r.type} ${r.id}`);
const WHOLE = repository();

describe('the stacks of a service that subscribes by its bus', () => {
  it('are one in each account, beside the platform', () => {
    expect(stacksOf(WHOLE, 'prod').map(s => [s.name, s.accountId, s.region, s.dependsOn])).toEqual([
      ['busline-prod-platform', PLATFORM, REGION, []],
      ['busline-prod-central-access-service', PLATFORM, REGION, ['busline-prod-platform']],
      ['busline-prod-delivery-service', DELIVERY, REGION, []],
      [
        'busline-prod-central-delivery-service',
        PLATFORM,
        REGION,
        ['busline-prod-delivery-service', 'busline-prod-platform'],
      ],
    ]);
    expect(stacksOf(WHOLE, 'staging')).toEqual([]);
  });

  it('make the bus in the platform, which outlives it', () => {
    const [bus] = ofType(platformStack(WHOLE, 'prod'), 'Events::EventBus');
    expect(bus.properties).toEqual({ Name: 'central' });
    expect((platformStack(WHOLE, 'prod')!.template.Resources as any)[bus.id]).toMatchObject({
      DeletionPolicy: 'Retain',
      UpdateReplacePolicy: 'Retain',
    });
  });

  it('let a publisher publish on the central side only', () => {
    expect(inWords(centralStack(WHOLE, 'prod', 'access-service'))).toEqual([
      expect.stringMatching(/^Events::EventBusPolicy BuslineAccessService[A-Za-z0-9]{16}BusPolicy$/),
    ]);
    const [policy] = ofType(centralStack(WHOLE, 'prod', 'access-service'), 'Events::EventBusPolicy');
    expect(policy.properties).toEqual({
      EventBusName: 'central',
      StatementId: expect.stringMatching(/^busline-access-service-[0-9a-z]{16}$/),
      Statement: {
        Effect: 'Allow',
        Principal: { AWS: `arn:aws:iam::${ACCESS}:root` },
        Action: 'events:PutEvents',
        Resource: CENTRAL,
        Condition: {
          StringEquals: {
            'events:source': 'com.key.access',
            'events:detail-type': ['Access Granted', 'Access Revoked'],
          },
        },
      },
    });
    expect(serviceStack(WHOLE, 'prod', 'access-service')).toBeUndefined();
  });

  it('forward in the central account', () => {
    const central = centralStack(WHOLE, 'prod', 'delivery-service');
    expect(inWords(central)).toEqual([
      'IAM::Role RoleToSubscriberBus',
      'SQS::Queue AccessGrantedDeadLetters',
      'SQS::QueuePolicy AccessGrantedDeadLettersPolicy',
      'Events::Rule AccessGrantedRule',
      'CloudWatch::Alarm AccessGrantedDeadLettersAlarm',
      'CloudWatch::Alarm AccessGrantedFailedInvocationsAlarm',
      'CloudWatch::Alarm AccessGrantedThrottledAlarm',
    ]);
    const [rule] = ofType(central, 'Events::Rule');
    expect(rule.dependsOn).toEqual(['AccessGrantedDeadLettersPolicy', 'RoleToSubscriberBus']);
    expect(rule.properties).toMatchObject({
      Name: 'delivery-service-access-granted',
      EventBusName: 'central',
      EventPattern: { source: ['com.key.access'], 'detail-type': ['Access Granted'] },
      State: 'ENABLED',
      Targets: [
        {
          Id: 'subscriber-bus',
          Arn: `arn:aws:events:${REGION}:${DELIVERY}:event-bus/busline-delivery-service`,
          RetryPolicy: { MaximumEventAgeInSeconds: 3600, MaximumRetryAttempts: 20 },
          DeadLetterConfig: { Arn: expect.stringContaining(':delivery-service-access-granted-dlq-') },
        },
      ],
    });
    expect(central!.needs).toEqual([
      {
        stack: 'busline-prod-delivery-service',
        accountId: DELIVERY,
        region: REGION,
        rules: ['delivery-service-access-granted'],
      },
      { stack: 'busline-prod-platform', accountId: PLATFORM, region: REGION, rules: [] },
    ]);
  });

  it('receive in its own account', () => {
    const own = serviceStack(WHOLE, 'prod', 'delivery-service');
    expect(inWords(own)).toEqual([
      'Events::EventBus SubscriberBus',
      'SQS::Queue DeliveryServiceAccessGrantedQueue',
      'SQS::QueuePolicy DeliveryServiceAccessGrantedQueuePolicy',
      'SQS::Queue AccessGrantedDeadLetters',
      'SQS::QueuePolicy AccessGrantedDeadLettersPolicy',
      expect.stringMatching(/^Events::EventBusPolicy BuslineForward[A-Za-z0-9]{16}BusPolicy$/),
      'Events::Rule AccessGrantedRule',
      'CloudWatch::Alarm AccessGrantedDeadLettersAlarm',
      'CloudWatch::Alarm AccessGrantedFailedInvocationsAlarm',
      'CloudWatch::Alarm AccessGrantedThrottledAlarm',
    ]);
    const [rule] = ofType(own, 'Events::Rule');
    expect(rule.dependsOn).toEqual([
      'AccessGrantedDeadLettersPolicy',
      'DeliveryServiceAccessGrantedQueuePolicy',
      'SubscriberBus',
    ]);
    for (const queue of ofType(own, 'SQS::Queue')) expect(queue.properties.SqsManagedSseEnabled).toBe(true);
    expect(Object.keys(own!.template.Outputs as JsonObject)).toEqual([
      'SubscriberBusArn',
      'DeliveryServiceAccessGrantedQueueUrl',
    ]);
  });
});

describe('the way from account to account', () => {
  const [policy] = ofType(serviceStack(WHOLE, 'prod', 'delivery-service'), 'Events::EventBusPolicy');
  const [role] = ofType(centralStack(WHOLE, 'prod', 'delivery-service'), 'IAM::Role');
  const statement = policy.properties.Statement as unknown as PolicyStatement;

  it('names no principal that does not exist when the receiving stack is made first', () => {
    expect(statement.Principal).toEqual({ AWS: `arn:aws:iam::${PLATFORM}:root` });
  });

  it.each([
    ['the forwarding role', role.properties.RoleName, 'allow'],
    ['another role of that account', 'somebody', 'deny'],
  ])('is open to %s: %s %s', (_who, name, decision) => {
    const arn = `arn:aws:iam::${PLATFORM}:role/${name}`;
    const resource = String(statement.Resource);
    const request = {
      principal: { kind: 'role' as const, account: PLATFORM, arn },
      action: 'events:PutEvents',
      resource,
      resourceAccount: DELIVERY,
      identityPolicies: [
        {
          name: 'own',
          document: {
            Version: '2012-10-17' as const,
            Statement: [{ Effect: 'Allow' as const, Action: 'events:PutEvents', Resource: resource }],
          },
        },
      ],
      resourcePolicy: { Version: '2012-10-17' as const, Statement: [statement] },
    };
    expect(evaluate(request).decision).toBe(decision);
  });

  it('waits for the role where a function is called directly, since its permission takes no condition', () => {
    const direct = subscription('delivery-service', 'direct', {
      path: 'direct',
      targets: [{ type: 'lambda', name: 'plan' }],
    });
    const repo = repository({ subscriptions: [...WHOLE.subscriptions, direct] });
    const stacks = stacksOf(repo, 'prod', { services: ['delivery-service'] });
    expect(stacks.map(s => [s.name, s.dependsOn])).toEqual([
      ['busline-prod-roles-delivery-service', []],
      ['busline-prod-delivery-service', ['busline-prod-roles-delivery-service']],
      [
        'busline-prod-central-delivery-service',
        ['busline-prod-delivery-service', 'busline-prod-platform', 'busline-prod-roles-delivery-service'],
      ],
    ]);
    const [permission] = ofType(stacks[1], 'Lambda::Permission');
    const [callRole] = ofType(stacks[0], 'IAM::Role');
    expect(permission.properties).toEqual({
      Action: 'lambda:InvokeFunction',
      FunctionName: 'plan',
      Principal: `arn:aws:iam::${PLATFORM}:role/${callRole.properties.RoleName}`,
    });
  });
});

describe('a pattern that looks for null', () => {
  it('is written as text, for CloudFormation takes no null', () => {
    const pattern = { source: ['s'], detail: { data: { note: [null] } } };
    const repo = repository({ subscriptions: [subscription('delivery-service', 'x', { pattern })] });
    for (const stack of stacksOf(repo, 'prod', { services: ['delivery-service'] })) {
      const [rule] = ofType(stack, 'Events::Rule');
      expect(rule.properties.EventPattern).toBe(JSON.stringify(pattern));
    }
  });
});

describe('alarms', () => {
  const TOPIC = `arn:aws:sns:${REGION}:${DELIVERY}:team`;
  const ABROAD = `arn:aws:sns:us-east-1:${DELIVERY}:team`;
  const PLATFORM_TOPIC = `arn:aws:sns:${REGION}:${PLATFORM}:platform`;
  const actions = (stack: Stack | undefined) => [
    ...new Set(ofType(stack, 'CloudWatch::Alarm').map(alarm => JSON.stringify(alarm.properties.AlarmActions))),
  ];
  const withTopics = (ofAccount: string | undefined, ofService?: string) =>
    repository({
      accounts: WHOLE.accounts.map(account => {
        if (account.name === 'delivery') return { ...account, alarmTopic: ofAccount };
        return account.name === 'platform' ? { ...account, alarmTopic: PLATFORM_TOPIC } : account;
      }),
      services: WHOLE.services.map(s =>
        s.name === 'delivery-service'
          ? { ...s, environments: s.environments.map(e => ({ ...e, alarmTopic: ofService })) }
          : s,
      ),
    });

  it.each([
    ['the account', TOPIC, undefined, TOPIC, TOPIC],
    ['the service, before the account', PLATFORM_TOPIC, TOPIC, TOPIC, TOPIC],
    ['nobody in another Region, and so of the central account there', ABROAD, undefined, PLATFORM_TOPIC, undefined],
  ])('notify the topic of %s', (_who, ofAccount, ofService, central, own) => {
    const repo = withTopics(ofAccount, ofService);
    expect(actions(centralStack(repo, 'prod', 'delivery-service'))).toEqual([JSON.stringify([central])]);
    expect(actions(serviceStack(repo, 'prod', 'delivery-service'))).toEqual([own && JSON.stringify([own])]);
  });

  it('watch dead letters, failures and throttling by the dimensions of their rule', () => {
    const alarms = ofType(centralStack(WHOLE, 'prod', 'delivery-service'), 'CloudWatch::Alarm');
    expect(alarms.map(({ properties: p }) => [p.Namespace, p.MetricName, p.Dimensions])).toEqual([
      [
        'AWS/SQS',
        'ApproximateNumberOfMessagesVisible',
        [{ Name: 'QueueName', Value: expect.stringContaining('delivery-service-access-granted-dlq-') }],
      ],
      ...['FailedInvocations', 'ThrottledRules'].map(metric => [
        'AWS/Events',
        metric,
        [
          { Name: 'EventBusName', Value: 'central' },
          { Name: 'RuleName', Value: 'delivery-service-access-granted' },
        ],
      ]),
    ]);
  });

  it('get a stack of their own where a template has no room for them', () => {
    const subscriptions = Array.from({ length: 16 }, (_, i) =>
      subscription('delivery-service', `number-${String.fromCharCode(97 + i)}`, {
        pattern: { source: ['s'], 'detail-type': [`T${i}`] },
      }),
    );
    const files = generatedStacks(repository({ subscriptions }), 'prod', { services: ['delivery-service'] });
    expect(files.map(f => [f.stack.name, f.path])).toEqual([
      ['busline-prod-delivery-service', 'stacks/prod/delivery-service@account.yaml'],
      ['busline-prod-central-delivery-service', 'stacks/prod/delivery-service.yaml'],
      ['busline-prod-central-delivery-service-alarms', 'stacks/prod/delivery-service@alarms.yaml'],
      ['busline-prod-delivery-service-alarms', 'stacks/prod/delivery-service@account@alarms.yaml'],
    ]);
    expect(files.map(f => f.stack).flatMap(s => ofType(s, 'CloudWatch::Alarm'))).toHaveLength(2 * 3 * 16);
    for (const { stack } of files) expect(templateText(stack).length).toBeLessThanOrEqual(MAX_TEMPLATE_BYTES);
  });
});

describe('where files lie', () => {
  const at = (name: string, owner: Stack['owner'], part?: string, url?: string, others: readonly string[] = []) =>
    stackFile(
      repository({
        services: [
          service(name, 'access', { repository: url }),
          ...others.map(o => service(o, 'access', { repository: url })),
        ],
      }),
      { environment: 'prod', owner, part },
    );
  const URL = 'https://github.com/key/x';

  it.each([
    [at('x', { side: 'platform' }), 'events', 'stacks/prod/platform.yaml'],
    [at('x', { side: 'central', service: 'x' }), 'events', 'stacks/prod/x.yaml'],
    [at('platform', { side: 'central', service: 'platform' }), 'events', 'stacks/prod/platform@service.yaml'],
    [at('x', { side: 'central-roles', service: 'x' }), 'events', 'stacks/prod/x@roles.yaml'],
    [at('x', { side: 'service', service: 'x' }), 'events', 'stacks/prod/x@account.yaml'],
    [at('x', { side: 'service', service: 'x' }, undefined, URL), 'service', 'busline/stacks/prod.yaml'],
    [at('x', { side: 'service', service: 'x' }, 'alarms', URL), 'service', 'busline/stacks/prod@alarms.yaml'],
    [at('x', { side: 'service', service: 'x' }, undefined, URL, ['y']), 'service', 'busline/stacks/x/prod.yaml'],
  ])('%j', (file, role, path) => {
    expect(file).toEqual({ repository: role, path });
  });
});

const name = fc.oneof(
  fc.stringMatching(/^[a-z][a-z0-9-]{0,20}$/),
  fc.constantFrom('platform', 'central-x', 'x', 'x-alarms', 'roles-x', 'constructor', '__proto__', 'A.b', 'a-b', 'ab'),
);
const target: fc.Arbitrary<TargetDeclaration> = fc.oneof(
  fc.record({ type: fc.constant('sqs' as const), name }),
  fc.record({ type: fc.constant('lambda' as const), name }),
  fc.record({ type: fc.constant('step-functions' as const), name }),
  fc.constantFrom(
    { type: 'arn' as const, arn: `arn:aws:kinesis:${REGION}:${DELIVERY}:stream/s` },
    { type: 'arn' as const, arn: `arn:aws:sqs:${REGION}:${DELIVERY}:x` },
  ),
);
const anyRepository = fc
  .record({
    services: fc.uniqueArray(
      fc.tuple(name, fc.constantFrom('platform', 'access', 'delivery'), fc.constantFrom(undefined, 'https://x.test/r')),
      { selector: ([n]) => n, minLength: 1, maxLength: 5 },
    ),
    subscriptions: fc.uniqueArray(
      fc.tuple(
        fc.nat(),
        name,
        fc.constantFrom('direct' as const, 'subscriber-bus' as const),
        fc.array(target, { maxLength: 3 }),
      ),
      { selector: ([, n]) => n, maxLength: 10 },
    ),
  })
  .map(({ services, subscriptions }) =>
    repository({
      services: services.map(([n, account, url]) =>
        service(n, account, { repository: url, publishes: [publication(`com.${n}`, 'A')] }),
      ),
      subscriptions: subscriptions.map(
        ([i, n, path, targets], index): Subscription =>
          subscription(services[i % services.length][0], n, {
            path,
            targets,
            pattern: { source: ['s'], 'detail-type': [`T${index % 3}`] },
          }),
      ),
    }),
  );

describe('whatever is declared', () => {
  it('every resource is in exactly one stack, in its own account and Region', () => {
    fc.assert(
      fc.property(anyRepository, repo => {
        const placed = stacksOf(repo, 'prod').flatMap(stack =>
          resourcesOf(stack).flatMap(({ type, properties: p }) => {
            const at = `${stack.accountId} ${stack.region}`;
            if (type === 'Events::Rule') return [`rule ${at} ${p.EventBusName} ${p.Name}`];
            if (type === 'Events::EventBusPolicy') return [`bus-policy-statement ${at} ${p.StatementId}`];
            if (type === 'IAM::Role') return [`role ${at} ${p.RoleName}`];
            if (type === 'SQS::Queue') return [`queue ${at} ${p.QueueName}`];
            return type === 'Events::EventBus' ? [`bus ${at} ${p.Name}`] : [];
          }),
        );
        const wanted = declaredResources(repo, 'prod').flatMap(r => {
          const at = `${r.accountId} ${r.region}`;
          if (r.kind === 'rule') return [`rule ${at} ${r.busName} ${r.name}`];
          if (r.kind === 'dead-letter-queue') return [`queue ${at} ${r.name}`];
          return ['bus', 'bus-policy-statement', 'role', 'queue'].includes(r.kind) ? [`${r.kind} ${at} ${r.name}`] : [];
        });
        expect([...placed].sort()).toEqual([...wanted].sort());
      }),
    );
  });

  it('names and files are unique, and what a stack waits for comes before it', () => {
    fc.assert(
      fc.property(anyRepository, repo => {
        const files = generatedStacks(repo, 'prod');
        const names = files.map(f => f.stack.name);
        expect(new Set(names).size).toBe(names.length);
        expect(new Set(files.map(f => `${f.service ? 'https://x.test/r' : ''} ${f.path}`)).size).toBe(files.length);
        files.forEach(({ stack }, index) => {
          for (const before of stack.dependsOn) {
            expect(names.indexOf(before)).toBeGreaterThanOrEqual(0);
            expect(names.indexOf(before)).toBeLessThan(index);
          }
        });
      }),
    );
  });

  it('templates are whole: names resolve, ids are such that CloudFormation takes them', () => {
    fc.assert(
      fc.property(anyRepository, repo => {
        for (const stack of stacksOf(repo, 'prod')) {
          const resources = resourcesOf(stack);
          const ids = new Set(resources.map(r => r.id));
          for (const { id, dependsOn, properties } of resources) {
            expect(id).toMatch(/^[A-Za-z][A-Za-z0-9]{0,254}$/);
            for (const other of [...dependsOn, ...references(properties)]) expect(ids).toContain(other);
          }
          for (const value of Object.values((stack.template.Outputs ?? {}) as JsonObject)) {
            for (const other of references(value)) expect(ids).toContain(other);
          }
        }
      }),
    );
  });

  it('a file reads back as the stack it was written from', () => {
    fc.assert(
      fc.property(anyRepository, repo => {
        for (const { text, stack } of generatedStacks(repo, 'prod')) {
          expect(text).toMatch(
            /^# Generated by Busline from [^\n]*; do not edit; regenerate with `busline generate`\n/,
          );
          expect(readStack(text)).toEqual({ ok: true, stack });
        }
      }),
    );
  });

  it('the stacks of one service are those it has among all', () => {
    fc.assert(
      fc.property(anyRepository, repo => {
        const all = stacksOf(repo, 'prod');
        for (const { name: only } of repo.services) {
          const its = all.filter(({ owner }) => 'service' in owner && owner.service === only);
          const found = stacksOf(repo, 'prod', { services: [only] });
          expect([...found].sort(byName)).toEqual([...its].sort(byName));
        }
      }),
    );
  });

  it('a subscription of one service changes no stack of another', () => {
    fc.assert(
      fc.property(anyRepository, repo => {
        const [first, second] = repo.services;
        if (!second) return;
        const before = stacksOf(repo, 'prod', { services: [first.name] });
        const added = subscription(second.name, 'added', { targets: [{ type: 'sqs', name: 'of-nobody-else' }] });
        const after = stacksOf({ ...repo, subscriptions: [...repo.subscriptions, added] }, 'prod', {
          services: [first.name],
        });
        expect(after).toEqual(before);
      }),
    );
  });
});

const byName = (a: Stack, b: Stack) => (a.name < b.name ? -1 : 1);

function references(value: Json): readonly string[] {
  if (Array.isArray(value)) return value.flatMap(references);
  if (value === null || typeof value !== 'object') return [];
  return Object.entries(value).flatMap(([key, inner]) => {
    if (key === 'Ref') return [String(inner)];
    if (key === 'Fn::GetAtt') return [String((inner as readonly Json[])[0])];
    return references(inner);
  });
}

describe('deploymentOrder', () => {
  it('says which stacks wait for each other', () => {
    const circle = [
      { name: 'a', dependsOn: ['b'] },
      { name: 'b', dependsOn: ['c'] },
      { name: 'c', dependsOn: ['b'] },
    ];
    expect(() => deploymentOrder(circle)).toThrow('Stacks depend on each other in a circle: b → c → b');
  });

  it('leaves alone what is not there', () => {
    expect(deploymentOrder([{ name: 'a', dependsOn: ['gone'] }]).map(s => s.name)).toEqual(['a']);
  });
});

describe('readStack', () => {
  it.each([
    ['a: [', 'is no YAML'],
    ['- a', 'is no CloudFormation template'],
    ['Resources: {}', 'has no Metadata.Busline; `busline generate` writes it'],
    [
      'Metadata: { Busline: { stack: "../x", side: nobody, account: 12, region: here } }\nResources: {}',
      'has no usable stack, repository, environment, side, account, region in Metadata.Busline',
    ],
    ['Metadata: { Busline: {} }', 'has no Resources'],
    ['Metadata: { Busline: {} }\nResources: { A: { B: "\\x7b{resolve:ssm:x}}" } }', 'has {{resolve:…}}'],
  ])('of %j %s', (text, problem) => {
    expect(readStack(text)).toEqual({ ok: false, problem: expect.stringContaining(problem) });
  });
});
