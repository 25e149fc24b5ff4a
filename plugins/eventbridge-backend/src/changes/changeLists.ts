import type {
  ChangeRequestQuery,
  ChangeRequestState,
  ChangeRequestSummary,
  Page,
} from '@busline/plugin-eventbridge-common';
import type { Knex } from 'knex';
import { afterCursor, decodeCursor, encodeCursor, sortBy } from '../queries/keyset';
import { SUMMARY_COLUMNS, toSummary, wordsOf, type ChangeRow } from './changeRows';
import { pullsOf, type ChangeVisibility } from './ChangeStore';

const DEFAULT_PAGE = 50;
const NEWEST_FIRST = [
  { column: 'requested_at', order: 'desc' },
  { column: 'id', order: 'desc' },
] as const;

/** A page of the change requests that may be seen, newest first. */
export async function listChanges(
  knex: Knex,
  query: ChangeRequestQuery,
  visibility: ChangeVisibility,
): Promise<Page<ChangeRequestSummary>> {
  const limit = query.limit ?? DEFAULT_PAGE;
  const page = filtered(knex, query, visibility);
  if (query.cursor) afterCursor(page, NEWEST_FIRST, decodeCursor(query.cursor, 'newest', NEWEST_FIRST.length));
  sortBy(page, NEWEST_FIRST);
  const rows: ChangeRow[] = await page.limit(limit + 1).select(...SUMMARY_COLUMNS);
  const shown = rows.slice(0, limit);
  const pulls = await pullsOf(
    knex,
    shown.map(row => row.id),
  );
  const [count]: { total?: number | string }[] = await filtered(knex, query, visibility).count({ total: '*' });
  const last = rows.length > limit ? shown.at(-1) : undefined;
  return {
    items: shown.map(row => toSummary(row, pulls.get(row.id) ?? [])),
    totalItems: Number(count?.total ?? 0),
    ...(last && { nextCursor: encodeCursor({ sort: 'newest', values: [last.requested_at, last.id] }) }),
  };
}

function filtered(knex: Knex, query: ChangeRequestQuery, visibility: ChangeVisibility): Knex.QueryBuilder {
  const rows: Knex.QueryBuilder = knex('change_requests');
  visibility(rows);
  if (query.state) rows.whereIn('state', [...query.state]);
  if (query.service) rows.whereIn('service', [...query.service]);
  if (query.requestedBy) rows.whereIn('requested_by', [...query.requestedBy]);
  if (query.turnOf) {
    const owners = query.turnOf.map(ref => ref.toLowerCase());
    rows.whereIn('id', knex('change_turns').select('change_id').whereIn('owner', owners));
  }
  if (query.source || query.detailType) {
    const about = knex('change_event_types').select('change_id');
    if (query.source) about.where({ source: query.source });
    if (query.detailType) about.where({ detail_type: query.detailType });
    rows.whereIn('id', about);
  }
  for (const word of wordsOf(query.q ?? '')) rows.whereLike('words', `%${word.replace(/[%_\\]/g, '')}%`);
  return rows;
}

/** How many there are in each state, of those that may be seen. */
export async function countChangesByState(
  knex: Knex,
  visibility: ChangeVisibility,
): Promise<Readonly<Partial<Record<ChangeRequestState, number>>>> {
  const query = knex('change_requests');
  visibility(query);
  const rows: { state: ChangeRequestState; total: number | string }[] = await query
    .groupBy('state')
    .select('state')
    .count({ total: '*' });
  return Object.fromEntries(rows.map(({ state, total }) => [state, Number(total)]));
}
