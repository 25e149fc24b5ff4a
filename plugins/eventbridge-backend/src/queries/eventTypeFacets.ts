import type { EventTypeFacets, EventTypeQuery, FacetName, FacetValue } from '@busline/plugin-eventbridge-common';
import type { Knex } from 'knex';
import { filteredEventTypes } from './eventTypeFilters';
import type { Visibility } from './visibility';

const COLUMN_FACETS = ['domain', 'owner', 'lifecycle', 'classification'] as const;
const VALUE_FACETS = ['publisher', 'bus'] as const;
type ColumnFacet = (typeof COLUMN_FACETS)[number];
type ValueFacet = (typeof VALUE_FACETS)[number];
type Counts = ReadonlyMap<string, number>;

/** Orders that mean something; other facets sort by count. */
const NATURAL_ORDER: Partial<Record<FacetName, readonly string[]>> = {
  lifecycle: ['experimental', 'production', 'deprecated', 'retired'],
  classification: ['public', 'internal', 'confidential', 'restricted'],
};

/**
 * GET /event-types/facets. A facet's counts follow every filter but its own. Facets that have no choice of their own
 * share one pass over the narrow index.
 */
export async function eventTypeFacets(
  knex: Knex,
  query: EventTypeQuery,
  visibility: Visibility,
): Promise<EventTypeFacets> {
  const shared = await countColumns(filteredEventTypes(knex, query, visibility).query);
  const totalItems = [...shared.lifecycle.values()].reduce((sum, count) => sum + count, 0);

  const counts = {} as Record<FacetName, Counts>;
  for (const facet of COLUMN_FACETS) {
    counts[facet] = query[facet]?.length
      ? (await countColumns(filteredEventTypes(knex, query, visibility, facet).query))[facet]
      : shared[facet];
  }
  for (const facet of VALUE_FACETS) {
    counts[facet] = await countValues(knex, query, visibility, facet);
  }
  const domainTitles = await readDomainTitles(knex);
  const labelOf = (facet: FacetName, value: string) => (facet === 'domain' ? domainTitles.get(value) : undefined);

  const facets = Object.fromEntries(
    Object.entries(counts).map(([name, values]) => {
      const facet = name as FacetName;
      return [facet, toFacetValues(facet, withChosen(values, query[facet]), labelOf)];
    }),
  ) as unknown as EventTypeFacets['facets'];
  return { totalItems, facets };
}

async function countColumns(filtered: Knex.QueryBuilder): Promise<Record<ColumnFacet, Counts>> {
  const rows: (Record<ColumnFacet, string> & { rows: number | string })[] = await filtered
    .groupBy(COLUMN_FACETS.map(facet => `e.${facet}`))
    .select(COLUMN_FACETS.map(facet => `e.${facet}`))
    .count({ rows: '*' });
  const counts = Object.fromEntries(COLUMN_FACETS.map(facet => [facet, new Map<string, number>()])) as Record<
    ColumnFacet,
    Map<string, number>
  >;
  for (const row of rows) {
    for (const facet of COLUMN_FACETS) {
      const value = row[facet];
      counts[facet].set(value, (counts[facet].get(value) ?? 0) + Number(row.rows));
    }
  }
  return counts;
}

async function countValues(
  knex: Knex,
  query: EventTypeQuery,
  visibility: Visibility,
  facet: ValueFacet,
): Promise<Counts> {
  const rows: { value: string; rows: number | string }[] = await filteredEventTypes(knex, query, visibility, facet)
    .query.innerJoin({ v: 'event_type_values' }, 'v.event_type_id', 'e.id')
    .where('v.facet', facet)
    .groupBy('v.value')
    .select('v.value')
    .count({ rows: '*' });
  return new Map(rows.map(row => [row.value, Number(row.rows)]));
}

async function readDomainTitles(knex: Knex): Promise<ReadonlyMap<string, string>> {
  const rows: { name: string; document: string }[] = await knex('domains').select('name', 'document');
  return new Map(rows.map(row => [row.name, (JSON.parse(row.document) as { title: string }).title]));
}

/** A chosen value stays in its facet with count 0, so that it can be taken back. */
function withChosen(counts: Counts, chosen: readonly string[] = []): Counts {
  const missing = chosen.filter(value => !counts.has(value));
  return missing.length === 0 ? counts : new Map([...counts, ...missing.map(value => [value, 0] as const)]);
}

function toFacetValues(
  facet: FacetName,
  counts: Counts,
  labelOf: (facet: FacetName, value: string) => string | undefined,
): FacetValue[] {
  const order = NATURAL_ORDER[facet];
  return [...counts]
    .map(([value, count]) => ({ value, label: labelOf(facet, value) ?? (value || 'None'), count }))
    .sort((a, b) =>
      order
        ? order.indexOf(a.value) - order.indexOf(b.value)
        : b.count - a.count || (a.label < b.label ? -1 : Number(a.label > b.label)),
    );
}
