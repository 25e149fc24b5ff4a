import type { AffectedSubscribers, EventTypeEvolution, VersionComparison } from '@busline/plugin-eventbridge-common';
import request from 'supertest';
import { closeDatabases, openTestDatabase } from '../testing/databases';
import { createHarness, TestRepository, type Grants } from '../testing/harness';
import { keyRepositoryFiles } from '../testing/keyRepository';

const FOLDER = 'events/com.key.access/door-painted';
const PATH = '/event-types/com.key.access/Door%20Painted';

const schema = (required: readonly string[], colours: readonly string[]) =>
  JSON.stringify({ type: 'object', required, properties: { door: { type: 'string' }, colour: { enum: colours } } });

/** 1.1.0 wants the colour, which breaks; 1.2.0 knows a further one; 2.0.0 is another major. */
const VERSIONS = {
  '1.0.0': schema(['door'], ['red']),
  '1.1.0': schema(['door', 'colour'], ['red']),
  '1.2.0': schema(['door', 'colour'], ['red', 'blue']),
  '2.0.0': schema([], ['blue']),
};

function repository(settings: string) {
  return {
    ...keyRepositoryFiles(),
    [`${FOLDER}/event.yaml`]: `source: com.key.access\ndetailType: Door Painted\nowner: group:default/access\ndomain: access\n${settings}`,
    ...Object.fromEntries(
      Object.entries(VERSIONS).map(([version, text]) => [`${FOLDER}/${version}/schema.json`, text]),
    ),
  };
}

async function portal(settings = '', grants: Grants = 'everything', more: Readonly<Record<string, string>> = {}) {
  const source = new TestRepository('key', { ...repository(settings), ...more }, 'Key');
  const now = () => new Date('2026-06-01T12:00:00Z');
  const harness = await createHarness({ knex: await openTestDatabase('SQLite'), sources: [source], grants, now });
  await harness.read(source);
  return async <T>(path: string) => {
    const { status, body } = await request(harness.app).get(`${PATH}${path}`);
    return { status, body: body as T };
  };
}

afterAll(closeDatabases);

describe('GET /event-types/:source/:detailType/evolution', () => {
  it('judges each version beside the one before, and towards all that the rules name', async () => {
    const get = await portal();
    const { status, body } = await get<EventTypeEvolution>('/evolution');
    expect(status).toBe(200);
    expect(body).toMatchObject({
      mode: 'FULL_TRANSITIVE',
      origin: 'default',
      contentModel: 'closed-world',
      stepCount: 3,
    });
    expect(
      body.steps.map(({ from, to, outcome, brokenTowards, backward, forward, semver }) => [
        `${from} > ${to}`,
        outcome,
        brokenTowards,
        backward,
        forward,
        semver,
      ]),
    ).toEqual([
      ['1.2.0 > 2.0.0', 'free', [], 'breaking', 'breaking', 'major'],
      ['1.1.0 > 1.2.0', 'broken', ['1.1.0', '1.0.0'], 'compatible', 'breaking', 'major'],
      ['1.0.0 > 1.1.0', 'broken', ['1.0.0'], 'breaking', 'compatible', 'major'],
    ]);
  });

  it('follows what event.yaml says, and its exceptions as long as they hold', async () => {
    const exception = (until: string) =>
      `schemas: { compatibility: BACKWARD, exceptions: [{ version: 1.1.0, by: user:default/ada, reason: Nobody reads it., until: ${until} }] }`;
    const held = (await (await portal(exception('2026-06-01')))<EventTypeEvolution>('/evolution')).body;
    expect([held.mode, held.origin]).toEqual(['BACKWARD', 'event type']);
    expect(held.steps.map(({ outcome }) => outcome)).toEqual(['free', 'kept', 'excused']);
    expect(held.steps[2].exception).toMatchObject({ by: 'user:default/ada', until: '2026-06-01' });
    const ended = (await (await portal(exception('2026-05-31')))<EventTypeEvolution>('/evolution')).body;
    expect(ended.steps.map(({ outcome }) => outcome)).toEqual(['free', 'kept', 'broken']);
  });

  it('is not there for who may not see the event type', async () => {
    const get = await portal('', { eventTypes: 'none', others: [] });
    expect((await get('/evolution')).status).toBe(404);
    expect((await get('/comparison?from=1.0.0&to=1.1.0')).status).toBe(404);
    expect((await get('/affected?from=1.0.0&to=1.1.0')).status).toBe(404);
  });
});

describe('GET /event-types/:source/:detailType/affected', () => {
  const subscription = (detail: string, more = '') =>
    `description: x\npattern: { source: [com.key.access], detail-type: [Door Painted]${detail} }\ntarget: { type: sqs, name: q }\n${more}`;

  it('says what a step does to each subscriber, once for all environments', async () => {
    const get = await portal('', 'everything', {
      'subscriptions/delivery-service/painted.yaml': subscription(''),
      'subscriptions/delivery-service/red.yaml': subscription(', detail: { data: { colour: [red] } }'),
      'subscriptions/access-service/green.yaml': subscription(', detail: { data: { colour: [green] } }'),
    });
    const { status, body } = await get<AffectedSubscribers>('/affected?from=1.1.0&to=1.2.0');
    expect(status).toBe(200);
    expect(body.subscriptionCount).toBe(6);
    expect(
      body.subscribers.map(({ service, subscription: name, environments, verdict, match }) => [
        `${service}/${name}`,
        environments,
        verdict,
        match,
      ]),
    ).toEqual([
      // Takes everything of the access domain.
      ['delivery-service/all-access', ['prod'], 'broken', 'same'],
      ['delivery-service/painted', ['dev', 'prod'], 'broken', 'same'],
      ['delivery-service/red', ['dev', 'prod'], 'check', 'fewer'],
      ['access-service/green', ['prod'], 'unaffected', 'nothing'],
    ]);
    expect(body.subscribers[0]).toMatchObject({
      owner: 'group:default/delivery',
      event: { source: 'com.key.access', detail: { data: { colour: 'blue' } } },
    });
  });
});

describe('GET /event-types/:source/:detailType/comparison', () => {
  it('compares any two versions, with an event for what breaks', async () => {
    const get = await portal();
    const { status, body } = await get<VersionComparison>('/comparison?from=1.0.0&to=1.2.0');
    expect(status).toBe(200);
    expect(body).toMatchObject({
      outcome: 'broken',
      asked: ['backward', 'forward'],
      backward: { kind: 'breaking', findings: [{ rule: 'field-missing', newPointer: '/required' }] },
      forward: { kind: 'breaking', counterexample: { colour: 'blue' } },
      semver: 'major',
    });
    expect(body.changes.map(({ path }) => path)).toContain('colour');
    expect((await get<VersionComparison>('/comparison?from=1.2.0&to=1.0.0')).body.forward.kind).toBe('breaking');
    expect((await get<VersionComparison>('/comparison?from=1.2.0&to=1.2.0')).body).toMatchObject({
      changes: [],
      semver: 'none',
    });
  });

  it.each(['/comparison?from=1.0.0&to=9.0.0', '/comparison?from=1.0.0&to=__proto__'])('%s is not there', async path => {
    expect((await (await portal())(path)).status).toBe(404);
  });

  it('says which version is missing from the question', async () => {
    expect((await (await portal())('/comparison?from=1.0.0')).status).toBe(400);
  });
});
