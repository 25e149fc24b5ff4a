import {
  createConditionExports,
  createPermissionResourceRef,
  createPermissionRule,
} from '@backstage/plugin-permission-node';
import { CHANGE_REQUEST_RESOURCE_TYPE, EVENTBRIDGE_PLUGIN_ID } from '@busline/plugin-eventbridge-common';
import { z } from 'zod';

/** What the rules look at. */
export interface ChangeRequestResource {
  /** Entity reference, in lower case, as the other two. */
  readonly requestedBy: string;
  /** Owner of the service that asks. */
  readonly serviceOwner?: string;
  /** Whoever asked, and the owners of event types, buses, accounts and subscribers that it touches. */
  readonly involved: readonly string[];
  /** Owners whose approval it needs. */
  readonly approvers: readonly string[];
  /** The highest of the event types that it is about. */
  readonly classification: string;
}

/** A condition that the database can check: the field has one of the values. */
export interface ChangeRequestFilter {
  readonly field: 'requestedBy' | 'serviceOwner' | 'involved' | 'approver' | 'classification';
  readonly values: readonly string[];
}

export const changeRequestResourceRef = createPermissionResourceRef<ChangeRequestResource, ChangeRequestFilter>().with({
  pluginId: EVENTBRIDGE_PLUGIN_ID,
  resourceType: CHANGE_REQUEST_RESOURCE_TYPE,
});

const claims = z.object({
  claims: z.array(z.string()).describe('Entity references of the user, such as group:default/access'),
});
const lowerCased = (values: readonly string[]) => values.map(value => value.toLowerCase());
const hasOne = (claimed: readonly string[], of: readonly string[]) => lowerCased(claimed).some(one => of.includes(one));

const isRequester = createPermissionRule({
  name: 'IS_REQUESTER',
  description: 'Change requests that one of the given users asked for',
  resourceRef: changeRequestResourceRef,
  paramsSchema: claims,
  apply: (change, params) => hasOne(params.claims, [change.requestedBy]),
  toQuery: params => ({ field: 'requestedBy', values: lowerCased(params.claims) }),
});

const isServiceOwner = createPermissionRule({
  name: 'IS_SERVICE_OWNER',
  description: 'Change requests for a service that one of the given users or groups owns',
  resourceRef: changeRequestResourceRef,
  paramsSchema: claims,
  apply: (change, params) => change.serviceOwner !== undefined && hasOne(params.claims, [change.serviceOwner]),
  toQuery: params => ({ field: 'serviceOwner', values: lowerCased(params.claims) }),
});

const isInvolved = createPermissionRule({
  name: 'IS_INVOLVED',
  description: 'Change requests that one of the given users or groups asked for or is affected by',
  resourceRef: changeRequestResourceRef,
  paramsSchema: claims,
  apply: (change, params) => hasOne(params.claims, change.involved),
  toQuery: params => ({ field: 'involved', values: lowerCased(params.claims) }),
});

const isApprover = createPermissionRule({
  name: 'IS_APPROVER',
  description: 'Change requests that need the approval of one of the given users or groups',
  resourceRef: changeRequestResourceRef,
  paramsSchema: claims,
  apply: (change, params) => hasOne(params.claims, change.approvers),
  toQuery: params => ({ field: 'approver', values: lowerCased(params.claims) }),
});

const hasChangeClassification = createPermissionRule({
  name: 'HAS_CHANGE_CLASSIFICATION',
  description: 'Change requests about event types of the given classifications at most',
  resourceRef: changeRequestResourceRef,
  paramsSchema: z.object({
    classifications: z.array(z.string()).describe('public, internal, confidential or restricted'),
  }),
  apply: (change, params) => params.classifications.includes(change.classification),
  toQuery: params => ({ field: 'classification', values: params.classifications }),
});

export const changeRequestPermissionRules = {
  isRequester,
  isServiceOwner,
  isInvolved,
  isApprover,
  hasChangeClassification,
};

/**
 * For permission policies:
 * `createChangeRequestConditionalDecision(request.permission, { anyOf: [changeRequestConditions.isInvolved({ claims })] })`.
 */
export const {
  conditions: changeRequestConditions,
  createConditionalDecision: createChangeRequestConditionalDecision,
} = createConditionExports({
  resourceRef: changeRequestResourceRef,
  rules: changeRequestPermissionRules,
});
