import type { PermissionCriteria } from '@backstage/plugin-permission-common';
import type { ChangeRequestFilter, ChangeRequestResource } from '@busline/plugin-eventbridge-node';
import type { Knex } from 'knex';
import { criteriaToSql } from '../database/criteria';
import { whereTextIn } from '../database/dialect';
import type { ChangeVisibility } from './ChangeStore';

export const ALL_CHANGES: ChangeVisibility = () => {};
export const NO_CHANGES: ChangeVisibility = query => {
  query.whereRaw('1 = 0');
};

/** Change requests that a permission's conditions let through. */
export function visibleChanges(knex: Knex, criteria: PermissionCriteria<ChangeRequestFilter>): ChangeVisibility {
  const condition = criteriaToSql(knex, criteria, filter => toCondition(knex, filter));
  return query => {
    query.whereRaw(condition);
  };
}

function toCondition(knex: Knex, { field, values }: ChangeRequestFilter): Knex.Raw {
  switch (field) {
    case 'requestedBy':
      return whereTextIn(knex, 'change_requests.requested_by', values);
    case 'serviceOwner':
      return whereTextIn(knex, 'change_requests.service_owner', values);
    case 'classification':
      return whereTextIn(knex, 'change_requests.classification', values);
    default: {
      const people = knex('change_people').select('change_id').whereRaw(whereTextIn(knex, 'owner', values));
      if (field === 'approver') people.where({ must_approve: true });
      return knex.raw('change_requests.id IN (?)', [people]);
    }
  }
}

/** What permission rules look at, for change requests by their ids. */
export async function changeRequestResources(
  knex: Knex,
  ids: readonly string[],
): Promise<(ChangeRequestResource | undefined)[]> {
  const rows: { id: string; requested_by: string; service_owner: string | null; classification: string }[] = await knex(
    'change_requests',
  )
    .whereRaw(whereTextIn(knex, 'id', ids))
    // Not the plan: this is asked at every look at a page.
    .select('id', 'requested_by', 'service_owner', 'classification');
  const people: { change_id: string; owner: string; must_approve: boolean | number }[] = await knex('change_people')
    .whereRaw(whereTextIn(knex, 'change_id', ids))
    .select();
  const byId = new Map(
    rows.map((row): [string, ChangeRequestResource] => {
      const involved = people.filter(person => person.change_id === row.id);
      return [
        row.id,
        {
          requestedBy: row.requested_by.toLowerCase(),
          ...(row.service_owner !== null && { serviceOwner: row.service_owner }),
          involved: involved.map(({ owner }) => owner),
          approvers: involved.filter(person => Boolean(person.must_approve)).map(({ owner }) => owner),
          classification: row.classification,
        },
      ];
    }),
  );
  return ids.map(id => byId.get(id));
}
