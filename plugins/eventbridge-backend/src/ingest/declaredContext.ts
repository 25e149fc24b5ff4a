import type { Account, Domain, Environment, EventRepository, EventType, Place, Service } from '@busline/event-repository';
import type { AccountRef, BusRef } from '@busline/plugin-eventbridge-common';

/** What rows of one event repository need to know of the rest of it. */
export interface DeclaredContext {
  readonly sourceId: string;
  readonly sourceTitle: string;
  readonly repository: EventRepository;
  domain(name: string): Domain | undefined;
  service(name: string): Service | undefined;
  environment(name: string): Environment | undefined;
  publishersOf(eventType: Pick<EventType, 'source' | 'detailType'>): readonly Service[];
  /** Central buses of the environments in which these services run. */
  busesOf(services: readonly Service[]): readonly BusRef[];
  account(name: string): AccountRef;
  declaredAt(place: Place): { readonly file: string; readonly line: number; readonly url?: string };
}

export interface DeclaredContextOptions {
  readonly sourceId: string;
  readonly sourceTitle: string;
  readonly fileUrl?: (file: string, line: number) => string | undefined;
}

export function createDeclaredContext(
  repository: EventRepository,
  options: DeclaredContextOptions,
): DeclaredContext {
  const domains = new Map(repository.domains.map(domain => [domain.name, domain]));
  const services = new Map(repository.services.map(service => [service.name, service]));
  const environments = new Map(repository.environments.map(environment => [environment.name, environment]));
  const accounts = new Map(repository.accounts.map(account => [account.name, account]));
  const publishers = new Map<string, Service[]>();
  for (const service of repository.services) {
    for (const publication of service.publishes) {
      const key = `${publication.source}\n${publication.detailType}`;
      const known = publishers.get(key);
      if (!known) publishers.set(key, [service]);
      else if (!known.includes(service)) known.push(service);
    }
  }

  const account = (name: string) => toAccountRef(name, accounts.get(name));
  return {
    ...options,
    repository,
    domain: name => domains.get(name),
    service: name => services.get(name),
    environment: name => environments.get(name),
    publishersOf: ({ source, detailType }) => publishers.get(`${source}\n${detailType}`) ?? [],
    account,
    busesOf(users) {
      const names = new Set(users.flatMap(service => service.environments.map(({ environment }) => environment)));
      return repository.environments
        .filter(environment => names.has(environment.name))
        .flatMap(environment => {
          const [central] = environment.buses;
          return central ? [toBusRef(central, account(central.account), environment.name)] : [];
        });
    },
    declaredAt({ file, line }) {
      const url = options.fileUrl?.(file, line);
      return { file, line, ...(url !== undefined && { url }) };
    },
  };
}

/** An account that accounts.yaml does not name keeps the name that was used for it. */
export function toAccountRef(name: string, account: Account | undefined): AccountRef {
  return account
    ? { id: account.id, name: account.name, ...(account.title !== undefined && { title: account.title }) }
    : { id: name, name };
}

export function toBusRef(
  bus: { readonly name: string; readonly region: string },
  account: AccountRef,
  environment: string | undefined,
): BusRef {
  return {
    arn: `arn:aws:events:${bus.region}:${account.id}:event-bus/${bus.name}`,
    name: bus.name,
    account,
    region: bus.region,
    ...(environment !== undefined && { environment }),
  };
}
