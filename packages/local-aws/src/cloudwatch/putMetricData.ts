import { AwsError, type JsonObject } from '../service';
import { seriesOf, type Dimension, type Series } from './series';
import { mergeSummaries, summaryOf, type Summary } from './statistics';

interface Datum {
  readonly MetricName: string;
  readonly Dimensions?: readonly Dimension[];
  /** Seconds since 1970. */
  readonly Timestamp?: number;
  readonly Value?: number;
  readonly Values?: readonly number[];
  readonly Counts?: readonly number[];
  readonly StatisticValues?: {
    readonly SampleCount: number;
    readonly Sum: number;
    readonly Minimum: number;
    readonly Maximum: number;
  };
  readonly Unit?: string;
}

export interface NewValue {
  readonly series: Series;
  readonly unit: string;
  readonly time: number;
  readonly value: Summary;
}

/** @throws AwsError where the namespace is AWS's own, or a datum has no value */
export function readPutMetricData(input: JsonObject, now: number): readonly NewValue[] {
  const namespace = String(input.Namespace);
  if (namespace.startsWith('AWS/')) {
    throw new AwsError('InvalidParameterValueException', 'The value AWS/ for parameter Namespace is invalid.');
  }
  const data = (input.MetricData ?? []) as unknown as readonly Datum[];
  return data.map((datum, index) => ({
    series: seriesOf(namespace, datum.MetricName, datum.Dimensions ?? []),
    unit: datum.Unit ?? 'None',
    time: datum.Timestamp === undefined ? now : datum.Timestamp * 1000,
    value: readValue(datum, index),
  }));
}

function readValue(datum: Datum, index: number): Summary {
  const { Value, Values, Counts, StatisticValues: set } = datum;
  if (Value !== undefined) return summaryOf(Value);
  if (set) {
    const { SampleCount: count, Sum: sum, Minimum: min, Maximum: max } = set;
    return { count, sum, min, max };
  }
  if (Values?.length) {
    return Values.map((value, i) => summaryOf(value, Counts?.[i] ?? 1)).reduce(mergeSummaries);
  }
  throw new AwsError(
    'MissingRequiredParameterException',
    `At least one of the parameters MetricData.member.${index + 1}.Value, MetricData.member.${
      index + 1
    }.Values or MetricData.member.${index + 1}.StatisticValues must be specified.`,
  );
}
