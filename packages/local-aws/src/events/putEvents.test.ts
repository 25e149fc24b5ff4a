import { PutEventsCommand, type PutEventsRequestEntry } from '@aws-sdk/client-eventbridge';
import { AssumeRoleCommand } from '@aws-sdk/client-sts';
import { policyDocument, principalTrust, publishStatement, type PolicyStatement } from '@busline/access-policy';
import { createVirtualClock } from '../clock';
import { ACCESS, clientsOf, DELIVERY, PLATFORM, start, stopAll } from '../testing/clients';
import { accountOf, busArn, failure, roleArn } from '../testing/fixture';

// Many calls in one test; a busy machine takes its time.
jest.setTimeout(60_000);

afterEach(stopAll);

const CENTRAL = busArn(PLATFORM, 'central');

const entry = (part: Partial<PutEventsRequestEntry> = {}): PutEventsRequestEntry => ({
  Source: 'com.key.access',
  DetailType: 'Access Granted',
  Detail: '{"data":{"home":1}}',
  EventBusName: 'central',
  ...part,
});

async function withBus(statements: readonly PolicyStatement[] = [], options = {}) {
  const { endpoint } = await start(options);
  const platform = accountOf(endpoint, PLATFORM);
  await platform.bus('central', statements.length > 0 ? policyDocument(statements) : undefined);
  const q = await platform.queue('q');
  await platform.rule('central', 'all', [{ Id: 'q', Arn: q.arn }]);
  const publisher = accountOf(endpoint, DELIVERY);
  return { endpoint, platform, publisher, q };
}

const put = ({ events }: Pick<ReturnType<typeof clientsOf>, 'events'>, ...Entries: PutEventsRequestEntry[]) =>
  events.send(new PutEventsCommand({ Entries }));

describe('an event', () => {
  it('gets an id, the account, the Region and the time of arrival', async () => {
    const clock = createVirtualClock(Date.UTC(2026, 10, 20, 12, 0, 0, 900));
    const { platform, q } = await withBus([], { clock });
    const answer = await put(platform, entry());
    expect(answer).toMatchObject({ FailedEntryCount: 0 });
    expect((await q.take())[0].body).toEqual({
      version: '0',
      id: answer.Entries![0].EventId,
      'detail-type': 'Access Granted',
      source: 'com.key.access',
      account: PLATFORM,
      time: '2026-11-20T12:00:00Z',
      region: 'eu-west-1',
      resources: [],
      detail: { data: { home: 1 } },
    });
  });

  it('keeps its own time and resources, and every character', async () => {
    const { platform, q } = await withBus();
    const detail = { text: 'naïve 🏠 \u0000 </x> "', n: 1e21, big: 0.1 };
    await put(
      platform,
      entry({
        Time: new Date('2025-02-03T04:05:06.789Z'),
        Resources: ['arn:aws:s3:::a'],
        Detail: JSON.stringify(detail),
        EventBusName: CENTRAL,
      }),
    );
    expect((await q.take())[0].body).toMatchObject({
      time: '2025-02-03T04:05:06Z',
      resources: ['arn:aws:s3:::a'],
      detail,
    });
  });

  it('for a bus that does not exist is taken and dropped, as on AWS', async () => {
    const { platform } = await withBus();
    expect(await put(platform, entry({ EventBusName: 'none' }))).toMatchObject({
      FailedEntryCount: 0,
      Entries: [{ EventId: expect.any(String) }],
    });
  });
});

describe('an entry fails alone, in its place', () => {
  // prettier-ignore
  it.each<[string, Partial<PutEventsRequestEntry>, string, string]>([
    ['no source', { Source: undefined }, 'InvalidArgument', 'Parameter Source is not valid. Reason: Source is a required argument.'],
    ['an empty source', { Source: '' }, 'InvalidArgument', 'Parameter Source is not valid. Reason: Source is a required argument.'],
    ['no detail type', { DetailType: undefined }, 'InvalidArgument', 'Parameter DetailType is not valid. Reason: DetailType is a required argument.'],
    ['no detail', { Detail: undefined }, 'InvalidArgument', 'Parameter Detail is not valid. Reason: Detail is a required argument.'],
    ['a detail that is not JSON', { Detail: '{' }, 'MalformedDetail', 'Detail is malformed.'],
    ['a detail that is a list', { Detail: '[]' }, 'MalformedDetail', 'Detail is malformed.'],
    ['a detail that is a text', { Detail: '"x"' }, 'MalformedDetail', 'Detail is malformed.'],
    ['a detail that is null', { Detail: 'null' }, 'MalformedDetail', 'Detail is malformed.'],
    ['a detail without end', { Detail: `${'{"a":'.repeat(100_000)}1${'}'.repeat(100_000)}` }, 'MalformedDetail', 'Detail is malformed.'],
    ["AWS's own source", { Source: 'aws.s3' }, 'NotAuthorizedForSourceException', 'Not authorized for the source.'],
  ])('%s', async (_name, part, ErrorCode, ErrorMessage) => {
    const { platform, q } = await withBus();
    const answer = await put(platform, entry(), entry(part), entry({ Source: 'awsome' }));
    expect(answer).toMatchObject({
      FailedEntryCount: 1,
      Entries: [{ EventId: expect.any(String) }, { ErrorCode, ErrorMessage }, { EventId: expect.any(String) }],
    });
    expect((await q.take()).map(m => m.body.id)).toEqual([answer.Entries![0].EventId, answer.Entries![2].EventId]);
  });
});

describe('the size of a call', () => {
  const bytes = (n: number) => JSON.stringify({ t: 'x'.repeat(n - 8) });

  it.each<[string, PutEventsRequestEntry[]]>([
    // 14 characters each of source and detail type, and the detail.
    ['just fits', [entry({ Detail: bytes(1_000 - 28) })]],
    ['just fits together', [entry({ Detail: bytes(300) }), entry({ Detail: bytes(644) })]],
    [
      'just fits with time and resources',
      [
        entry({
          Detail: bytes(1_000 - 28 - 14 - 5),
          Time: new Date(0),
          Resources: ['abc', 'ö'],
        }),
      ],
    ],
  ])('%s', async (_name, entries) => {
    const { platform } = await withBus([], {
      quotas: { putEventsSize: 1_000 },
    });
    expect((await put(platform, ...entries)).FailedEntryCount).toBe(0);
    const [first, ...rest] = entries;
    expect(await failure(put(platform, { ...first, Source: `${first.Source}x` }, ...rest))).toMatchObject({
      name: 'ValidationException',
      message: 'Total size of the entries in the request is over the limit.',
    });
  });

  it('may be a megabyte', async () => {
    const { platform } = await withBus();
    const full = bytes(1_048_576 - 28);
    expect((await put(platform, entry({ Detail: full }))).FailedEntryCount).toBe(0);
    expect(await failure(put(platform, entry({ Detail: `${full} ` })))).toMatchObject({ name: 'ValidationException' });
  });

  it.each([0, 11])('not %s entries', async count => {
    const { platform } = await withBus();
    expect(await failure(put(platform, ...Array(count).fill(entry())))).toMatchObject({
      name: 'ValidationException',
      message: expect.stringContaining("at 'entries' failed to satisfy constraint"),
    });
  });
});

describe('from another account', () => {
  const own = entry({ Source: 'com.key.delivery', EventBusName: CENTRAL });
  const grant = publishStatement({
    sid: 'DeliveryPublishes',
    busArn: CENTRAL,
    principal: DELIVERY,
    source: 'com.key.delivery',
    detailTypes: ['Delivery Started'],
  });
  const started = { ...own, DetailType: 'Delivery Started' };

  it('where the bus lets it', async () => {
    const { publisher, q } = await withBus([grant]);
    await put(publisher, started);
    expect((await q.take())[0].body).toMatchObject({
      account: DELIVERY,
      source: 'com.key.delivery',
    });
  });

  it('denied as a whole where the bus names it nowhere', async () => {
    const { endpoint } = await withBus([grant]);
    expect(await failure(put(clientsOf(endpoint, ACCESS), started))).toEqual({
      name: 'AccessDeniedException',
      message: `User: arn:aws:iam::${ACCESS}:root is not authorized to perform: events:PutEvents on resource: ${CENTRAL} because no resource-based policy allows the events:PutEvents action`,
      status: 400,
    });
  });

  it('denied entry by entry, by source and detail type', async () => {
    const { publisher, q } = await withBus([grant]);
    const answer = await put(publisher, { ...started, Source: 'com.key.access' }, started, {
      ...started,
      DetailType: 'Delivery Ended',
    });
    expect(answer).toMatchObject({
      FailedEntryCount: 2,
      Entries: [
        {
          ErrorCode: 'NotAuthorizedForSourceException',
          ErrorMessage:
            'Not authorized for the source com.key.access because no resource-based policy allows the events:PutEvents action.',
        },
        { EventId: expect.any(String) },
        {
          ErrorCode: 'NotAuthorizedForDetailTypeException',
          ErrorMessage:
            'Not authorized for the detail type Delivery Ended because no resource-based policy allows the events:PutEvents action.',
        },
      ],
    });
    expect(await q.take()).toHaveLength(1);
  });

  it('a denial names the statement that decides', async () => {
    const { publisher } = await withBus([grant, { ...grant, Sid: 'NotToday', Effect: 'Deny' }]);
    const answer = await put(publisher, started);
    expect(answer.Entries![0].ErrorMessage).toBe(
      `Not authorized for the detail type Delivery Started with an explicit deny in the resource-based policy of event bus ${CENTRAL} (statement "NotToday").`,
    );
  });

  it('as a role of the bus account that the other account takes', async () => {
    const { endpoint, platform, publisher, q } = await withBus();
    await platform.role('publish-delivery', principalTrust(DELIVERY), [
      publishStatement({ busArn: CENTRAL, source: 'com.key.delivery' }),
    ]);
    const { Credentials } = await publisher.sts.send(
      new AssumeRoleCommand({
        RoleArn: roleArn(PLATFORM, 'publish-delivery'),
        RoleSessionName: 'test',
      }),
    );
    const asRole = clientsOf(endpoint, Credentials!);
    const answer = await put(asRole, own, { ...own, Source: 'com.key.access' });
    expect(answer.Entries!.map(e => e.ErrorCode)).toEqual([undefined, 'NotAuthorizedForSourceException']);
    expect((await q.take())[0].body.account).toBe(PLATFORM);
    expect(await failure(put(asRole, { ...own, EventBusName: 'default' }))).toMatchObject({
      name: 'AccessDeniedException',
      message: expect.stringContaining(
        `User: arn:aws:sts::${PLATFORM}:assumed-role/publish-delivery/test is not authorized to perform: events:PutEvents`,
      ),
    });
  });
});
