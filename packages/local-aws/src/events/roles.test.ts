import {
  CreateEventBusCommand,
  DeleteEventBusCommand,
  DeleteRuleCommand,
  DescribeEventBusCommand,
  DescribeRuleCommand,
  DisableRuleCommand,
  EnableRuleCommand,
  ListEventBusesCommand,
  ListRuleNamesByTargetCommand,
  ListRulesCommand,
  ListTagsForResourceCommand,
  ListTargetsByRuleCommand,
  PutEventsCommand,
  PutPermissionCommand,
  PutRuleCommand,
  PutTargetsCommand,
  RemovePermissionCommand,
  RemoveTargetsCommand,
  TagResourceCommand,
  UntagResourceCommand,
  UpdateEventBusCommand,
  type EventBridgeClient,
} from '@aws-sdk/client-eventbridge';
import { AssumeRoleCommand } from '@aws-sdk/client-sts';
import { principalTrust, type PolicyStatement } from '@busline/access-policy';
import { clientsOf, PLATFORM, start, stopAll } from '../testing/clients';
import { accountOf, busArn, failure, queueArn, roleArn, ruleArn } from '../testing/fixture';

afterEach(stopAll);

const BUS = busArn(PLATFORM, 'central');
const RULE = ruleArn(PLATFORM, 'central', 'r');
const QUEUE = queueArn(PLATFORM, 'q');
const EventBusName = 'central';
const on = { Rule: 'r', EventBusName };
const named = { Name: 'r', EventBusName };

/** A client that acts as a role with these statements. */
async function asRole(...statements: PolicyStatement[]): Promise<EventBridgeClient> {
  const { endpoint } = await start();
  const platform = accountOf(endpoint, PLATFORM);
  await platform.bus('central');
  await platform.rule('central', 'r', []);
  await platform.role('me', principalTrust(PLATFORM), statements);
  const { Credentials } = await platform.sts.send(
    new AssumeRoleCommand({
      RoleArn: roleArn(PLATFORM, 'me'),
      RoleSessionName: 's1',
    }),
  );
  return clientsOf(endpoint, Credentials!).events;
}

describe('a role without policies may do nothing', () => {
  type Command = Parameters<EventBridgeClient['send']>[0];
  const anyRule = RULE.replace('/r', '/*');
  // prettier-ignore
  it.each<[string, string, object]>([
    ['CreateEventBus', busArn(PLATFORM, 'new'), new CreateEventBusCommand({ Name: 'new' })],
    ['UpdateEventBus', BUS, new UpdateEventBusCommand({ Name: EventBusName })],
    ['DescribeEventBus', BUS, new DescribeEventBusCommand({ Name: EventBusName })],
    ['DeleteEventBus', BUS, new DeleteEventBusCommand({ Name: EventBusName })],
    ['ListEventBuses', busArn(PLATFORM, '*'), new ListEventBusesCommand({})],
    ['PutPermission', BUS, new PutPermissionCommand({ EventBusName, Action: 'events:PutEvents', Principal: '*', StatementId: 'a' })],
    ['RemovePermission', BUS, new RemovePermissionCommand({ EventBusName, RemoveAllPermissions: true })],
    ['PutRule', RULE, new PutRuleCommand({ ...named, EventPattern: '{"source":["a"]}' })],
    ['DescribeRule', RULE, new DescribeRuleCommand(named)],
    ['EnableRule', RULE, new EnableRuleCommand(named)],
    ['DisableRule', RULE, new DisableRuleCommand(named)],
    ['DeleteRule', RULE, new DeleteRuleCommand(named)],
    ['ListRules', anyRule, new ListRulesCommand({ EventBusName })],
    ['ListRuleNamesByTarget', anyRule, new ListRuleNamesByTargetCommand({ EventBusName, TargetArn: QUEUE })],
    ['PutTargets', RULE, new PutTargetsCommand({ ...on, Targets: [{ Id: 'q', Arn: QUEUE }] })],
    ['RemoveTargets', RULE, new RemoveTargetsCommand({ ...on, Ids: ['q'] })],
    ['ListTargetsByRule', RULE, new ListTargetsByRuleCommand(on)],
    ['TagResource', RULE, new TagResourceCommand({ ResourceARN: RULE, Tags: [{ Key: 'a', Value: 'b' }] })],
    ['UntagResource', BUS, new UntagResourceCommand({ ResourceARN: BUS, TagKeys: ['a'] })],
    ['ListTagsForResource', BUS, new ListTagsForResourceCommand({ ResourceARN: BUS })],
    ['PutEvents', BUS, new PutEventsCommand({ Entries: [{ EventBusName, Source: 'a', DetailType: 'b', Detail: '{}' }] })],
  ])('%s', async (operation, resource, command) => {
    const events = await asRole();
    expect(await failure(events.send(command as Command))).toEqual({
      name: 'AccessDeniedException',
      message:
        `User: arn:aws:sts::${PLATFORM}:assumed-role/me/s1 is not authorized to perform: events:${operation} ` +
        `on resource: ${resource} because no identity-based policy allows the events:${operation} action`,
      status: 400,
    });
  });
});

describe('a role may', () => {
  it('what its policy says, on what it says', async () => {
    const events = await asRole({
      Effect: 'Allow',
      Action: ['events:DescribeRule', 'events:DisableRule'],
      Resource: RULE,
    });
    await events.send(new DisableRuleCommand(named));
    const { State } = await events.send(new DescribeRuleCommand(named));
    expect(State).toBe('DISABLED');
    expect(await failure(events.send(new DescribeRuleCommand({ ...named, Name: 'other' })))).toMatchObject({
      name: 'AccessDeniedException',
    });
  });

  it('put targets of the kind that its policy names', async () => {
    const events = await asRole({
      Effect: 'Allow',
      Action: 'events:PutTargets',
      Resource: RULE,
      Condition: {
        'ForAllValues:ArnLike': {
          'events:TargetArn': 'arn:aws:sqs:*:*:team-*',
        },
      },
    });
    const put = (name: string) =>
      events.send(
        new PutTargetsCommand({
          ...on,
          Targets: [{ Id: name, Arn: queueArn(PLATFORM, name) }],
        }),
      );
    expect(await put('team-a')).toMatchObject({ FailedEntryCount: 0 });
    expect(await failure(put('other'))).toMatchObject({
      name: 'AccessDeniedException',
    });
  });

  it('give EventBridge only the roles that it may pass', async () => {
    const events = await asRole(
      { Effect: 'Allow', Action: 'events:PutTargets', Resource: '*' },
      {
        Effect: 'Allow',
        Action: 'iam:PassRole',
        Resource: roleArn(PLATFORM, 'deliver'),
        Condition: {
          StringEquals: { 'iam:PassedToService': 'events.amazonaws.com' },
        },
      },
    );
    const put = (role: string) =>
      events.send(
        new PutTargetsCommand({
          ...on,
          Targets: [{ Id: 'q', Arn: QUEUE, RoleArn: roleArn(PLATFORM, role) }],
        }),
      );
    expect(await put('deliver')).toMatchObject({ FailedEntryCount: 0 });
    expect(await failure(put('admin'))).toMatchObject({
      name: 'AccessDeniedException',
      message: expect.stringContaining(
        `is not authorized to perform: iam:PassRole on resource: ${roleArn(PLATFORM, 'admin')}`,
      ),
    });
  });
});
