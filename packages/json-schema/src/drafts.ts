import { isObject, own } from './json';
import { DEFAULT_DRAFT, type Draft } from './types';

const BY_URI: readonly (readonly [RegExp, Draft])[] = [
  [/^https?:\/\/json-schema\.org\/draft-04\/schema#?$/, 'draft-04'],
  [/^https?:\/\/json-schema\.org\/draft-06\/schema#?$/, 'draft-06'],
  [/^https?:\/\/json-schema\.org\/draft-07\/schema#?$/, 'draft-07'],
  [/^https?:\/\/json-schema\.org\/draft\/2019-09\/schema#?$/, '2019-09'],
  [/^https?:\/\/json-schema\.org\/draft\/2020-12\/schema#?$/, '2020-12'],
  // "the newest", and what OpenAPI 3.1 calls its schemas
  [/^https?:\/\/json-schema\.org\/schema#?$/, '2020-12'],
  [/^https:\/\/spec\.openapis\.org\/oas\/3\.1\/dialect\/base#?$/, '2020-12'],
];

/** The draft of a `$schema`, undefined for one that is not known. */
export function draftOfUri(uri: string): Draft | undefined {
  return BY_URI.find(([pattern]) => pattern.test(uri))?.[1];
}

/**
 * The draft that a schema names in `$schema`; the fallback for one that names
 * none, or one that is not known.
 */
export function detectDraft(schema: unknown, fallback: Draft = DEFAULT_DRAFT): Draft {
  const uri = isObject(schema) ? own(schema, '$schema') : undefined;
  return (typeof uri === 'string' ? draftOfUri(uri) : undefined) ?? fallback;
}

const ORDER: { readonly [draft in Draft]: number } = {
  'draft-04': 4,
  'draft-06': 6,
  'draft-07': 7,
  '2019-09': 8,
  '2020-12': 9,
};

export function isBefore(draft: Draft, other: Draft): boolean {
  return ORDER[draft] < ORDER[other];
}

/** Until draft-07 a `$ref` stands alone: what is beside it does not count. */
export function refStandsAlone(draft: Draft): boolean {
  return isBefore(draft, '2019-09');
}

/** The keyword that names a schema. */
export function idKeyword(draft: Draft): 'id' | '$id' {
  return draft === 'draft-04' ? 'id' : '$id';
}
