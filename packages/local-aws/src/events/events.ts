import type { Environment } from '../environment';
import { validateInput } from '../models';
import { awsJson } from '../protocols/awsJson';
import type { Operation, Service } from '../service';
import type { Scope } from '../store/store';
import { busOperations } from './busOperations';
import type { EventsContext, EventsPorts } from './context';
import { createDeliverer } from './delivery';
import { ingest } from './ingest';
import { permissionOperations } from './permissionOperations';
import { putEvents } from './putEvents';
import { ruleOperations } from './ruleOperations';
import { createEventsState } from './state';
import { tagOperations } from './tagOperations';
import { targetOperations } from './targetOperations';
import { testEventPattern } from './testEventPattern';

export interface Events {
  readonly service: Service;
  /** Resolves when no delivery attempt is under way. */
  readonly idle: () => Promise<void>;
  /** Counts a call that the request rate turned away. */
  readonly throttled: (operation: string, scope: Scope) => void;
}

/** EventBridge: buses, rules, targets, permissions, and events on their way. */
export function createEvents(environment: Environment, ports: EventsPorts): Events {
  const state = createEventsState(environment.store);
  const context: EventsContext = { environment, state, publish, ...ports };
  const deliverer = createDeliverer(context);

  function publish(...accepted: Parameters<EventsContext['publish']>): void {
    ingest({ clock: environment.clock, state, deliverer, ...ports }, ...accepted);
  }

  return {
    idle: deliverer.idle,
    throttled(operation, scope) {
      if (operation !== 'PutEvents') return;
      const metric = 'PutEventsApproximateThrottledCount';
      ports.metrics.count(scope, metric, 1, environment.clock.now());
    },
    service: {
      signingName: 'events',
      protocol: awsJson('1.1', 'AWSEvents'),
      operations: new Map<string, Operation>([
        ...busOperations(context),
        ...ruleOperations(context),
        ...targetOperations(context),
        ...permissionOperations(context),
        ...tagOperations(context),
        ['PutEvents', putEvents(context)],
        ['TestEventPattern', testEventPattern(context)],
      ]),
      check: (operation, input) => validateInput('events', operation, input),
      start: deliverer.resume,
      close: deliverer.close,
    },
  };
}
