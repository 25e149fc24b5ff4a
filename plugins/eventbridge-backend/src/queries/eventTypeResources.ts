import { parseEventTypeResourceRef } from '@busline/plugin-eventbridge-common';
import type { EventTypeResource } from '@busline/plugin-eventbridge-node';
import type { Knex } from 'knex';
import { whereIdIn } from '../database/dialect';
import { eventTypeId } from '../ingest/eventTypeRecords';

/** What permission rules look at, for event types by their resource references. */
export async function eventTypeResources(
  knex: Knex,
  refs: readonly string[],
): Promise<(EventTypeResource | undefined)[]> {
  const ids = refs.map(ref => {
    const parsed = parseEventTypeResourceRef(ref);
    return parsed && eventTypeId(parsed);
  });
  const known = ids.filter(id => id !== undefined);
  const rows: { id: number | string; owner: string; classification: string }[] = await knex('event_types')
    .whereRaw(whereIdIn(knex, 'id', known))
    .select('id', 'owner', 'classification');
  const owners: { event_type_id: number | string; value: string }[] = await knex('event_type_values')
    .where({ facet: 'subscriberOwner' })
    .whereRaw(whereIdIn(knex, 'event_type_id', known))
    .select('event_type_id', 'value');
  const byId = new Map(
    rows.map(({ id, owner, classification }) => [
      Number(id),
      {
        owner,
        classification,
        subscriberOwners: owners.filter(row => Number(row.event_type_id) === Number(id)).map(row => row.value),
      },
    ]),
  );
  return ids.map(id => (id === undefined ? undefined : byId.get(id)));
}
