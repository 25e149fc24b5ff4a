import type { PermissionCriteria } from '@backstage/plugin-permission-common';
import type { Knex } from 'knex';

/** A permission's conditions as SQL; `toCondition` spells a single one. */
export function criteriaToSql<Filter extends { readonly field: string }>(
  knex: Knex,
  criteria: PermissionCriteria<Filter>,
  toCondition: (filter: Filter) => Knex.Raw,
): Knex.Raw {
  const all = (parts: readonly PermissionCriteria<Filter>[], operator: ' AND ' | ' OR ') =>
    knex.raw(
      `(${parts.map(() => '(?)').join(operator)})`,
      parts.map(part => criteriaToSql(knex, part, toCondition)),
    );
  if ('allOf' in criteria) return all(criteria.allOf, ' AND ');
  if ('anyOf' in criteria) return all(criteria.anyOf, ' OR ');
  if ('not' in criteria) return knex.raw('NOT (?)', [criteriaToSql(knex, criteria.not, toCondition)]);
  return toCondition(criteria);
}
