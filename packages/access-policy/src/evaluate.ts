import { arnMatches } from './arn';
import { conditionsHold } from './conditions';
import { contextLookup, type ContextLookup } from './context';
import { asList, type NamedPolicy, type PolicyDocument, type PolicyPrincipal, type PolicyStatement } from './document';
import { globMatches } from './glob';
import type { AccessRequest, Decision, DecisionReason, Principal } from './request';
import { expandVariables } from './variables';

/**
 * Decides whether a principal may do an action to a resource, as IAM does for identity and resource policies.
 *
 * 1. An explicit deny in either policy decides.
 * 2. In one account, an allow in either policy is enough. A resource policy that names the account, not the
 *    principal, leaves the decision to the principal's own policies.
 * 3. Between accounts, both must allow.
 * 4. A service principal has no policies of its own: the resource policy must allow it.
 * 5. A trust policy must allow in every case.
 *
 * Organization policies, permission boundaries and session policies are not taken into account.
 * Source: "Policy evaluation logic" in the IAM user guide.
 */
export function evaluate(request: AccessRequest): Decision {
  const context = contextLookup(request);
  const resourcePolicy = namedResourcePolicy(request);
  const findings = [
    ...(request.principal.kind === 'role' ? request.identityPolicies ?? [] : []).flatMap(policy =>
      identityFindings(policy, request, context),
    ),
    ...(resourcePolicy ? resourceFindings(resourcePolicy, request, context) : []),
  ];
  return toDecision(decide(request, findings), request);
}

type Side = 'identity' | 'resource';

/** How a resource policy's principal was met: by name, or through its whole account. */
type Reach = 'direct' | 'account';

interface Finding {
  readonly side: Side;
  readonly reach: Reach;
  readonly policyName: string;
  readonly statement: PolicyStatement;
}

function decide(request: AccessRequest, findings: readonly Finding[]): DecisionReason {
  const denied = findings.find(f => f.statement.Effect === 'Deny');
  if (denied) {
    const { policyName, statement } = denied;
    return { kind: 'explicit-deny', policyName, statement };
  }
  const { principal } = request;
  const identity: DecisionReason | undefined =
    principal.kind === 'account'
      ? { kind: 'allow', policyName: 'the root user of the account' }
      : allowOf(findings.find(f => f.side === 'identity'));
  const onResource = findings.filter(f => f.side === 'resource');
  const direct = allowOf(onResource.find(f => f.reach === 'direct'));
  const resource = direct ?? allowOf(onResource[0]);
  const sameAccount = principal.kind !== 'service' && principal.account === request.resourceAccount;

  if (principal.kind === 'service') {
    return resource ?? { kind: 'no-resource-allow' };
  }
  if (request.trustPolicy || !sameAccount) {
    if (!resource) return { kind: 'no-resource-allow' };
    if (sameAccount && direct) return direct;
    return identity ? resource : { kind: 'no-identity-allow' };
  }
  return direct ?? identity ?? { kind: 'no-identity-allow' };
}

function allowOf(finding: Finding | undefined): DecisionReason | undefined {
  return (
    finding && {
      kind: 'allow',
      policyName: finding.policyName,
      statement: finding.statement,
    }
  );
}

function namedResourcePolicy(request: AccessRequest): NamedPolicy | undefined {
  const { resourcePolicy } = request;
  if (!resourcePolicy) return undefined;
  if ('document' in resourcePolicy) return resourcePolicy;
  return { name: 'the resource-based policy', document: resourcePolicy };
}

function identityFindings(policy: NamedPolicy, request: AccessRequest, context: ContextLookup): Finding[] {
  return statementsOf(policy.document)
    .filter(statement => statementApplies(statement, request, context))
    .map(statement => ({
      side: 'identity',
      reach: 'direct',
      policyName: policy.name,
      statement,
    }));
}

function resourceFindings(policy: NamedPolicy, request: AccessRequest, context: ContextLookup): Finding[] {
  return statementsOf(policy.document).flatMap(statement => {
    const reach = principalReach(statement, request.principal);
    return reach && statementApplies(statement, request, context)
      ? [{ side: 'resource', reach, policyName: policy.name, statement }]
      : [];
  });
}

/** The statements of a document, one or many. */
export function statementsOf(document: PolicyDocument): readonly PolicyStatement[] {
  return asList(document.Statement);
}

function statementApplies(statement: PolicyStatement, request: AccessRequest, context: ContextLookup): boolean {
  if (!actionApplies(statement, request.action)) return false;
  if (!resourceApplies(statement, request.resource, context)) return false;
  // An operator that nobody knows must neither open an Allow nor open a hole in a Deny.
  const holds = conditionsHold(
    statement.Condition,
    context,
    request.openKeys && {
      keys: new Set(request.openKeys.map(key => key.toLowerCase())),
      countAs: statement.Effect === 'Allow',
    },
  );
  return holds ?? statement.Effect === 'Deny';
}

function actionApplies(statement: PolicyStatement, action: string): boolean {
  const meets = (pattern: string) => globMatches(pattern.toLowerCase(), action.toLowerCase());
  if (statement.NotAction !== undefined) {
    return !asList(statement.NotAction).some(meets);
  }
  return asList(statement.Action).some(meets);
}

function resourceApplies(statement: PolicyStatement, resource: string, context: ContextLookup): boolean {
  const meets = (pattern: string) => {
    const expanded = expandVariables(pattern, context);
    return expanded !== undefined && arnMatches(expanded, resource);
  };
  if (statement.NotResource !== undefined) {
    return !asList(statement.NotResource).some(meets);
  }
  // A trust policy has no Resource: it is about the role that it stands on.
  if (statement.Resource === undefined) return true;
  return asList(statement.Resource).some(meets);
}

function principalReach(statement: PolicyStatement, principal: Principal): Reach | undefined {
  if (statement.NotPrincipal !== undefined) {
    const excepted = exceptedBy(statement.NotPrincipal, principal, statement.Effect);
    return excepted ? undefined : 'direct';
  }
  return statement.Principal === undefined ? undefined : reachOf(statement.Principal, principal);
}

function reachOf(wanted: PolicyPrincipal, principal: Principal): Reach | undefined {
  if (wanted === '*') return 'direct';
  const names = asList(wanted.AWS);
  if (names.includes('*')) return 'direct';
  if (principal.kind === 'service') {
    return asList(wanted.Service).includes(principal.service) ? 'direct' : undefined;
  }
  const namedDirectly =
    principal.kind === 'role' &&
    (names.includes(principal.arn) || (principal.sessionArn !== undefined && names.includes(principal.sessionArn)));
  if (namedDirectly) return 'direct';
  if (!names.some(name => namesAccount(name, principal.account))) {
    return undefined;
  }
  return principal.kind === 'account' ? 'direct' : 'account';
}

/**
 * Who `NotPrincipal` leaves out. A Deny spares a role only where its account is named as well: IAM checks each
 * of the identities under which a role acts.
 */
function exceptedBy(listed: PolicyPrincipal, principal: Principal, effect: PolicyStatement['Effect']): boolean {
  const reach = reachOf(listed, principal);
  if (principal.kind !== 'role' || effect === 'Allow' || listed === '*') {
    return reach !== undefined;
  }
  const names = asList(listed.AWS);
  return names.includes('*') || (reach === 'direct' && names.some(name => namesAccount(name, principal.account)));
}

function namesAccount(name: string, account: string): boolean {
  return name === account || /^arn:[^:]+:iam::(\d{12}):root$/.exec(name)?.[1] === account;
}

function toDecision(reason: DecisionReason, request: AccessRequest): Decision {
  return {
    decision: reason.kind === 'allow' ? 'allow' : 'deny',
    reason,
    because: because(reason, request),
  };
}

/** AWS's own wording, followed by the statement that decides. */
function because(reason: DecisionReason, request: AccessRequest): string {
  switch (reason.kind) {
    case 'allow':
      return `because ${reason.policyName} allows it${named(reason.statement)}`;
    case 'explicit-deny':
      return `with an explicit deny in ${reason.policyName}${named(reason.statement)}`;
    case 'no-identity-allow':
      return `because no identity-based policy allows the ${request.action} action`;
    default:
      return request.trustPolicy
        ? `because the role trust policy does not allow the ${request.action} action`
        : `because no resource-based policy allows the ${request.action} action`;
  }
}

function named(statement: PolicyStatement | undefined): string {
  if (!statement) return '';
  return statement.Sid ? ` (statement "${statement.Sid}")` : ` (statement without Sid: ${JSON.stringify(statement)})`;
}
