import { EventMatcher, type JsonObject } from '@busline/event-pattern';
import type { Knex } from 'knex';
import { breathe, whereIdIn } from '../database/dialect';

/** Subscriptions whose patterns are read at once: the event loop turns in between. */
const CHUNK = 500;

/** Whose patterns: a query on `subscriptions AS s`. */
export type GroupMembers = (knex: Knex) => Knex.QueryBuilder;

interface Member {
  /** Of the row: another one, and the pattern is read again. */
  readonly hash: string;
  /** Undefined for a pattern that EventBridge would refuse: it takes nothing. */
  readonly pattern?: string;
}

/**
 * The patterns of some subscriptions, ready to be held against an event. Equal patterns are compiled once: a
 * subscription is declared once and runs in every environment.
 *
 * It is kept equal to the database by the hashes of the rows: whatever another replica wrote is found, and only patterns
 * that changed are compiled again.
 */
export class PatternGroup {
  readonly #matcher = new EventMatcher<string>();
  readonly #members = new Map<number, Member>();
  readonly #users = new Map<string, Set<number>>();

  /** Number of different patterns. */
  get size(): number {
    return this.#users.size;
  }

  get ids(): Iterable<number> {
    return this.#members.keys();
  }

  /** Subscriptions whose pattern takes the event. Throws `InvalidEventError`. */
  match(event: string): number[] {
    return this.#matcher.match(event).flatMap(pattern => [...this.#users.get(pattern)!]);
  }

  /** Makes it equal to what the database holds. */
  async renew(knex: Knex, members: GroupMembers): Promise<void> {
    const rows: { id: number | string; hash: string }[] = await members(knex).select('s.id', 's.hash');
    const now = new Map(rows.map(({ id, hash }) => [Number(id), hash]));
    for (const id of [...this.#members.keys()]) if (!now.has(id)) this.#forget(id);
    const changed = [...now].filter(([id, hash]) => this.#members.get(id)?.hash !== hash);
    for (let at = 0; at < changed.length; at += CHUNK) {
      await this.#read(knex, new Map(changed.slice(at, at + CHUNK)));
      await breathe();
    }
  }

  async #read(knex: Knex, hashes: ReadonlyMap<number, string>): Promise<void> {
    const rows: { id: number | string; detail: string }[] = await knex('subscription_documents')
      .whereRaw(whereIdIn(knex, 'id', [...hashes.keys()]))
      .select('id', 'detail');
    for (const row of rows) {
      const id = Number(row.id);
      this.#forget(id);
      const { pattern } = JSON.parse(row.detail) as { readonly pattern: JsonObject };
      this.#members.set(id, { hash: hashes.get(id)!, pattern: this.#use(pattern, id) });
    }
  }

  #use(pattern: JsonObject, id: number): string | undefined {
    const text = JSON.stringify(pattern);
    if (!this.#matcher.has(text)) {
      try {
        this.#matcher.add(text, pattern);
      } catch {
        return undefined;
      }
    }
    const users = this.#users.get(text) ?? new Set();
    this.#users.set(text, users.add(id));
    return text;
  }

  #forget(id: number): void {
    const pattern = this.#members.get(id)?.pattern;
    this.#members.delete(id);
    if (pattern === undefined) return;
    const users = this.#users.get(pattern)!;
    users.delete(id);
    if (users.size > 0) return;
    this.#users.delete(pattern);
    this.#matcher.delete(pattern);
  }
}
