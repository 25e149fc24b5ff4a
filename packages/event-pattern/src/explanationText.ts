import type { AlternativeExplanation, ClauseExplanation, Explanation } from './explain';
import type { Json } from './types';
import { listOf } from './words';

/** Longer values are cut: the line is for reading. */
const LONGEST_VALUE = 80;

function shown(value: Json): string {
  const text = JSON.stringify(value);
  return text.length > LONGEST_VALUE ? `${text.slice(0, LONGEST_VALUE)}…` : text;
}

function foundWords({ found, foundCount }: ClauseExplanation): string {
  const rest = foundCount - found.length;
  const all = found.map(shown);
  return listOf(rest > 0 ? [...all, `${rest} more`] : all, 'and');
}

function nearMissWords({ failure, found }: ClauseExplanation): string {
  if (failure?.kind !== 'value' && failure?.kind !== 'type') {
    return '';
  }
  const { nearMiss } = failure;
  if (nearMiss?.because) {
    return ` (${found.length > 1 ? `${shown(nearMiss.found)}: ` : ''}${nearMiss.because})`;
  }
  return nearMiss && found.length > 1 ? ` (nearest: ${shown(nearMiss.found)})` : '';
}

/** One clause in one line, without the mark before it. */
export function clauseText(clause: ClauseExplanation): string {
  const { field, wanted, failure } = clause;
  const name = `\`${field}\``;
  switch (failure?.kind) {
    case undefined:
      return clause.foundCount === 0 ? `${name} is not in the event, as wanted` : `${name} is ${foundWords(clause)}`;
    case 'missing':
      return failure.nearName === undefined
        ? `${name} is not in the event; wanted: ${wanted}`
        : `${name} is not in the event; there is \`${failure.nearName}\`. Wanted: ${wanted}`;
    case 'no-value':
      return failure.inside.length === 0
        ? `${name} has no value in the event (it is empty); wanted: ${wanted}`
        : `${name} is an object, and patterns see values only: ${listOf(
            failure.inside.map(each => `\`${each}\``),
            'or',
          )}. Wanted: ${wanted}`;
    case 'present':
      return `${name} is ${foundWords(clause)}; wanted: ${wanted}`;
    default:
      return `${name} is ${foundWords(clause)}; wanted: ${wanted}${nearMissWords(clause)}`;
  }
}

function alternativeLines({ clauses, differentElements }: AlternativeExplanation): readonly string[] {
  const lines = clauses.map(clause => `  ${clause.satisfied ? '✓' : '✗'} ${clauseText(clause)}`);
  return differentElements
    ? [...lines, '  ✗ Each of these holds, but in different elements of an array: one element must have them all.']
    : lines;
}

/** An explanation as lines of text for a terminal or a log. */
export function explanationText({ matches, alternatives, alternativeCount }: Explanation): string {
  const [first, ...others] = alternatives;
  if (matches) {
    return ['The event matches.', ...alternativeLines(first)].join('\n');
  }
  if (alternativeCount === 1) {
    return ['The event does not match.', ...alternativeLines(first)].join('\n');
  }
  const lines = [`The event matches none of ${alternativeCount} ways ($or). The nearest:`, ...alternativeLines(first)];
  others.forEach((other, i) => lines.push(`Another (${i + 2}):`, ...alternativeLines(other)));
  const rest = alternativeCount - alternatives.length;
  return (rest > 0 ? [...lines, `and ${rest} further ways.`] : lines).join('\n');
}
