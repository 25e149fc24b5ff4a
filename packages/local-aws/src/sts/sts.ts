import { randomBytes } from 'node:crypto';
import type { Environment } from '../environment';
import { ACCOUNT } from '../iam/accounts';
import { sessionArn } from '../iam/identities';
import { findRoleByArn, parsedPolicy, sessionsOf, type Role, type Session } from '../iam/role';
import { optionalNumber, optionalText, text } from '../input';
import { validateInput } from '../models';
import { query } from '../protocols/query';
import { randomId } from '../randomId';
import { AwsError, type JsonObject, type Operation, type Service, type ServiceRequest } from '../service';

/** Source: "AssumeRole" in the STS API reference. */
const DEFAULT_SECONDS = 3_600;
const MIN_SECONDS = 900;
/** A role that assumes a role gets an hour at most. */
const MAX_CHAINED_SECONDS = 3_600;

/** STS: who am I, and becoming a role of this or another account. */
export function createSts(environment: Environment): Service {
  return {
    signingName: 'sts',
    protocol: query('https://sts.amazonaws.com/doc/2011-06-15/'),
    operations: new Map<string, Operation>([
      [
        'GetCallerIdentity',
        (_input, { caller }) => ({
          Arn: caller.arn,
          UserId: caller.userId,
          Account: caller.account,
        }),
      ],
      ['AssumeRole', (input, request) => assumeRole(environment, input, request)],
    ]),
    check: (operation, input) => validateInput('sts', operation, input),
  };
}

function assumeRole(environment: Environment, input: JsonObject, request: ServiceRequest) {
  const roleArn = text(input, 'RoleArn');
  const sessionName = text(input, 'RoleSessionName');
  if (!/^[\w+=,.@-]{2,64}$/.test(sessionName)) {
    throw new AwsError(
      'ValidationError',
      `1 validation error detected: Value '${sessionName}' at 'roleSessionName' failed to satisfy constraint: ` +
        'Member must satisfy regular expression pattern: [\\w+=,.@-]*',
    );
  }
  for (const unsupported of ['Policy', 'PolicyArns', 'SerialNumber']) {
    if (input[unsupported] !== undefined) {
      throw new AwsError('ValidationError', `This local server does not implement ${unsupported} on AssumeRole.`, {
        httpStatus: 501,
      });
    }
  }
  const role = findRoleByArn(environment.store, roleArn);
  if (!role) {
    throw denied(request, roleArn, 'because there is no such role on this local server');
  }
  mayAssume(environment, role, input, request);
  const session = openSession(environment, role, sessionName, input, request);
  return {
    AssumedRoleUser: {
      AssumedRoleId: `${role.id}:${sessionName}`,
      Arn: sessionArn(session.session),
    },
    Credentials: {
      AccessKeyId: session.accessKeyId,
      SecretAccessKey: randomBytes(30).toString('base64'),
      SessionToken: session.session.sessionToken,
      Expiration: new Date(session.session.expires),
    },
    PackedPolicySize: 0,
  };
}

function mayAssume(environment: Environment, role: Role, input: JsonObject, request: ServiceRequest): void {
  const { decision, because } = environment.authorizer.decide({
    principal: request.caller.principal,
    action: 'sts:AssumeRole',
    resource: role.arn,
    resourceAccount: accountOf(role),
    trustPolicy: true,
    resourcePolicy: {
      name: `the trust policy of role ${role.name}`,
      document: parsedPolicy(role.trustPolicy),
    },
    context: {
      'sts:ExternalId': optionalText(input, 'ExternalId'),
      'sts:RoleSessionName': text(input, 'RoleSessionName'),
    },
  });
  if (decision === 'deny') throw denied(request, role.arn, because);
}

function denied(request: ServiceRequest, roleArn: string, because: string) {
  return new AwsError(
    'AccessDenied',
    `User: ${request.caller.arn} is not authorized to perform: sts:AssumeRole on resource: ${roleArn} ${because}`,
    { httpStatus: 403 },
  );
}

function accountOf(role: Role): string {
  const account = role.arn.split(':')[4];
  if (!ACCOUNT.test(account)) throw new Error(`Not a role ARN: ${role.arn}`);
  return account;
}

function openSession(
  { store, clock }: Environment,
  role: Role,
  sessionName: string,
  input: JsonObject,
  request: ServiceRequest,
): { readonly accessKeyId: string; readonly session: Session } {
  const seconds = optionalNumber(input, 'DurationSeconds') ?? DEFAULT_SECONDS;
  const chained = request.caller.principal.kind === 'role';
  const most = chained ? MAX_CHAINED_SECONDS : role.maxSessionSeconds;
  if (seconds < MIN_SECONDS) {
    throw new AwsError(
      'ValidationError',
      `1 validation error detected: Value '${seconds}' at 'durationSeconds' failed to satisfy constraint: ` +
        `Member must have value greater than or equal to ${MIN_SECONDS}`,
    );
  }
  if (seconds > most) {
    throw new AwsError(
      'ValidationError',
      chained
        ? 'The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining.'
        : 'The requested DurationSeconds exceeds the MaxSessionDuration set for this role.',
    );
  }
  const sessions = sessionsOf(store);
  const now = clock.now();
  for (const [key, old] of [...sessions.entries()]) {
    if (old.expires <= now) sessions.delete(key);
  }
  const session: Session = {
    account: accountOf(role),
    roleName: role.name,
    roleArn: role.arn,
    roleId: role.id,
    sessionName,
    sessionToken: randomBytes(96).toString('base64'),
    expires: now + seconds * 1000,
  };
  const accessKeyId = `ASIA${randomId(16)}`;
  sessions.set(accessKeyId, session);
  return { accessKeyId, session };
}
