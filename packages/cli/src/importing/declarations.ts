import {
  type Account,
  DEFAULT_DELIVERY,
  type EventRepository,
  type EventType,
  slugOf,
  UNKNOWN_OWNER,
} from '@busline/event-repository';

const NOWHERE = { file: '', line: 1, column: 1 };

/** An account of which no more than its id is known. */
export function unknownAccount(id: string, environment?: string): Account {
  return {
    name: `account-${id}`,
    id,
    owner: UNKNOWN_OWNER,
    ...(environment !== undefined && { environment }),
    place: NOWHERE,
  };
}

/** An event type that nobody has described yet. */
export function unknownEventType(source: string, detailType: string, more: Partial<EventType> = {}): EventType {
  return {
    source,
    detailType,
    slug: slugOf(detailType),
    title: detailType,
    description: '',
    owner: UNKNOWN_OWNER,
    lifecycle: 'production',
    classification: 'internal',
    tags: [],
    links: [],
    personalData: [],
    eventPaths: {},
    versions: [],
    place: NOWHERE,
    ...more,
  };
}

/** An event repository of foreign events with one bus; what is not given is empty. */
export function repositoryWith(
  parts: Pick<EventRepository, 'name' | 'environments' | 'accounts'> & Partial<EventRepository>,
): EventRepository {
  return {
    title: parts.name,
    description: '',
    owner: UNKNOWN_OWNER,
    eventPaths: {},
    naming: {},
    deliveryDefaults: DEFAULT_DELIVERY,
    domains: [],
    services: [],
    eventTypes: [],
    subscriptions: [],
    ...parts,
  };
}

export { NOWHERE };

/** A name for a repository or a file, made from what a thing is called on AWS. */
export function plainName(name: string): string {
  return name.replace(/[^A-Za-z0-9._-]+/g, '-').replace(/^[^A-Za-z0-9]+/, '') || 'unnamed';
}
