import { NotFoundError } from '@backstage/errors';
import type { Overview, Page, SourceProblem, SourceStatus } from '@busline/plugin-eventbridge-common';
import type { Knex } from 'knex';
import { contentHash } from '../database/ids';
import { decodeCursor, encodeCursor } from './keyset';
import { visibleSubscriptions } from './subscriptionFilters';
import { hiddenEventTypeIds, visibleEventTypes, type Visibility } from './visibility';

interface SourceRow {
  readonly id: string;
  readonly kind: SourceStatus['kind'];
  readonly title: string;
  readonly target: string;
  readonly state: 'never-read' | 'fresh' | 'stale';
  readonly reading_since: string | null;
  readonly reason: string | null;
  readonly fingerprint: string | null;
  readonly last_read_at: string | null;
  readonly last_attempt_at: string | null;
  readonly last_read_ms: number | null;
  readonly counts: string;
  readonly problem_count: number;
}

/** A read that began before this died with its process. */
const MAX_READING_MS = 60 * 60 * 1000;

/** GET /sources */
export async function listSources(knex: Knex, now: Date): Promise<SourceStatus[]> {
  const rows: SourceRow[] = await knex('sources').orderBy('position');
  return rows.map(row => toSourceStatus(row, now));
}

function toSourceStatus(row: SourceRow, now: Date): SourceStatus {
  const reading = row.reading_since !== null && now.getTime() - Date.parse(row.reading_since) < MAX_READING_MS;
  return {
    id: row.id,
    kind: row.kind,
    title: row.title,
    target: row.target,
    state: reading ? 'reading' : row.state,
    ...(row.reason !== null && { reason: row.reason }),
    ...(row.fingerprint !== null && { version: contentHash(row.fingerprint) }),
    ...(row.last_read_at !== null && { lastReadAt: row.last_read_at }),
    ...(row.last_attempt_at !== null && { lastAttemptAt: row.last_attempt_at }),
    ...(row.last_read_ms !== null && { lastReadMs: row.last_read_ms }),
    counts: JSON.parse(row.counts) as Record<string, number>,
    problemCount: row.problem_count,
  };
}

const DEFAULT_LIMIT = 100;

/** GET /sources/:id. Throws `NotFoundError`. */
export async function getSource(knex: Knex, id: string, now: Date): Promise<SourceStatus> {
  const row: SourceRow | undefined = await knex('sources').where({ id }).first();
  if (!row) throw new NotFoundError(`There is no source "${id}"`);
  return toSourceStatus(row, now);
}

/** GET /sources/:id/problems. Problems in files of an event type that the person may not see are left out. */
export async function listSourceProblems(
  knex: Knex,
  id: string,
  query: { readonly cursor?: string; readonly limit?: number },
  visibility: Visibility,
): Promise<Page<SourceProblem>> {
  const known = await knex('sources').where({ id }).first('id');
  if (!known) throw new NotFoundError(`There is no source "${id}"`);
  const problems = knex({ p: 'source_problems' }).where('p.source_id', id);
  for (const folder of await hiddenFolders(knex, id, visibility)) {
    problems.whereNot(below => below.whereRaw('substr(p.file, 1, ?) = ?', [folder.length + 1, `${folder}/`]));
  }
  const [{ total }] = await problems.clone().count({ total: '*' });
  const limit = query.limit ?? DEFAULT_LIMIT;
  if (query.cursor !== undefined) {
    const [after] = decodeCursor(query.cursor, 'problems', 1).values;
    problems.where('p.position', '>', after!);
  }
  const rows: (SourceProblem & { position: number })[] = await problems
    .orderBy('p.position')
    .limit(limit + 1)
    .select('p.position', 'p.file', 'p.line', 'p.column', 'p.rule', 'p.severity', 'p.message');
  const items = rows.slice(0, limit);
  return {
    items: items.map(({ position, ...problem }) => problem),
    totalItems: Number(total),
    ...(rows.length > limit && {
      nextCursor: encodeCursor({ sort: 'problems', values: [items.at(-1)!.position] }),
    }),
  };
}

async function hiddenFolders(knex: Knex, sourceId: string, visibility: Visibility): Promise<readonly string[]> {
  const hidden = hiddenEventTypeIds(knex, visibility);
  if (!hidden) return [];
  const rows: { folder: string }[] = await hidden
    .clearSelect()
    .where('e.source_id', sourceId)
    .whereNot('e.folder', '')
    .select('e.folder');
  return rows.map(row => row.folder);
}

/** GET /overview */
export async function getOverview(
  knex: Knex,
  visibility: Visibility,
  sources: readonly SourceStatus[],
): Promise<Overview> {
  const eventTypes = knex({ e: 'event_types' });
  const visible = visibleEventTypes(knex, visibility);
  if (visible) eventTypes.whereRaw(visible);
  const count = async (query: Knex.QueryBuilder) => Number((await query.count({ count: '*' }))[0].count);
  return {
    eventTypes: await count(eventTypes),
    services: Number((await knex('services').countDistinct({ count: 'name' }))[0]!.count),
    subscriptions: await count(visibleSubscriptions(knex, visibility)),
    buses: await count(knex('buses')),
    drifted: await count(
      visibleSubscriptions(knex, visibility).whereIn('s.standing', ['drifted', 'declared-only', 'observed-only']),
    ),
    sources,
  };
}
