import type { ConditionValue } from './document';
import type { AccessRequest, RequestContext } from './request';

/** The values of a condition key, or nothing where the request does not carry it. */
export type ContextLookup = (key: string) => readonly ConditionValue[] | undefined;

/** The keys that follow from the principal and the resource; the request's own context goes before them. */
function derivedContext(request: AccessRequest): RequestContext {
  const { principal } = request;
  const resource = { 'aws:ResourceAccount': request.resourceAccount };
  switch (principal.kind) {
    case 'service':
      return {
        ...resource,
        'aws:PrincipalIsAWSService': true,
        'aws:PrincipalServiceName': principal.service,
      };
    case 'role':
      return {
        ...resource,
        'aws:PrincipalIsAWSService': false,
        'aws:PrincipalAccount': principal.account,
        'aws:PrincipalArn': principal.arn,
        'aws:PrincipalType': 'AssumedRole',
      };
    default:
      return {
        ...resource,
        'aws:PrincipalIsAWSService': false,
        'aws:PrincipalAccount': principal.account,
        'aws:PrincipalArn': `arn:aws:iam::${principal.account}:root`,
        'aws:PrincipalType': 'Account',
      };
  }
}

/** Condition keys are compared without regard to case. */
export function contextLookup(request: AccessRequest): ContextLookup {
  const values = new Map<string, readonly ConditionValue[]>();
  for (const context of [derivedContext(request), request.context ?? {}]) {
    for (const [key, value] of Object.entries(context)) {
      if (value === undefined) continue;
      values.set(key.toLowerCase(), Array.isArray(value) ? value : [value as ConditionValue]);
    }
  }
  return key => values.get(key.toLowerCase());
}
