import { createPermission } from '@backstage/plugin-permission-common';
import type { EventTypeRef } from './types';

/** Resource type of the conditional permissions below. */
export const EVENT_TYPE_RESOURCE_TYPE = 'eventbridge-event-type';

/**
 * Read an event type: its page, schema, examples, subscriptions, and its place in lists, counts, the map and the search.
 * Conditional; the rules (`IS_OWNER`, `HAS_CLASSIFICATION`, `IS_SUBSCRIBER`) come from `@busline/plugin-eventbridge-node`.
 */
export const eventTypeReadPermission = createPermission({
  name: 'eventbridge.event-type.read',
  attributes: { action: 'read' },
  resourceType: EVENT_TYPE_RESOURCE_TYPE,
});

/** Read buses, accounts, rules, policies, quotas and their metrics. */
export const estateReadPermission = createPermission({
  name: 'eventbridge.estate.read',
  attributes: { action: 'read' },
});

/** See where the data comes from and how fresh it is. */
export const sourceReadPermission = createPermission({
  name: 'eventbridge.source.read',
  attributes: { action: 'read' },
});

/** See what is wrong in an event repository, file by file. */
export const sourceProblemsReadPermission = createPermission({
  name: 'eventbridge.source.problems.read',
  attributes: { action: 'read' },
});

/** Have a source read now instead of on schedule. */
export const sourceRefreshPermission = createPermission({
  name: 'eventbridge.source.refresh',
  attributes: { action: 'update' },
});

/** Resource type of the permissions on change requests. */
export const CHANGE_REQUEST_RESOURCE_TYPE = 'eventbridge-change-request';

/** Have a plan made of an onboarding request, without opening anything. */
export const onboardingPlanPermission = createPermission({
  name: 'eventbridge.onboarding.plan',
  attributes: { action: 'read' },
});

/** Open the pull requests of a plan. */
export const changeRequestOpenPermission = createPermission({
  name: 'eventbridge.change-request.open',
  attributes: { action: 'create' },
});

/** Ask for a subscription to an event type. Conditional on its owner and classification. */
export const eventTypeSubscribePermission = createPermission({
  name: 'eventbridge.event-type.subscribe',
  attributes: {},
  resourceType: EVENT_TYPE_RESOURCE_TYPE,
});

/** Read a change request: its plan, files and history. The rules (`IS_INVOLVED`, ...) come from `@busline/plugin-eventbridge-node`. */
export const changeRequestReadPermission = createPermission({
  name: 'eventbridge.change-request.read',
  attributes: { action: 'read' },
  resourceType: CHANGE_REQUEST_RESOURCE_TYPE,
});

/** Approve a change request on the portal's own forge. Whose approval counts is another matter: that of the owners whom the plan names. */
export const changeRequestReviewPermission = createPermission({
  name: 'eventbridge.change-request.review',
  attributes: { action: 'update' },
  resourceType: CHANGE_REQUEST_RESOURCE_TYPE,
});

/** Merge a change request on the portal's own forge, and have a failed deployment tried again. */
export const changeRequestMergePermission = createPermission({
  name: 'eventbridge.change-request.merge',
  attributes: { action: 'update' },
  resourceType: CHANGE_REQUEST_RESOURCE_TYPE,
});

/** Close a change request without merging it. */
export const changeRequestClosePermission = createPermission({
  name: 'eventbridge.change-request.close',
  attributes: { action: 'delete' },
  resourceType: CHANGE_REQUEST_RESOURCE_TYPE,
});

export const eventbridgePermissions = [
  eventTypeReadPermission,
  estateReadPermission,
  sourceReadPermission,
  sourceProblemsReadPermission,
  sourceRefreshPermission,
  onboardingPlanPermission,
  changeRequestOpenPermission,
  eventTypeSubscribePermission,
  changeRequestReadPermission,
  changeRequestReviewPermission,
  changeRequestMergePermission,
  changeRequestClosePermission,
];

/** How permission requests name one event type, such as those of the search. */
export function toEventTypeResourceRef(ref: EventTypeRef): string {
  return JSON.stringify([ref.source, ref.detailType]);
}

/** The inverse of `toEventTypeResourceRef`; undefined for any other text. */
export function parseEventTypeResourceRef(text: string): EventTypeRef | undefined {
  try {
    const [source, detailType] = JSON.parse(text);
    return typeof source === 'string' && typeof detailType === 'string' ? { source, detailType } : undefined;
  } catch {
    return undefined;
  }
}
