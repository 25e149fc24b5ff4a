import { InputError } from '@backstage/errors';
import { InvalidEventError } from '@busline/event-pattern';
import { MAX_EVENT_CHARACTERS, type EventTypeRef } from '@busline/plugin-eventbridge-common';
import type { Knex } from 'knex';
import { eventTypeId } from '../ingest/eventTypeRecords';
import { PatternGroups } from './PatternGroups';

/** Subscriptions that an event concerns, whoever may see them. */
export interface FoundReceivers {
  readonly eventType: EventTypeRef;
  /** Their pattern takes the event. */
  readonly receiving: readonly number[];
  /** Their pattern takes events of this type, but not this one. */
  readonly missing: readonly number[];
}

/**
 * Which subscriptions an event goes to. The database knows which subscriptions take an event type at all; only their
 * patterns are held against the event, so that what a question costs follows the event type and not the platform.
 */
export class Receivers {
  readonly #knex: Knex;
  readonly #groups: PatternGroups;

  constructor(knex: Knex) {
    this.#knex = knex;
    this.#groups = new PatternGroups(knex);
  }

  /** Throws `InputError` for what is no event that EventBridge would deliver. */
  async find(event: string): Promise<FoundReceivers> {
    try {
      return await this.#find(event, typeOfEvent(event));
    } catch (error) {
      throw error instanceof InvalidEventError ? new InputError(error.message) : error;
    }
  }

  async #find(event: string, eventType: EventTypeRef): Promise<FoundReceivers> {
    const id = eventTypeId(eventType);
    const linked = await this.#groups.get(`type ${id}`, knex =>
      knex({ l: 'subscription_event_types' })
        .join({ s: 'subscriptions' }, 's.id', 'l.subscription_id')
        .where('l.event_type_id', id),
    );
    const receiving = new Set(linked.match(event));
    const missing = [...linked.ids].filter(each => !receiving.has(each));
    if (!(await this.#isKnown(id))) {
      // Patterns that do not name it were held against it only where it is known.
      const open = await this.#groups.get('open', knex => knex({ s: 'subscriptions' }).where('s.by_name', false));
      for (const each of open.match(event)) receiving.add(each);
    }
    return { eventType, receiving: [...receiving], missing };
  }

  async #isKnown(id: number): Promise<boolean> {
    return (await this.#knex('event_types').where({ id }).first('id')) !== undefined;
  }
}

function typeOfEvent(text: string): EventTypeRef {
  if (text.length > MAX_EVENT_CHARACTERS) {
    throw new InputError(
      `The event has ${text.length.toLocaleString('en')} characters; EventBridge takes events under 1 MB`,
    );
  }
  let event: unknown;
  try {
    event = JSON.parse(text);
  } catch (error) {
    throw new InputError(`The event is no JSON: ${(error as Error).message}`);
  }
  if (event === null || typeof event !== 'object' || Array.isArray(event)) {
    throw new InputError('The event is no JSON object');
  }
  return { source: textAt(event, 'source'), detailType: textAt(event, 'detail-type') };
}

function textAt(event: object, field: string): string {
  const value: unknown = Object.hasOwn(event, field) ? (event as Record<string, unknown>)[field] : undefined;
  if (typeof value === 'string' && value !== '') return value;
  throw new InputError(`The event has no text at "${field}": every event on a bus has one`);
}
