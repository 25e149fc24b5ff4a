import {
  ListTargetsByRuleCommand,
  PutTargetsCommand,
  RemoveTargetsCommand,
  type Target,
} from '@aws-sdk/client-eventbridge';
import { DELIVERY, PLATFORM, start, stopAll } from '../testing/clients';
import { accountOf, busArn, failure, queueArn, roleArn, wording } from '../testing/fixture';

afterEach(stopAll);

const rule = { Rule: 'r', EventBusName: 'central' };
const QUEUE = queueArn(PLATFORM, 'q');
const ROLE = roleArn(PLATFORM, 'r');

async function withRule() {
  const { endpoint } = await start();
  const platform = accountOf(endpoint, PLATFORM);
  await platform.bus('central');
  await platform.rule('central', 'r', []);
  const list = async () => (await platform.events.send(new ListTargetsByRuleCommand(rule))).Targets;
  const put = (...Targets: Target[]) => platform.events.send(new PutTargetsCommand({ ...rule, Targets }));
  return { ...platform, endpoint, list, put };
}

describe('targets', () => {
  it('of every kind are read back as they were put', async () => {
    const { put, list } = await withRule();
    const targets: Target[] = [
      {
        Id: 'api',
        Arn: `arn:aws:events:eu-west-1:${PLATFORM}:api-destination/d/1`,
        RoleArn: ROLE,
        HttpParameters: {
          PathParameterValues: ['a'],
          HeaderParameters: { h: 'v' },
        },
      },
      {
        Id: 'ecs',
        Arn: `arn:aws:ecs:eu-west-1:${PLATFORM}:cluster/c`,
        RoleArn: ROLE,
        EcsParameters: {
          TaskDefinitionArn: `arn:aws:ecs:eu-west-1:${PLATFORM}:task-definition/t`,
          TaskCount: 2,
        },
      },
      {
        Id: 'logs',
        Arn: `arn:aws:logs:eu-west-1:${PLATFORM}:log-group:/aws/events/l`,
      },
      {
        Id: 'queue',
        Arn: QUEUE,
        InputTransformer: {
          InputPathsMap: { home: '$.detail.data.home' },
          InputTemplate: '{"home":<home>}',
        },
        RetryPolicy: {
          MaximumRetryAttempts: 10,
          MaximumEventAgeInSeconds: 3600,
        },
        DeadLetterConfig: { Arn: queueArn(PLATFORM, 'dead') },
      },
      {
        Id: 'stream',
        Arn: `arn:aws:kinesis:eu-west-1:${PLATFORM}:stream/s`,
        RoleArn: ROLE,
        KinesisParameters: { PartitionKeyPath: '$.detail.id' },
      },
    ];
    expect(await put(...targets)).toMatchObject({
      FailedEntryCount: 0,
      FailedEntries: [],
    });
    expect(await list()).toEqual(targets);
  });

  it('put again under their id are replaced', async () => {
    const { put, list } = await withRule();
    await put({ Id: 'a', Arn: QUEUE, Input: '{}' }, { Id: 'b', Arn: QUEUE });
    await put({ Id: 'a', Arn: QUEUE });
    expect(await list()).toEqual([
      { Id: 'a', Arn: QUEUE },
      { Id: 'b', Arn: QUEUE },
    ]);
  });

  it('are removed one by one; an id that is none fails alone', async () => {
    const { events, put, list } = await withRule();
    await put({ Id: 'a', Arn: QUEUE }, { Id: 'b', Arn: QUEUE });
    const removed = await events.send(new RemoveTargetsCommand({ ...rule, Ids: ['none', 'a'] }));
    expect(removed).toMatchObject({
      FailedEntryCount: 1,
      FailedEntries: [{ TargetId: 'none', ErrorCode: 'ResourceNotFoundException' }],
    });
    expect(await list()).toEqual([{ Id: 'b', Arn: QUEUE }]);
  });

  it('are listed in pages', async () => {
    const { events, put } = await withRule();
    await put(...['c', 'a', 'b'].map(Id => ({ Id, Arn: QUEUE })));
    const first = await events.send(new ListTargetsByRuleCommand({ ...rule, Limit: 2 }));
    const second = await events.send(new ListTargetsByRuleCommand({ ...rule, NextToken: first.NextToken }));
    expect([first.Targets, second.Targets].map(t => t!.map(x => x.Id))).toEqual([['a', 'b'], ['c']]);
  });
});

describe('refused', () => {
  const target = (part: Partial<Target>): Target => ({
    Id: 't',
    Arn: QUEUE,
    ...part,
  });
  // prettier-ignore
  it.each<[string, Partial<Target>, string, string | RegExp]>([
    ['an ARN that is none', { Arn: 'queue' }, 'ValidationException', 'Parameter queue is not valid. Reason: Provided Arn is not in correct format.'],
    ['an id with a space', { Id: 'a b' }, 'ValidationException', "1 validation error detected: Value 'a b' at 'targets.1.member.id' failed to satisfy constraint: Member must satisfy regular expression pattern: [\\.\\-_A-Za-z0-9]+"],
    ['a queue in another Region', { Arn: QUEUE.replace('eu-west-1', 'us-east-1') }, 'ValidationException', /not in the Region of the rule, eu-west-1/],
    ['a state machine without a role', { Arn: `arn:aws:states:eu-west-1:${PLATFORM}:stateMachine:m` }, 'ValidationException', `RoleArn is required for target arn:aws:states:eu-west-1:${PLATFORM}:stateMachine:m.`],
    ['a log group with a role', { Arn: `arn:aws:logs:eu-west-1:${PLATFORM}:log-group:/l`, RoleArn: ROLE }, 'ValidationException', `RoleArn is not supported for target arn:aws:logs:eu-west-1:${PLATFORM}:log-group:/l.`],
    ['a role that is none', { RoleArn: 'role/r' }, 'ValidationException', /Provided Arn is not in correct format/],
    ['a role of another account', { RoleArn: roleArn(DELIVERY, 'r') }, 'AccessDeniedException', /^Cross-account pass role is not allowed/],
    ['two kinds of input', { Input: '{}', InputPath: '$.detail' }, 'ValidationException', 'Only one of Input, InputPath, or InputTransformer must be provided for target t.'],
    ['input that is not JSON', { Input: '{' }, 'ValidationException', 'JSON syntax error in input for target t.'],
    ['a path that is none', { InputTransformer: { InputPathsMap: { a: 'detail' }, InputTemplate: '<a>' } }, 'ValidationException', /invalid path detail/],
    ['a placeholder without a path', { InputTransformer: { InputPathsMap: { a: '$.detail' }, InputTemplate: '<a> <b>' } }, 'ValidationException', /placeholder <b>/],
    ['input for a bus of another account', { Arn: busArn(DELIVERY, 'default'), RoleArn: ROLE, InputPath: '$.detail' }, 'ValidationException', /Input, InputPath and InputTransformer are not supported/],
    ['a FIFO queue without a group', { Arn: `${QUEUE}.fifo` }, 'ValidationException', 'Parameter(s) SqsParameters must be specified for target: t.'],
    ['186 retries', { RetryPolicy: { MaximumRetryAttempts: 186 } }, 'ValidationException', /Value '186' at 'targets.1.member.retryPolicy.maximumRetryAttempts'/],
    ['59 seconds of age', { RetryPolicy: { MaximumEventAgeInSeconds: 59 } }, 'ValidationException', /Value '59' at 'targets.1.member.retryPolicy.maximumEventAgeInSeconds'/],
    ['a FIFO dead-letter queue', { DeadLetterConfig: { Arn: `${QUEUE}.fifo` } }, 'ValidationException', /must be a standard queue/],
    ['a dead-letter queue that is none', { DeadLetterConfig: { Arn: ROLE } }, 'ValidationException', /not an SQS queue/],
  ])('%s', async (_name, part, name, message) => {
    const { put, list } = await withRule();
    const error = await failure(put(target(part)));
    expect(error.name).toBe(name);
    expect(error.message).toEqual(wording(message));
    expect(await list()).toEqual([]);
  });

  it('a sixth target', async () => {
    const { put, list } = await withRule();
    const ids = ['1', '2', '3', '4', '5', '6'];
    expect(await failure(put(...ids.map(Id => target({ Id }))))).toMatchObject({
      name: 'LimitExceededException',
      message: 'The requested resource exceeds the maximum number allowed.',
    });
    expect(await list()).toEqual([]);
  });

  it('targets of a rule that is none', async () => {
    const { events } = await withRule();
    expect(await failure(events.send(new PutTargetsCommand({ Rule: 'none', Targets: [target({})] })))).toMatchObject({
      name: 'ResourceNotFoundException',
      message: 'Rule none does not exist on EventBus default.',
    });
  });
});
