import type { ChangeRequestDetail } from '@busline/plugin-eventbridge-common';
import { RESTRICTED, subscribing } from '../testing/changeStories';
import { createChangesHarness, type ChangesHarness } from '../testing/changesHarness';
import { createWorld, EVENTS, type ChangesWorld } from '../testing/changesWorld';
import { closeDatabases, DATABASES, openTestDatabase } from '../testing/databases';

jest.setTimeout(120_000);
afterAll(closeDatabases);

const OWNER = 'user:default/access';
const PLATFORM = 'user:default/platform';

describe.each(DATABASES)('a subscription to a restricted event type, on %s', kind => {
  let world: ChangesWorld;
  let harness: ChangesHarness;
  let id: string;

  beforeAll(async () => {
    world = await createWorld({ services: 1 });
    harness = await createChangesHarness({ world, knex: await openTestDatabase(kind) });
    ({ id } = await harness.as('user:default/team-1').ask(subscribing(1, RESTRICTED)));
  });
  afterAll(async () => {
    await harness.close();
    await world.close();
  });

  const see = () => harness.as(PLATFORM).get<ChangeRequestDetail>(`/change-requests/${id}`);
  const approve = (user: string) => harness.as(user).tryPost(`/change-requests/${id}/reviews`, { verdict: 'approved' });
  const merge = () => harness.as(PLATFORM).tryPost(`/change-requests/${id}/merge`);
  const expectAwaited = async () => {
    const change = await see();
    expect(change.waitsFor).toBe('The approval of group:default/access');
    expect(change.turn).toEqual(['group:default/access']);
    expect(change.actions.merge).toEqual({ allowed: false, why: 'The approval of group:default/access is missing' });
    expect(await merge()).toMatchObject({
      status: 409,
      body: { error: { message: expect.stringContaining('The approval of group:default/access is missing') } },
    });
  };

  it('waits for its owner, who is told', async () => {
    await expectAwaited();
    expect(harness.sent).toContainEqual(
      expect.objectContaining({
        recipients: expect.objectContaining({ entityRef: ['group:default/access'] }),
        payload: expect.objectContaining({ title: expect.stringMatching(/^Your approval is asked for/) }),
      }),
    );
  });

  it('is not approved by whoever asked, nor by somebody outside the owning group', async () => {
    expect(await approve('user:default/team-1')).toMatchObject({ status: 400 });
    expect((await approve('user:default/team-2')).status).toBe(200);
    await expectAwaited();
  });

  it('is not approved by a first approval once something was added to the branch', async () => {
    expect((await approve(OWNER)).status).toBe(200);
    expect((await see()).state).toBe('approved');
    const pull = (await see()).pullRequests.find(({ role }) => role === 'events')!;
    await harness.ground.portalForge.forge.commitFiles({
      repository: EVENTS,
      branch: pull.branch,
      base: 'main',
      message: 'One more thing',
      author: { name: 'x', email: 'x@y.invalid' },
      changes: [{ path: 'docs/note.md', content: 'What nobody has looked at.\n' }],
    });
    await harness.until(id, 'open');
    await expectAwaited();
  });

  it('is merged once its owner has approved what is there now', async () => {
    expect((await approve(OWNER)).status).toBe(200);
    expect((await merge()).status).toBe(200);
    expect((await see()).pullRequests.map(({ state }) => state)).toEqual(['merged', 'merged']);
  });
});
