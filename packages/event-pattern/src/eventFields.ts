/*
 * An event as a list of leaves by field name. Each leaf remembers in which
 * element of which array it stands, so that a match does not combine fields
 * of different elements ("array consistency").
 */
import { InvalidEventError } from './errors';
import { JsonSyntaxError } from './jsonErrors';
import { JsonReader, MAX_NESTING, type Token } from './jsonReader';
import { toComparable } from './numbers';
import type { Json, JsonObject } from './types';

export type LeafValue =
  | { readonly type: 'string'; readonly text: string }
  | {
      readonly type: 'number';
      readonly text: string;
      readonly value: number | undefined;
    }
  /** `true`, `false` or `null` */
  | { readonly type: 'literal'; readonly text: string };

/** Array number to index in it, outermost first. */
export type ArrayMembership = ReadonlyMap<number, number>;

export interface Leaf {
  readonly value: LeafValue;
  readonly membership: ArrayMembership;
}

export type EventFields = ReadonlyMap<string, readonly Leaf[]>;

/** Parts of a name between dots; empty ones at the end do not count. */
function stepsOf(name: string): string[] {
  const steps = name.split('.');
  if (steps.length === 1) {
    return steps;
  }
  while (steps.length > 0 && steps[steps.length - 1] === '') {
    steps.pop();
  }
  return steps;
}

/** Every key on the way to these fields: nothing else of an event is read. */
export function usedSteps(fields: Iterable<string>): ReadonlySet<string> {
  return new Set([...fields].flatMap(stepsOf));
}

function isUsed(key: string, used: ReadonlySet<string>): boolean {
  return used.has(key) || (key.includes('.') && stepsOf(key).every(step => used.has(step)));
}

/** Collects leaves while the event is walked, from text or from a value. */
class Collector {
  readonly fields = new Map<string, Leaf[]>();
  readonly #membership = new Map<number, number>();
  #frozen: ArrayMembership | undefined;
  #arrays = 0;

  newArray(): number {
    this.#arrays += 1;
    return this.#arrays;
  }

  enter(array: number, index: number): void {
    this.#membership.set(array, index);
    this.#frozen = undefined;
  }

  leave(array: number): void {
    this.#membership.delete(array);
    this.#frozen = undefined;
  }

  add(name: string, value: LeafValue): void {
    this.#frozen ??= new Map(this.#membership);
    const leaf = { value, membership: this.#frozen };
    const leaves = this.fields.get(name);
    if (leaves) {
      leaves.push(leaf);
    } else {
      this.fields.set(name, [leaf]);
    }
  }
}

/**
 * The leaves of an event that a pattern using these steps can see. Throws
 * `InvalidEventError` for what is no JSON object.
 */
export function readEvent(event: string | JsonObject, used: ReadonlySet<string>): EventFields {
  const collector = new Collector();
  if (typeof event === 'string') {
    readText(event, used, collector);
  } else if (event === null || typeof event !== 'object' || Array.isArray(event)) {
    throw new InvalidEventError('Event must be a JSON object');
  } else {
    walkObject(event, undefined, 1, used, collector);
  }
  return collector.fields;
}

function nameOf(base: string | undefined, key: string): string {
  return base === undefined ? key : `${base}.${key}`;
}

function readText(text: string, used: ReadonlySet<string>, collector: Collector): void {
  const reader = new JsonReader(text);
  try {
    if (reader.next().type !== 'start-object') {
      throw new InvalidEventError('Event must be a JSON object');
    }
    readObject(reader, undefined, used, collector);
  } catch (error) {
    if (error instanceof JsonSyntaxError) {
      throw new InvalidEventError(`Event is not valid JSON: ${error.message}`);
    }
    throw error;
  }
}

function readObject(
  reader: JsonReader,
  base: string | undefined,
  used: ReadonlySet<string>,
  collector: Collector,
): void {
  for (;;) {
    const key = reader.next();
    if (key.type === 'end-object') {
      return;
    }
    const token = reader.next();
    if (!isUsed(key.text, used)) {
      reader.skip(token);
    } else if (token.type === 'start-object') {
      readObject(reader, nameOf(base, key.text), used, collector);
    } else if (token.type === 'start-array') {
      readArray(reader, nameOf(base, key.text), used, collector);
    } else {
      collector.add(nameOf(base, key.text), leafOfToken(token));
    }
  }
}

function readArray(reader: JsonReader, name: string, used: ReadonlySet<string>, collector: Collector): void {
  const array = collector.newArray();
  for (let index = 0; ; index++) {
    const token = reader.next();
    if (token.type === 'end-array') {
      return;
    }
    if (token.type === 'start-object' || token.type === 'start-array') {
      collector.enter(array, index);
      const readNested = token.type === 'start-object' ? readObject : readArray;
      readNested(reader, name, used, collector);
      collector.leave(array);
    } else {
      // plain values of one array stand beside each other, not in elements
      collector.add(name, leafOfToken(token));
    }
  }
}

function leafOfToken(token: Token): LeafValue {
  switch (token.type) {
    case 'string':
      return { type: 'string', text: token.text };
    case 'number':
      return {
        type: 'number',
        text: token.text,
        value: toComparable(token.text),
      };
    default:
      return { type: 'literal', text: token.text };
  }
}

function leafOfValue(value: null | boolean | number | string): LeafValue {
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

function walkObject(
  object: JsonObject,
  base: string | undefined,
  depth: number,
  used: ReadonlySet<string>,
  collector: Collector,
): void {
  checkDepth(depth);
  for (const key of Object.keys(object)) {
    if (isUsed(key, used)) {
      walkValue(object[key], nameOf(base, key), depth, used, collector);
    }
  }
}

function walkValue(
  value: Json | undefined,
  name: string,
  depth: number,
  used: ReadonlySet<string>,
  collector: Collector,
): void {
  if (value === undefined) {
    return;
  }
  if (Array.isArray(value)) {
    walkArray(value, name, depth + 1, used, collector);
  } else if (value !== null && typeof value === 'object') {
    walkObject(value as JsonObject, name, depth + 1, used, collector);
  } else {
    collector.add(name, leafOfValue(value as null | boolean | number | string));
  }
}

function walkArray(
  array: readonly Json[],
  name: string,
  depth: number,
  used: ReadonlySet<string>,
  collector: Collector,
): void {
  checkDepth(depth);
  const number = collector.newArray();
  array.forEach((element, index) => {
    const nested = element !== null && typeof element === 'object';
    if (nested) {
      collector.enter(number, index);
    }
    walkValue(element, name, depth, used, collector);
    if (nested) {
      collector.leave(number);
    }
  });
}
