import type { SubscriptionSummary } from '@busline/plugin-eventbridge-common';
import { useMemo } from 'react';
import { useAccounts, useServices } from '../../api';
import { standingLabel } from '../../components';
import { TARGET_WORDS } from '../../components/targetWords';
import { STANDINGS, TARGET_TYPES, type FilterName } from './searchParams';

export interface FilterValue {
  readonly value: string;
  readonly label: string;
}
export type FilterValues = Readonly<Record<FilterName, readonly FilterValue[]>>;

/**
 * The values that each filter offers. Services and accounts come from their own lists; whoever may not read those is
 * offered what the rows on the screen name.
 */
export function useFilterValues(rows: readonly SubscriptionSummary[]): FilterValues | undefined {
  const services = useServices();
  const accounts = useAccounts();
  return useMemo(() => {
    if (services.isPending || accounts.isPending) return undefined;
    const seenServices = services.data ?? rows.map(row => row.service);
    const seenAccounts = accounts.data ?? rows.map(row => row.account);
    const environments = [
      ...(accounts.data ?? []).flatMap(({ environment }) => (environment ? [environment] : [])),
      ...rows.map(row => row.environment),
    ];
    return {
      service: named(
        seenServices.map(({ name, title }) => ({
          value: name,
          label: title || name,
        })),
      ),
      environment: named(environments.map(value => ({ value, label: value }))),
      account: named(
        seenAccounts.map(({ id, name }) => ({
          value: id,
          label: name === id ? id : `${name} ${id.slice(0, 4)}…`,
        })),
      ),
      standing: STANDINGS.map(value => ({
        value,
        label: standingLabel(value),
      })),
      targetType: TARGET_TYPES.map(value => ({
        value,
        label: TARGET_WORDS[value],
      })),
    };
  }, [services.isPending, services.data, accounts.isPending, accounts.data, rows]);
}

/** Each value once, by its label. */
function named(values: readonly FilterValue[]): readonly FilterValue[] {
  return [...new Map(values.map(value => [value.value, value])).values()].sort((a, b) =>
    a.label.localeCompare(b.label),
  );
}
