import { compareEstates, type BusState, type Drift, type Estate, type RuleState } from '@busline/infrastructure';
import type { Difference, Standing } from '@busline/plugin-eventbridge-common';
import type { Knex } from 'knex';
import { breathe, whereIdIn } from '../database/dialect';
import { ruleOfText } from './ruleText';
import { inChunks } from './TableSync';

/** Rows compared at once. */
const CHUNK = 2000;

interface HalvesRow {
  readonly id: number | string;
  readonly arn: string;
  readonly name: string;
  readonly account_id: string;
  readonly region: string;
  readonly declared: string;
  readonly observed: string;
  readonly standing: Standing;
  readonly differences: string;
}

export type Part = { readonly accountId: string; readonly region: string };

/** Which of these rows to compare again: some by their ids, or all of an account and Region. */
export type Selection =
  | {
      readonly ids: readonly number[];
      /** Nobody declared or saw any before. */
      readonly areFirst?: boolean;
    }
  | { readonly part: Part };

/** Compares declared and observed buses again. Gives the ids of those whose standing changed. */
export async function updateBusStandings(trx: Knex, selection: Selection): Promise<readonly number[]> {
  const readParts = await partsRead(trx);
  const changed: number[] = [];
  for await (const rows of selectedRows(trx, 'buses', selection, readParts)) {
    const unused = await unusedDefaultBuses(trx, rows);
    const drifts = compare(rows, readParts, both => ({
      declared: { buses: both.map(row => JSON.parse(row.declared) as BusState), rules: [] },
      observed: { buses: both.map(row => JSON.parse(row.observed) as BusState), rules: [] },
    }));
    changed.push(...(await upsertStandings(trx, 'buses', rows, readParts, drifts, unused)));
  }
  return changed;
}

/** The bus that AWS puts into every account and Region; nobody can take it away. */
const DEFAULT_BUS = 'default';

/**
 * Default buses without a policy, a rule or a declaration: those that nobody uses are what nobody declares, so there is
 * nothing that differs.
 */
async function unusedDefaultBuses(trx: Knex, rows: readonly HalvesRow[]): Promise<ReadonlySet<number>> {
  const bare = rows.filter(row => {
    if (row.declared !== '' || row.observed === '') return false;
    const { name, policy } = JSON.parse(row.observed) as BusState;
    return name === DEFAULT_BUS && policy === undefined;
  });
  if (bare.length === 0) return new Set();
  const ids = bare.map(({ id }) => Number(id));
  const used: { bus_id: number | string }[] = await trx('rules')
    .whereRaw(whereIdIn(trx, 'bus_id', ids))
    .distinct('bus_id');
  const usedIds = new Set(used.map(row => Number(row.bus_id)));
  return new Set(ids.filter(id => !usedIds.has(id)));
}

/** Compares declared and observed rules again. Gives the ids of those whose standing changed. */
export async function updateRuleStandings(trx: Knex, selection: Selection): Promise<readonly number[]> {
  const readParts = await partsRead(trx);
  const changed: number[] = [];
  for await (const rows of selectedRows(trx, 'rules', selection, readParts)) {
    const drifts = compare(rows, readParts, both => ({
      declared: { buses: [], rules: both.map(row => ruleOfText(row, row.declared)) },
      observed: { buses: [], rules: both.map(row => JSON.parse(row.observed) as RuleState) },
    }));
    changed.push(...(await upsertStandings(trx, 'rules', rows, readParts, drifts)));
  }
  return changed;
}

async function* selectedRows(
  trx: Knex,
  table: 'buses' | 'rules',
  selection: Selection,
  readParts: ReadonlySet<string>,
): AsyncGenerator<readonly HalvesRow[]> {
  const columns = ['id', 'arn', 'name', 'account_id', 'region', 'declared', 'observed', 'standing', 'differences'];
  if ('ids' in selection) {
    if (selection.areFirst && readParts.size === 0) return;
    for (const ids of inChunks(selection.ids, CHUNK)) {
      const rows = trx(table).whereRaw(whereIdIn(trx, 'id', ids)).select(columns);
      if (readParts.size === 0) rows.where(hasStanding);
      yield await rows;
      await breathe();
    }
    return;
  }
  const { accountId, region } = selection.part;
  for (let after = -1; ; ) {
    const rows: HalvesRow[] = await trx(table)
      .where({ account_id: accountId, region })
      .where('id', '>', after)
      .orderBy('id')
      .limit(CHUNK)
      .select(columns);
    yield rows;
    if (rows.length < CHUNK) return;
    after = Number(rows.at(-1)!.id);
  }
}

/** As long as nothing was read from AWS, all else stands as it comes: unknown. */
function hasStanding(row: Knex.QueryBuilder): void {
  row.whereNot('observed', '').orWhereNot('standing', 'unknown').orWhereNot('differences', '[]');
}

/** Accounts and Regions that were read to the end at least once. */
async function partsRead(trx: Knex): Promise<ReadonlySet<string>> {
  const rows: { account_id: string; region: string }[] = await trx('source_parts')
    .whereNotNull('last_read_at')
    .distinct('account_id', 'region');
  return new Set(rows.map(row => `${row.account_id} ${row.region}`));
}

function compare(
  rows: readonly HalvesRow[],
  readParts: ReadonlySet<string>,
  toEstates: (inBoth: readonly HalvesRow[]) => { readonly declared: Estate; readonly observed: Estate },
): ReadonlyMap<string, Drift[]> {
  const inBoth = rows.filter(row => row.declared !== '' && row.observed !== '');
  const { declared, observed } = toEstates(inBoth);
  const read = [...readParts].map(part => {
    const [accountId, region] = part.split(' ');
    return { accountId: accountId!, region: region! };
  });
  const byArn = new Map<string, Drift[]>();
  for (const drift of compareEstates(declared, observed, { read })) {
    const known = byArn.get(drift.resource.arn);
    if (known) known.push(drift);
    else byArn.set(drift.resource.arn, [drift]);
  }
  return byArn;
}

async function upsertStandings(
  trx: Knex,
  table: 'buses' | 'rules',
  rows: readonly HalvesRow[],
  readParts: ReadonlySet<string>,
  drifts: ReadonlyMap<string, Drift[]>,
  unused: ReadonlySet<number> = new Set(),
): Promise<number[]> {
  const updates: StandingUpdate[] = [];
  for (const row of rows) {
    const isUnused = unused.has(Number(row.id));
    const differences = isUnused ? [] : (drifts.get(row.arn) ?? []).flatMap(toDifferences);
    const standing = isUnused ? 'in-sync' : standingOf(row, differences, readParts);
    const text = JSON.stringify(differences);
    if (standing !== row.standing || text !== row.differences) {
      updates.push({ id: Number(row.id), standing, differences: text });
    }
  }
  await writeUpdates(trx, table, updates);
  return updates.map(update => update.id);
}

function standingOf(row: HalvesRow, differences: readonly Difference[], readParts: ReadonlySet<string>): Standing {
  if (row.observed !== '') {
    if (row.declared === '') return 'observed-only';
    return differences.length > 0 ? 'drifted' : 'in-sync';
  }
  return readParts.has(`${row.account_id} ${row.region}`) ? 'declared-only' : 'unknown';
}

function toDifferences(drift: Drift): readonly Difference[] {
  if (drift.kind === 'different') {
    const prefix = drift.resource.type === 'policy-statement' ? `policy statement ${drift.resource.name}: ` : '';
    return drift.differences.map(({ field, declared, observed }) => ({
      field: `${prefix}${field}`,
      ...(declared !== undefined && { declared }),
      ...(observed !== undefined && { observed }),
    }));
  }
  const field =
    drift.resource.type === 'policy-statement' ? `policy statement ${drift.resource.name}` : drift.resource.type;
  return [drift.kind === 'missing' ? { field, declared: 'there' } : { field, observed: 'there' }];
}

interface StandingUpdate {
  readonly id: number;
  readonly standing: Standing;
  readonly differences: string;
}

/** One statement for all rows that come out the same: most are in sync. */
async function writeUpdates(trx: Knex, table: string, updates: readonly StandingUpdate[]): Promise<void> {
  const byOutcome = new Map<string, StandingUpdate[]>();
  for (const update of updates) {
    const key = `${update.standing} ${update.differences}`;
    const known = byOutcome.get(key);
    if (known) known.push(update);
    else byOutcome.set(key, [update]);
  }
  for (const same of byOutcome.values()) {
    const { standing, differences } = same[0]!;
    await trx(table)
      .whereRaw(
        whereIdIn(
          trx,
          'id',
          same.map(({ id }) => id),
        ),
      )
      .update({ standing, differences });
  }
}
