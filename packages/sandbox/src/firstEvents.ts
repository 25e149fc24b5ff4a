import { setTimeout as sleep } from 'node:timers/promises';
import {
  ListEventBusesCommand,
  ListRulesCommand,
  PutEventsCommand,
  type PutEventsRequestEntry,
} from '@aws-sdk/client-eventbridge';
import type { ClientsFor } from '@busline/aws-estate';
import { compileEventPattern } from '@busline/event-pattern';
import type { EventRepository } from '@busline/event-repository';
import { entryOf, publishersOf, type Publisher } from './exampleEvents';
import type { Traffic } from './traffic';

const LOOK_EVERY_MS = 5_000;
/** Different examples that a new rule gets, where it takes so many. */
const FIRST_EVENTS = 3;

interface Sendable {
  readonly publisher: Publisher;
  readonly entry: () => PutEventsRequestEntry;
  /** As a rule sees it. */
  readonly event: string;
}

/**
 * Sends a rule that is new the examples that it takes. On the laptop nobody waits for a courier to ring: whoever
 * subscribes to an event that happens twice a day sees the first one within seconds.
 */
export function startFirstEvents(options: {
  readonly repositories: readonly EventRepository[];
  readonly clientsFor: ClientsFor;
  readonly onProgress: (message: string) => void;
}): Traffic {
  const { repositories, clientsFor, onProgress } = options;
  const stopping = new AbortController();
  const sendables = repositories.flatMap(repository => sendablesOf(publishersOf(repository)[0] ?? []));
  const places = placesOf(repositories);
  const known = new Set<string>();
  const look = async (isFirst: boolean) => {
    for (const { accountId, region } of places) {
      for (const pattern of await patternsIn(clientsFor, accountId, region)) {
        if (known.has(pattern)) continue;
        known.add(pattern);
        if (!isFirst) await sendFirst(pattern, sendables, clientsFor);
      }
    }
  };
  const running = (async () => {
    for (let round = 0; !stopping.signal.aborted; round++) {
      await look(round === 0).catch(error => onProgress(`First events: ${(error as Error).message}`));
      await sleep(LOOK_EVERY_MS, undefined, { signal: stopping.signal }).catch(() => {});
    }
  })();
  return {
    async stop() {
      stopping.abort();
      await running;
    },
  };
}

/** Every example of every version that somebody sends. */
function sendablesOf(publishers: readonly Publisher[]): readonly Sendable[] {
  return publishers.flatMap(publisher =>
    publisher.versions.flatMap(version =>
      version.examples.map(({ value }) => {
        const entry = () => entryOf(publisher, version, value);
        return { publisher, entry, event: toEvent(publisher, entry()) };
      }),
    ),
  );
}

function toEvent({ service, central }: Publisher, entry: PutEventsRequestEntry): string {
  return JSON.stringify({
    version: '0',
    id: '00000000-0000-0000-0000-000000000000',
    'detail-type': entry.DetailType,
    source: entry.Source,
    account: service.accountId,
    time: new Date().toISOString(),
    region: central.region,
    resources: [],
    detail: JSON.parse(entry.Detail!),
  });
}

async function sendFirst(pattern: string, sendables: readonly Sendable[], clientsFor: ClientsFor): Promise<void> {
  const compiled = compileEventPattern(pattern);
  const taken = sendables.filter(({ event }) => compiled.matches(event)).slice(0, FIRST_EVENTS);
  for (const { publisher, entry } of taken) {
    const { events } = clientsFor(publisher.service.accountId, publisher.central.region);
    await events.send(new PutEventsCommand({ Entries: [entry()] }));
  }
}

function placesOf(repositories: readonly EventRepository[]) {
  const places = repositories.flatMap(({ accounts, environments }) => {
    const regions = new Set(environments.flatMap(({ buses }) => buses.map(({ region }) => region)));
    return accounts.flatMap(({ id }) => [...regions].map(region => ({ accountId: id, region })));
  });
  return [...new Map(places.map(place => [`${place.accountId} ${place.region}`, place])).values()];
}

/** Patterns of all rules on all buses. */
async function patternsIn(clientsFor: ClientsFor, accountId: string, region: string): Promise<readonly string[]> {
  const { events } = clientsFor(accountId, region);
  const { EventBuses = [] } = await events.send(new ListEventBusesCommand({}));
  const patterns: string[] = [];
  for (const { Arn } of EventBuses) {
    for (let token: string | undefined, more = true; more; more = token !== undefined) {
      const page = await events.send(new ListRulesCommand({ EventBusName: Arn, NextToken: token }));
      patterns.push(...(page.Rules ?? []).flatMap(rule => rule.EventPattern ?? []));
      token = page.NextToken;
    }
  }
  return patterns;
}
