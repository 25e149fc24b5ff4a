import { randomUUID } from 'node:crypto';
import type { EventEnvelope, EventsMetric } from '../environment';
import type { Collection, Scope } from '../store/store';
import type { EventsContext } from './context';
import { sendToDeadLetterQueue } from './deadLetter';
import { retryDelay } from './retry';
import type { BusPlace } from './state';
import { invokeTarget, type Outcome } from './targets';
import type { Rule, Target } from './types';

/** One event on its way to one target. It is stored while it waits or while an answer is awaited. */
export interface Delivery {
  readonly id: string;
  readonly place: BusPlace;
  /** What the rule and target were when the event matched. */
  readonly rule: Pick<Rule, 'name' | 'arn'>;
  readonly target: Target;
  readonly event: EventEnvelope;
  /** The bus that forwarded the event to this one, for the one hop that is allowed. */
  readonly forwardedFrom?: string;
  /** Milliseconds since 1970. */
  readonly ingestedAt: number;
  /** Attempts made so far. */
  readonly attempts: number;
  /** When the next attempt is due, in milliseconds since 1970. */
  readonly due: number;
}

export interface Deliverer {
  /** Makes the first attempt now: what goes to a queue or a bus of this server has arrived when this returns. */
  deliver(delivery: Omit<Delivery, 'id' | 'attempts' | 'due'>): void;
  /** Takes up what an earlier run of the server left. */
  resume(): void;
  /** Resolves when no attempt is under way. */
  idle(): Promise<void>;
  /** Stops retrying; what waits stays stored. */
  close(): void;
}

const COLLECTION = 'events/deliveries';

/** Defaults of a target without a retry policy. */
const DEFAULT_MAX_ATTEMPTS = 185;
const DEFAULT_MAX_AGE_SECONDS = 86_400;

/**
 * Delivers as EventBridge does: what may pass (throttling, a server error, no answer) is tried again with growing
 * pauses until the target's retry policy is exhausted; what will not pass (no permission, no resource) fails at
 * once. What failed goes to the target's dead-letter queue, or is lost where there is none.
 * Source: "How EventBridge retries delivering events", "Using dead-letter queues to process undelivered events".
 */
export function createDeliverer(context: EventsContext): Deliverer {
  const { environment, metrics } = context;
  const { clock, store } = environment;
  const running = new Set<Promise<void>>();
  const timers = new Map<string, () => void>();
  let closed = false;

  const stored = (scope: Scope): Collection<Delivery> => store.collection<Delivery>(COLLECTION, scope);

  function attempt(delivery: Delivery): void {
    const outcome = invokeTarget(context, delivery);
    if ('kind' in outcome && outcome.kind === 'recorded') {
      forget(delivery);
      return;
    }
    count(delivery, 'InvocationAttempts');
    if (delivery.attempts > 0) count(delivery, 'RetryInvocationAttempts');
    if (!(outcome instanceof Promise)) {
      settle(delivery, outcome);
      return;
    }
    stored(delivery.place).set(delivery.id, delivery);
    const run = outcome
      .then(result => {
        if (!closed) settle(delivery, result);
      })
      .catch(error => environment.logError('A delivery failed', error))
      .finally(() => running.delete(run));
    running.add(run);
  }

  function settle(delivery: Delivery, outcome: Outcome): void {
    switch (outcome.kind) {
      case 'delivered':
        count(delivery, 'Invocations');
        count(delivery, 'SuccessfulInvocationAttempts');
        count(delivery, 'IngestionToInvocationSuccessLatency', Math.max(0, clock.now() - delivery.ingestedAt));
        forget(delivery);
        return;
      case 'failed':
        if (outcome.code === 'THROTTLING') count(delivery, 'ThrottledRules');
        if (outcome.retryable) retryOrGiveUp(delivery, outcome);
        else giveUp(delivery, outcome);
        return;
      default:
        forget(delivery);
    }
  }

  function retryOrGiveUp(delivery: Delivery, outcome: Extract<Outcome, { kind: 'failed' }>): void {
    const now = clock.now();
    const policy = delivery.target.RetryPolicy ?? {};
    const maxRetries = policy.MaximumRetryAttempts ?? DEFAULT_MAX_ATTEMPTS;
    const maxAge = (policy.MaximumEventAgeInSeconds ?? DEFAULT_MAX_AGE_SECONDS) * 1000;
    if (delivery.attempts >= maxRetries) {
      giveUp(delivery, outcome, 'MaximumRetryAttempts');
      return;
    }
    const due = now + retryDelay(delivery.attempts);
    if (due - delivery.ingestedAt > maxAge) {
      giveUp(delivery, outcome, 'MaximumEventAgeInSeconds');
      return;
    }
    wait({ ...delivery, attempts: delivery.attempts + 1, due });
  }

  function wait(delivery: Delivery): void {
    stored(delivery.place).set(delivery.id, delivery);
    const cancel = clock.after(Math.max(0, delivery.due - clock.now()), () => {
      timers.delete(delivery.id);
      if (!closed) attempt(delivery);
    });
    timers.set(delivery.id, cancel);
  }

  function giveUp(delivery: Delivery, outcome: Extract<Outcome, { kind: 'failed' }>, exhausted?: string): void {
    count(delivery, 'Invocations');
    count(delivery, 'FailedInvocations');
    const sent = sendToDeadLetterQueue(context, delivery, outcome, exhausted);
    if (sent === 'sent') count(delivery, 'InvocationsSentToDlq');
    if (sent === 'failed') count(delivery, 'InvocationsFailedToBeSentToDlq');
    forget(delivery);
  }

  function forget(delivery: Delivery): void {
    stored(delivery.place).delete(delivery.id);
  }

  function count(delivery: Delivery, metric: EventsMetric, value = 1): void {
    const { account, region, bus } = delivery.place;
    metrics.count({ account, region, bus, rule: delivery.rule.name }, metric, value, clock.now());
  }

  return {
    deliver(delivery) {
      attempt({
        ...delivery,
        id: randomUUID(),
        attempts: 0,
        due: delivery.ingestedAt,
      });
    },
    resume() {
      for (const scope of store.scopes(COLLECTION)) {
        for (const delivery of [...stored(scope).values()]) wait(delivery);
      }
    },
    async idle() {
      while (running.size > 0) await Promise.all(running);
    },
    close() {
      closed = true;
      for (const cancel of timers.values()) cancel();
      timers.clear();
    },
  };
}
