import {
  createConditionExports,
  createPermissionResourceRef,
  createPermissionRule,
} from '@backstage/plugin-permission-node';
import { EVENT_TYPE_RESOURCE_TYPE, EVENTBRIDGE_PLUGIN_ID } from '@busline/plugin-eventbridge-common';
import { z } from 'zod';

/** What the rules look at. */
export interface EventTypeResource {
  /** Entity references, in lower case. */
  readonly owner: string;
  readonly classification: string;
  /** Owners of the services that subscribe. */
  readonly subscriberOwners: readonly string[];
}

/** A condition that the database can check: the field has one of the values. */
export interface EventTypeFilter {
  readonly field: 'owner' | 'classification' | 'subscriberOwner';
  readonly values: readonly string[];
}

export const eventTypeResourceRef = createPermissionResourceRef<EventTypeResource, EventTypeFilter>().with({
  pluginId: EVENTBRIDGE_PLUGIN_ID,
  resourceType: EVENT_TYPE_RESOURCE_TYPE,
});

const claims = z.object({
  claims: z.array(z.string()).describe('Entity references of the user, such as group:default/access'),
});

const lowerCased = (values: readonly string[]) => values.map(value => value.toLowerCase());

export const isOwner = createPermissionRule({
  name: 'IS_OWNER',
  description: 'Event types that one of the given users or groups owns',
  resourceRef: eventTypeResourceRef,
  paramsSchema: claims,
  apply: (eventType, params) => lowerCased(params.claims).includes(eventType.owner),
  toQuery: params => ({ field: 'owner', values: lowerCased(params.claims) }),
});

export const isSubscriber = createPermissionRule({
  name: 'IS_SUBSCRIBER',
  description: 'Event types to which a service subscribes that one of the given users or groups owns',
  resourceRef: eventTypeResourceRef,
  paramsSchema: claims,
  apply: (eventType, params) => lowerCased(params.claims).some(claim => eventType.subscriberOwners.includes(claim)),
  toQuery: params => ({ field: 'subscriberOwner', values: lowerCased(params.claims) }),
});

export const hasClassification = createPermissionRule({
  name: 'HAS_CLASSIFICATION',
  description: 'Event types of the given classifications',
  resourceRef: eventTypeResourceRef,
  paramsSchema: z.object({
    classifications: z.array(z.string()).describe('public, internal, confidential or restricted'),
  }),
  apply: (eventType, params) => params.classifications.includes(eventType.classification),
  toQuery: params => ({ field: 'classification', values: params.classifications }),
});

export const eventTypePermissionRules = { isOwner, isSubscriber, hasClassification };

/**
 * For permission policies:
 * `createEventTypeConditionalDecision(request.permission, { anyOf: [eventTypeConditions.isOwner({ claims })] })`.
 */
export const { conditions: eventTypeConditions, createConditionalDecision: createEventTypeConditionalDecision } =
  createConditionExports({
    resourceRef: eventTypeResourceRef,
    rules: eventTypePermissionRules,
  });
