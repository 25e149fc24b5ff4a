/*
 * A smaller value of the same kind: parts are left out and simplified as long
 * as the test holds.
 */
import { define, isArray, isObject } from '../json';
import type { Json } from '../types';

/** Values tried for one result. */
const MAX_TRIES = 400;

/** The value, as small as it could be made; the test holds of it, as of the value given. */
export function shrink(value: Json, test: (value: Json) => boolean): Json {
  let tries = 0;
  const holds = (candidate: Json) => {
    tries += 1;
    if (tries > MAX_TRIES) {
      return false;
    }
    try {
      return test(candidate);
    } catch {
      return false;
    }
  };
  let current = value;
  for (let changed = true; changed && tries <= MAX_TRIES; ) {
    changed = false;
    for (const candidate of smaller(current)) {
      if (holds(candidate)) {
        current = candidate;
        changed = true;
        break;
      }
    }
  }
  return current;
}

function without(value: { readonly [key: string]: Json }, name: string): Json {
  const result: { [key: string]: Json } = {};
  Object.keys(value).forEach(key => key !== name && define(result, key, value[key]));
  return result;
}

function withValue(value: { readonly [key: string]: Json }, name: string, inner: Json): Json {
  const result: { [key: string]: Json } = {};
  Object.keys(value).forEach(key => define(result, key, key === name ? inner : value[key]));
  return result;
}

/** Values that are simpler in one step, the simplest first. */
function* smaller(value: Json): Generator<Json> {
  if (isArray(value)) {
    for (let i = value.length - 1; i >= 0; i--) {
      yield value.filter((_, j) => j !== i);
    }
    for (let i = 0; i < value.length; i++) {
      for (const inner of smaller(value[i])) {
        yield value.map((each, j) => (j === i ? inner : each));
      }
    }
  } else if (isObject(value)) {
    for (const name of Object.keys(value).reverse()) {
      yield without(value, name);
    }
    for (const name of Object.keys(value)) {
      for (const inner of smaller(value[name])) {
        yield withValue(value, name, inner);
      }
    }
  } else if (typeof value === 'string' && value.length > 1) {
    yield value.slice(0, Math.floor(value.length / 2));
    yield value.slice(0, -1);
  } else if (typeof value === 'number' && value !== 0 && Math.abs(value) > 1) {
    yield 0;
    yield 1;
  }
}
