import { MAX_EVENT_CHARACTERS, type ReceiversPage } from '@busline/plugin-eventbridge-common';
import { eventTypeConditions } from '@busline/plugin-eventbridge-node';
import request from 'supertest';
import { closeDatabases, DATABASES, openTestDatabase } from '../testing/databases';
import { createHarness, TestRepository, type Grants, type Harness } from '../testing/harness';
import { keyRepositoryFiles } from '../testing/keyRepository';

afterAll(closeDatabases);

const event = (source: string, detailType: string, detail: object = {}) =>
  JSON.stringify({ version: '0', id: 'an-id', source, 'detail-type': detailType, account: '1', region: 'r', detail });
const GRANTED = event('com.key.access', 'Access Granted', {
  metadata: { schemaVersion: '2.0.0' },
  data: { channel: 'push' },
});
const SECRET = event('com.key.access', 'Secret Opened');
const READER: Grants = {
  eventTypes: eventTypeConditions.hasClassification({ classifications: ['public', 'internal'] }),
  others: [],
};
const NOBODY: Grants = { eventTypes: 'none', others: [] };

const ask = async ({ app }: Harness, text: unknown, query = '') => {
  const { status, body } = await request(app).post(`/receivers${query}`).send({ event: text });
  return { status, body };
};
const namesIn = (page: ReceiversPage) => page.items.map(({ name, environment }) => `${name} ${environment}`);

describe.each(DATABASES)('who receives an event, on %s', kind => {
  let source: TestRepository;
  let all: Harness;
  let reader: Harness;
  let nobody: Harness;
  beforeAll(async () => {
    const knex = await openTestDatabase(kind);
    source = new TestRepository('key', keyRepositoryFiles(), 'Key');
    all = await createHarness({ knex, sources: [source] });
    reader = await createHarness({ knex, sources: [source], grants: READER });
    nobody = await createHarness({ knex, sources: [source], grants: NOBODY });
    await all.read(source);
  });

  it('names those whose pattern takes it, in every environment', async () => {
    const { status, body } = await ask(all, GRANTED);
    expect(status).toBe(200);
    expect(namesIn(body)).toEqual(['access-granted dev', 'access-granted prod', 'all-access prod']);
    expect(body).toMatchObject({
      eventType: { source: 'com.key.access', detailType: 'Access Granted' },
      isKnown: true,
      totalItems: 3,
      receiving: 3,
      missing: 0,
      environments: [
        { value: 'dev', count: 1 },
        { value: 'prod', count: 2 },
      ],
    });
  });

  it('names those that take the event type but not this event', async () => {
    const other = event('com.key.access', 'Access Granted', { data: { channel: 'post' } });
    expect(namesIn((await ask(all, other)).body)).toEqual(['all-access prod']);
    const { body } = await ask(all, other, '?receives=no&environment=dev');
    expect(namesIn(body)).toEqual(['access-granted dev']);
    expect(body).toMatchObject({ totalItems: 1, receiving: 1, missing: 2 });
  });

  it('finds who takes an event type that nobody declares', async () => {
    const { body } = await ask(all, event('com.key.accounts', 'Nobody Knows'));
    expect(namesIn(body)).toEqual(['all-access prod']);
    expect(body).toMatchObject({ isKnown: false, receiving: 1, missing: 0 });
  });

  it('gives a page at a time, each subscription once', async () => {
    const seen: string[] = [];
    let cursor = '';
    do {
      const { body } = await ask(all, GRANTED, `?limit=1${cursor && `&cursor=${cursor}`}`);
      expect(body).toMatchObject({ totalItems: 3, receiving: 3 });
      seen.push(...namesIn(body));
      cursor = body.nextCursor ?? '';
    } while (cursor);
    expect(seen).toEqual(['access-granted dev', 'access-granted prod', 'all-access prod']);
  });

  it('tells nobody of subscriptions that the person may not see', async () => {
    expect(namesIn((await ask(all, SECRET)).body)).toEqual(['all-access prod', 'secrets prod']);
    const hidden = (await ask(reader, SECRET)).body;
    expect(namesIn(hidden)).toEqual(['all-access prod']);
    expect(hidden).toMatchObject({ isKnown: false, totalItems: 1, receiving: 1, missing: 0 });
    // An event type that is hidden answers as one that nobody declares.
    const absent = (await ask(reader, event('com.key.access', 'Absent'))).body;
    expect({ ...hidden, eventType: undefined }).toEqual({ ...absent, eventType: undefined });
    expect((await ask(nobody, SECRET)).body).toMatchObject({ items: [], receiving: 0, missing: 0, environments: [] });
  });

  it.each([
    ['half a text', '{', /^The event is no JSON: /],
    ['an array', '[]', /^The event is no JSON object$/],
    ['no detail-type', '{"source":"a"}', /^The event has no text at "detail-type"/],
    ['a source that is no text', '{"source":["a"],"detail-type":"b"}', /^The event has no text at "source"/],
    [
      'a source of the prototype',
      '{"__proto__":{"source":"a","detail-type":"b"}}',
      /^The event has no text at "source"/,
    ],
    [
      'too much',
      ' '.repeat(MAX_EVENT_CHARACTERS + 1),
      /^The event has 1,052,673 characters; EventBridge takes events under 1 MB$/,
    ],
    ['an object in place of its text', { source: 'a' }, /must be string/],
  ])('refuses %s', async (_, text, message) => {
    const { status, body } = await ask(all, text);
    expect(status).toBe(400);
    expect(body.error.message).toMatch(message);
  });

  it('takes an event of 1 MB, and one that is as deep as EventBridge reads', async () => {
    const large = event('com.key.access', 'Access Granted', { text: '"'.repeat(500_000) });
    expect(large.length).toBeGreaterThan(1_000_000);
    expect((await ask(all, large)).body).toMatchObject({ receiving: 1, missing: 2 });
    const deep = (levels: number) =>
      GRANTED.replace(/"detail":.*$/, `"detail":${'{"data":'.repeat(levels)}1${'}'.repeat(levels)}}`);
    expect((await ask(all, deep(999))).body).toMatchObject({ receiving: 1, missing: 2 });
    for (const levels of [1000, 100_000]) {
      const { status, body } = await ask(all, deep(levels));
      expect([status, body.error.message]).toEqual([400, expect.stringContaining('nesting depth (1001)')]);
    }
  });

  it('refuses more than an event can be before it is read', async () => {
    const { status, body } = await request(all.app)
      .post('/receivers')
      .send({ event: 'x'.repeat(4_000_000) });
    expect([status, body.error.message]).toEqual([400, expect.stringContaining('too large')]);
  });

  it('knows what was read since, whichever replica read it', async () => {
    expect((await ask(reader, event('com.key.delivery', 'Delivery Planned'))).body.receiving).toBe(1);
    const file = 'subscriptions/access-service/planned.yaml';
    source.files.set('subscriptions/access-service/second.yaml', source.files.get(file)!);
    source.files.set(file, source.files.get(file)!.replace('detail-type: [Delivery Planned]', 'detail-type: [Other]'));
    await all.read(source);
    expect(namesIn((await ask(reader, event('com.key.delivery', 'Delivery Planned'))).body)).toEqual(['second prod']);
  });
});
