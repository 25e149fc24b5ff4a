import { impactOf } from '../impact';
import type { EventRepository, EventType, SchemaVersion } from '../types';
import { judgeStep, type JudgedStep, type JudgeOptions } from './judge';
import { type ImpactOptions, type SubscriberImpact, subscribersHit } from './subscriberImpact';

/** A version that a change of the event repository brings, beside the newest one before it. */
export interface BroughtVersion {
  readonly eventType: EventType;
  readonly step: JudgedStep;
  /** Those that are hit hardest first. */
  readonly subscribers: readonly SubscriberImpact[];
}

/** The newest version before another one, whatever its major. */
export function versionBefore(eventType: EventType, next: SchemaVersion): SchemaVersion | undefined {
  return eventType.versions[eventType.versions.indexOf(next) - 1];
}

/**
 * Each schema version that a change of an event repository brings to an event type that was there, judged, with whom it
 * hits among the subscribers after the change. Worked out one by one, as they are asked for.
 */
export function* versionsBrought(
  before: EventRepository,
  after: EventRepository,
  options: JudgeOptions & ImpactOptions,
): Generator<BroughtVersion> {
  for (const { after: eventType, versions } of impactOf(before, after).eventTypes.changed) {
    for (const next of [...versions.added, ...versions.changed.map(change => change.after)]) {
      const old = versionBefore(eventType, next);
      if (!old) continue;
      const step = judgeStep(after, eventType, { old, next }, options);
      yield { eventType, step, subscribers: subscribersHit(after, eventType, step, options) };
    }
  }
}
