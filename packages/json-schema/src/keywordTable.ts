import { ARRAY_KEYWORDS } from './arrayKeywords';
import { isBefore } from './drafts';
import type { KeywordRow } from './evaluation';
import { OBJECT_KEYWORDS } from './objectKeywords';
import { SCHEMA_KEYWORDS } from './schemaKeywords';
import { DRAFTS, type Draft } from './types';
import { VALUE_KEYWORDS } from './valueKeywords';

const ALL: readonly KeywordRow[] = [...VALUE_KEYWORDS, ...OBJECT_KEYWORDS, ...ARRAY_KEYWORDS, ...SCHEMA_KEYWORDS];

const BY_DRAFT = new Map<Draft, ReadonlyMap<string, KeywordRow>>(
  DRAFTS.map(draft => [
    draft,
    new Map(
      ALL.filter(({ since, until }) => !(since && isBefore(draft, since)) && !(until && isBefore(until, draft))).map(
        row => [row.name, row],
      ),
    ),
  ]),
);

/** The assertions of a draft by name. */
export function keywordsOf(draft: Draft): ReadonlyMap<string, KeywordRow> {
  return BY_DRAFT.get(draft) ?? new Map();
}
