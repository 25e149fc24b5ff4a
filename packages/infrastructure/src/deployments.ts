import type {
  BusDeclaration,
  Environment,
  EventRepository,
  Place,
  Service,
  ServiceEnvironment,
  Subscription,
} from '@busline/event-repository';
import { busArn, roleArn } from './arns';
import { defaultRuleName, defaultSubscriberBusName, forwardRoleName, hashedRuleName } from './names';

/** A bus by all its names. */
export interface BusPlace {
  readonly arn: string;
  readonly name: string;
  readonly accountId: string;
  readonly region: string;
}

/** A service in one environment. */
export interface ServiceDeployment {
  readonly service: Service;
  readonly accountId: string;
  readonly region: string;
  readonly subscriberBus: BusPlace;
}

/** A subscription in one environment, with every reference resolved. */
export interface SubscriptionDeployment {
  readonly subscription: Subscription;
  readonly environment: string;
  readonly home: ServiceDeployment;
  readonly ruleName: string;
  /** The bus whose events it takes: the central bus, as a rule. */
  readonly listensOn: BusPlace;
  /** The subscriber bus, where events go by it. */
  readonly forwardsTo?: BusPlace & {
    /** The role, in the account of the bus it listens on, by which events get there. */
    readonly role: { readonly name: string; readonly arn: string };
  };
}

type Unnamed = Omit<SubscriptionDeployment, 'ruleName'>;

/** Something that cannot be deployed as it is declared. The place is the declaration's. */
export interface DeclarationProblem {
  readonly place: Place;
  readonly message: string;
}

export interface DeclaredOptions {
  /** Told of every declaration that was left out or renamed, and why. */
  readonly onProblem?: (problem: DeclarationProblem) => void;
}

export interface EnvironmentDeployment {
  readonly environment: string;
  /** Declared buses; the first one is the central bus. */
  readonly buses: readonly { readonly declaration: BusDeclaration; readonly place: BusPlace }[];
  readonly services: ReadonlyMap<string, ServiceDeployment>;
  readonly subscriptions: readonly SubscriptionDeployment[];
}

/**
 * Resolves accounts, buses, services and rule names of one environment. Declarations that lead nowhere are left out
 * and told to `onProblem`; an environment that is not declared has nothing in it.
 */
export function deploymentsOf(
  repository: EventRepository,
  environmentName: string,
  options: DeclaredOptions = {},
): EnvironmentDeployment {
  const accounts = new Map(repository.accounts.map(account => [account.name, account.id]));
  const environment = repository.environments.find(e => e.name === environmentName);
  if (!environment) {
    return { environment: environmentName, buses: [], services: new Map(), subscriptions: [] };
  }
  const buses = placeBuses(environment, accounts);
  const services = placeServices(repository, environmentName, accounts, options);
  const finder = busFinder(buses);
  const found: Unnamed[] = [];
  for (const subscription of repository.subscriptions) {
    const placed = placeSubscription(subscription, environmentName, services, finder, options);
    if (placed) found.push(placed);
  }
  return { environment: environmentName, buses, services, subscriptions: nameRules(found, options) };
}

function placeBuses(environment: Environment, accounts: ReadonlyMap<string, string>) {
  return environment.buses.flatMap(declaration => {
    const accountId = accounts.get(declaration.account);
    return accountId ? [{ declaration, place: busPlace(accountId, declaration.region, declaration.name) }] : [];
  });
}

function placeServices(
  repository: EventRepository,
  environment: string,
  accounts: ReadonlyMap<string, string>,
  options: DeclaredOptions,
): ReadonlyMap<string, ServiceDeployment> {
  const services = new Map<string, ServiceDeployment>();
  for (const service of repository.services) {
    const at: ServiceEnvironment | undefined = service.environments.find(e => e.environment === environment);
    if (!at) continue;
    const accountId = accounts.get(at.account);
    if (!accountId) {
      options.onProblem?.({
        place: service.place,
        message: `Service ${service.name} is in account ${at.account}, which accounts.yaml does not name`,
      });
      continue;
    }
    const bus = at.subscriberBus ?? defaultSubscriberBusName(service.name);
    const subscriberBus = busPlace(accountId, at.region, bus);
    services.set(service.name, { service, accountId, region: at.region, subscriberBus });
  }
  return services;
}

function placeSubscription(
  subscription: Subscription,
  environment: string,
  services: ReadonlyMap<string, ServiceDeployment>,
  finder: BusFinder,
  options: DeclaredOptions,
): Unnamed | undefined {
  if (subscription.environments.length > 0 && !subscription.environments.includes(environment)) return undefined;
  const leaveOut = (why: string) => {
    const message = `Subscription ${subscription.service}/${subscription.name} ${why}`;
    options.onProblem?.({ place: subscription.place, message });
    return undefined;
  };
  const home = services.get(subscription.service);
  if (!home) {
    // Without a list of its own a subscription goes where its service is.
    if (subscription.environments.length === 0) return undefined;
    return leaveOut(`wants environment ${environment}, where service ${subscription.service} is not deployed`);
  }
  const listensOn = finder.find(subscription.bus, home);
  if (!listensOn) {
    return leaveOut(
      `listens on bus ${subscription.bus ?? '(central)'}, which environment ${environment} does not have`,
    );
  }
  const viaBus = subscription.path === 'subscriber-bus' && home.subscriberBus.arn !== listensOn.arn;
  return { subscription, environment, home, listensOn, forwardsTo: viaBus ? finder.way(listensOn, home) : undefined };
}

interface BusFinder {
  /** Buses of several accounts may share a name; the service's own account goes first. */
  find(name: string | undefined, home: ServiceDeployment): BusPlace | undefined;
  /** From a bus to the service's subscriber bus; one value for each pair. */
  way(from: BusPlace, home: ServiceDeployment): NonNullable<SubscriptionDeployment['forwardsTo']>;
}

function busFinder(buses: EnvironmentDeployment['buses']): BusFinder {
  const byName = new Map<string, BusPlace>();
  for (const { place } of buses) {
    if (!byName.has(place.name)) byName.set(place.name, place);
    byName.set(`${place.accountId} ${place.region} ${place.name}`, place);
  }
  const ways = new Map<string, NonNullable<SubscriptionDeployment['forwardsTo']>>();
  return {
    find: (name, home) =>
      name === undefined ? buses[0]?.place : byName.get(`${home.accountId} ${home.region} ${name}`) ?? byName.get(name),
    way(from, { subscriberBus: to }) {
      const key = `${from.arn} ${to.arn}`;
      const known = ways.get(key);
      if (known) return known;
      const name = forwardRoleName(from.arn, to.arn, to.name);
      const way = { ...to, role: { name, arn: roleArn(from.accountId, from.region, name) } };
      ways.set(key, way);
      return way;
    },
  };
}

/**
 * Gives every subscription its rule name. Names that are written down go first; where two default names are one
 * (`a-b` + `c`, `a` + `b-c`), the later by service and name gets a hash.
 */
function nameRules(found: readonly Unnamed[], options: DeclaredOptions): readonly SubscriptionDeployment[] {
  const taken = new Map<string, Map<string, Subscription>>();
  const takenOn = ({ arn }: BusPlace) => {
    const known = taken.get(arn) ?? new Map<string, Subscription>();
    taken.set(arn, known);
    return known;
  };
  const names = new Map<Subscription, string>();
  const claim = ({ subscription, listensOn, forwardsTo }: Unnamed, name: string) => {
    const first = takenOn(listensOn);
    const second = forwardsTo && takenOn(forwardsTo);
    const holder = first.get(name) ?? second?.get(name);
    if (holder) return holder;
    first.set(name, subscription);
    second?.set(name, subscription);
    names.set(subscription, name);
    return undefined;
  };
  const byIdentity = [...found].sort(
    (a, b) =>
      compareText(a.subscription.service, b.subscription.service) ||
      compareText(a.subscription.name, b.subscription.name),
  );
  for (const deployment of byIdentity) {
    const { subscription } = deployment;
    if (subscription.rule === undefined) continue;
    const holder = claim(deployment, subscription.rule);
    if (holder) reportShared(subscription, holder, subscription.rule, 'is left out', options);
  }
  for (const deployment of byIdentity) {
    const { subscription } = deployment;
    if (subscription.rule !== undefined) continue;
    const name = defaultRuleName(subscription.service, subscription.name);
    const holder = claim(deployment, name);
    if (!holder) continue;
    const hashed = hashedRuleName(subscription.service, subscription.name);
    reportShared(subscription, holder, name, `is called ${hashed}`, options);
    claim(deployment, hashed);
  }
  const named: SubscriptionDeployment[] = [];
  for (const { subscription, environment, home, listensOn, forwardsTo } of found) {
    const ruleName = names.get(subscription);
    if (ruleName !== undefined) named.push({ subscription, environment, home, listensOn, forwardsTo, ruleName });
  }
  return named;
}

function reportShared(
  subscription: Subscription,
  holder: Subscription,
  rule: string,
  outcome: string,
  options: DeclaredOptions,
): void {
  options.onProblem?.({
    place: subscription.place,
    message:
      `Subscription ${subscription.service}/${subscription.name} wants rule ${rule}, which ` +
      `${holder.service}/${holder.name} has on the same bus; it ${outcome}`,
  });
}

function busPlace(accountId: string, region: string, name: string): BusPlace {
  return { arn: busArn(accountId, region, name), name, accountId, region };
}

function compareText(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
