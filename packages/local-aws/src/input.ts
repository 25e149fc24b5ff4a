import { AwsError, type JsonObject, type JsonValue } from './service';

/**
 * Members of an input by type. The service model has checked the types before; these hold the type system to it,
 * and give a clear error to an operation that is called without the check.
 */

export function isObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function wrong(name: string, expected: string): AwsError {
  return new AwsError(
    'ValidationException',
    `1 validation error detected: Value at '${name}' failed to satisfy constraint: Member must be ${expected}`,
  );
}

export function optionalText(input: JsonObject, name: string): string | undefined {
  const value = input[name];
  if (value === undefined || value === null) return undefined;
  if (typeof value !== 'string') throw wrong(name, 'a string');
  return value;
}

/** @throws AwsError ValidationException where it is missing */
export function text(input: JsonObject, name: string): string {
  const value = optionalText(input, name);
  if (value === undefined) {
    throw new AwsError(
      'ValidationException',
      `1 validation error detected: Value null at '${name}' failed to satisfy constraint: Member must not be null`,
    );
  }
  return value;
}

/** A number, also where the query protocol brings it as text. */
export function optionalNumber(input: JsonObject, name: string): number | undefined {
  const value = input[name];
  if (value === undefined || value === null) return undefined;
  const number = typeof value === 'string' ? Number(value) : value;
  if (typeof number !== 'number' || !Number.isFinite(number)) {
    throw wrong(name, 'a number');
  }
  return number;
}

export function optionalBoolean(input: JsonObject, name: string): boolean | undefined {
  const value = input[name];
  if (value === undefined || value === null) return undefined;
  if (value === true || value === 'true') return true;
  if (value === false || value === 'false') return false;
  throw wrong(name, 'a boolean');
}

export function optionalObject(input: JsonObject, name: string): JsonObject | undefined {
  const value = input[name];
  if (value === undefined || value === null) return undefined;
  if (!isObject(value)) throw wrong(name, 'an object');
  return value;
}

/** A list of objects; empty where it is missing. */
export function objects(input: JsonObject, name: string): readonly JsonObject[] {
  const value = input[name];
  // The query protocol writes an empty list as an empty text.
  if (value === undefined || value === null || value === '') return [];
  if (!Array.isArray(value) || !value.every(isObject)) {
    throw wrong(name, 'a list of objects');
  }
  return value as readonly JsonObject[];
}

/** A list of texts; empty where it is missing. */
export function texts(input: JsonObject, name: string): readonly string[] {
  const value = input[name];
  if (value === undefined || value === null || value === '') return [];
  if (!Array.isArray(value) || !value.every(v => typeof v === 'string')) {
    throw wrong(name, 'a list of strings');
  }
  return value as readonly string[];
}
