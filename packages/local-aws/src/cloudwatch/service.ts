import type { Environment, MetricSink } from '../environment';
import { queryCompatible, validateInput } from '../models';
import { awsJson } from '../protocols/awsJson';
import type { Service } from '../service';
import { createMetrics } from './metrics';
import { cloudwatchOperations } from './operations';
import { createMetricSink } from './sink';

/** CloudWatch, as far as reading the metrics that this server's EventBridge counts needs it, and putting own ones. */
export function createCloudWatch(environment: Environment): {
  readonly service: Service;
  readonly metricSink: MetricSink;
} {
  const metrics = createMetrics(environment.store, environment.clock);
  return {
    service: {
      signingName: 'monitoring',
      protocol: queryCompatible(
        awsJson('1.0', 'GraniteServiceVersion20100801'),
        'monitoring',
      ),
      operations: cloudwatchOperations(environment, metrics),
      check: (operation, input) =>
        validateInput('monitoring', operation, input),
      close: metrics.close,
    },
    metricSink: createMetricSink(metrics),
  };
}
