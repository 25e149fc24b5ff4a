import { randomUUID } from 'node:crypto';
import { PutEventsCommand } from '@aws-sdk/client-eventbridge';
import type { ClientsFor } from '@busline/aws-estate';
import type { EventRepository, EventType } from '@busline/event-repository';
import { shortHash } from '@busline/infrastructure';
import { entryOf, publishersOf, type Publisher } from './exampleEvents';

/** Of ten events, one goes to an environment that is not the first. */
const OTHER_ENVIRONMENTS = 0.1;
/** Some event types are sent this much more often than others, as in life. */
const WEIGHTS = [1, 1, 2, 3, 5, 8];

export interface Traffic {
  stop(): Promise<void>;
}

export interface TrafficOptions {
  readonly repositories: readonly EventRepository[];
  readonly clientsFor: ClientsFor;
  readonly eventsPerSecond: number;
  readonly onProgress: (message: string) => void;
}

/** Publishes the examples of the repositories, each as the account of the service that declares it. */
export function startTraffic(options: TrafficOptions): Traffic {
  const { clientsFor, onProgress } = options;
  const byEnvironment = options.repositories.map(publishersOf);
  const main = byEnvironment.flatMap(([first = []]) => first);
  const others = byEnvironment.flatMap(([, ...rest]) => rest.flat());
  if (main.length === 0) return { stop: async () => {} };
  const told = new Set<string>();
  const tell = (what: string) => {
    if (told.has(what)) return;
    told.add(what);
    onProgress(what);
  };
  let sending: Promise<void> = Promise.resolve();
  const send = async () => {
    const publishers = others.length > 0 && Math.random() < OTHER_ENVIRONMENTS ? others : main;
    const publisher = pick(publishers);
    const { eventType, service, central } = publisher;
    const { events } = clientsFor(service.accountId, central.region);
    const { Entries = [] } = await events.send(new PutEventsCommand({ Entries: entriesOf(publisher) }));
    for (const { ErrorCode, ErrorMessage } of Entries) {
      const what = `${service.service.name} may not send ${eventType.source} ${eventType.detailType}`;
      if (ErrorCode) tell(`${what}: ${ErrorCode} ${ErrorMessage}`);
    }
  };
  const timer = setInterval(() => {
    sending = send().catch(error => tell(`Publishing failed: ${(error as Error).message}`));
  }, 1000 / options.eventsPerSecond);
  return {
    async stop() {
      clearInterval(timer);
      await sending;
    },
  };
}

function weightOf(eventType: EventType): number {
  if (eventType.lifecycle === 'deprecated' || eventType.lifecycle === 'experimental') return 1;
  const letter = shortHash([eventType.source, eventType.detailType], 1);
  return WEIGHTS[parseInt(letter, 36) % WEIGHTS.length];
}

function pick(publishers: readonly Publisher[]): Publisher {
  const weights = publishers.map(({ eventType }) => weightOf(eventType));
  let at = Math.random() * weights.reduce((sum, weight) => sum + weight, 0);
  return publishers.find((_, index) => (at -= weights[index]!) < 0) ?? publishers[0]!;
}

/** One entry for each major, all of one metadata id: a subscription takes the major that it pins. */
function entriesOf(publisher: Publisher) {
  const id = randomUUID();
  return publisher.versions.map(version => {
    const example = version.examples[Math.floor(Math.random() * version.examples.length)]!;
    return entryOf(publisher, version, example.value, id);
  });
}
