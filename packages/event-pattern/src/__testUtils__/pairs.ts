/*
 * Generated pairs of pattern and event. Pattern and event are made together:
 * for each clause a value that satisfies it, or one that just misses, so that
 * about half of the pairs match and no operator is rare.
 */
import * as fc from 'fast-check';
import type { Json, JsonObject } from '../types';

export interface Pair {
  readonly pattern: JsonObject;
  readonly event: JsonObject;
  /** Operators that the pattern has. */
  readonly operators: ReadonlySet<string>;
}

/** A matcher, and values that do and do not satisfy it; `undefined` for no value. */
interface Example {
  readonly matcher: Json;
  readonly hits: readonly (Json | undefined)[];
  readonly misses: readonly (Json | undefined)[];
}

export interface Draw {
  of<T>(values: readonly T[]): T;
  upTo(max: number): number;
  chance(share: number): boolean;
}

const WORDS = ['', 'a', 'ab', 'abc', 'ba', 'Ab', 'b*', 'a\\b', 'a.b', '1', 'true'];
const NUMBERS = [-1, 0, 0.1, 0.3, 1, 1.5, 2, 10, 299.99, 300, 5e9, 1e300];
const ADDRESSES = ['10.0.0.1', '10.0.0.255', '10.1.0.0', '192.168.1.1'];
const OTHER: readonly Json[] = [null, true, false, 7, 'zzz'];

function flipCase(text: string): string {
  return [...text].map(c => (c === c.toLowerCase() ? c.toUpperCase() : c.toLowerCase())).join('');
}

function escapeStars(text: string): string {
  return text.replace(/[\\*]/g, '\\$&');
}

type Maker = (draw: Draw) => Example;

export const OPERATORS: { readonly [name: string]: Maker } = {
  'equal text': draw => {
    const word = draw.of(WORDS);
    return { matcher: word, hits: [word], misses: [`${word}x`, ...OTHER] };
  },
  'equal number': draw => {
    const n = draw.of(NUMBERS);
    return { matcher: n, hits: [n], misses: [n + 1e-3 * n + 1, String(n)] };
  },
  'equal literal': draw => {
    const value = draw.of([null, true, false]);
    return {
      matcher: value,
      hits: [value],
      misses: [String(value), 0, !value],
    };
  },
  'equal address': draw => {
    const address = draw.of(ADDRESSES);
    return { matcher: address, hits: [address], misses: ['10.0.0.2', 'x'] };
  },
  prefix: draw => {
    const word = draw.of(WORDS);
    return {
      matcher: { prefix: word },
      hits: [word, `${word}tail`],
      misses: word === '' ? [1, null] : [`!${word}`, 3],
    };
  },
  suffix: draw => {
    const word = draw.of(WORDS);
    return {
      matcher: { suffix: word },
      hits: [word, `head${word}`],
      misses: word === '' ? [1, null] : [`${word}!`, 3],
    };
  },
  'prefix in any case': draw => {
    const word = draw.of(WORDS);
    return {
      matcher: { prefix: { 'equals-ignore-case': word } },
      hits: [flipCase(word), `${word}Z`],
      misses: word === '' ? [1] : [`!${word}`, false],
    };
  },
  'suffix in any case': draw => {
    const word = draw.of(WORDS);
    return {
      matcher: { suffix: { 'equals-ignore-case': word } },
      hits: [flipCase(word), `Z${word}`],
      misses: word === '' ? [1] : [`${word}!`, false],
    };
  },
  'equals-ignore-case': draw => {
    const word = draw.of(WORDS);
    return {
      matcher: { 'equals-ignore-case': word },
      hits: [word, flipCase(word)],
      misses: [`${word}x`, 1, null],
    };
  },
  wildcard: draw => {
    const word = escapeStars(draw.of(WORDS.filter(each => each !== '')));
    const plain = word.replace(/\\([\\*])/g, '$1');
    return {
      matcher: {
        wildcard: draw.of([`*${word}*x`, `${word}*x`, `*${word}y*x`]),
      },
      hits: [`${plain}yx`, `${plain}yxx`],
      misses: [`${plain}y`, 12, null],
    };
  },
  numeric: draw => {
    const n = draw.of([-1, 0, 1.5, 10, 300]);
    return draw.of<Example>([
      { matcher: { numeric: ['=', n] }, hits: [n], misses: [n + 1, String(n)] },
      { matcher: { numeric: ['<', n] }, hits: [n - 0.5], misses: [n, n + 1] },
      { matcher: { numeric: ['<=', n] }, hits: [n], misses: [n + 0.1, null] },
      { matcher: { numeric: ['>', n] }, hits: [n + 0.5], misses: [n, n - 1] },
      {
        matcher: { numeric: ['>=', n, '<', n + 2] },
        hits: [n, n + 1],
        misses: [n + 2, n - 0.1, 'x'],
      },
    ]);
  },
  'exists: true': draw => ({
    matcher: { exists: true },
    hits: [draw.of<Json>([...OTHER, ['x']])],
    misses: [undefined, {}, []],
  }),
  'exists: false': draw => ({
    matcher: { exists: false },
    hits: [undefined, {}, []],
    misses: [draw.of(OTHER)],
  }),
  cidr: draw =>
    draw.of<Example>([
      {
        matcher: { cidr: '10.0.0.0/24' },
        hits: ['10.0.0.1', '10.0.0.255'],
        misses: ['10.0.1.0', 'x', 10],
      },
      {
        matcher: { cidr: '2001:db8::/33' },
        hits: ['2001:db8:0:1::', '2001:0db8:7fff::1'],
        misses: ['2001:db8:8000::1', '2001:db9::1'],
      },
    ]),
  'anything-but text': draw => {
    const word = draw.of(WORDS);
    return {
      matcher: { 'anything-but': draw.of<Json>([word, [word, 'other']]) },
      hits: [`${word}x`, null, 1, [word, 'x']],
      misses: [word, undefined, [word]],
    };
  },
  'anything-but number': draw => {
    const n = draw.of(NUMBERS);
    return {
      matcher: { 'anything-but': draw.of<Json>([n, [n, 17]]) },
      hits: [n + 1e-3 * n + 1, String(n), null],
      misses: [n, undefined],
    };
  },
  'anything-but prefix': draw => ({
    matcher: { 'anything-but': { prefix: draw.of<Json>(['ab', ['ab', 'q']]) } },
    hits: ['ba', 'a', 4, null],
    misses: ['ab', 'abc', undefined],
  }),
  'anything-but suffix': draw => ({
    matcher: { 'anything-but': { suffix: draw.of<Json>(['ab', ['q', 'ab']]) } },
    hits: ['ba', 'b', 4, null],
    misses: ['ab', 'cab', undefined],
  }),
  'anything-but in any case': draw => ({
    matcher: {
      'anything-but': {
        'equals-ignore-case': draw.of<Json>(['ab', ['q', 'Ab']]),
      },
    },
    hits: ['abc', false],
    misses: ['aB', 'AB', undefined],
  }),
  'anything-but wildcard': draw => ({
    matcher: {
      'anything-but': { wildcard: draw.of<Json>(['*/a/*', ['q*', '*/a/*']]) },
    },
    hits: ['/a', 'xa', 9],
    misses: ['x/a/y', '/a/', undefined],
  }),
};

/** Fields that stand by themselves, and fields of elements of one array. */
const FIELDS = ['source', 'detail.a', 'detail.b.c', 'detail.a-b', 'time'];
const ELEMENT_FIELDS = ['detail.list.x', 'detail.list.y', 'detail.list.z.u'];

type MutableJson = { [key: string]: MutableJson | Json };

function put(target: MutableJson, path: string, value: Json): void {
  const keys = path.split('.');
  let at = target;
  for (const key of keys.slice(0, -1)) {
    at[key] ??= {};
    at = at[key] as MutableJson;
  }
  at[keys[keys.length - 1]] = value;
}

function valueFor(draw: Draw, example: Example, hit: boolean) {
  const value = draw.of(hit ? example.hits : example.misses);
  // alone or among others of an array: intersection, as far as the example allows
  return value !== undefined && hit && draw.chance(0.2) ? ([draw.of<Json>(['q', 77]), value].flat() as Json) : value;
}

/** One field's clause, and the value that the event gets. */
function clause(draw: Draw, operators: Set<string>, hit: boolean) {
  const name = draw.of(Object.keys(OPERATORS));
  const example = OPERATORS[name](draw);
  operators.add(name);
  const matchers = [example.matcher];
  if (draw.chance(0.2)) {
    matchers.push('never-there');
  }
  return { matchers, value: valueFor(draw, example, hit) };
}

function addElements(draw: Draw, operators: Set<string>, pattern: MutableJson, event: MutableJson, hit: boolean): void {
  const elements: MutableJson[] = [{}, {}, {}];
  // a miss: every clause is satisfied, but by different elements
  ELEMENT_FIELDS.slice(0, 1 + draw.upTo(2)).forEach((field, i) => {
    const { matchers, value } = clause(draw, operators, true);
    put(pattern, field, matchers);
    if (value !== undefined) {
      const element = hit ? 0 : Math.min(i, 2);
      put(elements[element], field.slice('detail.list.'.length), value);
    }
  });
  put(event, 'detail.list', draw.chance(0.2) ? [elements] : elements);
}

/** A pair; whether it matches is for matchers to say. */
export function makePair(draw: Draw): Pair {
  const operators = new Set<string>();
  const pattern: MutableJson = {};
  const event: MutableJson = {};
  const wanted = draw.chance(0.5);
  const count = 1 + draw.upTo(2);
  const missing = wanted ? -1 : draw.upTo(count - 1);
  for (let i = 0; i < count; i++) {
    const { matchers, value } = clause(draw, operators, i !== missing);
    const field = FIELDS[i];
    put(pattern, field, matchers);
    if (value !== undefined) {
      put(event, field, value);
    }
  }
  if (draw.chance(0.25)) {
    addElements(draw, operators, pattern, event, draw.chance(0.7));
  }
  if (draw.chance(0.2)) {
    operators.add('$or');
    const hit = draw.chance(0.8);
    const branches = [0, 1].map(i => {
      const { matchers, value } = clause(draw, operators, hit && i === 0);
      const field = `or${i}`;
      if (value !== undefined) {
        put(event, field, value);
      }
      return { [field]: matchers };
    });
    pattern.$or = branches;
  }
  put(event, 'noise', draw.of<Json>([{ deep: [1, { x: 'a' }] }, 'a', []]));
  return { pattern, event, operators };
}

/** Pairs for fast-check, which prints the seed of a failure. */
export const pairs: fc.Arbitrary<Pair> = fc.gen().map(g =>
  makePair({
    of: values => values[g(fc.nat, { max: values.length - 1 })],
    upTo: max => g(fc.nat, { max }),
    chance: share => g(fc.nat, { max: 999 }) < share * 1000,
  }),
);
