import type { FacetValue } from '@busline/plugin-eventbridge-common';

/** How many rows each value of a facet has. */
export type Counts = ReadonlyMap<string, number>;

/** A chosen value stays in its facet with count 0, so that it can be taken back. */
export function withChosen(counts: Counts, chosen: readonly string[] = []): Counts {
  const missing = chosen.filter(value => !counts.has(value));
  return missing.length === 0 ? counts : new Map([...counts, ...missing.map(value => [value, 0] as const)]);
}

/** Values with their labels; by count where no order is given that means something. */
export function toFacetValues(
  counts: Counts,
  labelOf: (value: string) => string | undefined,
  order?: readonly string[],
): FacetValue[] {
  return [...counts]
    .map(([value, count]) => ({ value, label: labelOf(value) ?? (value || 'None'), count }))
    .sort((a, b) =>
      order
        ? order.indexOf(a.value) - order.indexOf(b.value)
        : b.count - a.count || (a.label < b.label ? -1 : Number(a.label > b.label)),
    );
}
