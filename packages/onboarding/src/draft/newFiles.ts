import {
  eventFile,
  type EventRepository,
  type EventType,
  exampleFile,
  type Json,
  schemaFile,
  serviceFile,
  type Service,
  type Subscription,
  subscriptionFile,
  writeEventRepository,
} from '@busline/event-repository';

/*
 * Texts of new files, from the event repository's own writers: whatever a declaration holds, it reads back as the same.
 */

/** A place for declarations that are not in a file yet. */
export const NOWHERE = { file: '', line: 1, column: 1 };

const only = (repository: EventRepository, parts: Partial<EventRepository>): EventRepository => ({
  ...repository,
  accounts: [],
  domains: [],
  services: [],
  eventTypes: [],
  subscriptions: [],
  ...parts,
});

export function serviceText(repository: EventRepository, service: Service): string {
  return writeEventRepository(only(repository, { services: [service] })).get(serviceFile(service.name))!;
}

/** @param service - after the change: the environments in which it runs are left out of the file */
export function subscriptionText(repository: EventRepository, service: Service, subscription: Subscription): string {
  const files = writeEventRepository(only(repository, { services: [service], subscriptions: [subscription] }));
  return files.get(subscriptionFile(subscription.service, subscription.name))!;
}

/** The files of an event type: its event.yaml, its schemas and examples. The slug is taken as it is given. */
export function eventTypeTexts(
  repository: EventRepository,
  eventType: EventType,
  folder: string,
): ReadonlyMap<string, string> {
  const written = writeEventRepository(only(repository, { eventTypes: [eventType] }));
  const event = [...written].find(([path]) => path.endsWith('/event.yaml'))![1];
  const files = new Map([[eventFile(folder), event]]);
  for (const version of eventType.versions) {
    files.set(schemaFile(folder, version.version), json(version.schema));
    for (const { name, value } of version.examples) files.set(exampleFile(folder, version.version, name), json(value));
  }
  return files;
}

const json = (value: Json) => `${JSON.stringify(value, undefined, 2)}\n`;
