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

export const eventbridgePermissions = [
  eventTypeReadPermission,
  estateReadPermission,
  sourceReadPermission,
  sourceProblemsReadPermission,
  sourceRefreshPermission,
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
