import type { ChangeRequestAnswer, ChangeRequestDetail, PlanAnswer } from '@busline/plugin-eventbridge-common';
import { createChangesHarness, type ChangesHarness } from '../testing/changesHarness';
import { createWorld, type ChangesWorld } from '../testing/changesWorld';
import { closeDatabases, DATABASES, openTestDatabase } from '../testing/databases';
import { publish, subscribing } from '../testing/changeStories';

jest.setTimeout(120_000);

afterAll(closeDatabases);

const ADA = 'user:default/team-1';
const PLATFORM = 'user:default/platform';

describe.each(DATABASES)('from a form to the first event, on %s', kind => {
  let world: ChangesWorld;
  let harness: ChangesHarness;

  beforeAll(async () => {
    world = await createWorld();
    harness = await createChangesHarness({ world, knex: await openTestDatabase(kind) });
  });
  afterAll(async () => {
    await harness.close();
    await world.close();
  });

  it('plans, opens, is approved, merged, deployed, and is live with the first event', async () => {
    const ada = harness.as(ADA);
    const request = subscribing(1);
    const planned = await ada.post<PlanAnswer>('/plans', { request });
    if (planned.kind !== 'plan') throw new Error(JSON.stringify(planned));
    const sent = { request, key: 'task 1', digest: planned.digest };
    const first = await ada.post<ChangeRequestAnswer>('/change-requests', sent);
    if (first.kind !== 'change') throw new Error(JSON.stringify(first));
    const { id } = first.change;
    expect(first.change.state).toBe('opening');
    const opened = await ada.post<{ change: ChangeRequestDetail }>(`/change-requests/${id}/pull-requests`);
    expect(opened.change.state).toBe('open');
    expect(opened.change.pullRequests.map(({ repository, number, state }) => [repository, number, state])).toEqual([
      ['key/events', 1, 'open'],
      ['key/service-1', 1, 'open'],
    ]);

    // The page asks every two seconds: what it gets is small, and names its plan, which is asked for once.
    const seen = await ada.get<ChangeRequestDetail>(`/change-requests/${id}`);
    expect(JSON.stringify(seen).length).toBeLessThan(4_000);
    expect(seen).toMatchObject({ planDigest: planned.digest, subscriptions: ['granted'], publications: [] });
    expect(seen.pullRequests.map(({ cloneUrl }) => cloneUrl)).toEqual([
      'http://portal/api/eventbridge/git/key/events.git',
      'http://portal/api/eventbridge/git/key/service-1.git',
    ]);
    expect(await ada.get(`/change-requests/${id}/plan`)).toMatchObject({
      digest: planned.digest,
      plan: { title: planned.plan.title, repositories: planned.plan.repositories },
    });

    const merged = await harness.as('user:default/platform').post<ChangeRequestDetail>(`/change-requests/${id}/merge`);
    expect(merged.pullRequests.map(({ state }) => state)).toEqual(['merged', 'merged']);
    const deployed = await harness.until(id, 'deployed', ({ live }) => live.length > 0);
    expect(deployed.stacks.length).toBeGreaterThan(1);
    expect(deployed.live.filter(({ state }) => state === 'awaited')).toEqual([
      {
        title: 'A first event for service-1-granted',
        state: 'awaited',
        detail: 'none matched yet, as far as CloudWatch has counted',
      },
    ]);

    await publish(world);
    const live = await harness.until(id, 'live');
    expect(live.leadTimeSeconds).toBeGreaterThanOrEqual(0);
    expect(live.history.map(({ by, text }) => `${by ?? 'the portal'} ${text}`)).toEqual([
      `${ADA} sent the form`,
      `${ADA} opened the pull request key/events#1`,
      `${ADA} opened the pull request key/service-1#1`,
      `${PLATFORM} merged key/events#1`,
      `${PLATFORM} merged key/service-1#1`,
      expect.stringMatching(/^the portal deployed \d stacks from main$/),
      'the portal saw all of it on AWS: it is live',
    ]);
    expect(live.stations.every(({ state }) => state === 'reached')).toBe(true);
    expect(live.turn).toEqual([]);
  });

  it('does all of it once, however often it is asked for', async () => {
    const bob = harness.as('user:default/team-2');
    const request = subscribing(2);
    const change = await bob.ask(request, 'form 2');
    const again = await bob.ask(request, 'form 2');
    // A second task of the same person, such as after a reload of the form.
    const another = await bob.ask(request, 'form 2, once more');
    expect([again.id, another.id]).toEqual([change.id, change.id]);
    expect(another.pullRequests).toEqual(change.pullRequests);
    const forge = harness.ground.portalForge.forge;
    expect(await forge.listPullRequests('key/service-2')).toHaveLength(1);
    const { tryPost } = harness.as('user:default/team-3');
    expect(await tryPost('/change-requests', { request, key: 'form 2' })).toMatchObject({ status: 409 });
    // The same request of somebody else is told whose it is already.
    expect((await tryPost('/change-requests', { request, key: 'other form' })).body).toMatchObject({
      kind: 'problems',
      problems: [{ rule: 'request-open', message: expect.stringContaining('user:default/team-2') }],
    });
    await bob.post(`/change-requests/${change.id}/close`);
    const afterClosing = await bob.ask(request, 'form 2 again');
    expect(afterClosing.id).not.toBe(change.id);
    expect(afterClosing.pullRequests.map(({ number, state }) => [number, state])).toEqual([
      [change.pullRequests[0]!.number! + 1, 'open'],
      [2, 'open'],
    ]);
  });

  it('tells everybody whom it concerns, once', async () => {
    const asked = harness.sent.filter(({ payload }) => payload.title.includes('service-1'));
    const told = asked.map(({ recipients, payload }) => [
      recipients.type === 'entity' ? [recipients.entityRef].flat().join() : 'everybody',
      payload.title,
    ]);
    expect(told).toEqual([
      ['group:default/team-1', 'service-1 subscribes to Access Granted'],
      ['group:default/access', 'service-1 subscribes to Access Granted'],
      ['group:default/platform', 'service-1 subscribes to Access Granted'],
      [ADA, expect.stringMatching(/^service-1 subscribes to Access Granted is deployed; it waits/)],
      [
        ADA,
        expect.stringMatching(/^service-1 subscribes to Access Granted is live, \d+ seconds? after the form was sent$/),
      ],
    ]);
  });

  it('audits what was done, and what was refused', async () => {
    const first = harness.audited.slice(0, 4).map(({ eventId, outcome }) => `${eventId} ${outcome}`);
    expect(first).toEqual([
      'change-request-send success',
      'change-request-open success',
      'change-request-merge success',
      'change-request-deploy success',
    ]);
    expect(harness.audited).toContainEqual(
      expect.objectContaining({ eventId: 'change-request-send', outcome: 'fail' }),
    );
    expect(harness.audited[2]!.meta).toEqual({ changeRequest: expect.any(String) });
  });
});
