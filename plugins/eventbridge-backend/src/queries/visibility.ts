import type { PermissionCriteria } from '@backstage/plugin-permission-common';
import type { EventTypeRef } from '@busline/plugin-eventbridge-common';
import type { EventTypeFilter } from '@busline/plugin-eventbridge-node';
import type { Knex } from 'knex';
import { criteriaToSql } from '../database/criteria';
import { whereTextIn } from '../database/dialect';

/** Which event types a person may see. */
export type Visibility =
  | { readonly kind: 'all' }
  | { readonly kind: 'none' }
  | { readonly kind: 'some'; readonly criteria: PermissionCriteria<EventTypeFilter> };

/** Condition on `event_types AS e`; undefined where everything may be seen. */
export function visibleEventTypes(knex: Knex, visibility: Visibility): Knex.Raw | undefined {
  if (visibility.kind === 'all') return undefined;
  if (visibility.kind === 'none') return knex.raw('1 = 0');
  return criteriaToSql(knex, visibility.criteria, filter => toCondition(knex, filter));
}

/** Ids of event types that may not be seen: few, where conditions are made to hide a few. */
export function hiddenEventTypeIds(knex: Knex, visibility: Visibility): Knex.QueryBuilder | undefined {
  const condition = visibleEventTypes(knex, visibility);
  return (
    condition &&
    knex({ e: 'event_types' })
      .select('e.id')
      .whereRaw(knex.raw('NOT (?)', [condition]))
  );
}

export async function hiddenEventTypes(knex: Knex, visibility: Visibility): Promise<readonly EventTypeRef[]> {
  const hidden = hiddenEventTypeIds(knex, visibility);
  if (!hidden) return [];
  const rows: { source: string; detail_type: string }[] = await hidden
    .clearSelect()
    .select('e.source', 'e.detail_type');
  return rows.map(row => ({ source: row.source, detailType: row.detail_type }));
}

/** Tells whether a JSON text, such as a policy statement, may be shown: it names no event type that is hidden. */
export async function hidingText(knex: Knex, visibility: Visibility): Promise<(text: string | undefined) => boolean> {
  const names = (await hiddenEventTypes(knex, visibility)).map(({ detailType }) => JSON.stringify(detailType));
  return text => text === undefined || !names.some(name => text.includes(name));
}

function toCondition(knex: Knex, { field, values }: EventTypeFilter): Knex.Raw {
  if (field === 'subscriberOwner') {
    return knex.raw('e.id IN (?)', [
      knex('event_type_values')
        .select('event_type_id')
        .where({ facet: 'subscriberOwner' })
        .whereRaw(whereTextIn(knex, 'value', values)),
    ]);
  }
  return whereTextIn(knex, `e.${field}`, values);
}
