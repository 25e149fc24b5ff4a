import { authorize } from '../authorize';
import type { Environment } from '../environment';
import { sessionArn } from '../iam/identities';
import { findRoleByArn, parsedPolicy, type Role } from '../iam/role';
import type { Caller, ServiceRequest } from '../service';
import type { Scope } from '../store/store';
import { validationError } from './errors';
import type { Stack } from './stack';

const SERVICE = 'cloudformation.amazonaws.com';

/**
 * Lets the caller do a CloudFormation action.
 * @throws AwsError AccessDenied
 */
export function allow(environment: Environment, request: ServiceRequest, resource: string, roleArn?: string): void {
  authorize(environment.authorizer, request.caller, {
    action: `cloudformation:${request.operation}`,
    resource,
    context: { 'cloudformation:RoleArn': roleArn },
    errorCode: 'AccessDenied',
    httpStatus: 403,
  });
}

/** The ARN that stands for a stack in a policy, also where the stack is not there yet. */
export function stackArn({ account, region }: Scope, nameOrId: string, stack?: Stack): string {
  if (stack) return stack.id;
  return nameOrId.startsWith('arn:') ? nameOrId : `arn:aws:cloudformation:${region}:${account}:stack/${nameOrId}/*`;
}

/**
 * As whom a stack's resources are made: the stack's service role, or whoever asks.
 * @param roleArn - the role that the request names, which the caller must be allowed to pass on
 * @throws AwsError ValidationError where CloudFormation may not become the role
 */
export function actingCaller(
  environment: Environment,
  request: ServiceRequest,
  roleArn: string | undefined,
  stackRoleArn: string | undefined,
): Caller {
  if (roleArn !== undefined) {
    authorize(environment.authorizer, request.caller, {
      action: 'iam:PassRole',
      resource: roleArn,
      context: { 'iam:PassedToService': SERVICE },
      errorCode: 'AccessDenied',
      httpStatus: 403,
    });
  }
  const arn = roleArn ?? stackRoleArn;
  if (arn === undefined) return request.caller;
  const role = findRoleByArn(environment.store, arn);
  if (!role || arn.split(':')[4] !== request.caller.account || !trusts(environment, role)) {
    throw validationError(`Role ${arn} is invalid or cannot be assumed`);
  }
  return sessionOf(role, request.caller.account);
}

function trusts({ authorizer }: Environment, role: Role): boolean {
  const { decision } = authorizer.decide({
    principal: { kind: 'service', service: SERVICE },
    action: 'sts:AssumeRole',
    resource: role.arn,
    resourceAccount: role.arn.split(':')[4],
    trustPolicy: true,
    resourcePolicy: { name: `the trust policy of role ${role.name}`, document: parsedPolicy(role.trustPolicy) },
  });
  return decision === 'allow';
}

function sessionOf(role: Role, account: string): Caller {
  const sessionName = 'AWSCloudFormation';
  const arn = sessionArn({ account, roleName: role.name, sessionName });
  return {
    account,
    arn,
    userId: `${role.id}:${sessionName}`,
    principal: { kind: 'role', account, arn: role.arn, sessionArn: arn },
  };
}
