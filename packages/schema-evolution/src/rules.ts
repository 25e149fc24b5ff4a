/*
 * The rules: each a way in which a reader rejects what a writer sends, found
 * at one keyword of the reading schema. The table is the documentation.
 */

export interface Rule {
  readonly id: string;
  /** What it means, in one sentence. */
  readonly sentence: string;
  /** Keywords of the reading side at which it is found. */
  readonly keywords: readonly string[];
}

export const RULES: readonly Rule[] = [
  {
    id: 'field-missing',
    sentence: 'A field that the reader requires may be missing from what is written.',
    keywords: ['required'],
  },
  {
    id: 'dependent-field-missing',
    sentence: 'A field that the reader requires beside another may be missing from what is written.',
    keywords: ['dependentRequired', 'dependencies'],
  },
  {
    id: 'field-not-allowed',
    sentence: 'A field that may be written is not allowed by the reader.',
    keywords: ['additionalProperties', 'unevaluatedProperties', 'properties', 'patternProperties'],
  },
  {
    id: 'field-name',
    sentence: 'A field may be written whose name the reader does not accept.',
    keywords: ['propertyNames'],
  },
  {
    id: 'field-count',
    sentence: 'More or fewer fields may be written than the reader accepts.',
    keywords: ['minProperties', 'maxProperties'],
  },
  {
    id: 'type-not-accepted',
    sentence: 'A value may be written of a type that the reader does not accept.',
    keywords: ['type'],
  },
  {
    id: 'value-not-listed',
    sentence: 'A value may be written that is not among those the reader knows.',
    keywords: ['enum', 'const'],
  },
  {
    id: 'number-range',
    sentence: 'A number may be written outside the range that the reader accepts.',
    keywords: ['minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum'],
  },
  {
    id: 'number-multiple',
    sentence: 'A number may be written that is not a multiple of what the reader wants.',
    keywords: ['multipleOf'],
  },
  {
    id: 'text-length',
    sentence: 'A text may be written that is longer or shorter than the reader accepts.',
    keywords: ['minLength', 'maxLength'],
  },
  {
    id: 'text-pattern',
    sentence: "A text may be written that does not match the reader's expression.",
    keywords: ['pattern'],
  },
  {
    id: 'text-format',
    sentence: 'A text may be written that has not the format that the reader wants.',
    keywords: ['format'],
  },
  {
    id: 'item-count',
    sentence: 'More or fewer items may be written than the reader accepts.',
    keywords: ['minItems', 'maxItems'],
  },
  {
    id: 'item-not-allowed',
    sentence: 'An item may be written where the reader allows none.',
    keywords: ['items', 'additionalItems', 'prefixItems', 'unevaluatedItems'],
  },
  {
    id: 'item-repeated',
    sentence: 'Equal items may be written where the reader wants each once.',
    keywords: ['uniqueItems'],
  },
  {
    id: 'item-wanted',
    sentence: 'A list may be written that does not contain what the reader looks for, or too often.',
    keywords: ['contains', 'minContains', 'maxContains'],
  },
  {
    id: 'no-alternative',
    sentence: "A value may be written that fits none of the reader's alternatives.",
    keywords: ['anyOf'],
  },
  {
    id: 'not-one-alternative',
    sentence:
      "A value may be written that fits none or several of the reader's alternatives, of which exactly one must fit.",
    keywords: ['oneOf'],
  },
  {
    id: 'value-excluded',
    sentence: 'A value may be written that the reader excludes.',
    keywords: ['not'],
  },
  {
    id: 'nothing-accepted',
    sentence: 'A value may be written where the reader accepts none.',
    keywords: ['false'],
  },
  {
    id: 'rejected',
    sentence: 'A value may be written that the reader rejects.',
    keywords: [],
  },
];

const BY_KEYWORD = new Map(RULES.flatMap(rule => rule.keywords.map(keyword => [keyword, rule] as const)));

/** The rule of a keyword of the reading side; `rejected` for any other. */
export function ruleOf(keyword: string): Rule {
  return BY_KEYWORD.get(keyword) ?? RULES[RULES.length - 1];
}
