import { changedFields, sameDeclaration } from './equal';
import { eventTypeId } from './names';
import type {
  Account,
  Domain,
  Environment,
  EventRepository,
  EventType,
  SchemaVersion,
  Service,
  Subscription,
} from './types';

/** One declaration before and after, and the fields in which they differ. */
export interface Change<T> {
  readonly before: T;
  readonly after: T;
  readonly fields: readonly string[];
}

export interface Changes<T> {
  readonly added: readonly T[];
  readonly removed: readonly T[];
  readonly changed: readonly Change<T>[];
}

export interface EventTypeChange extends Change<EventType> {
  readonly versions: Changes<SchemaVersion>;
}

/** What a change of an event repository touches. */
export interface RepositoryImpact {
  readonly eventTypes: Omit<Changes<EventType>, 'changed'> & {
    readonly changed: readonly EventTypeChange[];
  };
  readonly subscriptions: Changes<Subscription>;
  readonly services: Changes<Service>;
  readonly accounts: Changes<Account>;
  readonly domains: Changes<Domain>;
  readonly environments: Changes<Environment>;
  /** Fields of busline.yaml that changed. */
  readonly settings: readonly string[];
}

const LISTS = ['eventTypes', 'subscriptions', 'services', 'accounts', 'domains', 'environments'] as const;

const nameOf = ({ name }: { readonly name: string }) => name;

/**
 * Compares two reads of an event repository. Declarations that are the same
 * object are taken as equal unseen, so that comparing an incremental read costs
 * what changed.
 */
export function impactOf(before: EventRepository, after: EventRepository): RepositoryImpact {
  const eventTypes = changesOf(before.eventTypes, after.eventTypes, eventTypeId);
  const lists = new Set<string>(LISTS);
  return {
    eventTypes: {
      ...eventTypes,
      changed: eventTypes.changed.map(change => ({
        ...change,
        versions: changesOf(change.before.versions, change.after.versions, ({ version }) => version),
      })),
    },
    subscriptions: changesOf(before.subscriptions, after.subscriptions, ({ service, name }) => `${service}/${name}`),
    services: changesOf(before.services, after.services, nameOf),
    accounts: changesOf(before.accounts, after.accounts, nameOf),
    domains: changesOf(before.domains, after.domains, nameOf),
    environments: changesOf(before.environments, after.environments, nameOf),
    settings: changedFields(before, after).filter(field => !lists.has(field)),
  };
}

function changesOf<T extends object>(
  before: readonly T[],
  after: readonly T[],
  keyOf: (item: T) => string,
): Changes<T> {
  // Most of both lists are the same objects: only what lies between is compared.
  let from = 0;
  while (from < before.length && before[from] === after[from]) from += 1;
  let behind = 0;
  const rest = Math.min(before.length, after.length) - from;
  while (behind < rest && before.at(-1 - behind) === after.at(-1 - behind)) {
    behind += 1;
  }
  const old = new Map(before.slice(from, before.length - behind).map(item => [keyOf(item), item]));
  const added: T[] = [];
  const changed: Change<T>[] = [];
  for (const item of after.slice(from, after.length - behind)) {
    const key = keyOf(item);
    const known = old.get(key);
    old.delete(key);
    if (known === undefined) added.push(item);
    else if (known !== item && !sameDeclaration(known, item)) {
      const fields = changedFields(known, item);
      changed.push({ before: known, after: item, fields });
    }
  }
  return { added, removed: [...old.values()], changed };
}
