import type { EventRepository, Service, Subscription } from '@busline/event-repository';
import { busArn, defaultRuleName, defaultSubscriberBusName } from '@busline/infrastructure';
import type { DeclaredContext } from './declaredContext';

/** The services of a repository whose rules and subscriptions have to be made again; nobody else's depend on them. */
export interface FlowPart {
  readonly services: ReadonlySet<string>;
  readonly subscriptions: readonly Subscription[];
  /** ARNs of the services' subscriber buses. */
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
  const isSame = (['services', 'accounts', 'environments'] as const).every(part => areSame(now[part], before[part]));
  if (!isSame) return 'all';
  const services = new Set<string>();
  for (const [some, others] of [
    [now.subscriptions, before.subscriptions],
    [before.subscriptions, now.subscriptions],
  ] as const) {
    const known = new Set(others);
    for (const subscription of some) if (!known.has(subscription)) services.add(subscription.service);
  }
  const buses = addSharers(services, context);
  if (services.size > MAX_SERVICES) return 'all';
  const isInside = ({ service }: Subscription) => services.has(service);
  const subscriptions = now.subscriptions.filter(isInside);
  const names = new Set([...subscriptions, ...before.subscriptions.filter(isInside)].map(ruleNameOf));
  // Who is first has the name, and the other gets another one: that takes both of them.
  const isClash = now.subscriptions.some(each => !isInside(each) && names.has(ruleNameOf(each)));
  return isClash ? 'all' : { services, subscriptions, buses };
}

/** Services with one subscriber bus share its policy and may share rules. Gives the buses. */
function addSharers(services: Set<string>, context: DeclaredContext): ReadonlySet<string> {
  const buses = new Set<string>();
  const all = context.repository.services.map(service => ({ service, arns: subscriberBuses(service, context) }));
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

/** As it is without a clash. */
function ruleNameOf({ rule, service, name }: Subscription): string {
  return rule ?? defaultRuleName(service, name);
}

export function areSame(a: readonly object[], b: readonly object[]): boolean {
  return a.length === b.length && a.every((item, index) => item === b[index]);
}
