import type { RequestContext } from '@busline/access-policy';
import { authorize } from '../authorize';
import type { Environment, EventEnvelope, EventTap, MetricSink, QueueSink } from '../environment';
import type { ServiceRequest } from '../service';
import { busPlace, type BusPlace, type EventsState } from './state';

/** What Events is joined to. */
export interface EventsPorts {
  readonly queues: QueueSink;
  readonly metrics: MetricSink;
  readonly taps: readonly EventTap[];
  /** Where a Lambda function runs: an HTTP URL by function ARN. */
  readonly lambdaUrls: Readonly<Record<string, string>>;
}

/** What every operation of Events is given. */
export interface EventsContext extends EventsPorts {
  readonly environment: Environment;
  readonly state: EventsState;
  /**
   * An event that a bus has accepted.
   * @param forwardedFrom - the ARN of the bus that it came from, where it came from one
   */
  readonly publish: (bus: BusPlace, event: EventEnvelope, forwardedFrom?: string) => void;
}

/** The bus that a request means, in the caller's account and Region unless it gives an ARN. */
export function placeOf(request: ServiceRequest, nameOrArn: string | undefined): BusPlace {
  return busPlace({ account: request.caller.account, region: request.region }, nameOrArn);
}

/**
 * Lets the caller do an action on a bus or on what belongs to it; the bus's policy decides with the caller's own.
 * @throws AwsError AccessDeniedException
 */
export function allow(
  { environment, state }: EventsContext,
  request: ServiceRequest,
  place: BusPlace,
  resource: string,
  context?: RequestContext,
): void {
  authorize(environment.authorizer, request.caller, {
    action: `events:${request.operation}`,
    resource,
    resourceAccount: place.account,
    resourcePolicy: state.policyOf(place),
    context,
  });
}
