import type { Environment, MetricSink } from '../environment';
import { isRpcV2Cbor, queryCompatible, rpcV2Cbor, validateInput } from '../models';
import { awsJson } from '../protocols/awsJson';
import type { Service } from '../service';
import { alarmOperations } from './alarms';
import { createMetrics } from './metrics';
import { cloudwatchOperations } from './operations';
import { createMetricSink } from './sink';

const TARGET = 'GraniteServiceVersion20100801';

/** CloudWatch, as far as reading the metrics that this server's EventBridge counts needs it, and putting own ones. */
export function createCloudWatch(environment: Environment): {
  readonly service: Service;
  readonly metricSink: MetricSink;
} {
  const cbor = queryCompatible(rpcV2Cbor('monitoring', TARGET), 'monitoring');
  const metrics = createMetrics(environment.store, environment.clock);
  return {
    service: {
      signingName: 'monitoring',
      protocol: {
        ...queryCompatible(awsJson('1.0', TARGET), 'monitoring'),
        forRequest: ({ headers }) => (isRpcV2Cbor(headers) ? cbor : undefined),
      },
      operations: new Map([...cloudwatchOperations(environment, metrics), ...alarmOperations(environment)]),
      check: (operation, input) => validateInput('monitoring', operation, input),
      close: metrics.close,
    },
    metricSink: createMetricSink(metrics),
  };
}
