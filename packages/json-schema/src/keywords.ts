/*
 * Where a schema holds further schemas, by draft. Whoever walks a schema,
 * walks it by this table.
 */
import { isBefore } from './drafts';
import { isArray, isObject } from './json';
import type { Draft, Json, JsonObject } from './types';

/** One schema, a list of them, an object of them, or what the value says. */
export type Holding = 'schema' | 'list' | 'map' | 'schema-or-list' | 'dependencies';

interface HoldingKeyword {
  readonly holding: Holding;
  readonly since?: Draft;
  /** the last draft that has it */
  readonly until?: Draft;
}

const HOLDING: { readonly [keyword: string]: HoldingKeyword } = {
  $defs: { holding: 'map', since: '2019-09' },
  // kept by later drafts for old documents
  definitions: { holding: 'map' },
  properties: { holding: 'map' },
  patternProperties: { holding: 'map' },
  additionalProperties: { holding: 'schema' },
  propertyNames: { holding: 'schema', since: 'draft-06' },
  unevaluatedProperties: { holding: 'schema', since: '2019-09' },
  dependentSchemas: { holding: 'map', since: '2019-09' },
  dependencies: { holding: 'dependencies' },
  items: { holding: 'schema-or-list' },
  prefixItems: { holding: 'list', since: '2020-12' },
  additionalItems: { holding: 'schema', until: '2019-09' },
  unevaluatedItems: { holding: 'schema', since: '2019-09' },
  contains: { holding: 'schema', since: 'draft-06' },
  allOf: { holding: 'list' },
  anyOf: { holding: 'list' },
  oneOf: { holding: 'list' },
  not: { holding: 'schema' },
  if: { holding: 'schema', since: 'draft-07' },
  then: { holding: 'schema', since: 'draft-07' },
  else: { holding: 'schema', since: 'draft-07' },
  contentSchema: { holding: 'schema', since: '2019-09' },
};

/** How a keyword holds schemas in a draft; undefined if it holds none there. */
export function holdingOf(keyword: string, draft: Draft): Holding | undefined {
  if (!Object.hasOwn(HOLDING, keyword)) {
    return undefined;
  }
  const { holding, since, until } = HOLDING[keyword];
  if ((since && isBefore(draft, since)) || (until && isBefore(until, draft))) {
    return undefined;
  }
  return keyword === 'items' && draft === '2020-12' ? 'schema' : holding;
}

export interface Subschema {
  readonly value: Json;
  /** Keys from the schema that holds it. */
  readonly keys: readonly (string | number)[];
}

function* heldBy(keyword: string, value: Json, holding: Holding): Generator<Subschema> {
  if ((holding === 'list' || holding === 'schema-or-list') && isArray(value)) {
    for (let i = 0; i < value.length; i++) {
      yield { value: value[i], keys: [keyword, i] };
    }
  } else if (holding === 'schema' || holding === 'schema-or-list') {
    yield { value, keys: [keyword] };
  } else if (isObject(value) && holding !== 'list') {
    for (const name of Object.keys(value)) {
      // a dependency may also be a list of names
      if (holding === 'map' || !isArray(value[name])) {
        yield { value: value[name], keys: [keyword, name] };
      }
    }
  }
}

/** The schemas directly inside a schema. */
export function* subschemas(schema: JsonObject, draft: Draft): Generator<Subschema> {
  for (const keyword of Object.keys(schema)) {
    const holding = holdingOf(keyword, draft);
    if (holding) {
      yield* heldBy(keyword, schema[keyword], holding);
    }
  }
}
