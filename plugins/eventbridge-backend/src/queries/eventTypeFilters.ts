import type { EventTypeQuery } from '@busline/plugin-eventbridge-common';
import type { Knex } from 'knex';
import { whereTextIn } from '../database/dialect';
import { searchFor, type SearchMatch } from '../database/search';
import { visibleEventTypes, type Visibility } from './visibility';

/** Filters that are columns of `event_types`. */
const COLUMN_FILTERS = ['domain', 'owner', 'lifecycle', 'classification'] as const;
/** Filters that are rows of `event_type_values`, by their name there. */
const VALUE_FILTERS = ['publisher', 'subscriber', 'bus', 'tag'] as const;

export type EventTypeFilterName = (typeof COLUMN_FILTERS)[number] | (typeof VALUE_FILTERS)[number];

export interface FilteredEventTypes {
  /** On `event_types AS e`. */
  readonly query: Knex.QueryBuilder;
  /** Not yet part of the query: lists look in several scopes. */
  readonly search?: SearchMatch;
  /** Whether the query, without the search, takes every event type. */
  readonly isWhole: boolean;
}

/** Event types that the filters take and the person may see. `except` leaves filters out, for facets of their own. */
export function filteredEventTypes(
  knex: Knex,
  query: EventTypeQuery,
  visibility: Visibility,
  except: readonly EventTypeFilterName[] = [],
): FilteredEventTypes {
  const builder = knex({ e: 'event_types' });
  const visible = visibleEventTypes(knex, visibility);
  if (visible) builder.whereRaw(visible);
  let isWhole = visible === undefined;

  for (const name of COLUMN_FILTERS) {
    const values = name === 'owner' ? query.owner?.map(owner => owner.toLowerCase()) : query[name];
    if (values?.length && !except.includes(name)) {
      builder.whereRaw(whereTextIn(knex, `e.${name}`, values));
      isWhole = false;
    }
  }
  for (const name of VALUE_FILTERS) {
    const values = query[name];
    if (values?.length && !except.includes(name)) {
      isWhole = false;
      builder.whereIn(
        'e.id',
        knex('event_type_values')
          .select('event_type_id')
          .where({ facet: name })
          .whereRaw(whereTextIn(knex, 'value', values)),
      );
    }
  }
  const search = query.q === undefined ? undefined : searchFor(knex, 'event_type_search', query.q);
  return { query: builder, isWhole, ...(search && { search }) };
}
