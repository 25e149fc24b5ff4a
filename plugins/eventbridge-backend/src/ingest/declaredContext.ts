import type {
  Account,
  Domain,
  Environment,
  EventRepository,
  EventType,
  Place,
  Service,
} from '@busline/event-repository';
import type { AccountRef, BusRef } from '@busline/plugin-eventbridge-common';
import { busArn } from '@busline/infrastructure';
import { contentHash } from '../database/ids';

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
  /** Everything of the rest of the repository that the rows of this event type say: the same text, the same rows. */
  usesOf(eventType: EventType): string;
  /** Changes when the service does in anything but what it publishes, or where it runs. */
  versionOfService(service: Service): string;
  declaredAt(place: Place): { readonly file: string; readonly line: number; readonly url?: string };
}

export interface DeclaredContextOptions {
  readonly sourceId: string;
  readonly sourceTitle: string;
  readonly fileUrl?: (file: string, line: number) => string | undefined;
}

export function createDeclaredContext(repository: EventRepository, options: DeclaredContextOptions): DeclaredContext {
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
  const publishersOf: DeclaredContext['publishersOf'] = ({ source, detailType }) =>
    publishers.get(`${source}\n${detailType}`) ?? [];
  const places = contentHash(JSON.stringify([repository.environments, repository.accounts]));
  const serviceHashes = new Map<Service, string>();
  const versionOfService = (service: Service) => {
    const known = serviceHashes.get(service);
    if (known !== undefined) return known;
    const { publishes, ...rest } = service;
    const hash = contentHash(`${places}${JSON.stringify(rest)}`);
    serviceHashes.set(service, hash);
    return hash;
  };
  return {
    ...options,
    repository,
    domain: name => domains.get(name),
    service: name => services.get(name),
    environment: name => environments.get(name),
    publishersOf,
    versionOfService,
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
    usesOf(eventType) {
      const domain = eventType.domain === undefined ? undefined : domains.get(eventType.domain);
      const publishing = publishersOf(eventType);
      return `${options.sourceId} ${options.sourceTitle} ${domain?.title} ${JSON.stringify([
        repository.schemas,
        domain?.schemas,
      ])} ${publishing.map(versionOfService).join(' ')}`;
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
    arn: busArn(account.id, bus.region, bus.name),
    name: bus.name,
    account,
    region: bus.region,
    ...(environment !== undefined && { environment }),
  };
}
