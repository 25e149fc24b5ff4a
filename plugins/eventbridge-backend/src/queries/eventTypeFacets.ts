import type { EventTypeFacets, EventTypeQuery, FacetName } from '@busline/plugin-eventbridge-common';
import type { Knex } from 'knex';
import { filteredEventTypes } from './eventTypeFilters';
import { toFacetValues, withChosen, type Counts } from './facetValues';
import type { Visibility } from './visibility';

const COLUMN_FACETS = ['domain', 'owner', 'lifecycle', 'classification'] as const;
const VALUE_FACETS = ['publisher', 'bus'] as const;
type ColumnFacet = (typeof COLUMN_FACETS)[number];
type ValueFacet = (typeof VALUE_FACETS)[number];
/** As in the index `event_types_facets`, so that groups need no sorting. */
const INDEX_ORDER: readonly ColumnFacet[] = ['classification', 'owner', 'lifecycle', 'domain'];

/** Orders that mean something; other facets sort by count. */
const NATURAL_ORDER: Partial<Record<FacetName, readonly string[]>> = {
  lifecycle: ['experimental', 'production', 'deprecated', 'retired'],
  classification: ['public', 'internal', 'confidential', 'restricted'],
};

/**
 * GET /event-types/facets. A facet's counts follow every filter but its own.
 *
 * The columns are counted in one pass over the narrow index, grouped by all of them: whatever of them is chosen is then
 * a matter of adding up the groups.
 */
export async function eventTypeFacets(
  knex: Knex,
  query: EventTypeQuery,
  visibility: Visibility,
): Promise<EventTypeFacets> {
  const groups = await countColumns(knex, query, visibility);
  const counts = {} as Record<FacetName, Counts>;
  for (const facet of COLUMN_FACETS) counts[facet] = addUp(groups, query, facet);
  // Those without a choice of their own follow the same filters: one query serves them.
  const shared = VALUE_FACETS.filter(facet => !query[facet]?.length);
  Object.assign(counts, await countValues(knex, query, visibility, shared));
  for (const facet of VALUE_FACETS) {
    if (!shared.includes(facet)) Object.assign(counts, await countValues(knex, query, visibility, [facet]));
  }
  const domainTitles = await readDomainTitles(knex);
  const labelOf = (facet: FacetName, value: string) => (facet === 'domain' ? domainTitles.get(value) : undefined);

  const facets = Object.fromEntries(
    [...COLUMN_FACETS, ...VALUE_FACETS].map(facet => [
      facet,
      toFacetValues(
        withChosen(counts[facet], chosenOf(query, facet)),
        value => labelOf(facet, value),
        NATURAL_ORDER[facet],
      ),
    ]),
  ) as unknown as EventTypeFacets['facets'];
  const totalItems = groups.filter(group => isChosen(group, query)).reduce((sum, { rows }) => sum + rows, 0);
  return { totalItems, facets };
}

type ColumnGroup = Readonly<Record<ColumnFacet, string>> & { readonly rows: number };

/** Groups of equal columns, by every filter that is no column. */
async function countColumns(knex: Knex, query: EventTypeQuery, visibility: Visibility): Promise<ColumnGroup[]> {
  const { query: filtered, search } = filteredEventTypes(knex, query, visibility, COLUMN_FACETS);
  if (search) filtered.whereRaw(search.isFound('e.id'));
  const columns = INDEX_ORDER.map(facet => `e.${facet}`);
  const rows: (Record<ColumnFacet, string> & { rows: number | string })[] = await filtered
    .groupBy(columns)
    .select(columns)
    .count({ rows: '*' });
  return rows.map(row => ({ ...row, rows: Number(row.rows) }));
}

function isChosen(group: ColumnGroup, query: EventTypeQuery, except?: ColumnFacet): boolean {
  return COLUMN_FACETS.every(facet => {
    const chosen = chosenOf(query, facet);
    return facet === except || !chosen?.length || chosen.includes(group[facet]);
  });
}

/** Owners are compared in lower case, as they are kept. */
function chosenOf(query: EventTypeQuery, facet: FacetName): readonly string[] | undefined {
  return facet === 'owner' ? query.owner?.map(owner => owner.toLowerCase()) : query[facet];
}

function addUp(groups: readonly ColumnGroup[], query: EventTypeQuery, facet: ColumnFacet): Counts {
  const counts = new Map<string, number>();
  for (const group of groups) {
    if (!isChosen(group, query, facet)) continue;
    counts.set(group[facet], (counts.get(group[facet]) ?? 0) + group.rows);
  }
  return counts;
}

/** Counts of values beside the event types, each by every filter but those of these facets. */
async function countValues(
  knex: Knex,
  query: EventTypeQuery,
  visibility: Visibility,
  facets: readonly ValueFacet[],
): Promise<Partial<Record<ValueFacet, Counts>>> {
  if (facets.length === 0) return {};
  const { query: filtered, search, isWhole } = filteredEventTypes(knex, query, visibility, facets);
  if (search) filtered.whereRaw(search.isFound('e.id'));
  const values = knex({ v: 'event_type_values' })
    .whereIn('v.facet', facets)
    .groupBy('v.facet', 'v.value')
    .select('v.facet', 'v.value')
    .count({ rows: '*' }) as Knex.QueryBuilder;
  // The plus sign: the values are walked in their order, which is that of the groups, rather than fetched one by one.
  if (search || !isWhole) values.whereRaw(knex.raw('+v.event_type_id IN (?)', [filtered.select('e.id')]));
  const rows: { facet: ValueFacet; value: string; rows: number | string }[] = await values;
  const counts = Object.fromEntries(facets.map(facet => [facet, new Map<string, number>()]));
  for (const row of rows) counts[row.facet]!.set(row.value, Number(row.rows));
  return counts;
}

async function readDomainTitles(knex: Knex): Promise<ReadonlyMap<string, string>> {
  const rows: { name: string; document: string }[] = await knex('domains').select('name', 'document');
  return new Map(rows.map(row => [row.name, (JSON.parse(row.document) as { title: string }).title]));
}
