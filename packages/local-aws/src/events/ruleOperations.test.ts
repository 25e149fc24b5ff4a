import {
  DeleteRuleCommand,
  DescribeRuleCommand,
  ListRuleNamesByTargetCommand,
  ListRulesCommand,
  ListTagsForResourceCommand,
  ListTargetsByRuleCommand,
  PutRuleCommand,
  RemoveTargetsCommand,
  TestEventPatternCommand,
} from '@aws-sdk/client-eventbridge';
import { DELIVERY, PLATFORM, start, stopAll } from '../testing/clients';
import { accountOf, busArn, failure, policyDocument, queueArn, ruleArn, wording } from '../testing/fixture';

afterEach(stopAll);

const PATTERN = JSON.stringify({ source: ['com.key.access'] });
const EventBusName = 'central';

async function withBus(options = {}) {
  const server = await start(options);
  const platform = accountOf(server.endpoint, PLATFORM);
  await platform.bus(EventBusName);
  return { server, ...platform };
}
type Account = Awaited<ReturnType<typeof withBus>>;

const putRule = ({ events }: Account, rule: Partial<ConstructorParameters<typeof PutRuleCommand>[0]> = {}) =>
  events.send(
    new PutRuleCommand({
      Name: 'r',
      EventBusName,
      EventPattern: PATTERN,
      ...rule,
    }),
  );
const describeRule = ({ events }: Account, Name = 'r') => events.send(new DescribeRuleCommand({ Name, EventBusName }));

describe('rules', () => {
  it('are described as they were put', async () => {
    const account = await withBus();
    const { RuleArn } = await putRule(account, {
      Description: 'To delivery',
      State: 'DISABLED',
      RoleArn: `arn:aws:iam::${PLATFORM}:role/r`,
      Tags: [{ Key: 'service', Value: 'delivery' }],
    });
    expect(RuleArn).toBe(ruleArn(PLATFORM, EventBusName, 'r'));
    expect(await describeRule(account)).toMatchObject({
      Name: 'r',
      Arn: RuleArn,
      EventBusName,
      EventPattern: PATTERN,
      Description: 'To delivery',
      State: 'DISABLED',
      RoleArn: `arn:aws:iam::${PLATFORM}:role/r`,
      CreatedBy: PLATFORM,
    });
  });

  it('have a shorter ARN on the default bus', async () => {
    const account = await withBus();
    const { RuleArn } = await putRule(account, { EventBusName: undefined });
    expect(RuleArn).toBe(`arn:aws:events:eu-west-1:${PLATFORM}:rule/r`);
  });

  it('put again, lose what is left out; targets and tags stay', async () => {
    const account = await withBus();
    await putRule(account, {
      Description: 'old',
      State: 'DISABLED',
      Tags: [{ Key: 'a', Value: '1' }],
    });
    const q = await account.queue('q');
    await account.rule(EventBusName, 'r', [{ Id: 'q', Arn: q.arn }]);
    const { RuleArn } = await putRule(account, {
      Tags: [{ Key: 'b', Value: '2' }],
    });
    const described = await describeRule(account);
    expect([described.Description, described.State]).toEqual([undefined, 'ENABLED']);
    const { Targets } = await account.events.send(new ListTargetsByRuleCommand({ Rule: 'r', EventBusName }));
    expect(Targets).toEqual([{ Id: 'q', Arn: q.arn }]);
    const { Tags } = await account.events.send(new ListTagsForResourceCommand({ ResourceARN: RuleArn }));
    expect(Tags).toEqual([{ Key: 'a', Value: '1' }]);
  });

  it('are listed in pages, by prefix', async () => {
    const account = await withBus();
    for (const n of [2, 1, 3]) await putRule(account, { Name: `a-${n}` });
    await putRule(account, { Name: 'b' });
    const first = await account.events.send(new ListRulesCommand({ EventBusName, NamePrefix: 'a-', Limit: 2 }));
    const second = await account.events.send(
      new ListRulesCommand({
        EventBusName,
        NamePrefix: 'a-',
        NextToken: first.NextToken,
      }),
    );
    expect(first.Rules!.map(r => r.Name)).toEqual(['a-1', 'a-2']);
    expect(second.Rules).toEqual([
      {
        Name: 'a-3',
        Arn: ruleArn(PLATFORM, EventBusName, 'a-3'),
        EventBusName,
        EventPattern: PATTERN,
        State: 'ENABLED',
      },
    ]);
    expect(second.NextToken).toBeUndefined();
  });

  it('are found by target', async () => {
    const account = await withBus();
    const [a, b] = [await account.queue('a'), await account.queue('b')];
    await account.rule(EventBusName, 'one', [{ Id: '1', Arn: a.arn }]);
    await account.rule(EventBusName, 'two', [
      { Id: '1', Arn: a.arn },
      { Id: '2', Arn: b.arn },
    ]);
    const names = async (TargetArn: string) =>
      (await account.events.send(new ListRuleNamesByTargetCommand({ TargetArn, EventBusName }))).RuleNames;
    expect(await names(a.arn)).toEqual(['one', 'two']);
    expect(await names(b.arn)).toEqual(['two']);
    expect(await names(queueArn(PLATFORM, 'c'))).toEqual([]);
  });

  it('are deleted once they have no targets; deleting twice is fine', async () => {
    const account = await withBus();
    const q = await account.queue('q');
    await account.rule(EventBusName, 'r', [{ Id: 'q', Arn: q.arn }]);
    const remove = () => account.events.send(new DeleteRuleCommand({ Name: 'r', EventBusName }));
    expect(await failure(remove())).toMatchObject({
      name: 'ValidationException',
      message: "Rule can't be deleted since it has targets.",
    });
    await account.events.send(new RemoveTargetsCommand({ Rule: 'r', EventBusName, Ids: ['q'] }));
    await remove();
    await remove();
    expect(await failure(describeRule(account))).toMatchObject({
      name: 'ResourceNotFoundException',
      message: `Rule r does not exist on EventBus ${EventBusName}.`,
    });
  });

  it('of another account, where the bus lets it and for its own rules only', async () => {
    const account = await withBus();
    const delivery = accountOf(account.server.endpoint, DELIVERY);
    const bus = busArn(PLATFORM, 'shared');
    await account.bus(
      'shared',
      policyDocument([
        {
          Effect: 'Allow',
          Principal: { AWS: DELIVERY },
          Action: ['events:PutRule', 'events:DescribeRule'],
          Resource: `arn:aws:events:eu-west-1:${PLATFORM}:rule/shared/*`,
          Condition: {
            StringEqualsIfExists: { 'events:creatorAccount': DELIVERY },
          },
        },
      ]),
    );
    await putRule({ ...account, events: delivery.events }, { EventBusName: bus });
    const { CreatedBy } = await delivery.events.send(new DescribeRuleCommand({ Name: 'r', EventBusName: bus }));
    expect(CreatedBy).toBe(DELIVERY);
    expect(await failure(delivery.events.send(new DeleteRuleCommand({ Name: 'r', EventBusName: bus })))).toMatchObject({
      name: 'AccessDeniedException',
    });
  });
});

describe('refused', () => {
  const wildcard = (n: number) => ({
    Name: `w${n}`,
    EventPattern: `{"source":[{"anything-but":{"wildcard":"a*${n}"}}]}`,
  });
  // prettier-ignore
  it.each<[string, (a: Account) => Promise<unknown>, string, string | RegExp]>([
    ['a rule on a bus that is none', a => putRule(a, { EventBusName: 'none' }), 'ResourceNotFoundException', 'Event bus none does not exist.'],
    ['neither pattern nor schedule', a => putRule(a, { EventPattern: undefined }), 'ValidationException', 'Parameter(s) EventPattern or ScheduleExpression must be specified.'],
    ['a schedule on a custom bus', a => putRule(a, { ScheduleExpression: 'rate(1 day)' }), 'ValidationException', 'ScheduleExpression is supported only on the default event bus.'],
    ['a schedule that is none', a => putRule(a, { EventBusName: 'default', ScheduleExpression: 'rate(1 days)' }), 'ValidationException', 'Parameter ScheduleExpression is not valid.'],
    ['a cron that fixes both days', a => putRule(a, { EventBusName: 'default', ScheduleExpression: 'cron(0 1 1 * 1 *)' }), 'ValidationException', 'Parameter ScheduleExpression is not valid.'],
    ['a pattern that is invalid', a => putRule(a, { EventPattern: '{"source":"com.key.access"}' }), 'InvalidEventPatternException', /^Event pattern is not valid\. Reason: /],
    ['a pattern that is too long', a => putRule(a, { EventPattern: JSON.stringify({ source: ['a'.repeat(2040)] }) }), 'InvalidEventPatternException', /^Event pattern is not valid\. Reason: /],
    ['a name with a slash', a => putRule(a, { Name: 'a/b' }), 'ValidationException', /^1 validation error detected: Value 'a\/b' at 'name'/],
    ['a state that is none', a => putRule(a, { State: 'ON' as never }), 'ValidationException', /at 'state' failed to satisfy constraint/],
    ['more rules than the quota', async a => { for (const Name of ['a', 'b', 'c']) await putRule(a, { Name }); return putRule(a, { Name: 'd' }); }, 'LimitExceededException', 'The requested resource exceeds the maximum number allowed.'],
    ['more wildcard rules than the quota', async a => { await putRule(a, wildcard(1)); return putRule(a, wildcard(2)); }, 'LimitExceededException', 'The requested resource exceeds the maximum number allowed.'],
    ['rules of a bus that is none', a => a.events.send(new ListRulesCommand({ EventBusName: 'none' })), 'ResourceNotFoundException', 'Event bus none does not exist.'],
    ['a page of more than 100', a => a.events.send(new ListRulesCommand({ Limit: 101 })), 'ValidationException', /at 'limit' failed to satisfy constraint/],
  ])('%s', async (_name, run, name, message) => {
    const account = await withBus({ quotas: { rulesPerBus: 3, wildcardRulesPerBus: 1 } });
    const error = await failure(run(account));
    expect(error.name).toBe(name);
    expect(error.message).toEqual(wording(message));
  });

  it('the quota does not stop a rule from being put again', async () => {
    const account = await withBus({
      quotas: { rulesPerBus: 1, wildcardRulesPerBus: 1 },
    });
    await putRule(account, wildcard(1));
    await putRule(account, { ...wildcard(1), Description: 'again' });
    expect((await describeRule(account, 'w1')).Description).toBe('again');
  });
});

describe('TestEventPattern', () => {
  const event = {
    id: '1',
    account: PLATFORM,
    source: 'com.key.access',
    time: '2026-11-20T12:00:00Z',
    region: 'eu-west-1',
    resources: [],
    'detail-type': 'Access Granted',
    detail: { data: { level: 3 } },
  };
  const test = async (EventPattern: object, Event: unknown) => {
    const { events } = await withBus();
    return events.send(
      new TestEventPatternCommand({
        EventPattern: JSON.stringify(EventPattern),
        Event: typeof Event === 'string' ? Event : JSON.stringify(Event),
      }),
    );
  };

  it.each<[object, boolean]>([
    [{ source: ['com.key.access'] }, true],
    [{ source: ['com.key.home'] }, false],
    [{ detail: { data: { level: [{ numeric: ['>', 2] }] } } }, true],
  ])('%j: %s', async (pattern, result) => {
    expect((await test(pattern, event)).Result).toBe(result);
  });

  it.each<[string, object, unknown, string, RegExp]>([
    ['a pattern', { source: [] }, event, 'InvalidEventPatternException', /^Event pattern is not valid/],
    ['an event that is not JSON', { source: ['a'] }, '{', 'ValidationException', /not JSON/],
    ['an event that is a list', { source: ['a'] }, [], 'ValidationException', /not a JSON object/],
    [
      'an event without members',
      { source: ['a'] },
      { source: 'a' },
      'ValidationException',
      /has no id, account, time, region, resources, detail-type/,
    ],
  ])('refuses %s', async (_name, pattern, given, name, message) => {
    expect(await failure(test(pattern, given))).toMatchObject({
      name,
      message: expect.stringMatching(message),
    });
  });
});
