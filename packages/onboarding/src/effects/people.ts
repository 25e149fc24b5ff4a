import {
  type EventRepository,
  eventTypeId,
  type EventType,
  type EventTypeReference,
  indexRepository,
  publishersOf,
  type Subscription,
  UNKNOWN_OWNER,
} from '@busline/event-repository';
import { subscriptionsTaking, takesType } from '../checks/typesTaken';
import type { AffectedPerson } from '../plan/plan';

type Role = AffectedPerson['roles'][number];

/** An approval without which a change must not be merged. */
export interface NeededApproval {
  /** Who must approve: an entity reference. */
  readonly owner: string;
  readonly eventType: EventTypeReference;
  readonly service: string;
  /** Name of the subscription; absent for a publication. */
  readonly subscription?: string;
  readonly why: string;
}

/**
 * Approvals that a change of the event repository needs: of the owner of a restricted event type, by whoever newly subscribes
 * to it or newly publishes it, unless the owner does so. What the same change says of owners and of what is restricted does not count
 * against what held before: nobody takes over an approval by declaring otherwise. The same for a plan, a page, and a check in CI, which
 * has nothing but the two states of the repository.
 */
export function approvalsNeeded(before: EventRepository, after: EventRepository): readonly NeededApproval[] {
  const restricted = restrictedTypes(before, after);
  if (restricted.length === 0) return [];
  const known = new Map(before.subscriptions.map(each => [`${each.service}/${each.name}`, each]));
  const wereServices = indexRepository(before).services;
  const { services } = indexRepository(after);
  const needed: NeededApproval[] = [];
  const isOwners = (service: string, owner: string) =>
    services.get(service)?.owner === owner && (wereServices.get(service)?.owner ?? owner) === owner;
  const add = (eventType: EventType, service: string, why: string, subscription?: string) => {
    if (isOwners(service, eventType.owner) || eventType.owner === UNKNOWN_OWNER) return;
    const { source, detailType, owner } = eventType;
    needed.push({
      owner,
      eventType: { source, detailType },
      service,
      ...(subscription === undefined ? {} : { subscription }),
      why,
    });
  };
  for (const subscription of after.subscriptions) {
    const was = known.get(`${subscription.service}/${subscription.name}`);
    if (was === subscription) continue;
    for (const eventType of restricted) {
      if (
        !takesType(subscription.pattern, eventType) ||
        (was && takesType(was.pattern, eventType) && !isWidened(was, subscription))
      )
        continue;
      const what = `${subscription.service}/${subscription.name} would receive ${eventTypeId(
        eventType,
      )}, which is restricted`;
      add(eventType, subscription.service, what, subscription.name);
    }
  }
  const published = new Map(before.services.map(service => [service.name, service]));
  for (const service of after.services) {
    const was = published.get(service.name);
    if (was === service) continue;
    const had = new Set((was?.publishes ?? []).map(eventTypeId));
    for (const eventType of restricted) {
      const id = eventTypeId(eventType);
      if (had.has(id) || !service.publishes.some(each => eventTypeId(each) === id)) continue;
      add(eventType, service.name, `${service.name} would publish ${id}, which is restricted`);
    }
  }
  return needed;
}

/** Event types that are restricted before or after, as they were before where they were there. */
function restrictedTypes(before: EventRepository, after: EventRepository): readonly EventType[] {
  const is = ({ classification }: EventType) => classification === 'restricted';
  const were = new Map(before.eventTypes.filter(is).map(each => [eventTypeId(each), each]));
  for (const eventType of after.eventTypes.filter(is)) {
    const id = eventTypeId(eventType);
    if (were.has(id)) continue;
    const was = before.eventTypes.find(each => eventTypeId(each) === id);
    were.set(id, was ?? eventType);
  }
  return [...were.values()];
}

/** Where the filter, the target or the place changed, the approval of before was for something else. */
function isWidened(before: Subscription, after: Subscription): boolean {
  const of = ({ pattern, targets, environments, bus, enabled }: Subscription) =>
    JSON.stringify([pattern, targets, environments, bus, enabled]);
  return of(before) !== of(after);
}

export interface PeopleInput {
  readonly before: EventRepository;
  readonly after: EventRepository;
  readonly requester?: string;
  /** Service of the request. */
  readonly service?: string;
  /** Event types that are newly received, or no longer. */
  readonly received: readonly EventType[];
  /** Event types that are published, no longer published, or changed. */
  readonly changed: readonly EventType[];
  readonly approvals: readonly NeededApproval[];
  readonly accounts: readonly string[];
  /** Owners of the buses on which something changes. */
  readonly busOwners: readonly { readonly owner: string; readonly bus: string }[];
}

/** Who should know, and who must agree. By owner, those who must approve first. */
export function peopleAffected(input: PeopleInput): readonly AffectedPerson[] {
  const people = new Map<
    string,
    { roles: Set<Role>; why: Set<string>; mustApprove: boolean; eventTypes: Map<string, EventTypeReference> }
  >();
  const add = (
    owner: string | undefined,
    role: Role,
    why: string,
    eventType?: EventTypeReference,
    mustApprove = false,
  ) => {
    if (owner === undefined || owner === UNKNOWN_OWNER) return;
    const person = people.get(owner) ?? { roles: new Set(), why: new Set(), mustApprove: false, eventTypes: new Map() };
    people.set(owner, person);
    person.roles.add(role);
    person.why.add(why);
    person.mustApprove ||= mustApprove;
    if (eventType) {
      person.eventTypes.set(eventTypeId(eventType), { source: eventType.source, detailType: eventType.detailType });
    }
  };
  const { services } = indexRepository(input.before);
  for (const { owner, eventType, why } of input.approvals)
    add(owner, 'owner of the event type', `${why}: needs your approval`, eventType, true);
  if (input.requester !== undefined) add(input.requester, 'requester', `owns ${input.service}`);
  for (const eventType of input.received) {
    add(eventType.owner, 'owner of the event type', `owns ${eventTypeId(eventType)}`, eventType);
  }
  for (const eventType of input.changed) {
    add(eventType.owner, 'owner of the event type', `owns ${eventTypeId(eventType)}`, eventType);
    for (const subscriber of new Set(subscriptionsTaking(input.before, eventType).map(({ service }) => service))) {
      if (subscriber === input.service) continue;
      add(services.get(subscriber)?.owner, 'subscriber', `${subscriber} receives ${eventTypeId(eventType)}`, eventType);
    }
    for (const { name, owner } of publishersOf(input.before, eventType)) {
      if (name === input.service) continue;
      add(owner, 'publisher', `${name} publishes ${eventTypeId(eventType)}`, eventType);
    }
  }
  for (const { owner, bus } of input.busOwners) add(owner, 'owner of the bus', `owns bus ${bus}`);
  const { accounts } = indexRepository(input.after);
  for (const name of input.accounts) add(accounts.get(name)?.owner, 'owner of the account', `owns account ${name}`);
  return [...people]
    .map(([owner, { roles, why, mustApprove, eventTypes }]) => ({
      owner,
      roles: [...roles],
      why: [...why],
      mustApprove,
      eventTypes: [...eventTypes.values()],
    }))
    .sort((a, b) => Number(b.mustApprove) - Number(a.mustApprove));
}
