import type { ChangeRequestAnswer, ChangeRequestDetail, ChangeRequestPage } from '@busline/plugin-eventbridge-common';
import { publish, subscribing } from '../testing/changeStories';
import { createChangesHarness, type ChangesHarness } from '../testing/changesHarness';
import { createWorld, type ChangesWorld } from '../testing/changesWorld';
import { closeDatabases, openTestDatabase } from '../testing/databases';

jest.setTimeout(300_000);

const COUNT = 20;
const PLATFORM = 'user:default/platform';

let world: ChangesWorld;
let harness: ChangesHarness;

beforeAll(async () => {
  world = await createWorld({ services: COUNT + 1 });
  harness = await createChangesHarness({ world, knex: await openTestDatabase('Postgres') });
});
afterAll(async () => {
  await harness.close();
  await closeDatabases();
  await world.close();
});

const numbers = Array.from({ length: COUNT }, (_, index) => index + 1);

it('twenty requests of different services, merged in any order, collide nowhere and all go live', async () => {
  const asked = await Promise.all(numbers.map(n => harness.as(`user:default/team-${n}`).ask(subscribing(n))));
  expect(asked.map(({ state }) => state)).toEqual(numbers.map(() => 'open'));
  const shuffled = [...asked].sort((a, b) => (a.id < b.id ? -1 : 1));
  const platform = harness.as(PLATFORM);
  await Promise.all(shuffled.map(({ id }) => platform.post(`/change-requests/${id}/merge`)));
  for (const { id } of asked) await harness.until(id, 'deployed');
  await publish(world);
  for (const { id } of asked) {
    const { history } = await harness.until(id, 'live');
    expect(history.map(({ text }) => text).filter(text => /failed|had to stop/.test(text))).toEqual([]);
  }
  const page = await platform.get<ChangeRequestPage>('/change-requests?limit=7');
  expect(page.states).toEqual({ live: COUNT });
  expect(page.totalItems).toBe(COUNT);
});

it('of two people who onboard the same service at once, one is told of the other’s request', async () => {
  const request = subscribing(COUNT + 1);
  const other = subscribing(COUNT + 1, { name: 'otherwise' });
  const send = (user: string, wanted: object) =>
    harness.as(user).post<ChangeRequestAnswer>('/change-requests', { request: wanted, key: `of ${user}` });
  const answers = await Promise.all([send('user:default/mira', request), send('user:default/noor', other)]);
  const taken = answers.flatMap(answer => (answer.kind === 'change' ? [answer.change] : []));
  expect(taken).toHaveLength(1);
  expect(answers.find(({ kind }) => kind === 'problems')).toMatchObject({
    problems: [{ field: '/service', rule: 'request-open', message: expect.stringContaining(taken[0]!.requestedBy) }],
  });
});

it('asks the forge about what rests only now and then', async () => {
  const { id } = await harness.as('user:default/team-1').ask(subscribing(1, { name: 'rests' }));
  const lookAt = async () => Date.parse((await harness.knex('change_requests').where({ id }).first('look_at')).look_at);
  await harness
    .knex('change_requests')
    .where({ id })
    .update({ moved_at: '2026-01-01T00:00:00.000Z', look_at: '2026-01-01T00:00:00.000Z' });
  // Whoever opened it may still be at it: what is being worked on is left to that.
  for (let tries = 0; tries < 100 && (await lookAt()) < Date.now(); tries++) {
    await harness.follow();
    await new Promise(resolve => setTimeout(resolve, 50));
  }
  const rest = (await lookAt()) - Date.now();
  expect(rest).toBeGreaterThan(500_000);
  expect(rest).toBeLessThanOrEqual(600_000);
  // A merge to the same repository may make it conflict: then it is looked at next.
  await harness.ground.store.lookAgain('key/events');
  expect(await lookAt()).toBeLessThanOrEqual(Date.now());
});

it('goes on with the others where the record of one is broken', async () => {
  const broken = await harness.as('user:default/team-2').ask(subscribing(2, { name: 'broken' }));
  const whole = await harness.as('user:default/team-3').ask(subscribing(3, { name: 'whole' }));
  await harness
    .knex('change_requests')
    .where({ id: broken.id })
    .update({ plan: '{', look_at: '2000-01-01T00:00:00.000Z' });
  await harness.as(PLATFORM).post<ChangeRequestDetail>(`/change-requests/${whole.id}/merge`);
  await harness.until(whole.id, 'deployed');
  const row = await harness.knex('change_requests').where({ id: broken.id }).first('trouble', 'look_at');
  expect(row.trouble).toBe('something failed in the portal; its log says what');
});
