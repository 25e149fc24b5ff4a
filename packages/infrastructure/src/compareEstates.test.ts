import { compareEstates } from './compareEstates';
import { declaredEstate } from './declaredEstate';
import type { BusState, Estate, RuleState } from './estate';
import { CENTRAL, DELIVERY, PLATFORM, REGION, repository } from './testRepository';

const declared = declaredEstate(repository(), 'prod');
const scope = {
  read: [
    { accountId: PLATFORM, region: REGION },
    { accountId: DELIVERY, region: REGION },
  ],
};

/** The declared estate as AWS reports it after somebody's hand was on it. */
function observed(change: {
  rule?: (rule: RuleState) => RuleState | undefined;
  bus?: (bus: BusState) => BusState | undefined;
  add?: Partial<Estate>;
}): Estate {
  const copy = JSON.parse(JSON.stringify(declared)) as Estate;
  const bus = change.bus ?? (b => b);
  const rule = change.rule ?? (r => r);
  return {
    buses: [...copy.buses.flatMap(b => bus(b) ?? []), ...(change.add?.buses ?? [])],
    rules: [...copy.rules.flatMap(({ subscription: _, ...r }) => rule(r) ?? []), ...(change.add?.rules ?? [])],
  };
}

const central = (change: (rule: RuleState) => Partial<RuleState> | undefined) => (rule: RuleState) => {
  if (rule.busArn !== CENTRAL) return rule;
  const changed = change(rule);
  return changed && { ...rule, ...changed };
};
const centralBus = (change: (bus: BusState) => Partial<BusState>) => (bus: BusState) =>
  bus.arn === CENTRAL ? { ...bus, ...change(bus) } : bus;
const strange: RuleState = {
  ...declared.rules[0],
  arn: `${declared.rules[0].arn}-strange`,
  name: 'strange',
  subscription: undefined,
};

describe('compareEstates', () => {
  it('finds no drift where AWS has what is declared', () => {
    expect(compareEstates(declared, observed({}), scope)).toEqual([]);
  });

  it.each<[string, Record<string, unknown>]>([
    ['key order', { 'detail-type': ['Access Granted'], source: ['com.key.access'] }],
    ['an alternative twice', { source: ['com.key.access', 'com.key.access'], 'detail-type': ['Access Granted'] }],
  ])('reads a pattern by its meaning: %s', (_, pattern) => {
    const there = observed({ rule: central(() => ({ pattern: pattern as RuleState['pattern'] })) });
    expect(compareEstates(declared, there, scope)).toEqual([]);
  });

  it('says which pattern stands where another was declared', () => {
    const pattern = { source: ['com.key.access'] };
    expect(compareEstates(declared, observed({ rule: central(() => ({ pattern })) }), scope)).toEqual([
      {
        kind: 'different',
        resource: {
          type: 'rule',
          arn: declared.rules[0].arn,
          name: 'delivery-service-access-granted',
          accountId: PLATFORM,
          region: REGION,
        },
        subscription: { service: 'delivery-service', name: 'access-granted', environment: 'prod' },
        differences: [
          {
            field: 'pattern',
            declared: '{"source":["com.key.access"],"detail-type":["Access Granted"]}',
            observed: '{"source":["com.key.access"]}',
          },
        ],
      },
    ]);
  });

  it('keeps the order of a numeric range', () => {
    const withRange = (range: readonly (string | number)[]) => ({ detail: { n: [{ numeric: range }] } });
    const here: Estate = {
      buses: [],
      rules: [{ ...declared.rules[0], pattern: withRange(['>', 1, '<', 2]) }],
    };
    const there = (range: readonly (string | number)[]): Estate => ({
      buses: [],
      rules: [{ ...declared.rules[0], pattern: withRange(range) }],
    });
    expect(compareEstates(here, there(['>', 1, '<', 2]), scope)).toEqual([]);
    expect(compareEstates(here, there(['<', 1, '>', 2]), scope)).toHaveLength(1);
  });

  it.each<[string, (rule: RuleState) => Partial<RuleState>, unknown[]]>([
    [
      'a rule that was disabled',
      () => ({ enabled: false }),
      [{ field: 'state', declared: '"enabled"', observed: '"disabled"' }],
    ],
    [
      'a target that was taken away',
      () => ({ targets: [] }),
      [{ field: 'target subscriber-bus', declared: JSON.stringify(declared.rules[0].targets[0].arn) }],
    ],
    [
      'a target that was added',
      rule => ({ targets: [...rule.targets, { id: 'extra', arn: 'arn:aws:sqs:eu-west-1:111111111111:tap' }] }),
      [{ field: 'target extra', observed: '"arn:aws:sqs:eu-west-1:111111111111:tap"' }],
    ],
    [
      'a dead-letter queue that was taken away',
      rule => ({ targets: rule.targets.map(t => ({ ...t, deadLetterArn: undefined })) }),
      [
        {
          field: 'dead-letter queue of target subscriber-bus',
          declared: JSON.stringify(declared.rules[0].targets[0].deadLetterArn),
        },
      ],
    ],
    [
      'a retry policy that was left to the defaults',
      rule => ({
        targets: rule.targets.map(t => ({ ...t, maximumEventAgeSeconds: undefined, maximumRetryAttempts: undefined })),
      }),
      [
        { field: 'maximum event age of target subscriber-bus', declared: '3600', observed: '86400' },
        { field: 'retry attempts of target subscriber-bus', declared: '20', observed: '185' },
      ],
    ],
    [
      'a target under another id',
      rule => ({ targets: rule.targets.map(t => ({ ...t, id: 'Target0' })) }),
      [{ field: 'id of target subscriber-bus', declared: '"subscriber-bus"', observed: '"Target0"' }],
    ],
    [
      'an input that was fixed',
      rule => ({ targets: rule.targets.map(t => ({ ...t, input: '{"a": 1}' })) }),
      [{ field: 'input of target subscriber-bus', observed: '{"a":1}' }],
    ],
  ])('tells of %s', (_, change, differences) => {
    expect(compareEstates(declared, observed({ rule: central(change) }), scope)).toEqual([
      expect.objectContaining({ kind: 'different', differences }),
    ]);
  });

  it('tells of a rule that is missing and of one that nobody declared', () => {
    const there = observed({ rule: central(() => undefined), add: { rules: [strange] } });
    expect(compareEstates(declared, there, scope)).toEqual([
      {
        kind: 'missing',
        resource: expect.objectContaining({ type: 'rule', arn: declared.rules[0].arn }),
        subscription: { service: 'delivery-service', name: 'access-granted', environment: 'prod' },
      },
      { kind: 'unexpected', resource: expect.objectContaining({ type: 'rule', name: 'strange' }) },
    ]);
  });

  it('does not call missing what was not read', () => {
    const nothing = { buses: [], rules: [] };
    expect(compareEstates(declared, nothing, { read: [] })).toEqual([]);
    const drifts = compareEstates(declared, nothing, { read: [{ accountId: DELIVERY, region: REGION }] });
    expect(drifts.map(d => d.resource.accountId)).toEqual([DELIVERY, DELIVERY]);
  });

  it('leaves the rules of AWS services alone', () => {
    const managed = { ...strange, managedBy: 'schemas.amazonaws.com' };
    expect(compareEstates(declared, observed({ add: { rules: [managed] } }), scope)).toEqual([]);
  });

  it.each([
    ['bus' as const, ['bus']],
    ['everything' as const, ['bus', 'rule']],
    ['ignore' as const, []],
  ])('reports undeclared buses as asked: %s', (undeclaredBuses, types) => {
    const arn = `arn:aws:events:${REGION}:${DELIVERY}:event-bus/other`;
    const bus = { arn, name: 'other', accountId: DELIVERY, region: REGION };
    const rule = { ...strange, arn: 'x', busArn: arn, accountId: DELIVERY };
    const there = observed({ add: { buses: [bus], rules: [rule] } });
    expect(compareEstates(declared, there, { ...scope, undeclaredBuses }).map(d => d.resource.type)).toEqual(types);
  });

  it('never calls the default bus of an account unexpected', () => {
    const bus = { arn: 'd', name: 'default', accountId: DELIVERY, region: REGION };
    expect(compareEstates(declared, observed({ add: { buses: [bus] } }), scope)).toEqual([]);
  });

  describe('bus policies', () => {
    const statement = () => (declared.buses[0].policy!.Statement as Record<string, any>[])[0];
    const withStatements = (...statements: unknown[]) =>
      observed({
        bus: centralBus(() => ({ policy: { Version: '2012-10-17', Statement: statements } as BusState['policy'] })),
      });

    it('reads a statement by its meaning', () => {
      const same = {
        Sid: 'written-by-hand',
        Effect: 'Allow',
        Principal: { AWS: ['222222222222'] },
        Action: ['events:putevents'],
        Resource: [CENTRAL],
        Condition: {
          StringEquals: {
            'Events:Detail-Type': ['Access Revoked', 'Access Granted'],
            'events:source': ['com.key.access'],
          },
        },
      };
      expect(compareEstates(declared, withStatements(same), scope)).toEqual([]);
    });

    it('tells what a statement allows beyond what is declared', () => {
      const wider = { ...statement(), Condition: { StringEquals: { 'events:source': 'com.key.access' } } };
      expect(compareEstates(declared, withStatements(wider), scope)).toEqual([
        {
          kind: 'different',
          resource: {
            type: 'policy-statement',
            arn: CENTRAL,
            name: statement().Sid,
            accountId: PLATFORM,
            region: REGION,
          },
          differences: [
            {
              field: 'condition',
              declared:
                '{"StringEquals":{"events:detail-type":["Access Granted","Access Revoked"],"events:source":["com.key.access"]}}',
              observed: '{"StringEquals":{"events:source":["com.key.access"]}}',
            },
          ],
        },
      ]);
    });

    it('tells of a statement that is missing and of one that nobody declared', () => {
      const stranger = {
        Sid: 'stranger',
        Effect: 'Allow',
        Principal: '*',
        Action: 'events:PutEvents',
        Resource: CENTRAL,
      };
      expect(compareEstates(declared, withStatements(stranger), scope)).toEqual([
        { kind: 'missing', resource: expect.objectContaining({ type: 'policy-statement', name: statement().Sid }) },
        { kind: 'unexpected', resource: expect.objectContaining({ type: 'policy-statement', name: 'stranger' }) },
      ]);
    });

    it('counts equal statements', () => {
      const again = { ...statement(), Sid: 'again' };
      expect(compareEstates(declared, withStatements(again, statement()), scope)).toEqual([
        { kind: 'unexpected', resource: expect.objectContaining({ name: 'again' }) },
      ]);
    });
  });

  it('stands a pattern that is nested beyond all reason', () => {
    let pattern: any = ['x'];
    for (let i = 0; i < 3000; i++) pattern = { a: pattern };
    const there = observed({ rule: central(() => ({ pattern })) });
    expect(compareEstates(declared, there, scope)).toHaveLength(1);
  });
});
