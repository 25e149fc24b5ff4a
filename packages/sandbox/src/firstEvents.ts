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
import type { Declarations } from './Declarations';
import { entryOf, publishersOf, type Publisher } from './exampleEvents';
import { lastOf, type Traffic } from './traffic';

const LOOK_EVERY_MS = 5_000;
/** Different examples that a new rule gets, where it takes so many. */
const FIRST_EVENTS = 3;

interface Sendable {
  readonly publisher: Publisher;
  readonly entry: () => PutEventsRequestEntry;
  /** As a rule sees it. */
  readonly event: string;
}

export interface FirstEvents extends Traffic {
  /** Resolves when the rules that were there before are known: what comes from now on is new. */
  readonly ready: Promise<void>;
}

/**
 * Sends a rule that is new the examples that it takes. On the laptop nobody waits for a courier to ring: whoever
 * subscribes to an event that happens twice a day sees the first one within seconds.
 */
export function startFirstEvents(options: {
  readonly declarations: Declarations;
  readonly clientsFor: ClientsFor;
  readonly onProgress: (message: string) => void;
  /** How often to look for new rules, in milliseconds. */
  readonly lookEveryMs?: number;
}): FirstEvents {
  const { declarations, clientsFor, onProgress, lookEveryMs = LOOK_EVERY_MS } = options;
  const stopping = new AbortController();
  const worked = lastOf((repositories: readonly EventRepository[]) => ({
    sendables: repositories.flatMap(repository => sendablesOf(publishersOf(repository)[0] ?? [])),
    places: placesOf(repositories),
  }));
  const known = new Set<string>();
  const look = async (areOld: boolean) => {
    const fresh = new Map<string, string>();
    const { places } = worked(await declarations.current());
    for (const { accountId, region } of places) {
      for (const { arn, pattern } of await rulesIn(clientsFor, accountId, region)) {
        // By rule, since a service that takes what another takes already waits for its first event all the same.
        const key = JSON.stringify([arn, pattern]);
        if (!known.has(key)) fresh.set(key, pattern);
      }
    }
    // The rules of one subscription, on the central bus and behind it, share a pattern and its events.
    const patterns = areOld ? [] : new Set(fresh.values());
    // Looked at again: a rule for what was merged meanwhile is to get an event of it.
    const { sendables } = worked(await declarations.current());
    for (const pattern of patterns) await sendFirst(pattern, sendables, clientsFor);
    for (const key of fresh.keys()) known.add(key);
  };
  const tell = (error: Error) => onProgress(`First events: ${error.message}`);
  let isFirst = true;
  const round = () =>
    look(isFirst).then(() => {
      isFirst = false;
    }, tell);
  const ready = round();
  const running = (async () => {
    await ready;
    while (!stopping.signal.aborted) {
      await sleep(lookEveryMs, undefined, { signal: stopping.signal }).catch(() => {});
      if (!stopping.signal.aborted) await round();
    }
  })();
  return {
    ready,
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

interface NamedPattern {
  /** Of the rule, which says on which bus it is. */
  readonly arn: string;
  readonly pattern: string;
}

/** Rules with a pattern, on all buses. */
async function rulesIn(clientsFor: ClientsFor, accountId: string, region: string): Promise<readonly NamedPattern[]> {
  const { events } = clientsFor(accountId, region);
  const { EventBuses = [] } = await events.send(new ListEventBusesCommand({}));
  const rules: NamedPattern[] = [];
  for (const { Arn } of EventBuses) {
    for (let token: string | undefined, more = true; more; more = token !== undefined) {
      const page = await events.send(new ListRulesCommand({ EventBusName: Arn, NextToken: token }));
      rules.push(
        ...(page.Rules ?? []).flatMap(({ Arn: arn, EventPattern: pattern }) =>
          arn !== undefined && pattern !== undefined ? [{ arn, pattern }] : [],
        ),
      );
      token = page.NextToken;
    }
  }
  return rules;
}
