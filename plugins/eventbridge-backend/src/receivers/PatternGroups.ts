import type { Knex } from 'knex';
import { PatternGroup, type GroupMembers } from './PatternGroup';

/** Different patterns that are kept in memory, about 4 KB each. A group that is larger is kept alone. */
const MAX_KEPT = 110_000;

interface Kept {
  readonly group: PatternGroup;
  /** What the sources said when it was last made equal to the database. */
  state?: string;
  /** One renewal at a time; whoever comes meanwhile waits for it. */
  turn: Promise<void>;
}

/** Groups of patterns that were asked for, the latest ones kept. */
export class PatternGroups {
  readonly #knex: Knex;
  readonly #kept = new Map<string, Kept>();

  constructor(knex: Knex) {
    this.#knex = knex;
  }

  /** The group as the database has it now. It is good until the next `await`. */
  async get(key: string, members: GroupMembers): Promise<PatternGroup> {
    const kept = this.#kept.get(key) ?? { group: new PatternGroup(), turn: Promise.resolve() };
    // The latest one goes to the end.
    this.#kept.delete(key);
    this.#kept.set(key, kept);
    const renewed = kept.turn.then(() => this.#renew(kept, members));
    kept.turn = renewed.catch(() => undefined);
    await renewed;
    this.#makeRoom(key);
    return kept.group;
  }

  async #renew(kept: Kept, members: GroupMembers): Promise<void> {
    const state = await stateOfSources(this.#knex);
    if (state === kept.state) return;
    kept.state = undefined;
    await kept.group.renew(this.#knex, members);
    kept.state = state;
  }

  #makeRoom(latest: string): void {
    let total = 0;
    for (const { group } of this.#kept.values()) total += group.size + 1;
    for (const [key, { group }] of this.#kept) {
      if (total <= MAX_KEPT || key === latest) return;
      total -= group.size + 1;
      this.#kept.delete(key);
    }
  }
}

/** Another text after every read that may have written: two equal ones, and nothing needs to be looked at. */
async function stateOfSources(knex: Knex): Promise<string> {
  const rows: unknown[] = await knex('sources').orderBy('id').select('id', 'last_read_at', 'fingerprint');
  return JSON.stringify(rows);
}
