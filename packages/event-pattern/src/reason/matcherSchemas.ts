/*
 * Matchers as JSON Schemas of one value. Two for each: what matches satisfies
 * `over`, what satisfies `under` matches. They are the same but for numbers
 * that no double holds, halves of surrogate pairs, and IPv6 addresses.
 */
import type { Json, JsonObject, NumericRange, ValueMatcher } from '../types';
import { MAX_IPV4_CHARACTERS } from '../addresses';
import { addressExpressions, expressionOf, ipv4Expression } from './expressions';

export interface Bounds {
  readonly over: JsonObject | boolean;
  readonly under: JsonObject | boolean;
}

export const SCALARS: readonly string[] = ['null', 'boolean', 'number', 'string'];
const SCALAR: JsonObject = { type: SCALARS };

const same = (schema: JsonObject | boolean): Bounds => ({ over: schema, under: schema });
const NOTHING = same(false);

function text(pattern: string): JsonObject {
  return { type: 'string', pattern };
}

function range({ lower, upper }: NumericRange): JsonObject {
  return {
    type: 'number',
    ...(lower ? { [lower.inclusive ? 'minimum' : 'exclusiveMinimum']: lower.value } : {}),
    ...(upper ? { [upper.inclusive ? 'maximum' : 'exclusiveMaximum']: upper.value } : {}),
  };
}

/** IPv4 exactly; of IPv6 some spellings below, texts that may be one above. */
function address(first: string, last: string): Bounds {
  const { over, under } = addressExpressions(first, last);
  const ipv4: readonly JsonObject[] =
    first.length === 8 ? [{ ...text(ipv4Expression(first, last)), maxLength: MAX_IPV4_CHARACTERS }] : [];
  return { over: { anyOf: [...ipv4, ...over.map(text)] }, under: { anyOf: [...ipv4, ...under.map(text)] } };
}

function boundsOf(matcher: ValueMatcher): Bounds {
  switch (matcher.kind) {
    case 'equals':
      return same({ enum: [matcher.value] });
    case 'equals-number':
      return matcher.value === undefined ? { over: { type: 'number' }, under: false } : same({ enum: [matcher.value] });
    case 'numeric':
      return same(range(matcher.range));
    case 'cidr':
      return address(matcher.range.first, matcher.range.last);
    case 'exists':
      return matcher.value ? same(SCALAR) : NOTHING;
    case 'anything-but': {
      const excluded = anyOf(matcher.excluded);
      return { over: but(excluded.under), under: but(excluded.over) };
    }
    default: {
      const ignoreCase = 'ignoreCase' in matcher && matcher.ignoreCase;
      const expression = expressionOf(matcher.kind, matcher.value, ignoreCase);
      if (expression === undefined) {
        return { over: { type: 'string' }, under: false };
      }
      return same(expression === '^' || expression === '$' ? { type: 'string' } : text(expression));
    }
  }
}

function but(excluded: JsonObject | boolean): JsonObject {
  return excluded === false ? SCALAR : { ...SCALAR, not: excluded };
}

function union(schemas: readonly (JsonObject | boolean)[]): JsonObject | boolean {
  const values: Json[] = [];
  const others: (JsonObject | boolean)[] = [];
  for (const each of schemas) {
    if (typeof each === 'object' && Array.isArray(each.enum)) {
      values.push(...(each.enum as readonly Json[]));
    } else if (each !== false) {
      others.push(each);
    }
  }
  const all = values.length === 0 ? others : [{ enum: [...new Set(values)] }, ...others];
  if (all.length < 2) {
    return all[0] ?? false;
  }
  return { anyOf: all };
}

/** A value that satisfies one of the matchers; of `exists: false` no value does. */
export function anyOf(matchers: readonly ValueMatcher[]): Bounds {
  const all = matchers.map(boundsOf);
  return { over: union(all.map(({ over }) => over)), under: union(all.map(({ under }) => under)) };
}
