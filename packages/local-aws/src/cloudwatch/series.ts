/** One metric with one set of dimensions, in one account and Region. */
export interface Series {
  readonly namespace: string;
  readonly metric: string;
  /** Sorted by name. */
  readonly dimensions: readonly Dimension[];
}

export interface Dimension {
  readonly Name: string;
  readonly Value: string;
}

export function seriesOf(namespace: string, metric: string, dimensions: readonly Dimension[]): Series {
  return {
    namespace,
    metric,
    dimensions: [...dimensions].sort((a, b) => (a.Name < b.Name ? -1 : 1)),
  };
}

export const seriesKey = ({ namespace, metric, dimensions }: Series) =>
  JSON.stringify([namespace, metric, ...dimensions.map(({ Name, Value }) => [Name, Value])]);
