import { type EventRepository, type Service } from '@busline/event-repository';

/**
 * The part of an event repository on which a service's resources depend, so that planning costs what the service costs and
 * not what the repository does: the services of its accounts (they may share a queue, a function or a bus with it) and those
 * whose stack lies in the same git repository, with their subscriptions.
 *
 * What is left out has a stack of its own, and statement ids, rule names and role names that depend on nothing of the service.
 */
export function neighbourhood(repository: EventRepository, subjects: readonly Service[]): EventRepository {
  const names = new Set(subjects.map(({ name }) => name));
  const accounts = new Set(subjects.flatMap(({ environments }) => environments.map(({ account }) => account)));
  const urls = new Set(subjects.flatMap(({ repository: url }) => url ?? []));
  const services = repository.services.filter(
    ({ name, environments, repository: url }) =>
      names.has(name) ||
      (url !== undefined && urls.has(url)) ||
      environments.some(({ account }) => accounts.has(account)),
  );
  const near = new Set(services.map(({ name }) => name));
  return {
    ...repository,
    services,
    subscriptions: repository.subscriptions.filter(({ service }) => near.has(service)),
  };
}
