/*
 * Matchers in words, for pages and pull requests: "is email or push", "is
 * above 100". Values stand between backticks, so that Markdown shows them as
 * code and plain text stays readable.
 */
import type { NumericRange, ValueMatcher } from './types';

function quote(value: string | number | boolean | null): string {
  return value === '' ? 'an empty text' : `\`${String(value)}\``;
}

/** "a", "a or b", "a, b or c" */
export function listOf(items: readonly string[], word: string): string {
  return items.length < 2 ? items.join('') : `${items.slice(0, -1).join(', ')} ${word} ${items[items.length - 1]}`;
}

export function describeRange({ lower, upper }: NumericRange): string {
  if (lower && upper) {
    if (lower.value === upper.value) {
      return `is ${lower.value}`;
    }
    const from = `${lower.inclusive ? 'at least' : 'above'} ${lower.value}`;
    const to = `${upper.inclusive ? 'at most' : 'below'} ${upper.value}`;
    return `is ${from} and ${to}`;
  }
  if (lower) {
    return `is ${lower.inclusive ? 'at least' : 'above'} ${lower.value}`;
  }
  return upper ? `is ${upper.inclusive ? 'at most' : 'below'} ${upper.value}` : 'is a number';
}

/** What the matcher asks, in a verb and an object; values of one verb are listed together. */
interface Phrase {
  readonly verb: string;
  readonly object: string;
  /** stands after the list */
  readonly tail: string;
}

const IGNORING_CASE = ' (in any case)';

function phraseOf(matcher: ValueMatcher): Phrase {
  switch (matcher.kind) {
    case 'equals':
      return { verb: 'is', object: quote(matcher.value), tail: '' };
    case 'equals-number':
      return { verb: 'is', object: quote(matcher.text), tail: '' };
    case 'equals-ignore-case':
      return { verb: 'is', object: quote(matcher.value), tail: IGNORING_CASE };
    case 'prefix':
    case 'suffix':
      if (matcher.value === '') {
        return { verb: 'is', object: 'any text', tail: '' };
      }
      return {
        verb: matcher.kind === 'prefix' ? 'starts with' : 'ends with',
        object: quote(matcher.value),
        tail: matcher.ignoreCase ? IGNORING_CASE : '',
      };
    case 'wildcard':
      return { verb: 'looks like', object: quote(matcher.value), tail: '' };
    case 'cidr':
      return matcher.exact
        ? { verb: 'is', object: quote(matcher.value), tail: '' }
        : {
            verb: 'is an address in',
            object: quote(matcher.value),
            tail: '',
          };
    case 'numeric':
      return { verb: describeRange(matcher.range), object: '', tail: '' };
    case 'exists':
      return {
        verb: matcher.value ? 'is present' : 'is absent',
        object: '',
        tail: '',
      };
    case 'anything-but':
      return { verb: exclusion(matcher.excluded), object: '', tail: '' };
    default:
      throw new Error(`Unknown matcher ${JSON.stringify(matcher)}`);
  }
}

const NEGATED: { readonly [verb: string]: string } = {
  is: 'is anything but',
  'starts with': 'does not start with',
  'ends with': 'does not end with',
  'looks like': 'does not look like',
};

function exclusion(excluded: readonly ValueMatcher[]): string {
  return grouped(excluded)
    .map(({ verb, objects, tail }) => `${NEGATED[verb] ?? `not ${verb}`} ${listOf(objects, 'or')}${tail}`)
    .join(' and ');
}

function grouped(matchers: readonly ValueMatcher[]) {
  const groups: { verb: string; tail: string; objects: string[] }[] = [];
  for (const { verb, object, tail } of matchers.map(phraseOf)) {
    const group = groups.find(each => each.verb === verb && each.tail === tail && object !== '');
    if (group) {
      group.objects.push(object);
    } else {
      groups.push({ verb, tail, objects: object === '' ? [] : [object] });
    }
  }
  return groups;
}

/** A field's values in words, any of which suffices. */
export function describeMatchers(matchers: readonly ValueMatcher[]): string {
  return listOf(
    grouped(matchers).map(({ verb, objects, tail }) => `${verb} ${listOf(objects, 'or')}`.trim() + tail),
    'or',
  );
}
