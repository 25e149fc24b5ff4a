/*
 * From an event, text or value, to the leaves of the fields in use.
 */
import type { Collector } from './collector';
import { InvalidEventError } from './errors';
import type { FieldNode } from './fieldTree';
import { JsonSyntaxError } from './jsonErrors';
import { JsonReader, MAX_NESTING } from './jsonReader';
import type { LeafValue } from './leaves';
import { scanText } from './scanText';
import type { Json, JsonObject } from './types';

/**
 * Puts the leaves of the event into the collector's slots. Throws
 * `InvalidEventError` for what is no JSON object.
 */
export function readEvent(event: string | JsonObject, collector: Collector): void {
  if (typeof event === 'string') {
    if (!scanText(event, collector)) {
      throw problemOf(event);
    }
  } else if (event === null || typeof event !== 'object' || Array.isArray(event)) {
    throw new InvalidEventError('Event must be a JSON object');
  } else {
    walkObject(event, 1, collector.tree.root, collector);
  }
}

/** What is wrong with a text that the scanner refused. */
function problemOf(text: string): InvalidEventError {
  try {
    const reader = new JsonReader(text);
    const first = reader.next();
    if (first.type !== 'start-object') {
      return new InvalidEventError('Event must be a JSON object');
    }
    reader.skip(first);
    return new InvalidEventError('Event is not valid JSON: something follows the object');
  } catch (error) {
    if (error instanceof JsonSyntaxError) {
      return new InvalidEventError(`Event is not valid JSON: ${error.message}`);
    }
    throw error;
  }
}

export function leafOfValue(value: null | boolean | number | string): LeafValue {
  switch (typeof value) {
    case 'string':
      return { type: 'string', text: value };
    case 'number':
      return Number.isFinite(value)
        ? { type: 'number', text: String(value), value }
        : { type: 'literal', text: 'null' };
    default:
      return { type: 'literal', text: String(value) };
  }
}

function checkDepth(depth: number): void {
  if (depth > MAX_NESTING) {
    throw new InvalidEventError(`Event is nested more than ${MAX_NESTING} levels deep`);
  }
}

function walkObject(object: JsonObject, depth: number, node: FieldNode, collector: Collector): void {
  checkDepth(depth);
  for (const key of Object.keys(object)) {
    const child = collector.tree.step(node, key);
    if (child !== undefined) {
      walkValue(object[key], depth, child, collector);
    }
  }
}

function walkValue(value: Json | undefined, depth: number, node: FieldNode, collector: Collector): void {
  if (value === undefined) {
    return;
  }
  if (Array.isArray(value)) {
    walkArray(value, depth + 1, node, collector);
  } else if (value !== null && typeof value === 'object') {
    walkObject(value as JsonObject, depth + 1, node, collector);
  } else if (node.slot !== undefined) {
    collector.add(node.slot, leafOfValue(value as null | boolean | number | string));
  }
}

function walkArray(array: readonly Json[], depth: number, node: FieldNode, collector: Collector): void {
  checkDepth(depth);
  const number = collector.newArray();
  array.forEach((element, index) => {
    const nested = element !== null && typeof element === 'object';
    if (nested) {
      collector.enter(number, index);
    }
    walkValue(element, depth, node, collector);
    if (nested) {
      collector.leave(number);
    }
  });
}
