import { createHash } from 'node:crypto';
import { NotFoundError } from '@backstage/errors';
import { serviceOfRequest, type OnboardingRequest, type OpenRequest, type Plan } from '@busline/onboarding';
import type {
  ChangePullRequest,
  ChangeRequestQuery,
  ChangeRequestState,
  ChangeRequestSummary,
  Classification,
  HistoryEntry,
  LiveCheck,
  Page,
  StackProgress,
} from '@busline/plugin-eventbridge-common';
import type { Knex } from 'knex';
import { afterCursor, decodeCursor, encodeCursor, sortBy } from '../queries/keyset';
import { stateOf, waitsFor, whoseTurn, type ChangeFacts } from './progress';

/** A change request as it is kept. */
export interface ChangeRecord extends ChangeFacts {
  readonly id: string;
  readonly key: string;
  readonly requestedBy: string;
  readonly requestedAt: string;
  /** Entity reference in lower case. */
  readonly serviceOwner?: string;
  readonly baseCommit: string;
  readonly request: OnboardingRequest;
  readonly plan: Plan;
}

export interface NewChange {
  readonly key: string;
  readonly requestedBy: string;
  readonly requestedAt: string;
  readonly baseCommit: string;
  readonly request: OnboardingRequest;
  readonly plan: Plan;
  /** The highest of the event types that it is about. */
  readonly classification: Classification;
  readonly serviceOwner?: string;
  readonly pullRequests: readonly Pick<ChangePullRequest, 'role' | 'repository' | 'branch'>[];
}

/** Which change requests may be seen: all, or those that the filter lets through. */
export type ChangeVisibility = (query: Knex.QueryBuilder) => void;

const DEFAULT_PAGE = 50;
const NEWEST_FIRST = [
  { column: 'requested_at', order: 'desc' },
  { column: 'id', order: 'desc' },
] as const;
/** No more steps are taken on these by themselves. */
const ENDED: readonly ChangeRequestState[] = ['live', 'closed'];
const UNMERGED: readonly ChangeRequestState[] = ['opening', 'open', 'approved'];

interface Row {
  readonly id: string;
  readonly key: string;
  readonly kind: OnboardingRequest['kind'];
  readonly title: string;
  readonly service: string | null;
  readonly environment: string | null;
  readonly requested_by: string;
  readonly requested_at: string;
  readonly service_owner: string | null;
  readonly state: ChangeRequestState;
  readonly waits_for: string | null;
  readonly request: string;
  readonly plan: string;
  readonly base_commit: string;
  readonly opened_at: string | null;
  readonly approved_at: string | null;
  readonly merged_at: string | null;
  readonly deployed_at: string | null;
  readonly live_at: string | null;
  readonly closed_at: string | null;
  readonly failure: string | null;
  readonly stacks: string;
  readonly live: string;
}

interface PullRow {
  readonly change_id: string;
  readonly role: ChangePullRequest['role'];
  readonly repository: string;
  readonly branch: string;
  readonly number: number | null;
  readonly url: string | null;
  readonly state: ChangePullRequest['state'];
  readonly seen: string;
  readonly merged_at: string | null;
}

/** Change requests in the database. Knows no permissions and no forge. */
export class ChangeStore {
  readonly #knex: Knex;

  constructor(knex: Knex) {
    this.#knex = knex;
  }

  /** Adds a change request, or gives the one that has its key. */
  async add(change: NewChange): Promise<{ readonly record: ChangeRecord; readonly created: boolean }> {
    const id = idOf(change.key);
    const created = await this.#knex.transaction(async trx => {
      const inserted = await trx('change_requests')
        .insert({ id, key: change.key, ...describe(change), ...toProgress({ pullRequests: [], stacks: [], live: [] }) })
        .onConflict()
        .ignore()
        .returning('id');
      if (inserted.length === 0) return false;
      await trx('change_pull_requests').insert(
        change.pullRequests.map((pull, position) => ({
          change_id: id,
          position,
          ...pull,
          state: 'missing',
          seen: '{}',
        })),
      );
      await trx('change_people').insert(peopleOf(change).map(person => ({ change_id: id, ...person })));
      const eventTypes = eventTypesOf(change);
      if (eventTypes.length > 0) await trx('change_event_types').insert(eventTypes.map(ref => ({ change_id: id, ...ref })));
      await addHistory(trx, id, { at: change.requestedAt, by: change.requestedBy, text: 'sent the form' });
      return true;
    });
    return { record: await this.get(id), created };
  }

  /** Throws `NotFoundError`. */
  async get(id: string, visibility?: ChangeVisibility): Promise<ChangeRecord> {
    const query = this.#knex<Row>('change_requests').where({ id });
    if (visibility) visibility(query as Knex.QueryBuilder);
    const row = (await query.first()) as Row | undefined;
    if (!row) throw new NotFoundError(`There is no change request "${id}", or you may not see it`);
    const pulls = await this.#pullsOf([id]);
    return toRecord(row, pulls.get(id) ?? []);
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
    const row: { id: string } | undefined = await this.#knex('change_pull_requests')
      .join('change_requests', 'change_requests.id', 'change_id')
      .where(Object.fromEntries(Object.entries(pull).map(([column, value]) => [`change_pull_requests.${column}`, value])))
      .orderBy('requested_at', 'desc')
      .first('change_requests.id');
    return row && this.get(row.id);
  }

  /** Ids of those on which something is still to do, oldest first. */
  async unfinished(): Promise<readonly string[]> {
    const rows: { id: string }[] = await this.#knex('change_requests')
      .whereNotIn('state', [...ENDED])
      .orderBy('requested_at')
      .select('id');
    return rows.map(({ id }) => id);
  }

  /** What planning must know of requests that are open now. */
  async openRequests(): Promise<readonly (OpenRequest & { readonly key: string })[]> {
    const rows: Row[] = await this.#knex('change_requests').whereIn('state', [...UNMERGED]).orderBy('requested_at');
    const pulls = await this.#pullsOf(rows.map(row => row.id));
    return rows.map(row => {
      const plan = JSON.parse(row.plan) as Plan;
      const url = pulls.get(row.id)?.find(pull => pull.role === 'events')?.url;
      const files = plan.repositories.filter(({ role }) => role === 'events').flatMap(({ files: all }) => all);
      return {
        key: row.key,
        requestHash: plan.requestHash,
        branch: plan.branch,
        ...(row.service !== null && { service: row.service }),
        title: row.title,
        requestedBy: row.requested_by,
        ...(url !== undefined && { url }),
        files: files.map(({ path }) => path),
      };
    });
  }

  async list(query: ChangeRequestQuery, visibility: ChangeVisibility): Promise<Page<ChangeRequestSummary>> {
    const limit = query.limit ?? DEFAULT_PAGE;
    const filtered = () => {
      const rows = this.#knex('change_requests');
      visibility(rows);
      if (query.state) rows.whereIn('state', [...query.state]);
      if (query.service) rows.whereIn('service', [...query.service]);
      if (query.requestedBy) rows.whereIn('requested_by', [...query.requestedBy]);
      if (query.turnOf) rows.whereIn('id', this.#knex('change_turns').select('change_id').whereIn('owner', lowered(query.turnOf)));
      if (query.source || query.detailType) {
        const about = this.#knex('change_event_types').select('change_id');
        if (query.source) about.where({ source: query.source });
        if (query.detailType) about.where({ detail_type: query.detailType });
        rows.whereIn('id', about);
      }
      for (const word of wordsOf(query.q ?? '')) rows.whereLike('words', `%${word.replace(/[%_\\]/g, '')}%`);
      return rows;
    };
    const page = filtered();
    if (query.cursor) afterCursor(page, NEWEST_FIRST, decodeCursor(query.cursor, 'newest', NEWEST_FIRST.length));
    sortBy(page, NEWEST_FIRST);
    const rows: Row[] = await page.limit(limit + 1).select();
    const shown = rows.slice(0, limit);
    const pulls = await this.#pullsOf(shown.map(row => row.id));
    const [count]: { total: number | string }[] = await filtered().count({ total: '*' });
    const last = rows.length > limit ? shown.at(-1) : undefined;
    return {
      items: shown.map(row => toSummary(row, pulls.get(row.id) ?? [])),
      totalItems: Number(count?.total ?? 0),
      ...(last && { nextCursor: encodeCursor({ sort: 'newest', values: [last.requested_at, last.id] }) }),
    };
  }

  /** How many there are in each state. */
  async countByState(visibility: ChangeVisibility): Promise<Readonly<Partial<Record<ChangeRequestState, number>>>> {
    const query = this.#knex('change_requests');
    visibility(query);
    const rows: { state: ChangeRequestState; total: number | string }[] = await query
      .groupBy('state')
      .select('state')
      .count({ total: '*' });
    return Object.fromEntries(rows.map(({ state, total }) => [state, Number(total)]));
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
    await this.#knex.transaction(async trx => {
      await trx('change_requests').where({ id: record.id }).update(toProgress(record));
      await trx('change_turns').where({ change_id: record.id }).delete();
      const turn = whoseTurn(record);
      if (turn.length > 0) await trx('change_turns').insert(turn.map(owner => ({ change_id: record.id, owner })));
      for (const [position, pull] of record.pullRequests.entries()) {
        await trx('change_pull_requests').where({ change_id: record.id, position }).update(toPullRow(pull));
      }
      for (const entry of happened) await addHistory(trx, record.id, entry);
    });
  }

  /** A newer plan of the same request: what is on its branches now. */
  async replan(id: string, plan: Plan, baseCommit: string): Promise<void> {
    await this.#knex('change_requests')
      .where({ id })
      .update({ plan: JSON.stringify(plan), base_commit: baseCommit, title: plan.title });
  }

  async #pullsOf(ids: readonly string[]): Promise<ReadonlyMap<string, readonly ChangePullRequest[]>> {
    const rows: PullRow[] = await this.#knex('change_pull_requests')
      .whereIn('change_id', [...ids])
      .orderBy(['change_id', 'position']);
    const pulls = new Map<string, ChangePullRequest[]>();
    for (const row of rows) pulls.set(row.change_id, [...(pulls.get(row.change_id) ?? []), toPull(row)]);
    return pulls;
  }
}

/** The same key gives the same id, so that a second try after a crash finds the first. */
function idOf(key: string): string {
  return createHash('sha256').update(key).digest('hex').slice(0, 12);
}

function describe({ request, plan, requestedBy, requestedAt, baseCommit, ...change }: NewChange) {
  const service = serviceOfRequest(request);
  const environment = request.kind === 'onboard' ? request.environment : undefined;
  const eventTypes = plan.people.flatMap(person => person.eventTypes);
  const words = [
    plan.title,
    service,
    requestedBy,
    environment,
    request.kind,
    ...eventTypes.flatMap(({ source, detailType }) => [source, detailType]),
  ];
  return {
    kind: request.kind,
    title: plan.title,
    service: service ?? null,
    environment: environment ?? null,
    requested_by: requestedBy,
    requested_at: requestedAt,
    request: JSON.stringify(request),
    plan: JSON.stringify(plan),
    base_commit: baseCommit,
    classification: change.classification,
    service_owner: change.serviceOwner?.toLowerCase() ?? null,
    words: wordsOf([...new Set(words)].join(' ')).join(' '),
  };
}

function peopleOf({ requestedBy, plan }: NewChange): readonly { owner: string; must_approve: boolean }[] {
  const people = new Map([[requestedBy.toLowerCase(), false]]);
  for (const { owner, mustApprove } of plan.people) {
    people.set(owner.toLowerCase(), mustApprove || people.get(owner.toLowerCase()) === true);
  }
  return [...people].map(([owner, mustApprove]) => ({ owner, must_approve: mustApprove }));
}

function eventTypesOf({ plan }: NewChange): readonly { source: string; detail_type: string }[] {
  const refs = plan.people.flatMap(person => person.eventTypes);
  const unique = new Map(refs.map(ref => [JSON.stringify([ref.source, ref.detailType]), ref]));
  return [...unique.values()].map(({ source, detailType }) => ({ source, detail_type: detailType }));
}

function lowered(refs: readonly string[]): string[] {
  return refs.map(ref => ref.toLowerCase());
}

function wordsOf(text: string): readonly string[] {
  return text.toLowerCase().split(/\s+/).filter(Boolean);
}

function toProgress(facts: ChangeFacts) {
  return {
    state: stateOf(facts),
    waits_for: waitsFor(facts) ?? null,
    opened_at: facts.openedAt ?? null,
    approved_at: facts.approvedAt ?? null,
    merged_at: facts.mergedAt ?? null,
    deployed_at: facts.deployedAt ?? null,
    live_at: facts.liveAt ?? null,
    closed_at: facts.closedAt ?? null,
    failure: facts.failure ?? null,
    stacks: JSON.stringify(facts.stacks),
    live: JSON.stringify(facts.live),
  };
}

/** How far it got, without the plan: that one is read only where it is shown. */
function toFacts(row: Row, pullRequests: readonly ChangePullRequest[]) {
  return {
    requestedBy: row.requested_by,
    requestedAt: row.requested_at,
    ...(row.service_owner !== null && { serviceOwner: row.service_owner }),
    pullRequests,
    stacks: JSON.parse(row.stacks) as StackProgress[],
    live: JSON.parse(row.live) as LiveCheck[],
    ...(row.opened_at !== null && { openedAt: row.opened_at }),
    ...(row.approved_at !== null && { approvedAt: row.approved_at }),
    ...(row.merged_at !== null && { mergedAt: row.merged_at }),
    ...(row.deployed_at !== null && { deployedAt: row.deployed_at }),
    ...(row.live_at !== null && { liveAt: row.live_at }),
    ...(row.closed_at !== null && { closedAt: row.closed_at }),
    ...(row.failure !== null && { failure: row.failure }),
  };
}

function toRecord(row: Row, pullRequests: readonly ChangePullRequest[]): ChangeRecord {
  return {
    ...toFacts(row, pullRequests),
    id: row.id,
    key: row.key,
    baseCommit: row.base_commit,
    request: JSON.parse(row.request) as OnboardingRequest,
    plan: JSON.parse(row.plan) as Plan,
  };
}

function toSummary(row: Row, pullRequests: readonly ChangePullRequest[]): ChangeRequestSummary {
  const endedAt = row.live_at ?? row.closed_at;
  return {
    id: row.id,
    kind: row.kind,
    title: row.title,
    ...(row.service !== null && { service: row.service }),
    ...(row.environment !== null && { environment: row.environment }),
    requestedBy: row.requested_by,
    requestedAt: row.requested_at,
    state: row.state,
    ...(row.waits_for !== null && { waitsFor: row.waits_for }),
    turn: whoseTurn(toFacts(row, pullRequests)),
    ...(endedAt !== null && { endedAt }),
    ...(row.live_at !== null && { leadTimeSeconds: leadTimeSeconds(row.requested_at, row.live_at) }),
    pullRequests: pullRequests.map(({ role, repository, number, url, state }) => ({
      role,
      repository,
      ...(number !== undefined && { number }),
      ...(url !== undefined && { url }),
      state,
    })),
  };
}

export function leadTimeSeconds(requestedAt: string, liveAt: string): number {
  return Math.round((Date.parse(liveAt) - Date.parse(requestedAt)) / 1000);
}

/** What a forge said of a pull request, beside its columns. */
type Seen = Partial<Pick<ChangePullRequest, 'approvals' | 'awaited' | 'checks' | 'mergeable'>>;

function toPull(row: PullRow): ChangePullRequest {
  const seen = JSON.parse(row.seen) as Seen;
  return {
    role: row.role,
    repository: row.repository,
    branch: row.branch,
    ...(row.number !== null && { number: row.number }),
    ...(row.url !== null && { url: row.url }),
    state: row.state,
    approvals: [],
    awaited: [],
    checks: [],
    ...seen,
    ...(row.merged_at !== null && { mergedAt: row.merged_at }),
  };
}

function toPullRow({ number, url, state, approvals, awaited, checks, mergeable, mergedAt }: ChangePullRequest) {
  const seen: Seen = { approvals, awaited, checks, ...(mergeable !== undefined && { mergeable }) };
  return {
    number: number ?? null,
    url: url ?? null,
    state,
    seen: JSON.stringify(seen),
    merged_at: mergedAt ?? null,
  };
}

async function addHistory(knex: Knex, changeId: string, { at, by, text }: HistoryEntry): Promise<void> {
  await knex('change_history').insert({ change_id: changeId, at, by: by ?? null, text });
}
