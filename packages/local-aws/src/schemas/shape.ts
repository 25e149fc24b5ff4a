import type { Json, JsonObject } from '@busline/json-schema';

/** Deeper events are not discovered. */
const MAX_DEPTH = 100;
const DATE_TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:?\d\d)$/;

/** Stands for every text that is a time. */
const SOME_TIME = '2000-01-01T00:00:00Z';

/**
 * What discovery knows of a value: names and types, and which texts are times. Nothing of the data itself is kept, and
 * two events of one shape have equal shapes, key order included.
 * @throws RangeError where the value is nested too deeply
 */
export function shapeOf(value: unknown, depth = 0): Json {
  if (depth > MAX_DEPTH) throw new RangeError('The event is nested too deeply');
  if (Array.isArray(value)) {
    const shapes = new Map(value.map(entry => shapeOf(entry, depth + 1)).map(shape => [JSON.stringify(shape), shape]));
    return [...shapes.keys()].sort().map(key => shapes.get(key) ?? null);
  }
  if (isObject(value)) {
    return Object.fromEntries(
      Object.keys(value)
        .sort()
        .map(key => [key, shapeOf(value[key], depth + 1)]),
    );
  }
  switch (typeof value) {
    case 'string':
      return DATE_TIME.test(value) ? SOME_TIME : '';
    case 'number':
      return Number.isInteger(value) ? 1 : 0.5;
    case 'boolean':
      return true;
    default:
      return null;
  }
}

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** `Access Granted` and `EC2 Instance State-change Notification` as AWS turns them into names. */
export function pascalCase(text: string): string {
  return text
    .split(/[^A-Za-z0-9]+/)
    .filter(word => word !== '')
    .map(word => word.charAt(0).toUpperCase() + word.slice(1))
    .join('');
}
