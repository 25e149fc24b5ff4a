import type { EventRepository, Service, Subscription } from '@busline/event-repository';

/**
 * The part of an event repository on which a service's resources depend, so that planning costs what the service costs and
 * not what the repository does: the service, and those that share a queue, a function, a state machine, an ARN, a bus or a git
 * repository with it.
 *
 * What is left out has a stack of its own, and statement ids, rule names and role names that depend on nothing of the service.
 */
export function neighbourhood(repository: EventRepository, subjects: readonly Service[]): EventRepository {
  const names = new Set(subjects.map(({ name }) => name));
  const accounts = new Set(subjects.flatMap(({ environments }) => environments.map(({ account }) => account)));
  const urls = new Set(subjects.flatMap(({ repository: url }) => url ?? []));
  const buses = new Set(subjects.flatMap(busesOf));
  const near = new Set(names);
  const inAccounts = new Set<string>();
  for (const service of repository.services) {
    const { name, environments, repository: url } = service;
    if ((url !== undefined && urls.has(url)) || busesOf(service).some(bus => buses.has(bus))) near.add(name);
    if (environments.some(({ account }) => accounts.has(account))) inAccounts.add(name);
  }
  const targets = new Set(repository.subscriptions.filter(({ service }) => names.has(service)).flatMap(targetsOf));
  for (const subscription of repository.subscriptions) {
    const { service } = subscription;
    if (near.has(service) || !inAccounts.has(service)) continue;
    if (targetsOf(subscription).some(target => targets.has(target))) near.add(service);
  }
  return {
    ...repository,
    services: repository.services.filter(({ name }) => near.has(name)),
    subscriptions: repository.subscriptions.filter(({ service }) => near.has(service)),
  };
}

const busesOf = ({ name, environments }: Service) =>
  environments.map(({ account, subscriberBus }) => `${account} ${subscriberBus ?? `busline-${name}`}`);

const targetsOf = ({ targets }: Subscription) =>
  targets.map(target => (target.type === 'arn' ? target.arn : `${target.type} ${target.name}`));
