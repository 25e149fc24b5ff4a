import { compileEventPattern } from './compile';
import type { Alternative, ClauseWords, CompiledPattern, FieldClause, JsonObject } from './types';
import { describeMatchers, listOf } from './words';

/** Alternatives of `$or` that are spelt out; the rest are counted. */
const MAX_ALTERNATIVES_IN_WORDS = 8;

export function toCompiled(pattern: string | JsonObject | CompiledPattern): CompiledPattern {
  return isCompiled(pattern) ? pattern : compileEventPattern(pattern, { maxCharacters: Infinity });
}

function isCompiled(pattern: string | JsonObject | CompiledPattern): pattern is CompiledPattern {
  // no pattern has a function in it
  return typeof pattern === 'object' && typeof pattern.matches === 'function';
}

function clauseWords(clause: FieldClause): ClauseWords {
  return { field: clause.field, words: describeMatchers(clause.values) };
}

function inAll(clause: FieldClause, alternatives: readonly Alternative[]) {
  return alternatives.every(each => each.includes(clause));
}

function phrase({ field, words }: ClauseWords): string {
  return field === '' ? words : `\`${field}\` ${words}`;
}

function describeChoice(choices: readonly Alternative[]): ClauseWords {
  const spelt = choices.slice(0, MAX_ALTERNATIVES_IN_WORDS).map(choice =>
    listOf(
      choice.map(clause => phrase(clauseWords(clause))),
      'and',
    ),
  );
  const rest = choices.length - spelt.length;
  const all = rest > 0 ? [...spelt, `${rest} further combinations`] : spelt;
  return { field: '', words: `either ${all.join(', or ')}` };
}

/**
 * A pattern in words, a line per field: field `detail.data.amount`, words
 * `is above 100`. What `$or` leaves open is one line at the end, with an empty
 * field. Throws `InvalidEventPatternError`.
 */
export function describePattern(pattern: string | JsonObject | CompiledPattern): readonly ClauseWords[] {
  const { alternatives } = toCompiled(pattern);
  const common = alternatives[0].filter(each => inAll(each, alternatives));
  const lines = [...common].sort((a, b) => rank(a.field) - rank(b.field)).map(clauseWords);
  const choices = alternatives.map(each => each.filter(clause => !common.includes(clause)));
  if (choices.some(choice => choice.length === 0)) {
    return lines;
  }
  return [...lines, describeChoice(choices)];
}

/** What kind of event, then what is in its envelope, then what it carries. */
function rank(field: string): number {
  const order = ['source', 'detail-type'].indexOf(field);
  if (order !== -1) {
    return order;
  }
  return field.startsWith('detail.') ? 3 : 2;
}

/**
 * The filter in one sentence, for a table's cell: ``only when
 * `detail.data.channel` is `email` or `push` ``. Clauses on source and
 * detail-type are left out where they name exact values, since the reader
 * knows them from the event type; `every event` if nothing is left.
 */
export function describePatternSentence(pattern: string | JsonObject | CompiledPattern): string {
  const compiled = toCompiled(pattern);
  const lines = describePattern(compiled).filter(({ field }) => !namesTypesOnly(field, compiled));
  return lines.length === 0 ? 'every event' : `only when ${listOf(lines.map(phrase), 'and')}`;
}

function namesTypesOnly(field: string, { alternatives }: CompiledPattern) {
  return (
    (field === 'source' || field === 'detail-type') &&
    alternatives.every(each =>
      each
        .filter(clause => clause.field === field)
        .every(clause => clause.values.every(({ kind }) => kind === 'equals')),
    )
  );
}
