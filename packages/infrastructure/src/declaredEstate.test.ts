import { declaredEstate } from './declaredEstate';
import type { DeclarationProblem } from './deployments';
import { CENTRAL, DELIVERY, PLATFORM, REGION, repository, service, subscription } from './testRepository';

const SUBSCRIBER_BUS = `arn:aws:events:${REGION}:${DELIVERY}:event-bus/busline-delivery-service`;

describe('declaredEstate', () => {
  it('leads an event from the central bus over the subscriber bus to the target', () => {
    const { rules } = declaredEstate(repository(), 'prod');
    expect(rules).toMatchObject([
      {
        arn: `arn:aws:events:${REGION}:${PLATFORM}:rule/central/delivery-service-access-granted`,
        busArn: CENTRAL,
        accountId: PLATFORM,
        enabled: true,
        pattern: { source: ['com.key.access'], 'detail-type': ['Access Granted'] },
        subscription: { service: 'delivery-service', name: 'access-granted', environment: 'prod' },
        targets: [
          {
            id: 'subscriber-bus',
            arn: SUBSCRIBER_BUS,
            roleArn: expect.stringMatching(`^arn:aws:iam::${PLATFORM}:role/busline-forward-delivery-service-`),
            deadLetterArn: expect.stringMatching(`^arn:aws:sqs:${REGION}:${PLATFORM}:`),
            maximumEventAgeSeconds: 3600,
            maximumRetryAttempts: 20,
          },
        ],
      },
      {
        arn: `arn:aws:events:${REGION}:${DELIVERY}:rule/busline-delivery-service/delivery-service-access-granted`,
        busArn: SUBSCRIBER_BUS,
        accountId: DELIVERY,
        pattern: { source: ['com.key.access'], 'detail-type': ['Access Granted'] },
        targets: [
          {
            id: 'sqs',
            arn: `arn:aws:sqs:${REGION}:${DELIVERY}:delivery-service-access-granted`,
            deadLetterArn: expect.stringMatching(`^arn:aws:sqs:${REGION}:${DELIVERY}:`),
          },
        ],
      },
    ]);
    expect(rules[1].targets[0].roleArn).toBeUndefined();
  });

  it('lets a service of another account publish its own event types and nothing else', () => {
    const bus = declaredEstate(repository(), 'prod').buses.find(b => b.arn === CENTRAL);
    expect(bus?.policy?.Statement).toEqual([
      {
        Sid: expect.stringMatching(/^busline-access-service-[0-9a-z]{16}$/),
        Effect: 'Allow',
        Principal: { AWS: 'arn:aws:iam::222222222222:root' },
        Action: 'events:PutEvents',
        Resource: CENTRAL,
        Condition: {
          StringEquals: {
            'events:source': 'com.key.access',
            'events:detail-type': ['Access Granted', 'Access Revoked'],
          },
        },
      },
    ]);
  });

  it('opens the subscriber bus to the forwarding role only', () => {
    const { buses, rules } = declaredEstate(repository(), 'prod');
    expect(buses.find(b => b.arn === SUBSCRIBER_BUS)?.policy?.Statement).toEqual([
      {
        Sid: expect.any(String),
        Effect: 'Allow',
        Principal: { AWS: `arn:aws:iam::${PLATFORM}:root` },
        Action: 'events:PutEvents',
        Resource: SUBSCRIBER_BUS,
        Condition: { ArnEquals: { 'aws:PrincipalArn': rules[0].targets[0].roleArn } },
      },
    ]);
  });

  it('goes straight to the target on the direct path, by a role in the bus account', () => {
    const { rules, buses } = declaredEstate(
      repository({ subscriptions: [subscription('delivery-service', 'granted', { path: 'direct' })] }),
      'prod',
    );
    expect(buses.map(b => b.arn)).toEqual([CENTRAL]);
    expect(rules).toHaveLength(1);
    expect(rules[0].targets[0]).toMatchObject({
      arn: `arn:aws:sqs:${REGION}:${DELIVERY}:delivery-service-granted`,
      roleArn: expect.stringMatching(`^arn:aws:iam::${PLATFORM}:role/busline-target-delivery-service-granted-`),
      deadLetterArn: expect.stringMatching(`^arn:aws:sqs:${REGION}:${PLATFORM}:`),
    });
  });

  it('declares a rule that was built by hand as it is', () => {
    const { rules } = declaredEstate(
      repository({
        subscriptions: [
          subscription('delivery-service', 'imported', {
            rule: 'HandMadeRule',
            path: 'direct',
            targets: [{ type: 'arn', id: 'Target0', arn: 'arn:aws:lambda:eu-west-1:333333333333:function:f' }],
            delivery: { maximumEventAgeSeconds: 86400, maximumRetryAttempts: 185, deadLetterQueue: false },
          }),
        ],
      }),
      'prod',
    );
    expect(rules).toHaveLength(1);
    expect(rules[0].name).toBe('HandMadeRule');
    expect(rules[0].targets).toEqual([
      {
        id: 'Target0',
        arn: 'arn:aws:lambda:eu-west-1:333333333333:function:f',
        maximumEventAgeSeconds: 86400,
        maximumRetryAttempts: 185,
      },
    ]);
  });

  it('keeps an existing dead-letter queue on the hop in whose account it stands', () => {
    const existing = `arn:aws:sqs:${REGION}:${DELIVERY}:team-dead-letters`;
    const delivery = { maximumEventAgeSeconds: 60, maximumRetryAttempts: 0, deadLetterQueue: existing };
    const { rules } = declaredEstate(
      repository({ subscriptions: [subscription('delivery-service', 's', { delivery })] }),
      'prod',
    );
    expect(rules[0].targets[0].deadLetterArn).toMatch(`arn:aws:sqs:${REGION}:${PLATFORM}:`);
    expect(rules[1].targets[0].deadLetterArn).toBe(existing);
  });

  it('tells two subscriptions apart whose default rule names are one, and says so', () => {
    const problems: DeclarationProblem[] = [];
    const { rules } = declaredEstate(
      repository({
        services: [service('a', 'delivery'), service('a-b', 'delivery')],
        subscriptions: [subscription('a', 'b-c'), subscription('a-b', 'c')],
      }),
      'prod',
      { onProblem: problem => problems.push(problem) },
    );
    expect(new Set(rules.map(rule => rule.arn)).size).toBe(4);
    expect(problems.map(p => p.message)).toEqual([
      expect.stringMatching(
        /^Subscription a-b\/c wants rule a-b-c, which a\/b-c has on the same bus; it is called a-b-c-/,
      ),
    ]);
  });

  it('lets a rule name that is written down go before a default one', () => {
    const { rules } = declaredEstate(
      repository({
        services: [service('a', 'delivery'), service('z', 'delivery')],
        subscriptions: [subscription('a', 'x'), subscription('z', 'y', { rule: 'a-x' })],
      }),
      'prod',
    );
    const byService = (name: string) => rules.find(r => r.busArn === CENTRAL && r.subscription?.service === name)?.name;
    expect(byService('z')).toBe('a-x');
    expect(byService('a')).toMatch(/^a-x-[0-9a-z]{10}$/);
  });

  it('leaves out what leads nowhere, and says why', () => {
    const messages: string[] = [];
    const estate = declaredEstate(
      repository({
        services: [service('lost', 'no-such-account'), service('delivery-service', 'delivery')],
        subscriptions: [
          subscription('delivery-service', 'far', { bus: 'no-such-bus' }),
          subscription('nobody', 'x', { environments: ['prod'] }),
        ],
      }),
      'prod',
      { onProblem: problem => messages.push(problem.message) },
    );
    expect(estate.rules).toEqual([]);
    expect(messages).toEqual([
      'Service lost is in account no-such-account, which accounts.yaml does not name',
      'Subscription delivery-service/far listens on bus no-such-bus, which environment prod does not have',
      'Subscription nobody/x wants environment prod, where service nobody is not deployed',
    ]);
  });

  it('has nothing in an environment that is not declared', () => {
    expect(declaredEstate(repository(), 'moon')).toEqual({ buses: [], rules: [] });
  });

  it('needs no statement for what happens inside the central account', () => {
    const estate = declaredEstate(
      repository({
        services: [
          service('home', 'platform', {
            publishes: [{ source: 's', detailType: 'T', majors: [], place: { file: '', line: 1, column: 1 } }],
          }),
        ],
        subscriptions: [subscription('home', 'x')],
      }),
      'prod',
    );
    expect(estate.buses.map(bus => [bus.name, bus.policy])).toEqual([
      ['central', undefined],
      ['busline-home', undefined],
    ]);
    expect(new Set(estate.rules.map(rule => rule.targets[0].deadLetterArn)).size).toBe(2);
  });

  it('writes ARNs of other partitions', () => {
    const environments = [
      {
        name: 'prod',
        buses: [{ name: 'c', account: 'platform', region: 'cn-north-1', additionalPolicyStatements: [] }],
      },
    ];
    const china = [{ environment: 'prod', account: 'delivery', region: 'cn-north-1' }];
    const { rules } = declaredEstate(
      repository({ environments, services: [service('delivery-service', 'delivery', { environments: china })] }),
      'prod',
    );
    expect(JSON.stringify(rules)).not.toContain('arn:aws:');
    expect(rules[0].targets[0].roleArn).toMatch(/^arn:aws-cn:iam::/);
  });
});
