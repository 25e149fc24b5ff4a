import { authorize } from '../authorize';
import type { Environment } from '../environment';
import { text } from '../input';
import { AwsError, type JsonObject, type ServiceRequest } from '../service';
import { findRole, type Role } from './role';

/**
 * Lets the caller do an IAM action.
 * @throws AwsError AccessDenied
 */
export function allow(environment: Environment, request: ServiceRequest, resource: string): void {
  authorize(environment.authorizer, request.caller, {
    action: `iam:${request.operation}`,
    resource,
    errorCode: 'AccessDenied',
    httpStatus: 403,
  });
}

/**
 * The role that a request names, once the caller may do this to it.
 * @throws AwsError NoSuchEntity
 */
export function roleFor(environment: Environment, input: JsonObject, request: ServiceRequest): Role {
  const { account } = request.caller;
  const name = text(input, 'RoleName');
  const role = findRole(environment.store, account, name);
  allow(environment, request, role?.arn ?? `arn:aws:iam::${account}:role/${name}`);
  if (role) return role;
  throw noSuchEntity(`The role with name ${name} cannot be found.`);
}

export function noSuchEntity(message: string): AwsError {
  return new AwsError('NoSuchEntity', message, { httpStatus: 404 });
}

export function malformedPolicy(reason: string): AwsError {
  return new AwsError('MalformedPolicyDocument', reason);
}

export function limitExceeded(message: string): AwsError {
  return new AwsError('LimitExceeded', message, { httpStatus: 409 });
}

/** IAM returns policy documents percent-encoded, as RFC 3986 has it. */
export function encodePolicy(document: string): string {
  return encodeURIComponent(document).replace(/[!'()*]/g, c => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);
}
