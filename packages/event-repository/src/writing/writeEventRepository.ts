import { DEFAULT_DELIVERY } from '../declarations/busline';
import { sameDeclaration } from '../equal';
import {
  ACCOUNTS_FILE,
  BUSLINE_FILE,
  domainFile,
  eventFile,
  exampleFile,
  schemaFile,
  serviceFile,
  subscriptionFile,
} from '../layout';
import { indexRepository } from '../lookups';
import { eventTypeId, slugOf, sourceFolderOf } from '../names';
import { contentHash } from '../text/contentHash';
import { SCHEMA_BASE_URL, type YamlKind } from '../schemas';
import type {
  DeliverySettings,
  EventPaths,
  EventRepository,
  EventType,
  Service,
  Subscription,
  TargetDeclaration,
} from '../types';
import { toYaml } from './yaml';

export interface WriteOptions {
  /** Comment lines at the head of every YAML file, e.g. that it is generated. */
  readonly comments?: readonly string[];
}

export const jsonText = (value: unknown) => `${JSON.stringify(value, undefined, 2)}\n`;

/**
 * The files of an event repository: path to text, the inverse of reading.
 * What equals a default is left out. Texts of schemas and examples are JSON
 * with two spaces.
 */
export function writeEventRepository(
  repository: EventRepository,
  options: WriteOptions = {},
): ReadonlyMap<string, string> {
  const files = new Map<string, string>();
  const add = (path: string, kind: YamlKind, value: object) => files.set(path, toYaml(value, headOf(kind, options)));
  add(BUSLINE_FILE, 'busline', settingsValue(repository));
  if (repository.accounts.length > 0) {
    const accounts = repository.accounts.map(({ name, place: _, ...account }) => [name, withoutEmpty(account)]);
    add(ACCOUNTS_FILE, 'accounts', { accounts: Object.fromEntries(accounts) });
  }
  for (const { name, place: _, ...domain } of repository.domains) {
    add(domainFile(name), 'domain', withoutEmpty(domain));
  }
  for (const service of repository.services) {
    add(serviceFile(service.name), 'service', serviceValue(service));
  }
  const folders = foldersOf(repository.eventTypes);
  for (const eventType of repository.eventTypes) {
    const folder = folders.get(eventType)!;
    add(eventFile(folder), 'event', eventValue(eventType, repository));
    for (const version of eventType.versions) {
      files.set(schemaFile(folder, version.version), jsonText(version.schema));
      for (const { name, value } of version.examples) {
        files.set(exampleFile(folder, version.version, name), jsonText(value));
      }
    }
  }
  for (const subscription of repository.subscriptions) {
    const path = subscriptionFile(subscription.service, subscription.name);
    add(path, 'subscription', subscriptionValue(subscription, repository));
  }
  return new Map([...files].sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** The comment with which editors find the published schema, behind the caller's own. */
export function headOf(kind: YamlKind, { comments = [] }: WriteOptions = {}): readonly string[] {
  return [...comments, `yaml-language-server: $schema=${SCHEMA_BASE_URL}/${kind}.schema.json`];
}

/** `<source folder>/<slug>` of every event type; where two would meet, the later ones get a suffix from their name's hash. */
export function foldersOf(eventTypes: readonly EventType[]): ReadonlyMap<EventType, string> {
  const folders = new Map<EventType, string>();
  const used = new Set<string>();
  for (const eventType of eventTypes) {
    const folder = `${sourceFolderOf(eventType.source)}/${slugOf(eventType.detailType)}`;
    const unique = used.has(folder) ? `${folder}-${contentHash(eventTypeId(eventType)).slice(0, 8)}` : folder;
    used.add(unique);
    folders.set(eventType, unique);
  }
  return folders;
}

/** Empty lists and empty texts say nothing. */
function withoutEmpty(value: object): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(value).filter(
      ([, item]) => item !== undefined && item !== '' && !(Array.isArray(item) && item.length === 0),
    ),
  );
}

function deliveryValue(delivery: DeliverySettings, defaults: DeliverySettings) {
  if (sameDeclaration(delivery, defaults)) return undefined;
  const { maximumEventAgeSeconds, maximumRetryAttempts, deadLetterQueue } = delivery;
  return {
    retry: { maximumEventAgeSeconds, maximumRetryAttempts },
    deadLetterQueue,
  };
}

const pathsValue = (paths: EventPaths) =>
  paths.metadata === undefined && paths.data === undefined ? 'foreign' : paths;

function settingsValue(repository: EventRepository): object {
  const delivery = deliveryValue(repository.deliveryDefaults, DEFAULT_DELIVERY);
  const environments = repository.environments.map(({ name, buses }) => [name, { buses: buses.map(withoutEmpty) }]);
  return withoutEmpty({
    name: repository.name,
    title: repository.title,
    description: repository.description,
    owner: repository.owner,
    environments: Object.fromEntries(environments),
    event: pathsValue(repository.eventPaths),
    naming: Object.keys(repository.naming).length > 0 ? repository.naming : undefined,
    schemas: repository.schemas,
    defaults: delivery && { delivery },
  });
}

function serviceValue({ name: _, place: __, ...service }: Service): object {
  const environments = service.environments.map(({ environment, ...rest }) => [environment, rest]);
  return withoutEmpty({
    ...service,
    environments: environments.length > 0 ? Object.fromEntries(environments) : undefined,
    publishes: service.publishes.map(({ source, detailType, majors }) => withoutEmpty({ source, detailType, majors })),
  });
}

function eventValue(eventType: EventType, repository: EventRepository): object {
  const { slug: _, place: __, source, detailType, eventPaths, versions, schemas, exceptions, ...rest } = eventType;
  const notes = versions
    .filter(({ released, notes: text }) => released !== undefined || text !== undefined)
    .map(({ version, released, notes: text }) => [version, withoutEmpty({ released, notes: text })]);
  return withoutEmpty({
    source,
    detailType,
    ...rest,
    event: sameDeclaration(eventPaths, repository.eventPaths) ? undefined : pathsValue(eventPaths),
    schemas: schemas || exceptions ? { ...schemas, ...(exceptions && { exceptions }) } : undefined,
    versions: notes.length > 0 ? Object.fromEntries(notes) : undefined,
  });
}

function subscriptionValue(subscription: Subscription, repository: EventRepository): object {
  const { name: _, service, place: __, environments, targets, delivery, path, enabled, ...rest } = subscription;
  const all = indexRepository(repository)
    .services.get(service)
    ?.environments.map(({ environment }) => environment);
  return withoutEmpty({
    description: rest.description,
    environments: all && sameDeclaration(environments, all) ? undefined : environments,
    bus: rest.bus,
    rule: rest.rule,
    pattern: rest.pattern,
    target: targets.length === 1 ? targetValue(targets[0], delivery) : undefined,
    targets: targets.length > 1 ? targets.map(target => targetValue(target, delivery)) : undefined,
    path: path === 'subscriber-bus' ? undefined : path,
    delivery: deliveryValue(delivery, repository.deliveryDefaults),
    enabled: enabled ? undefined : false,
  });
}

function targetValue({ delivery, ...target }: TargetDeclaration, ofSubscription: DeliverySettings): object {
  return withoutEmpty({
    ...target,
    delivery: delivery && deliveryValue(delivery, ofSubscription),
  });
}
