import { randomUUID } from 'node:crypto';
import { PutEventsCommand } from '@aws-sdk/client-eventbridge';
import type { ClientsFor } from '@busline/aws-estate';
import type { EventRepository, EventType } from '@busline/event-repository';
import { shortHash } from '@busline/infrastructure';
import type { Declarations } from './Declarations';
import { entryOf, publishersOf, type Publisher } from './exampleEvents';

/** Of ten events, one goes to an environment that is not the first. */
const OTHER_ENVIRONMENTS = 0.1;
/** Some event types are sent this much more often than others, as in life. */
const WEIGHTS = [1, 1, 2, 3, 5, 8];

/** A merge is deployed within this time. */
const DEPLOYED_AFTER_MS = 60_000;

export interface Traffic {
  stop(): Promise<void>;
}

export interface TrafficOptions {
  readonly declarations: Declarations;
  readonly clientsFor: ClientsFor;
  readonly eventsPerSecond: number;
  readonly onProgress: (message: string) => void;
}

/** Publishes the examples of the repositories, each as the account of the service that declares it. */
export function startTraffic(options: TrafficOptions): Traffic {
  const { clientsFor, declarations, onProgress } = options;
  const publishers = lastOf(publishersIn);
  const told = new Set<string>();
  const tell = (what: string) => {
    if (told.has(what)) return;
    told.add(what);
    onProgress(what);
  };
  let sending: Promise<void> = Promise.resolve();
  const send = async () => {
    const { main, others, since } = publishers(await declarations.current());
    if (main.length === 0) return;
    const publisher = pick(others.length > 0 && Math.random() < OTHER_ENVIRONMENTS ? others : main);
    const { eventType, service, central } = publisher;
    const { events } = clientsFor(service.accountId, central.region);
    const { Entries = [] } = await events.send(new PutEventsCommand({ Entries: entriesOf(publisher) }));
    for (const { ErrorCode, ErrorMessage } of Entries) {
      const what = `${service.service.name} may not send ${eventType.source} ${eventType.detailType}`;
      // What was merged just now is allowed once it is deployed.
      if (ErrorCode && Date.now() - since > DEPLOYED_AFTER_MS) tell(`${what}: ${ErrorCode} ${ErrorMessage}`);
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

interface Publishers {
  readonly main: readonly Publisher[];
  readonly others: readonly Publisher[];
  /** When they were first seen like this, in milliseconds. */
  readonly since: number;
}

function publishersIn(repositories: readonly EventRepository[]): Publishers {
  const byEnvironment = repositories.map(publishersOf);
  return {
    main: byEnvironment.flatMap(([first = []]) => first),
    others: byEnvironment.flatMap(([, ...rest]) => rest.flat()),
    since: Date.now(),
  };
}

/** Works something out again only where what it is worked out from is another object. */
export function lastOf<A extends object, B>(workOut: (from: A) => B): (from: A) => B {
  let last: { readonly from: A; readonly value: B } | undefined;
  return from => {
    if (last?.from !== from) last = { from, value: workOut(from) };
    return last.value;
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
