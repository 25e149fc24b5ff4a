import type { EventRepository, Service, Subscription } from '@busline/event-repository';
import { busArn, defaultRuleName, defaultSubscriberBusName } from '@busline/infrastructure';
import type { DeclaredContext } from './declaredContext';

/** The services of a repository whose rules and subscriptions have to be made again; nobody else's depend on them. */
export interface FlowPart {
  readonly services: ReadonlySet<string>;
  readonly subscriptions: readonly Subscription[];
  /** ARNs of the services' subscriber buses, and of the central buses where who may publish may have changed. */
  readonly buses: ReadonlySet<string>;
}

type FlowSource = Pick<EventRepository, 'subscriptions' | 'services' | 'accounts' | 'environments'>;

/** Where more services changed, making everything again costs no more. */
const MAX_SERVICES = 100;

/**
 * What of the flow has to be made again when a repository changed: 'all', or some services. The reader of event
 * repositories gives the same objects for what did not change, so objects are compared.
 */
export function changedFlow(context: DeclaredContext, before: FlowSource): FlowPart | 'all' {
  const now = context.repository;
  if (!areSame(now.accounts, before.accounts) || !areSame(now.environments, before.environments)) return 'all';
  const changedServices = changedNames(now.services, before.services, ({ name }) => name);
  const services = new Set(changedServices);
  for (const name of changedNames(now.subscriptions, before.subscriptions, ({ service }) => service))
    services.add(name);
  const buses = addSharers(services, [...now.services, ...before.services], context);
  if (changedServices.size > 0) for (const arn of centralBuses(context)) buses.add(arn);
  if (services.size > MAX_SERVICES) return 'all';
  const isInside = ({ service }: Subscription) => services.has(service);
  const subscriptions = now.subscriptions.filter(isInside);
  const names = new Set([...subscriptions, ...before.subscriptions.filter(isInside)].map(ruleNameOf));
  // Who is first has the name, and the other gets another one: that takes both of them.
  const isClash = now.subscriptions.some(each => !isInside(each) && names.has(ruleNameOf(each)));
  return isClash ? 'all' : { services, subscriptions, buses };
}

/** What came, went or is another object than before, by name. */
function changedNames<T>(now: readonly T[], before: readonly T[], nameOf: (item: T) => string): Set<string> {
  const names = new Set<string>();
  for (const [some, others] of [
    [now, before],
    [before, now],
  ]) {
    const known = new Set(others);
    for (const item of some!) if (!known.has(item)) names.add(nameOf(item));
  }
  return names;
}

/** Services with one subscriber bus share its policy and may share rules. Gives the buses, those of before too. */
function addSharers(services: Set<string>, known: readonly Service[], context: DeclaredContext): Set<string> {
  const buses = new Set<string>();
  const all = [...new Set(known)].map(service => ({ service, arns: subscriberBuses(service, context) }));
  for (let size = -1; size !== services.size; ) {
    size = services.size;
    for (const { service, arns } of all) {
      if (services.has(service.name)) arns.forEach(arn => buses.add(arn));
      else if (arns.some(arn => buses.has(arn))) services.add(service.name);
    }
  }
  return buses;
}

function subscriberBuses({ name, environments }: Service, context: DeclaredContext): string[] {
  return environments.map(({ account, region, subscriberBus }) =>
    busArn(context.account(account).id, region, subscriberBus ?? defaultSubscriberBusName(name)),
  );
}

/** The buses on which services publish, by statements of their own. */
function centralBuses(context: DeclaredContext): string[] {
  return context.repository.environments.flatMap(({ buses: [central] }) =>
    central ? [busArn(context.account(central.account).id, central.region, central.name)] : [],
  );
}

/** As it is without a clash. */
function ruleNameOf({ rule, service, name }: Subscription): string {
  return rule ?? defaultRuleName(service, name);
}

export function areSame(a: readonly object[], b: readonly object[]): boolean {
  return a.length === b.length && a.every((item, index) => item === b[index]);
}
