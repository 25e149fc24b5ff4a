import { asList, type PolicyDocument, type PolicyStatement } from '@busline/access-policy';
import type { Resource } from '@busline/infrastructure';
import type { Permission } from '../plan/plan';

/** One statement with what it stands on. */
export interface PlacedStatement {
  readonly key: string;
  readonly statement: PolicyStatement;
  readonly on: Permission['on'];
  readonly service?: string;
  /** Who holds it, where the statement itself names nobody. */
  readonly holder?: string;
}

/** Every statement that a resource brings with it. */
export function statementsOfResource(resource: Resource): readonly PlacedStatement[] {
  const { arn, name, accountId, owner } = resource;
  const service = owner.side === 'platform' ? undefined : owner.service;
  const place = (
    type: Permission['on']['type'],
    statement: PolicyStatement,
    id: string,
    more: Partial<PlacedStatement> = {},
  ): PlacedStatement => ({
    key: JSON.stringify([type, arn, id]),
    statement,
    on: { type, name: resource.kind === 'bus-policy-statement' ? resource.busName : name, arn, accountId },
    ...(service === undefined ? {} : { service }),
    ...more,
  });
  switch (resource.kind) {
    case 'bus-policy-statement':
      return [place('bus policy', resource.statement, name)];
    case 'queue':
    case 'dead-letter-queue':
      return each(resource.policy, (statement, id) => place('queue policy', statement, id));
    case 'role':
      return [
        ...each(resource.trust, (statement, id) => place('role trust', statement, id)),
        ...each(resource.policy.document, statement =>
          place('role policy', statement, JSON.stringify([statement.Action, statement.Resource]), { holder: arn }),
        ),
      ];
    case 'function-permission':
      return [place('function permission', functionStatement(resource), name)];
    default:
      return [];
  }
}

function each<T>(document: PolicyDocument, make: (statement: PolicyStatement, id: string) => T): readonly T[] {
  return asList(document.Statement).map((statement, i) => make(statement, statement.Sid ?? String(i)));
}

function functionStatement(resource: Extract<Resource, { kind: 'function-permission' }>): PolicyStatement {
  const { grantee, arn, name } = resource;
  const base = { Sid: name, Effect: 'Allow' as const };
  const what = { Action: 'lambda:InvokeFunction', Resource: arn };
  if ('roleArn' in grantee) return { ...base, Principal: { AWS: grantee.roleArn }, ...what };
  return {
    ...base,
    Principal: { Service: grantee.service },
    ...what,
    Condition: { ArnLike: { 'AWS:SourceArn': grantee.sourceArn } },
  };
}

/** 12 digits, where a statement lets a whole account in: everything in it may use what it allows. */
export function wholeAccount(statement: PolicyStatement): string | undefined {
  const { Principal: principal, Condition } = statement;
  if (principal === undefined || principal === '*' || statement.Effect !== 'Allow') return undefined;
  const isOneRole = Object.values(Condition ?? {}).some(keys =>
    Object.keys(keys).some(key => key.toLowerCase() === 'aws:principalarn'),
  );
  if (isOneRole) return undefined;
  for (const name of asList(principal.AWS)) {
    const account = /^arn:[a-z-]+:iam::(\d{12}):root$/.exec(name)?.[1] ?? /^(\d{12})$/.exec(name)?.[1];
    if (account) return account;
  }
  return undefined;
}
