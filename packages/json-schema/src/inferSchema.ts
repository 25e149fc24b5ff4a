import { SchemaTooDeepError } from './errors';
import { hasFormat } from './formats';
import { define, isArray, isObject, MAX_DEPTH } from './json';
import type { Json, JsonObject } from './types';

/** Formats that are recognised, the narrower first. */
const RECOGNISED: readonly string[] = ['uuid', 'date-time', 'date', 'email', 'ipv4', 'ipv6'];

/** A URI with an authority; `a:b` would be one too, but is not meant as one. */
const LOOKS_LIKE_URI = /^[a-z][a-z0-9+.-]*:\/\//i;

function formatOf(texts: readonly string[]): string | undefined {
  const format = RECOGNISED.find(name => texts.every(text => hasFormat(name, text)));
  if (format !== undefined) {
    return format;
  }
  return texts.every(text => LOOKS_LIKE_URI.test(text) && hasFormat('uri', text)) ? 'uri' : undefined;
}

function ofObjects(objects: readonly JsonObject[], depth: number): JsonObject {
  const values = new Map<string, Json[]>();
  for (const object of objects) {
    for (const name of Object.keys(object)) {
      const known = values.get(name);
      if (known) {
        known.push(object[name]);
      } else {
        values.set(name, [object[name]]);
      }
    }
  }
  const properties: { [name: string]: Json } = {};
  for (const [name, samples] of values) {
    define(properties, name, infer(samples, depth + 1));
  }
  const required = [...values].filter(([, samples]) => samples.length === objects.length).map(([name]) => name);
  return {
    properties,
    ...(required.length === 0 ? {} : { required }),
  };
}

function ofArrays(arrays: readonly (readonly Json[])[], depth: number): JsonObject {
  const samples = arrays.flat();
  return samples.length === 0 ? {} : { items: infer(samples, depth + 1) };
}

function infer(samples: readonly Json[], depth: number): JsonObject {
  if (depth > MAX_DEPTH) {
    throw new SchemaTooDeepError(`Samples are nested more than ${MAX_DEPTH} levels deep`);
  }
  const objects = samples.filter(isObject);
  const arrays = samples.filter(isArray);
  const texts = samples.filter(each => typeof each === 'string');
  const numbers = samples.filter(each => typeof each === 'number');
  const types = [
    ...(objects.length > 0 ? ['object'] : []),
    ...(arrays.length > 0 ? ['array'] : []),
    ...(texts.length > 0 ? ['string'] : []),
    ...(numbers.length > 0 ? [numbers.every(Number.isInteger) ? 'integer' : 'number'] : []),
    ...(samples.some(each => typeof each === 'boolean') ? ['boolean'] : []),
    ...(samples.some(each => each === null) ? ['null'] : []),
  ];
  const format = texts.length > 0 ? formatOf(texts) : undefined;
  return {
    ...(types.length === 0 ? {} : { type: types.length === 1 ? types[0] : types }),
    ...(objects.length > 0 ? ofObjects(objects, depth) : {}),
    ...(arrays.length > 0 ? ofArrays(arrays, depth) : {}),
    ...(format === undefined ? {} : { format }),
  };
}

/**
 * A schema that all samples satisfy: every property seen, required where every
 * sample has it, formats where every text has one. Not more than the samples
 * show: no enums, no limits. Without samples, the schema of anything.
 */
export function inferSchema(samples: readonly Json[]): JsonObject {
  return infer(samples, 0);
}
