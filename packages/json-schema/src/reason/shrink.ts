/*
 * A smaller value of the same kind: parts are left out as long as the test
 * holds. What the writer requires is not tried. Single values stay: the
 * searches give the smallest numbers and the shortest texts first.
 */
import { define, isArray, isObject, ownArray, ownNumber } from '../json';
import type { Json } from '../types';
import { itemView, lookedAt, open, propertyView, type View } from './views';

/** Values tried for one result. */
const MAX_TRIES = 200;

type Test = (value: Json) => boolean;

/** What the writer says of a value, as far as it is plain to see. */
interface Known {
  readonly required: ReadonlySet<Json>;
  readonly minItems: number;
  property(name: string): View | undefined;
  item(index: number): View | undefined;
}

const NOTHING: Known = { required: new Set(), minItems: 0, property: () => undefined, item: () => undefined };

function knownOf(view: View | undefined): Known {
  if (!view || view.parts.length === 0) {
    return NOTHING;
  }
  const parts = open(view);
  const looked = lookedAt(parts);
  return {
    required: new Set(parts.parts.flatMap(({ schema }) => ownArray(schema, 'required') ?? [])),
    minItems: Math.max(0, ...parts.parts.map(({ schema }) => ownNumber(schema, 'minItems') ?? 0)),
    property: name => propertyView(parts, name, looked),
    item: index => itemView(parts, index),
  };
}

function withName(value: { readonly [key: string]: Json }, name: string, inner?: { readonly value: Json }): Json {
  const result: { [key: string]: Json } = {};
  for (const key of Object.keys(value)) {
    if (key !== name) {
      define(result, key, value[key]);
    } else if (inner) {
      define(result, key, inner.value);
    }
  }
  return result;
}

class Shrinking {
  #tries = 0;

  holds(test: Test, value: Json): boolean {
    this.#tries += 1;
    if (this.#tries > MAX_TRIES) {
      return false;
    }
    try {
      return test(value);
    } catch {
      return false;
    }
  }

  shrunk(value: Json, test: Test, view: View | undefined): Json {
    if (this.#tries > MAX_TRIES) {
      return value;
    }
    if (isArray(value)) {
      return this.#array(value, test, view);
    }
    return isObject(value) ? this.#object(value, test, view) : value;
  }

  #array(value: readonly Json[], test: Test, view: View | undefined): Json {
    const known = knownOf(view);
    let current = value;
    for (let i = value.length - 1; i >= 0 && current.length > known.minItems; i--) {
      const less = current.filter((_, j) => j !== i);
      current = this.holds(test, less) ? less : current;
    }
    for (let i = 0; i < current.length; i++) {
      const before = current;
      const put = (inner: Json) => before.map((each, j) => (j === i ? inner : each));
      const shrunk = this.shrunk(before[i], inner => test(put(inner)), known.item(i));
      current = shrunk === before[i] ? current : put(shrunk);
    }
    return current;
  }

  #object(value: { readonly [key: string]: Json }, test: Test, view: View | undefined): Json {
    const known = knownOf(view);
    let current: Json = value;
    for (const name of Object.keys(value).reverse()) {
      if (!known.required.has(name)) {
        const less = withName(current as typeof value, name);
        current = this.holds(test, less) ? less : current;
      }
    }
    for (const name of Object.keys(current as typeof value)) {
      const before = current as typeof value;
      const inner = before[name];
      if (typeof inner === 'object' && inner !== null) {
        const shrunk = this.shrunk(inner, each => test(withName(before, name, { value: each })), known.property(name));
        current = shrunk === inner ? current : withName(before, name, { value: shrunk });
      }
    }
    return current;
  }
}

/** The value, as small as it could be made; the test holds of it, as of the value given. */
export function shrink(value: Json, test: Test, view?: View): Json {
  return new Shrinking().shrunk(value, test, view);
}
