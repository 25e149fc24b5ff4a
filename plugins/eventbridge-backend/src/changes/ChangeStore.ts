import { NotFoundError } from '@backstage/errors';
import type { OpenRequest, Plan } from '@busline/onboarding';
import type { ChangePullRequest, ChangeRequestPlan, HistoryEntry } from '@busline/plugin-eventbridge-common';
import type { Knex } from 'knex';
import { missingPull, type ChangeRecord, type ChangeView, type NewChange } from './changeRecord';
import {
  eventTypesOf,
  filesOf,
  idOf,
  peopleOf,
  toDescription,
  toProgress,
  toPull,
  toPullRow,
  toRecord,
  toView,
  VIEW_COLUMNS,
  type ChangeRow,
  type PullRow,
  type ViewRow,
} from './changeRows';
import { nextLook, paceAfter } from './pace';
import { whoseTurn } from './progress';

/** Which change requests may be seen: all, or those that the filter lets through. */
export type ChangeVisibility = (query: Knex.QueryBuilder) => void;

/** Change requests in the database. Knows no permissions and no forge. */
export class ChangeStore {
  readonly #knex: Knex;
  readonly #now: () => Date;

  constructor(knex: Knex, now: () => Date = () => new Date()) {
    this.#knex = knex;
    this.#now = now;
  }

  /** Adds a change request, or gives the one that has its key. */
  async add(change: NewChange): Promise<{ readonly record: ChangeRecord; readonly created: boolean }> {
    const id = idOf(change.key);
    const fresh = {
      ...change,
      id,
      announced: 'opening',
      superseded: [],
      stacks: [],
      live: [],
      pullRequests: change.pullRequests.map(missingPull),
    } as const;
    const movedAt = new Date(change.requestedAt);
    const created = await this.#knex.transaction(async trx => {
      const inserted = await trx('change_requests')
        .insert({
          id,
          key: change.key,
          ...toDescription(change),
          ...toProgress(fresh),
          moved_at: change.requestedAt,
          look_at: nextLook(fresh, movedAt, movedAt)?.toISOString() ?? null,
        })
        .onConflict()
        .ignore()
        .returning('id');
      if (inserted.length === 0) return false;
      await writeAbout(trx, id, change);
      await writePulls(trx, id, fresh.pullRequests);
      await addHistory(trx, id, { at: change.requestedAt, by: change.requestedBy, text: 'sent the form' });
      return true;
    });
    return { record: await this.get(id), created };
  }

  /** Throws `NotFoundError`. */
  async get(id: string, visibility?: ChangeVisibility): Promise<ChangeRecord> {
    const row: ChangeRow = await this.#first(id, visibility, '*');
    const pulls = await pullsOf(this.#knex, [id]);
    return toRecord(row, pulls.get(id) ?? []);
  }

  /** All but the plan. Throws `NotFoundError`. */
  async view(id: string, visibility?: ChangeVisibility): Promise<ChangeView> {
    const row: ViewRow = await this.#first(id, visibility, ...VIEW_COLUMNS);
    const pulls = await pullsOf(this.#knex, [id]);
    return toView(row, pulls.get(id) ?? []);
  }

  /** Throws `NotFoundError`. */
  async planOf(id: string, visibility?: ChangeVisibility): Promise<ChangeRequestPlan> {
    type PlanRow = Pick<ChangeRow, 'plan' | 'base_commit' | 'plan_digest'>;
    const row: PlanRow = await this.#first(id, visibility, 'plan', 'base_commit', 'plan_digest');
    return { plan: JSON.parse(row.plan) as Plan, baseCommit: row.base_commit, digest: row.plan_digest };
  }

  /** Throws `NotFoundError` for one that may not be seen, without reading all of it. */
  async demandVisible(id: string, visibility: ChangeVisibility): Promise<void> {
    await this.#first(id, visibility, 'id');
  }

  async #first(id: string, visibility: ChangeVisibility | undefined, ...columns: readonly string[]) {
    const query: Knex.QueryBuilder = this.#knex('change_requests').where({ id });
    visibility?.(query);
    const row = await query.first(...columns);
    if (!row) throw new NotFoundError(`There is no change request "${id}", or you may not see it`);
    return row;
  }

  async findByKey(key: string): Promise<ChangeRecord | undefined> {
    const row: { id: string } | undefined = await this.#knex('change_requests').where({ key }).first('id');
    return row && this.get(row.id);
  }

  async findByPullRequest(repository: string, number: number): Promise<ChangeRecord | undefined> {
    return this.#findBy({ repository, number });
  }

  async findByBranch(repository: string, branch: string): Promise<ChangeRecord | undefined> {
    return this.#findBy({ repository, branch });
  }

  async #findBy(pull: { repository: string; number?: number; branch?: string }): Promise<ChangeRecord | undefined> {
    const columns = Object.entries(pull).map(([column, value]) => [`change_pull_requests.${column}`, value]);
    const row: { id: string } | undefined = await this.#knex('change_pull_requests')
      .join('change_requests', 'change_requests.id', 'change_id')
      .where(Object.fromEntries(columns))
      .orderBy('requested_at', 'desc')
      .first('change_requests.id');
    return row && this.get(row.id);
  }

  /** Ids of those that are to be looked at by now, the longest due first. */
  async due(): Promise<readonly string[]> {
    const rows: { id: string }[] = await this.#knex('change_requests')
      .where('look_at', '<=', this.#now().toISOString())
      .orderBy(['look_at', 'id'])
      .select('id');
    return rows.map(({ id }) => id);
  }

  /** Has all with an open pull request in a repository looked at next: main has moved. */
  async lookAgain(repository: string): Promise<void> {
    const ids = this.#knex('change_pull_requests').where({ repository, state: 'open' }).select('change_id');
    await this.#knex('change_requests').whereIn('id', ids).update({ look_at: this.#now().toISOString() });
  }

  /** What planning must know of requests that are under way: not merged, and not closed. */
  async openRequests(): Promise<readonly (OpenRequest & { readonly id: string; readonly key: string })[]> {
    const rows: Pick<ChangeRow, 'id' | 'key' | 'service' | 'title' | 'requested_by' | 'request_hash'>[] =
      await this.#knex('change_requests')
        .whereNull('merged_at')
        .whereNull('closed_at')
        .orderBy('requested_at')
        .select('id', 'key', 'service', 'title', 'requested_by', 'request_hash');
    const ids = rows.map(({ id }) => id);
    const pulls = await pullsOf(this.#knex, ids);
    const files: { change_id: string; path: string }[] = await this.#knex('change_files')
      .whereIn('change_id', ids)
      .select();
    const paths = grouped(files);
    return rows.map(row => {
      const events = pulls.get(row.id)?.find(pull => pull.role === 'events');
      return {
        id: row.id,
        key: row.key,
        requestHash: row.request_hash,
        branch: events?.branch ?? '',
        ...(row.service !== null && { service: row.service }),
        title: row.title,
        requestedBy: row.requested_by,
        ...(events?.url !== undefined && { url: events.url }),
        files: (paths.get(row.id) ?? []).map(({ path }) => path),
      };
    });
  }

  /** Branches whose names begin so: each change request has one of its own. A branch has nothing that LIKE would read as a sign. */
  async branchesLike(branch: string): Promise<ReadonlySet<string>> {
    const rows: { branch: string }[] = await this.#knex('change_pull_requests')
      .whereLike('branch', `${branch}%`)
      .distinct('branch');
    return new Set(rows.map(row => row.branch));
  }

  async history(id: string): Promise<readonly HistoryEntry[]> {
    const rows: { at: string; by: string | null; text: string }[] = await this.#knex('change_history')
      .where({ change_id: id })
      .orderBy('id')
      .select('at', 'by', 'text');
    return rows.map(({ at, by, text }) => ({ at, ...(by !== null && { by }), text }));
  }

  /** Writes how far it got, and what happened on the way. Whoever calls has the change request to themselves. */
  async save(record: ChangeRecord, happened: readonly HistoryEntry[] = []): Promise<void> {
    const { id } = record;
    const now = this.#now();
    const progress = toProgress(record);
    await this.#knex.transaction(async trx => {
      const before: ChangeRow = await trx('change_requests').where({ id }).first();
      const pullsBefore = (await pullsOf(trx, [id])).get(id) ?? [];
      const hasMoved =
        happened.length > 0 ||
        !isSame(progress, before) ||
        JSON.stringify(record.pullRequests.map(toPullRow)) !== JSON.stringify(pullsBefore.map(toPullRow));
      const movedAt = hasMoved || before.moved_at === null ? now : new Date(before.moved_at);
      const look_at = nextLook(record, movedAt, now)?.toISOString() ?? null;
      await trx('change_requests')
        .where({ id })
        .update({ ...(hasMoved && progress), moved_at: movedAt.toISOString(), look_at, announced: record.announced });
      if (!hasMoved) return;
      await writeTurns(trx, record);
      await writePulls(trx, id, record.pullRequests);
      for (const entry of happened) await addHistory(trx, id, entry);
    });
  }

  /** Takes note of what kept a step from being taken, without reading the record: it may be that which is broken. */
  async postpone(id: string, trouble: string, atLeastMs: number): Promise<void> {
    const now = this.#now();
    const text = `had to stop, and goes on by itself: ${trouble}`;
    await this.#knex.transaction(async trx => {
      const row: { moved_at: string | null } | undefined = await trx('change_requests').where({ id }).first('moved_at');
      if (!row) return;
      const quiet = row.moved_at === null ? 0 : now.getTime() - Date.parse(row.moved_at);
      const look_at = new Date(now.getTime() + Math.max(atLeastMs, paceAfter(quiet))).toISOString();
      await trx('change_requests').where({ id }).update({ look_at, trouble });
      const last: { text: string } | undefined = await trx('change_history')
        .where({ change_id: id })
        .orderBy('id', 'desc')
        .first('text');
      if (last?.text !== text) await addHistory(trx, id, { at: now.toISOString(), text });
    });
  }

  /** A newer plan of the same request, with the pull requests that it needs. */
  async replan(record: ChangeRecord, change: NewChange, happened: readonly HistoryEntry[]): Promise<void> {
    const { id } = record;
    await this.#knex.transaction(async trx => {
      await trx('change_requests').where({ id }).update(toDescription(change));
      for (const table of ['change_people', 'change_event_types', 'change_files', 'change_pull_requests']) {
        await trx(table).where({ change_id: id }).delete();
      }
      await writeAbout(trx, id, change);
      await writePulls(trx, id, record.pullRequests);
    });
    await this.save(record, happened);
  }
}

/** Pull requests by change request, in their order. */
export async function pullsOf(
  knex: Knex,
  ids: readonly string[],
): Promise<ReadonlyMap<string, readonly ChangePullRequest[]>> {
  const rows: PullRow[] = await knex('change_pull_requests')
    .whereIn('change_id', [...ids])
    .orderBy(['change_id', 'position']);
  return new Map([...grouped(rows)].map(([id, pulls]) => [id, pulls.map(toPull)]));
}

function grouped<T extends { readonly change_id: string }>(rows: readonly T[]): ReadonlyMap<string, readonly T[]> {
  const groups = new Map<string, T[]>();
  for (const row of rows) {
    const group = groups.get(row.change_id);
    if (group) group.push(row);
    else groups.set(row.change_id, [row]);
  }
  return groups;
}

function isSame(after: Readonly<Record<string, unknown>>, before: object): boolean {
  return Object.entries(after).every(([column, value]) => (before as Record<string, unknown>)[column] === value);
}

/** Whom and what it is about. */
async function writeAbout(trx: Knex, id: string, change: NewChange): Promise<void> {
  const rows: Readonly<Record<string, readonly object[]>> = {
    change_people: peopleOf(change),
    change_event_types: eventTypesOf(change),
    change_files: filesOf(change).map(path => ({ path })),
  };
  for (const [table, values] of Object.entries(rows)) {
    if (values.length > 0)
      await trx.batchInsert(
        table,
        values.map(value => ({ change_id: id, ...value })),
        INSERT_CHUNK,
      );
  }
}

/** SQLite takes some thousand values in a statement. */
const INSERT_CHUNK = 200;

async function writePulls(trx: Knex, id: string, pulls: readonly ChangePullRequest[]): Promise<void> {
  const rows = pulls.map((pull, position) => ({ change_id: id, position, ...toPullRow(pull) }));
  if (rows.length > 0) await trx('change_pull_requests').insert(rows).onConflict(['change_id', 'position']).merge();
}

async function writeTurns(trx: Knex, record: ChangeRecord): Promise<void> {
  await trx('change_turns').where({ change_id: record.id }).delete();
  const turn = whoseTurn(record);
  if (turn.length > 0) await trx('change_turns').insert(turn.map(owner => ({ change_id: record.id, owner })));
}

async function addHistory(knex: Knex, changeId: string, { at, by, text }: HistoryEntry): Promise<void> {
  await knex('change_history').insert({ change_id: changeId, at, by: by ?? null, text });
}
