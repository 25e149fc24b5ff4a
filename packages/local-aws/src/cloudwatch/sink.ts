import type { EventsMetric, MetricSink, MetricSource } from '../environment';
import type { Metrics } from './metrics';
import { seriesOf, type Dimension } from './series';
import { summaryOf } from './statistics';

/** Metrics that are no counts. */
const UNITS: Partial<Readonly<Record<EventsMetric, string>>> = {
  IngestionToInvocationSuccessLatency: 'Milliseconds',
  PutEventsLatency: 'Milliseconds',
  PutEventsRequestSize: 'Bytes',
};

/** Counts what Events does, with the dimensions under which AWS publishes it. Nothing is published for zero. */
export function createMetricSink(metrics: Metrics): MetricSink {
  return {
    count(source, metric, value, time) {
      metrics.add(
        source,
        seriesOf('AWS/Events', metric, dimensionsOf(source)),
        UNITS[metric] ?? 'Count',
        time,
        summaryOf(value),
      );
    },
  };
}

/** On the default bus a rule stands alone. */
function dimensionsOf({ bus, rule }: MetricSource): readonly Dimension[] {
  return [
    ...(bus === undefined || bus === 'default' ? [] : [{ Name: 'EventBusName', Value: bus }]),
    ...(rule === undefined ? [] : [{ Name: 'RuleName', Value: rule }]),
  ];
}
