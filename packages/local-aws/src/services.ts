import { createCloudFormation } from './cloudformation/service';
import { createCloudWatch } from './cloudwatch/service';
import { createEvents } from './events/events';
import type { Environment } from './environment';
import { createIam } from './iam/iam';
import { createSchemas } from './schemas/service';
import type { Service } from './service';
import { createSqs } from './sqs/service';
import type { Scope } from './store/store';
import type { LocalAwsOptions } from './start';
import { createSts } from './sts/sts';

export interface Services {
  readonly services: readonly Service[];
  /** Resolves when no delivery attempt is under way. */
  readonly idle: () => Promise<void>;
  /** Told of every call that the request rate turned away. */
  readonly onThrottled: (service: string, operation: string, scope: Scope) => void;
}

/**
 * Makes every service and joins them: Events delivers to queues, counts metrics and shows events to discoverers;
 * CloudFormation makes resources through the others.
 */
export function createServices(environment: Environment, options: LocalAwsOptions): Services {
  const sqs = createSqs(environment);
  const cloudWatch = createCloudWatch(environment);
  const schemas = createSchemas(environment);
  const events = createEvents(environment, {
    queues: sqs.queueSink,
    metrics: cloudWatch.metricSink,
    taps: [schemas.eventTap],
    lambdaUrls: options.lambdaUrls ?? {},
  });
  const builtUpon = [
    events.service,
    sqs.service,
    cloudWatch.service,
    schemas.service,
    createSts(environment),
    createIam(environment),
  ];
  const byName = new Map(builtUpon.map(service => [service.signingName, service]));
  return {
    services: [...builtUpon, createCloudFormation(environment, byName)],
    idle: events.idle,
    onThrottled(service, operation, scope) {
      if (service === 'events') events.throttled(operation, scope);
    },
  };
}
