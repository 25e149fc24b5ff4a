import type { SourceStatus } from '@busline/plugin-eventbridge-common';
import type { Knex } from 'knex';

interface SourceRow {
  readonly id: string;
  readonly kind: SourceStatus['kind'];
  readonly title: string;
  readonly target: string;
  readonly state: 'never-read' | 'fresh' | 'stale';
  readonly reading_since: string | null;
  readonly reason: string | null;
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
  const reading =
    row.reading_since !== null && now.getTime() - Date.parse(row.reading_since) < MAX_READING_MS;
  return {
    id: row.id,
    kind: row.kind,
    title: row.title,
    target: row.target,
    state: reading ? 'reading' : row.state,
    ...(row.reason !== null && { reason: row.reason }),
    ...(row.last_read_at !== null && { lastReadAt: row.last_read_at }),
    ...(row.last_attempt_at !== null && { lastAttemptAt: row.last_attempt_at }),
    ...(row.last_read_ms !== null && { lastReadMs: row.last_read_ms }),
    counts: JSON.parse(row.counts) as Record<string, number>,
    problemCount: row.problem_count,
  };
}
