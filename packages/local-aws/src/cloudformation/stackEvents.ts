import { randomUUID } from 'node:crypto';
import type { Clock } from '../clock';
import type { JsonObject } from '../service';
import type { Collection, Store } from '../store/store';
import { uuidOf, type Stack, type StackResource } from './stack';

export interface StackEvent {
  readonly id: string;
  readonly logicalId: string;
  readonly physicalId?: string;
  readonly type: string;
  readonly time: number;
  readonly status: string;
  readonly reason?: string;
  readonly properties?: JsonObject;
  readonly token?: string;
}

export const STACK_TYPE = 'AWS::CloudFormation::Stack';

export interface StackEvents {
  ofStack(stack: Stack, status: string, reason?: string, token?: string): void;
  ofResource(stack: Stack, resource: StackResource, token?: string): void;
  /** Newest first, each with a key that falls as they get older. */
  list(stack: Stack): readonly (readonly [string, StackEvent])[];
}

/** Digits of an event's number; more events than that no stack has. */
const KEY_DIGITS = 9;
const LAST_KEY = 10 ** KEY_DIGITS - 1;

export function createStackEvents(store: Store, clock: Clock): StackEvents {
  const of = (stack: Stack): Collection<StackEvent> =>
    store.collection(`cloudformation/events/${uuidOf(stack)}`, stack);

  function add(stack: Stack, event: Omit<StackEvent, 'time'>): void {
    const events = of(stack);
    events.set(String(LAST_KEY - events.size).padStart(KEY_DIGITS, '0'), { ...event, time: clock.now() });
  }

  return {
    ofStack(stack, status, reason, token) {
      const { id: physicalId, name: logicalId } = stack;
      add(stack, { id: randomUUID(), logicalId, physicalId, type: STACK_TYPE, status, reason, token });
    },
    ofResource(stack, { logicalId, physicalId, type, status, statusReason: reason, properties }, token) {
      const id = `${logicalId}-${status}-${new Date(clock.now()).toISOString()}-${randomUUID().slice(0, 8)}`;
      add(stack, { id, logicalId, physicalId, type, status, reason, properties, token });
    },
    list: stack => [...of(stack).entries()].reverse(),
  };
}
