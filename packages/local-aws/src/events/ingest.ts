import type { EventEnvelope, EventTap, MetricSink } from '../environment';
import type { Clock } from '../clock';
import type { Deliverer } from './delivery';
import { ruleMatches } from './patterns';
import { busArn, type BusPlace, type EventsState } from './state';

interface IngestParts {
  readonly clock: Clock;
  readonly state: EventsState;
  readonly metrics: MetricSink;
  readonly taps: readonly EventTap[];
  readonly deliverer: Deliverer;
}

/**
 * An event that a bus has accepted: taps see it, every enabled rule whose pattern matches is triggered, and each
 * of its targets gets a delivery.
 * @param forwardedFrom - the bus that it came from, where it came from one
 */
export function ingest(
  { clock, state, metrics, taps, deliverer }: IngestParts,
  bus: BusPlace,
  event: EventEnvelope,
  forwardedFrom?: string,
): void {
  const now = clock.now();
  for (const tap of taps) tap.seen(busArn(bus), event);
  for (const rule of state.rules(bus).values()) {
    if (rule.state === 'DISABLED') continue;
    if (!ruleMatches(rule, event)) continue;
    const source = {
      account: bus.account,
      region: bus.region,
      bus: bus.bus,
      rule: rule.name,
    };
    metrics.count(source, 'MatchedEvents', 1, now);
    metrics.count(source, 'TriggeredRules', 1, now);
    for (const target of rule.targets) {
      deliverer.deliver({
        place: bus,
        rule: { name: rule.name, arn: rule.arn },
        target,
        event,
        forwardedFrom,
        ingestedAt: now,
      });
    }
  }
}
