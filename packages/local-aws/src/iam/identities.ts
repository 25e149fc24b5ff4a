import { evaluate, type NamedPolicy, type Principal } from '@busline/access-policy';
import type { Clock } from '../clock';
import type { Authorizer } from '../environment';
import type { SignedScope } from '../http/credentials';
import { AwsError, type Caller } from '../service';
import type { Store } from '../store/store';
import { ACCOUNT } from './accounts';
import { findRoleByArn, parsedPolicy, sessionsOf, type Session } from './role';

export interface Identities extends Authorizer {
  /**
   * Who signed: the account whose 12 digits are the access key id, or the role of a session.
   * @throws AwsError where the access key id is neither, or the session is over
   */
  identify(scope: SignedScope): Caller;
}

/** Who is who on this server, and what they may do. */
export function createIdentities(store: Store, clock: Clock): Identities {
  return {
    identify: scope =>
      ACCOUNT.test(scope.accessKeyId) ? rootOf(scope.accessKeyId) : sessionCaller(store, clock, scope),
    decide: request =>
      evaluate({
        ...request,
        identityPolicies: identityPolicies(store, request.principal),
      }),
  };
}

/** What a role may do by its own policies. A role that is gone may do nothing. */
function identityPolicies(store: Store, principal: Principal): readonly NamedPolicy[] {
  if (principal.kind !== 'role') return [];
  const role = findRoleByArn(store, principal.arn);
  return (role?.policies ?? []).map(policy => ({
    name: `the identity-based policy "${policy.name}" of role ${role?.name}`,
    document: parsedPolicy(policy.text),
  }));
}

function rootOf(account: string): Caller {
  return {
    account,
    arn: `arn:aws:iam::${account}:root`,
    userId: account,
    principal: { kind: 'account', account },
  };
}

function sessionCaller(store: Store, clock: Clock, scope: SignedScope): Caller {
  const session = sessionsOf(store).get(scope.accessKeyId);
  if (!session || session.sessionToken !== scope.sessionToken) {
    throw invalidToken(scope);
  }
  if (session.expires <= clock.now()) {
    throw new AwsError(
      isQueryService(scope.service) ? 'ExpiredToken' : 'ExpiredTokenException',
      'The security token included in the request is expired',
      { httpStatus: 403 },
    );
  }
  return callerOfSession(session);
}

function callerOfSession(session: Session): Caller {
  const arn = sessionArn(session);
  return {
    account: session.account,
    arn,
    userId: `${session.roleId}:${session.sessionName}`,
    principal: {
      kind: 'role',
      account: session.account,
      arn: session.roleArn,
      sessionArn: arn,
    },
  };
}

/** `arn:aws:sts::111122223333:assumed-role/name/session`; the role's path is not part of it. */
export function sessionArn(session: {
  readonly account: string;
  readonly roleName: string;
  readonly sessionName: string;
}): string {
  return `arn:aws:sts::${session.account}:assumed-role/${session.roleName}/${session.sessionName}`;
}

/** Services of the query protocol have names of their own for these errors. */
function isQueryService(service: string): boolean {
  return service === 'sts' || service === 'iam' || service === 'cloudformation';
}

function invalidToken(scope: SignedScope): AwsError {
  return new AwsError(
    isQueryService(scope.service) ? 'InvalidClientTokenId' : 'UnrecognizedClientException',
    'The security token included in the request is invalid. On this local server the access key id is the ' +
      '12-digit account, or one that AssumeRole gave out.',
    { httpStatus: 403 },
  );
}
