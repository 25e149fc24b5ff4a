/*
 * Keywords about arrays.
 */
import { apply, fail, wantsMore, type Keyword, type KeywordRow, type Place } from './evaluation';
import { canonicalText, isArray, ownArray, ownNumber } from './json';
import type { Json } from './types';

function applyToItem(
  place: Place,
  value: readonly Json[],
  index: number,
  schema: Json,
  keys: readonly (string | number)[],
): boolean {
  place.seen?.addItem(index);
  return apply(place, {
    schema,
    keys,
    inside: { key: index, value: value[index] },
  });
}

/** Applies a schema to the items from an index on that pass the filter. */
function applyToRest(place: Place, value: readonly Json[], from: number, schema: Json, keyword: string): boolean {
  let valid = true;
  for (let index = from; index < value.length; index++) {
    if (!applyToItem(place, value, index, schema, [keyword])) {
      valid = false;
      if (!wantsMore(place)) {
        return false;
      }
    }
  }
  return valid;
}

function applyTuple(place: Place, value: readonly Json[], schemas: readonly Json[], keyword: string): boolean {
  let valid = true;
  for (let i = 0; i < Math.min(value.length, schemas.length); i++) {
    if (!applyToItem(place, value, i, schemas[i], [keyword, i])) {
      valid = false;
      if (!wantsMore(place)) {
        return false;
      }
    }
  }
  return valid;
}

const prefixItems: Keyword = (place, argument) =>
  !isArray(place.value) || !isArray(argument) || applyTuple(place, place.value, argument, 'prefixItems');

/** Since 2020-12 `items` is about what follows `prefixItems`. */
const items: Keyword = (place, argument) => {
  const { value, scope, schema } = place;
  if (!isArray(value)) {
    return true;
  }
  if (scope.resource.draft === '2020-12') {
    const from = ownArray(schema, 'prefixItems')?.length ?? 0;
    return isArray(argument) || applyToRest(place, value, from, argument, 'items');
  }
  return isArray(argument)
    ? applyTuple(place, value, argument, 'items')
    : applyToRest(place, value, 0, argument, 'items');
};

const additionalItems: Keyword = (place, argument) => {
  const { value, schema } = place;
  const tuple = ownArray(schema, 'items');
  return !isArray(value) || !tuple || applyToRest(place, value, tuple.length, argument, 'additionalItems');
};

const contains: Keyword = (place, argument) => {
  const { value, schema, scope, run } = place;
  if (!isArray(value)) {
    return true;
  }
  const counts = scope.resource.draft;
  const bounded = counts === '2019-09' || counts === '2020-12';
  const least = (bounded ? ownNumber(schema, 'minContains') : undefined) ?? 1;
  const most = bounded ? ownNumber(schema, 'maxContains') : undefined;
  const silent = { ...run, errors: undefined, closed: false };
  let found = 0;
  value.forEach((item, index) => {
    const matches = apply(place, {
      schema: argument,
      keys: ['contains'],
      inside: { key: index, value: item },
      run: silent,
    });
    if (matches) {
      found += 1;
      if (counts === '2020-12') {
        place.seen?.addItem(index);
      }
    }
  });
  if (found < least) {
    return fail(
      place,
      least === 1 ? 'contains' : 'minContains',
      `must contain at least ${least} matching item${least === 1 ? '' : 's'}, has ${found}`,
    );
  }
  return (
    most === undefined ||
    found <= most ||
    fail(place, 'maxContains', `must contain at most ${most} matching item${most === 1 ? '' : 's'}, has ${found}`)
  );
};

const uniqueItems: Keyword = (place, argument) => {
  const { value } = place;
  if (!isArray(value) || argument !== true) {
    return true;
  }
  const known = new Map<string, number>();
  for (let i = 0; i < value.length; i++) {
    const text = canonicalText(value[i]);
    const earlier = known.get(text);
    if (earlier !== undefined) {
      return fail(place, 'uniqueItems', `must not have equal items: ${earlier} and ${i} are the same`);
    }
    known.set(text, i);
  }
  return true;
};

const unevaluatedItems: Keyword = (place, argument) => {
  const { value, seen } = place;
  if (!isArray(value)) {
    return true;
  }
  let valid = true;
  for (let i = 0; i < value.length; i++) {
    if (!seen?.hasItem(i) && !applyToItem(place, value, i, argument, ['unevaluatedItems'])) {
      valid = false;
      if (!wantsMore(place)) {
        return false;
      }
    }
  }
  seen?.addAllItems();
  return valid;
};

function countKeyword(name: string, holds: (count: number, limit: number) => boolean, words: string): Keyword {
  return (place, argument) =>
    !isArray(place.value) ||
    typeof argument !== 'number' ||
    holds(place.value.length, argument) ||
    fail(place, name, `must have ${words} ${argument} item${argument === 1 ? '' : 's'}`);
}

export const ARRAY_KEYWORDS: readonly KeywordRow[] = [
  { name: 'prefixItems', check: prefixItems, since: '2020-12' },
  { name: 'items', check: items },
  { name: 'additionalItems', check: additionalItems, until: '2019-09' },
  { name: 'contains', check: contains, since: 'draft-06' },
  { name: 'uniqueItems', check: uniqueItems },
  {
    name: 'minItems',
    check: countKeyword('minItems', (a, b) => a >= b, 'at least'),
  },
  {
    name: 'maxItems',
    check: countKeyword('maxItems', (a, b) => a <= b, 'at most'),
  },
  {
    name: 'unevaluatedItems',
    check: unevaluatedItems,
    since: '2019-09',
    last: true,
  },
];
