import {
  CreateEventBusCommand,
  DeleteEventBusCommand,
  DescribeEventBusCommand,
  ListEventBusesCommand,
  ListTagsForResourceCommand,
  TagResourceCommand,
  UntagResourceCommand,
  UpdateEventBusCommand,
} from '@aws-sdk/client-eventbridge';
import { createVirtualClock } from '../clock';
import { clientsOf, DELIVERY, PLATFORM, start, stopAll } from '../testing/clients';
import { accountOf, busArn, failure, wording } from '../testing/fixture';

afterEach(stopAll);

async function platformOf(options = {}) {
  const server = await start(options);
  return { server, ...accountOf(server.endpoint, PLATFORM) };
}

describe('event buses', () => {
  it('are created, described, updated and deleted', async () => {
    const clock = createVirtualClock(Date.UTC(2026, 10, 20));
    const { events } = await platformOf({ clock });
    const created = await events.send(
      new CreateEventBusCommand({
        Name: 'central',
        Description: 'All events',
        KmsKeyIdentifier: 'alias/events',
        DeadLetterConfig: { Arn: `arn:aws:sqs:eu-west-1:${PLATFORM}:dead` },
        LogConfig: { Level: 'ERROR', IncludeDetail: 'NONE' },
      }),
    );
    expect(created.EventBusArn).toBe(busArn(PLATFORM, 'central'));
    await clock.advance(60_000);
    await events.send(
      new UpdateEventBusCommand({
        Name: 'central',
        Description: 'Every event',
      }),
    );
    const described = await events.send(new DescribeEventBusCommand({ Name: 'central' }));
    expect(described).toMatchObject({
      Name: 'central',
      Arn: busArn(PLATFORM, 'central'),
      Description: 'Every event',
      KmsKeyIdentifier: 'alias/events',
      DeadLetterConfig: { Arn: `arn:aws:sqs:eu-west-1:${PLATFORM}:dead` },
      LogConfig: { Level: 'ERROR', IncludeDetail: 'NONE' },
      CreationTime: new Date(Date.UTC(2026, 10, 20)),
      LastModifiedTime: new Date(Date.UTC(2026, 10, 20, 0, 1)),
    });
    expect(described.Policy).toBeUndefined();
    await events.send(new DeleteEventBusCommand({ Name: 'central' }));
    expect(await failure(events.send(new DescribeEventBusCommand({ Name: 'central' })))).toEqual({
      name: 'ResourceNotFoundException',
      message: 'Event bus central does not exist.',
      status: 400,
    });
  });

  it('there is a default bus in every account and Region', async () => {
    const { events } = await platformOf();
    const { Name, Arn } = await events.send(new DescribeEventBusCommand({}));
    expect([Name, Arn]).toEqual(['default', busArn(PLATFORM, 'default')]);
    const { EventBuses } = await events.send(new ListEventBusesCommand({}));
    expect(EventBuses!.map(bus => bus.Name)).toEqual(['default']);
  });

  it('belong to an account and a Region', async () => {
    const { server, bus } = await platformOf();
    await bus('central');
    const names = async (account: string, region: string) => {
      const { events } = clientsOf(server.endpoint, account, region);
      const { EventBuses } = await events.send(new ListEventBusesCommand({}));
      return EventBuses!.map(b => b.Name);
    };
    expect(await names(PLATFORM, 'eu-west-1')).toEqual(['central', 'default']);
    expect(await names(PLATFORM, 'us-east-1')).toEqual(['default']);
    expect(await names(DELIVERY, 'eu-west-1')).toEqual(['default']);
  });

  it('are listed in pages, by prefix', async () => {
    const { events, bus } = await platformOf();
    for (const n of [3, 1, 2, 5, 4]) await bus(`team-${n}`);
    await bus('zone');
    const seen: string[][] = [];
    let NextToken: string | undefined;
    do {
      const answer: { EventBuses?: { Name?: string }[]; NextToken?: string } = await events.send(
        new ListEventBusesCommand({
          NamePrefix: 'team-',
          Limit: 2,
          NextToken,
        }),
      );
      seen.push(answer.EventBuses!.map(b => b.Name!));
      NextToken = answer.NextToken;
    } while (NextToken);
    expect(seen).toEqual([['team-1', 'team-2'], ['team-3', 'team-4'], ['team-5']]);
  });

  it('a page goes on where it stopped, although the list has changed', async () => {
    const { events, bus } = await platformOf();
    for (const name of ['b', 'd', 'f']) await bus(name);
    const first = await events.send(new ListEventBusesCommand({ Limit: 2 }));
    expect(first.EventBuses!.map(b => b.Name)).toEqual(['b', 'd']);
    await events.send(new DeleteEventBusCommand({ Name: 'd' }));
    await bus('a');
    await bus('e');
    const second = await events.send(new ListEventBusesCommand({ NextToken: first.NextToken }));
    expect(second.EventBuses!.map(b => b.Name)).toEqual(['default', 'e', 'f']);
  });

  it('carry tags', async () => {
    const { events } = await platformOf();
    const { EventBusArn: ResourceARN } = await events.send(
      new CreateEventBusCommand({
        Name: 'central',
        Tags: [{ Key: 'team', Value: 'platform' }],
      }),
    );
    await events.send(
      new TagResourceCommand({
        ResourceARN,
        Tags: [
          { Key: 'team', Value: 'events' },
          { Key: 'cost', Value: '1' },
        ],
      }),
    );
    await events.send(new UntagResourceCommand({ ResourceARN, TagKeys: ['cost', 'none'] }));
    const { Tags } = await events.send(new ListTagsForResourceCommand({ ResourceARN }));
    expect(Tags).toEqual([{ Key: 'team', Value: 'events' }]);
  });
});

describe('refused', () => {
  const limits = { eventBuses: 3, tagsPerResource: 1 };
  type Run = (account: Awaited<ReturnType<typeof platformOf>>) => Promise<unknown>;
  // prettier-ignore
  it.each<[string, Run, string, string | RegExp]>([
    ['a second bus of a name', async a => { await a.bus('b'); return a.bus('b'); }, 'ResourceAlreadyExistsException', 'Event bus b already exists.'],
    ['a second default bus', a => a.bus('default'), 'ResourceAlreadyExistsException', 'Event bus default already exists.'],
    ['more buses than the quota', async a => { await a.bus('b'); await a.bus('c'); return a.bus('d'); }, 'LimitExceededException', 'The requested resource exceeds the maximum number allowed.'],
    ['a name with a slash', a => a.bus('a/b'), 'ValidationException', /reserved for partner event buses/],
    ['a name with a space', a => a.bus('a b'), 'ValidationException', "1 validation error detected: Value 'a b' at 'name' failed to satisfy constraint: Member must satisfy regular expression pattern: [/\\.\\-_A-Za-z0-9]+"],
    ['more tags than the quota', a => a.events.send(new CreateEventBusCommand({ Name: 'b', Tags: [{ Key: 'a', Value: '' }, { Key: 'b', Value: '' }] })), 'LimitExceededException', /1 tags/],
    ['to delete the default bus', a => a.events.send(new DeleteEventBusCommand({ Name: 'default' })), 'ValidationException', 'Cannot delete event bus default.'],
    ['to delete a bus with rules', async a => { await a.bus('b'); await a.rule('b', 'r', []); return a.events.send(new DeleteEventBusCommand({ Name: 'b' })); }, 'ValidationException', "Event bus can't be deleted since it has rules."],
    ['a token that is none', a => a.events.send(new ListEventBusesCommand({ NextToken: 'x' })), 'ValidationException', /NextToken/],
    ['tags of a bus that is none', a => a.events.send(new ListTagsForResourceCommand({ ResourceARN: busArn(PLATFORM, 'none') })), 'ResourceNotFoundException', 'Event bus none does not exist.'],
    ['a bus by a wrong ARN', a => a.events.send(new DescribeEventBusCommand({ Name: 'arn:aws:sqs:eu-west-1:111122223333:q' })), 'ValidationException', /at 'name' failed to satisfy constraint/],
    ['a bus of another account', a => a.events.send(new DescribeEventBusCommand({ Name: busArn(DELIVERY, 'default') })), 'AccessDeniedException', `User: arn:aws:iam::${PLATFORM}:root is not authorized to perform: events:DescribeEventBus on resource: ${busArn(DELIVERY, 'default')} because no resource-based policy allows the events:DescribeEventBus action`],
  ])('%s', async (_name, run, name, message) => {
    const account = await platformOf({ quotas: limits });
    const error = await failure(run(account));
    expect(error.name).toBe(name);
    expect(error.message).toEqual(wording(message));
  });

  it('nothing of what was refused is there', async () => {
    const account = await platformOf({ quotas: limits });
    await failure(account.bus('a b'));
    const { EventBuses } = await account.events.send(new ListEventBusesCommand({}));
    expect(EventBuses!.map(b => b.Name)).toEqual(['default']);
  });
});
