import type { PolicyDocument } from '@busline/access-policy';
import type { Collection, Store } from '../store/store';
import { GLOBAL_REGION } from './accounts';

/** An IAM role as it is stored. */
export interface Role {
  readonly name: string;
  readonly path: string;
  readonly arn: string;
  readonly id: string;
  /** Milliseconds since 1970. */
  readonly created: number;
  /** As the caller wrote it. */
  readonly trustPolicy: string;
  readonly description?: string;
  readonly maxSessionSeconds: number;
  readonly tags: readonly Tag[];
  /** Inline policies, as the caller wrote them. */
  readonly policies: readonly InlinePolicy[];
}

export interface InlinePolicy {
  readonly name: string;
  readonly text: string;
}

export interface Tag {
  readonly Key: string;
  readonly Value: string;
}

/** A set of temporary credentials that AssumeRole gave out. */
export interface Session {
  readonly account: string;
  readonly roleName: string;
  readonly roleArn: string;
  readonly roleId: string;
  readonly sessionName: string;
  readonly sessionToken: string;
  /** Milliseconds since 1970. */
  readonly expires: number;
}

/** The roles of an account, by name in lower case: IAM does not tell names apart by case. */
export function rolesOf(store: Store, account: string): Collection<Role> {
  return store.collection<Role>('iam/roles', {
    account,
    region: GLOBAL_REGION,
  });
}

export function findRole(store: Store, account: string, name: string): Role | undefined {
  return rolesOf(store, account).get(name.toLowerCase());
}

/** The role with exactly this ARN. */
export function findRoleByArn(store: Store, arn: string): Role | undefined {
  const match = /^arn:[^:]+:iam::(\d{12}):role\/(?:.*\/)?([^/]+)$/.exec(arn);
  if (!match) return undefined;
  const role = findRole(store, match[1], match[2]);
  return role?.arn === arn ? role : undefined;
}

/** Sessions are looked up by access key id alone, so they share one scope. */
export function sessionsOf(store: Store): Collection<Session> {
  return store.collection<Session>('sts/sessions', {
    account: 'all',
    region: GLOBAL_REGION,
  });
}

const parsed = new Map<string, PolicyDocument>();
const MAX_PARSED = 10_000;

/** Parses a policy that was checked when it was stored; texts that are asked for again are remembered. */
export function parsedPolicy(text: string): PolicyDocument {
  const known = parsed.get(text);
  if (known) return known;
  const document = JSON.parse(text) as PolicyDocument;
  if (parsed.size >= MAX_PARSED) parsed.clear();
  parsed.set(text, document);
  return document;
}
