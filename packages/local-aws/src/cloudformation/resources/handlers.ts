import { alarm } from './alarm';
import { eventBus } from './eventBus';
import { eventBusPolicy } from './eventBusPolicy';
import type { ResourceHandler } from './handler';
import { queue } from './queue';
import { queuePolicy } from './queuePolicy';
import { recordedTypes } from './recorded';
import { role } from './role';
import { policy, rolePolicy } from './rolePolicies';
import { rule } from './rule';

const HANDLERS: ReadonlyMap<string, ResourceHandler> = new Map(
  [alarm, eventBus, eventBusPolicy, policy, queue, queuePolicy, role, rolePolicy, rule, ...recordedTypes].map(
    handler => [handler.type, handler],
  ),
);

/** @throws Error for a type without a handler: the template check has refused such before */
export function handlerFor(type: string): ResourceHandler {
  const handler = HANDLERS.get(type);
  if (handler) return handler;
  throw new Error(`There is no handler for ${type}`);
}
