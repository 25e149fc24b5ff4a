import {
  AuthorizeResult,
  type PermissionCondition,
  type PermissionCriteria,
} from '@backstage/plugin-permission-common';
import { createConditionAuthorizer, createConditionTransformer } from '@backstage/plugin-permission-node';

import {
  CHANGE_REQUEST_RESOURCE_TYPE,
  type ChangeRequestDetail,
  type ChangeRequestPage,
} from '@busline/plugin-eventbridge-common';
import {
  changeRequestConditions as rules,
  changeRequestPermissionRules,
  type ChangeRequestFilter,
} from '@busline/plugin-eventbridge-node';
import fc from 'fast-check';
import { RESTRICTED, subscribing } from '../testing/changeStories';
import { createChangesHarness, type ChangesHarness } from '../testing/changesHarness';
import { createWorld, type ChangesWorld } from '../testing/changesWorld';
import { closeDatabases, DATABASES, openTestDatabase } from '../testing/databases';
import { changeRequestResources, visibleChanges } from './changeVisibility';

jest.setTimeout(120_000);
afterAll(closeDatabases);

const READER = 'user:default/reader';
const ALL = () => true;

describe.each(DATABASES)('who may do what with change requests, on %s', kind => {
  let world: ChangesWorld;
  let harness: ChangesHarness;
  let open: ChangeRequestDetail;
  let restricted: ChangeRequestDetail;

  beforeAll(async () => {
    world = await createWorld({ services: 3 });
    harness = await createChangesHarness({ world, knex: await openTestDatabase(kind) });
    open = await harness.as('user:default/team-1').ask(subscribing(1));
    restricted = await harness.as('user:default/team-2').ask(subscribing(2, RESTRICTED));
  });
  afterEach(() => {
    harness.policy = ALL;
  });
  afterAll(async () => {
    await harness.close();
    await world.close();
  });

  it.each([
    ['eventbridge.onboarding.plan', () => '/plans', { request: subscribing(3) }],
    ['eventbridge.change-request.open', () => '/change-requests', { request: subscribing(3), key: 'k' }],
    ['eventbridge.event-type.read', () => '/plans', { request: subscribing(3) }],
    ['eventbridge.event-type.subscribe', () => '/change-requests', { request: subscribing(3), key: 'k' }],
    ['eventbridge.change-request.review', () => `/change-requests/${open.id}/reviews`, { verdict: 'approved' }],
    ['eventbridge.change-request.merge', () => `/change-requests/${open.id}/merge`, undefined],
    ['eventbridge.change-request.merge', () => `/change-requests/${open.id}/retry`, undefined],
    ['eventbridge.change-request.merge', () => `/change-requests/${open.id}/update`, undefined],
    ['eventbridge.change-request.close', () => `/change-requests/${open.id}/close`, undefined],
  ])('without %s it is refused by that name', async (permission, path, body) => {
    harness.policy = name => name !== permission;
    const answer = await harness.as('user:default/team-3').tryPost(path(), body);
    expect(answer).toMatchObject({ status: 403, body: { error: { message: expect.stringContaining(permission) } } });
  });

  it('only whoever sent the form opens its pull requests', async () => {
    const answer = await harness.as('user:default/team-3').tryPost(`/change-requests/${open.id}/pull-requests`);
    expect(answer.status).toBe(403);
  });

  it('hides what a reader may not see from lists, counts and pages, and does not tell that it is there', async () => {
    harness.policy = name =>
      name === 'eventbridge.change-request.read'
        ? rules.hasChangeClassification({ classifications: ['public', 'internal'] })
        : true;
    const reader = harness.as(READER);
    const page = await reader.get<ChangeRequestPage>('/change-requests');
    expect(page).toMatchObject({ totalItems: 1, items: [{ id: open.id }], states: { open: 1 } });
    await expect(reader.get(`/change-requests/${restricted.id}`)).rejects.toThrow('404');
    await expect(reader.get(`/change-requests/${restricted.id}/plan`)).rejects.toThrow('404');
    for (const action of ['merge', 'close', 'retry', 'update']) {
      expect((await reader.tryPost(`/change-requests/${restricted.id}/${action}`)).status).toBe(404);
    }
    harness.policy = name => name !== 'eventbridge.change-request.read';
    expect(await reader.get<ChangeRequestPage>('/change-requests')).toMatchObject({ totalItems: 0, states: {} });
  });

  it('says on the page what may not be done, and why', async () => {
    harness.policy = name => !['eventbridge.change-request.merge', 'eventbridge.change-request.close'].includes(name);
    const { actions } = await harness.as(READER).get<ChangeRequestDetail>(`/change-requests/${open.id}`);
    expect(actions).toEqual({
      approve: { allowed: true },
      merge: { allowed: false, why: 'You may not merge this change request' },
      close: { allowed: false, why: 'You may not close this change request' },
      retry: { allowed: 'never' },
      update: { allowed: 'never' },
    });
    const own = await harness.as('user:default/team-1').get<ChangeRequestDetail>(`/change-requests/${open.id}`);
    expect(own.actions.approve).toEqual({ allowed: false, why: 'Somebody else has to approve what you asked for' });
  });

  it('conditions let the same through in the database as one by one', async () => {
    const all = [open.id, restricted.id];
    const resources = await changeRequestResources(harness.knex, all);
    const isFulfilled = createConditionAuthorizer(Object.values(changeRequestPermissionRules));
    const toCriteria = createConditionTransformer(Object.values(changeRequestPermissionRules));
    const claims = fc.subarray([
      'user:default/team-1',
      'USER:default/Team-2',
      'group:default/team-1',
      'group:default/access',
      'group:default/platform',
      "group:default/o'brien",
    ]);
    const condition: fc.Arbitrary<PermissionCondition> = fc.oneof(
      claims.map(some => rules.isRequester({ claims: some })),
      claims.map(some => rules.isServiceOwner({ claims: some })),
      claims.map(some => rules.isInvolved({ claims: some })),
      claims.map(some => rules.isApprover({ claims: some })),
      fc
        .subarray(['public', 'internal', 'confidential', 'restricted'])
        .map(classifications => rules.hasChangeClassification({ classifications })),
    );
    const { criteria } = fc.letrec<{ criteria: PermissionCriteria<PermissionCondition> }>(tie => ({
      criteria: fc.oneof(
        { maxDepth: 3 },
        condition,
        tie('criteria').map(not => ({ not })),
        fc.array(tie('criteria'), { minLength: 1, maxLength: 3 }).map(each => ({ anyOf: each as [(typeof each)[0]] })),
        fc.array(tie('criteria'), { minLength: 1, maxLength: 3 }).map(each => ({ allOf: each as [(typeof each)[0]] })),
      ),
    }));
    await fc.assert(
      fc.asyncProperty(criteria, async conditions => {
        const query = harness.knex('change_requests');
        visibleChanges(harness.knex, toCriteria(conditions) as PermissionCriteria<ChangeRequestFilter>)(query);
        const rows: { id: string }[] = await query.select('id');
        const decision = {
          result: AuthorizeResult.CONDITIONAL,
          pluginId: 'eventbridge',
          resourceType: CHANGE_REQUEST_RESOURCE_TYPE,
          conditions,
        } as const;
        const one = all.filter((_, index) => isFulfilled(decision, resources[index]));
        expect(rows.map(({ id }) => id).sort()).toEqual([...one].sort());
      }),
      { numRuns: 200 },
    );
  });
});
