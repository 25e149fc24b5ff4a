import type { JsonObject } from '@busline/event-repository';
import type { Resource } from '@busline/infrastructure';
import type { AccountChange, ResourceChange } from '../plan/plan';
import { canonical } from '../request/requestHash';

/** A resource of one environment, and the stack that has it. */
export interface PlacedResource {
  readonly environment: string;
  readonly resource: Resource;
}

const TYPES: Readonly<Record<Resource['kind'], string>> = {
  bus: 'bus',
  'bus-policy-statement': 'bus policy statement',
  rule: 'rule',
  role: 'role',
  queue: 'queue',
  'dead-letter-queue': 'dead-letter queue',
  'function-permission': 'function permission',
  function: 'function',
  'state-machine': 'state machine',
};

/** What compares two resources; where it stands and for whom is no part of what it is. */
const IDENTITY = new Set(['kind', 'arn', 'name', 'accountId', 'region', 'owner', 'subscription', 'busArn', 'busName']);

export interface ComparedResource {
  readonly environment: string;
  readonly before?: Resource;
  readonly after?: Resource;
}

/** Resources that are made, changed or taken away; a bus that exists already is nothing that anybody makes. */
export function compareResources(
  before: readonly PlacedResource[],
  after: readonly PlacedResource[],
): readonly ComparedResource[] {
  const old = new Map(before.map(placed => [keyOf(placed), placed]));
  const compared: ComparedResource[] = [];
  for (const placed of after) {
    const key = keyOf(placed);
    const was = old.get(key);
    old.delete(key);
    if (!was) compared.push({ environment: placed.environment, after: placed.resource });
    else if (isOther(was.resource, placed.resource)) {
      compared.push({ environment: placed.environment, before: was.resource, after: placed.resource });
    }
  }
  for (const placed of old.values()) compared.push({ environment: placed.environment, before: placed.resource });
  return compared.filter(({ before: was, after: is }) => !isThere(is ?? was));
}

/** Nearly all are written the same; only the others are looked at field by field. */
function isOther(before: Resource, after: Resource): boolean {
  return JSON.stringify(before) !== JSON.stringify(after) && differences(before, after).length > 0;
}

const isThere = (resource: Resource | undefined) => resource?.kind === 'bus' && resource.exists;

function keyOf({ environment, resource }: PlacedResource): string {
  return JSON.stringify([environment, resource.kind, resource.arn, resource.name]);
}

function differences(before: Resource, after: Resource): ResourceChange['fields'] {
  const was = before as unknown as JsonObject;
  const is = after as unknown as JsonObject;
  return [...new Set([...Object.keys(was), ...Object.keys(is)])]
    .filter(field => !IDENTITY.has(field) && canonical(plain(was[field])) !== canonical(plain(is[field])))
    .map(field => ({ field: inWords(field), before: text(was[field]), after: text(is[field]) }));
}

/** As JSON has it: members that are undefined are not there. */
const plain = (value: unknown) => (value === undefined ? undefined : JSON.parse(JSON.stringify(value)));
const text = (value: unknown) => (value === undefined ? undefined : JSON.stringify(value, undefined, 2));
const inWords = (field: string) => field.replace(/([A-Z])/g, letter => ` ${letter.toLowerCase()}`);

export interface AccountNames {
  nameOf(accountId: string): string | undefined;
  ownerOf(accountId: string): string | undefined;
}

/** By account and Region, the central one first. */
export function accountChanges(
  compared: readonly ComparedResource[],
  names: AccountNames,
  stackOf: (resource: Resource, environment: string) => string | undefined,
): readonly AccountChange[] {
  const accounts = new Map<
    string,
    { readonly head: Omit<AccountChange, 'resources'>; readonly changes: ResourceChange[] }
  >();
  for (const { environment, before, after } of compared) {
    const resource = (after ?? before)!;
    const { accountId, region } = resource;
    const key = JSON.stringify([environment, accountId, region]);
    const head = {
      accountId,
      region,
      environment,
      ...optional('account', names.nameOf(accountId)),
      ...optional('owner', names.ownerOf(accountId)),
    };
    const account = accounts.get(key) ?? { head, changes: [] };
    accounts.set(key, account);
    account.changes.push(resourceChange(before, after, stackOf(resource, environment)));
  }
  return [...accounts.values()].map(({ head, changes }) => ({ ...head, resources: changes }));
}

function resourceChange(
  before: Resource | undefined,
  after: Resource | undefined,
  stack: string | undefined,
): ResourceChange {
  const resource = (after ?? before)!;
  const addedOrRemoved = before ? 'removed' : 'added';
  return {
    status: before && after ? 'changed' : addedOrRemoved,
    type: TYPES[resource.kind],
    name: resource.name,
    arn: resource.arn,
    ...optional('stack', stack),
    words: wordsOf(resource),
    fields: before && after ? differences(before, after) : [],
    madeByTeam: resource.kind === 'function' || resource.kind === 'state-machine',
    ...(resource.kind === 'rule' ? { pattern: JSON.stringify(resource.pattern) } : {}),
  };
}

export function optional<K extends string, V>(key: K, value: V | undefined): { readonly [key in K]?: V } {
  return value === undefined ? {} : ({ [key]: value } as { readonly [key in K]: V });
}

function wordsOf(resource: Resource): string {
  switch (resource.kind) {
    case 'bus':
      return resource.description ?? 'Receives events that are forwarded';
    case 'bus-policy-statement':
      return `Lets events in on ${resource.busName}`;
    case 'rule':
      return resource.description ?? `Takes events of ${resource.busName}`;
    case 'role':
      return resource.description;
    case 'queue':
      return 'Receives the events';
    case 'dead-letter-queue':
      return 'Keeps what could not be delivered';
    case 'function-permission':
      return `Lets EventBridge call ${resource.functionName}`;
    case 'function':
      return 'Called with each event; made by the service itself';
    default:
      return 'Started with each event; made by the service itself';
  }
}
