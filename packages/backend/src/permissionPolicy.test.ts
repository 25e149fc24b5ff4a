import { mockCredentials } from '@backstage/backend-test-utils';
import { createConditionAuthorizer } from '@backstage/plugin-permission-node';
import {
  estateReadPermission,
  eventTypeReadPermission,
  sourceProblemsReadPermission,
  sourceReadPermission,
  sourceRefreshPermission,
} from '@busline/plugin-eventbridge-common';
import { eventTypePermissionRules } from '@busline/plugin-eventbridge-node';
import { PortalPermissionPolicy } from './permissionPolicy';

const policy = new PortalPermissionPolicy();
const isAllowed = createConditionAuthorizer(Object.values(eventTypePermissionRules));

function userOf(...groups: string[]) {
  const userEntityRef = 'user:default/somebody';
  return {
    token: '',
    expiresInSeconds: 1,
    identity: {
      type: 'user' as const,
      userEntityRef,
      ownershipEntityRefs: [userEntityRef, ...groups],
    },
    credentials: mockCredentials.user(userEntityRef),
    info: { userEntityRef, ownershipEntityRefs: [userEntityRef, ...groups] },
  };
}

const platform = userOf('group:default/platform');
const access = userOf('group:default/access');
const billing = userOf('group:default/billing');
const reader = userOf('group:default/guests');

/** Owned by access; billing subscribes. */
const eventType = (classification: string) => ({
  owner: 'group:default/access',
  classification,
  subscriberOwners: ['group:default/billing'],
});

describe('event types', () => {
  it.each([
    ['platform', platform, ['public', 'internal', 'confidential', 'restricted']],
    ['the owner', access, ['public', 'internal', 'confidential', 'restricted']],
    ['a subscriber', billing, ['public', 'internal', 'confidential', 'restricted']],
    ['another team', userOf('group:default/homes'), ['public', 'internal', 'confidential']],
    ['a reader', reader, ['public', 'internal']],
    ['nobody', undefined, []],
  ])('%s sees these classifications', async (_who, user, expected) => {
    const decision = await policy.handle({ permission: eventTypeReadPermission }, user);
    const seen = ['public', 'internal', 'confidential', 'restricted'].filter(classification =>
      isAllowed(decision, eventType(classification)),
    );
    expect(seen).toEqual(expected);
  });
});

describe('the rest', () => {
  it.each([
    ['platform', platform, [true, true, true, true]],
    ['a team', access, [true, true, true, true]],
    ['a reader', reader, [true, true, false, false]],
  ])('%s may see buses, sources, problems, and read now', async (_who, user, expected) => {
    const permissions = [
      estateReadPermission,
      sourceReadPermission,
      sourceProblemsReadPermission,
      sourceRefreshPermission,
    ];
    const decisions = await Promise.all(permissions.map(permission => policy.handle({ permission }, user)));
    expect(decisions.map(({ result }) => result === 'ALLOW')).toEqual(expected);
  });
});
