import {
  asList,
  describeArn,
  describeStatement,
  type DescribeOptions,
  type PolicyStatement,
} from '@busline/access-policy';
import type { Permission, PermissionProof } from '../plan/plan';
import { canonical } from '../request/requestHash';
import { type PlacedStatement, wholeAccount } from './statements';

export interface PermissionWords {
  accountName(accountId: string): string | undefined;
  /** Names of services that run in an account. */
  servicesIn(accountId: string): readonly string[];
}

const text = (statement: PolicyStatement) => canonical(JSON.parse(JSON.stringify(statement)));

/** Statements that are gained, lost or replaced by others of the same id. */
export function comparePermissions(
  before: readonly PlacedStatement[],
  after: readonly PlacedStatement[],
  words: PermissionWords,
): readonly Permission[] {
  const old = new Map(before.map(placed => [placed.key, placed]));
  const surfaces = new Set(before.map(({ on }) => on.arn));
  const permissions: Permission[] = [];
  for (const placed of after) {
    const was = old.get(placed.key);
    old.delete(placed.key);
    if (was && text(was.statement) === text(placed.statement)) continue;
    // A Deny on something new takes nothing from anybody.
    if (placed.statement.Effect === 'Deny' && !surfaces.has(placed.on.arn)) continue;
    permissions.push(permission(was ? 'changed' : 'gained', placed, words, was?.statement));
  }
  const still = new Set(after.map(({ on }) => on.arn));
  for (const placed of old.values()) {
    if (placed.statement.Effect === 'Deny' && !still.has(placed.on.arn)) continue;
    permissions.push(permission('lost', placed, words));
  }
  return permissions;
}

function permission(
  change: Permission['change'],
  placed: PlacedStatement,
  words: PermissionWords,
  before?: PolicyStatement,
): Permission {
  const { statement, on, service, holder } = placed;
  const options: DescribeOptions = {
    accountName: words.accountName,
    ...(on.type === 'role trust' ? { self: { arn: on.arn, words: `role ${on.name}` } } : {}),
    ...(holder === undefined ? {} : { holder: `role ${on.name}` }),
  };
  const account = wholeAccount(statement);
  const condition = conditionWords(statement, options);
  return {
    change,
    who: whoWords(statement, options, on.name),
    what: whatWords(statement),
    where:
      on.type === 'role trust'
        ? `role ${on.name}`
        : asList(statement.Resource)
            .map(arn => describeArn(arn, options))
            .join(', '),
    ...(condition === undefined ? {} : { condition }),
    words: describeStatement(statement, options),
    statement,
    ...(before === undefined ? {} : { before }),
    ...valuesChanged(before, statement),
    on,
    ...(service === undefined ? {} : { service }),
    sharedWith: account === undefined ? [] : words.servicesIn(account).filter(name => name !== service),
  };
}

/** Leaves of a statement, of which the difference is what a reviewer has to look at. */
function valuesChanged(
  before: PolicyStatement | undefined,
  after: PolicyStatement,
): Pick<Permission, 'adds' | 'removes'> {
  if (before === undefined) return { adds: [], removes: [] };
  const was = new Set(leaves(before));
  const is = new Set(leaves(after));
  return { adds: [...is].filter(value => !was.has(value)), removes: [...was].filter(value => !is.has(value)) };
}

function leaves(value: unknown): readonly string[] {
  if (value === null || typeof value !== 'object') return value === undefined ? [] : [String(value)];
  return Object.values(value).flatMap(leaves);
}

function whoWords(statement: PolicyStatement, options: DescribeOptions, holder: string): string {
  const { Principal: principal } = statement;
  if (principal === undefined) return `role ${holder}`;
  if (principal === '*') return 'everybody';
  const role = Object.entries(statement.Condition ?? {}).flatMap(([, keys]) =>
    Object.entries(keys).flatMap(([key, value]) => (/^aws:PrincipalArn$/i.test(key) ? asList(value) : [])),
  );
  if (role.length > 0) return role.map(arn => describeArn(String(arn), options)).join(', ');
  return [
    ...asList(principal.AWS).map(name => accountOrArn(name, options)),
    ...asList(principal.Service).map(serviceWords),
  ].join(', ');
}

function accountOrArn(name: string, options: DescribeOptions): string {
  const id = /^arn:[a-z-]+:iam::(\d{12}):root$/.exec(name)?.[1] ?? /^(\d{12})$/.exec(name)?.[1];
  if (id === undefined) return describeArn(name, options);
  const known = options.accountName?.(id);
  return known === undefined ? `account ${id}` : `account ${id} (${known})`;
}

const serviceWords = (name: string) => (name === 'events.amazonaws.com' ? 'EventBridge' : name);

const ACTION_WORDS: Readonly<Record<string, string>> = {
  'events:PutEvents': 'put events',
  'sqs:SendMessage': 'send messages',
  'sns:Publish': 'publish messages',
  'sts:AssumeRole': 'take on the role',
  'lambda:InvokeFunction': 'call',
  'states:StartExecution': 'start executions',
  'kinesis:PutRecord': 'write records',
  'sqs:*': 'do anything',
};

function whatWords(statement: PolicyStatement): string {
  const actions = asList(statement.Action).map(action => ACTION_WORDS[action] ?? action);
  return statement.Effect === 'Deny' ? `may not ${actions.join(', ')}` : actions.join(', ');
}

const CONDITION_WORDS: Readonly<Record<string, string>> = {
  'events:source': 'source is',
  'events:detail-type': 'detail-type is',
  'aws:sourcearn': 'on behalf of',
  'aws:sourceaccount': 'on behalf of account',
  'aws:securetransport': 'over TLS:',
};

function conditionWords(statement: PolicyStatement, options: DescribeOptions): string | undefined {
  const parts = Object.values(statement.Condition ?? {}).flatMap(keys =>
    Object.entries(keys).flatMap(([key, value]) => {
      if (/^aws:PrincipalArn$/i.test(key)) return [];
      const values = asList(value).map(each => describeArn(String(each), options));
      return [`${CONDITION_WORDS[key.toLowerCase()] ?? `${key} is`} ${values.join(' or ')}`];
    }),
  );
  return parts.length === 0 ? undefined : parts.join('; ');
}

/**
 * Who gains, from the statements before and after: whatever of a service is gained or changed counts, and whatever can be
 * used by another service because it runs in the same account.
 */
export function proofOf(
  permissions: readonly Permission[],
  before: number,
  after: number,
  subject: string | undefined,
): PermissionProof {
  const grants = permissions.filter(({ change, statement }) => change !== 'lost' && statement.Effect === 'Allow');
  // A Deny that goes lets somebody do more.
  const opened = permissions.filter(({ change, statement }) => change === 'lost' && statement.Effect === 'Deny');
  const others = new Set(
    [...grants, ...opened].flatMap(({ service }) => (service === subject ? [] : [service ?? 'everybody'])),
  );
  const shared = new Set(grants.flatMap(({ sharedWith }) => sharedWith));
  const gained = grants.length + opened.length;
  return {
    sentence: sentence([...others], [...shared], gained),
    holds: others.size === 0,
    before,
    after,
    gained,
    lost: permissions.filter(({ change, statement }) => change === 'lost' && statement.Effect === 'Allow').length,
    others: [...others].sort(),
  };
}

function sentence(others: readonly string[], shared: readonly string[], gained: number): string {
  if (gained === 0) return 'Nobody gains anything.';
  if (others.length > 0) return `Others gain something too: ${[...others].sort().join(', ')}.`;
  if (shared.length === 0) return 'Nobody else gains anything.';
  const names = [...shared].sort();
  return `Nobody outside its account gains anything; ${names.join(', ')} ${
    names.length === 1 ? 'runs' : 'run'
  } in the same account and could use it too.`;
}
