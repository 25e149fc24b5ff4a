/*
 * Texts: length, expressions that must and must not match, formats, and texts
 * that are excluded. The conjunction is a product of automata, walked breadth
 * first; the length of a text is the depth of the walk, so the first text
 * found is a shortest one. What no automaton describes (look-around, inexact
 * formats) is asked of each candidate: then no candidate means `unknown`.
 */
import { hasFormat, isKnownFormat } from '../formats';
import { codePointLength } from '../json';
import { matchesRegExp } from '../regex';
import { isListed } from '../valueLists';
import { automatonOf, automatonOfTexts, inRanges, type Automaton } from './automaton';
import type { Budget } from './budget';
import { FORMAT_LANGUAGES, isWithin } from './formatLanguages';
import type { Ranges } from './regexSyntax';

export interface TextDemand {
  readonly minLength: number;
  readonly maxLength: number;
  readonly patterns: readonly string[];
  readonly notPatterns: readonly string[];
  readonly formats: readonly string[];
  readonly notFormats: readonly string[];
  readonly excluded: readonly string[];
}

export type Texts =
  | { readonly kind: 'found'; readonly texts: readonly string[]; /** there are no others */ readonly complete: boolean }
  | { readonly kind: 'empty' }
  | { readonly kind: 'unknown'; readonly reason: string };

/** States of a product that are walked. */
const MAX_STATES = 6000;
/** Candidates tried where something is asked of each. */
const MAX_CANDIDATES = 200;
/** Texts that the samples of a format have the length of. */
const SHORT = 12;
/** Longest text that is made. */
const MAX_LENGTH = 5000;

interface Part {
  readonly automaton: Automaton;
  readonly positive: boolean;
}

/** One character for each class of characters that no part tells apart, plain ones first. */
function representatives(parts: readonly Part[]): readonly number[] {
  const sets = [...new Set(parts.flatMap(({ automaton }) => automaton.sets))] as readonly Ranges[];
  const edges = new Set<number>([0x61, 0x41, 0x30, 0x20, 0x2d, 0x5f, 0x21, 0x7a]);
  for (const set of sets) {
    if (set.length > 60) {
      set.slice(0, 40).forEach(([from]) => edges.add(from));
    }
    for (const [from, to] of set) {
      edges.add(from);
      edges.add(to + 1);
    }
  }
  const plain: number[] = [];
  for (const edge of [...edges].sort((a, b) => rank(a) - rank(b) || a - b)) {
    if (edge <= 0x10ffff && !(edge >= 0xd800 && edge <= 0xdfff)) {
      plain.push(edge);
    }
  }
  plain.unshift(0x61, 0x62, 0x30, 0x41);
  const bySignature = new Map<string, number>();
  for (const code of plain) {
    const signature = sets.map(set => (inRanges(set, code) ? '1' : '0')).join('');
    if (!bySignature.has(signature)) {
      bySignature.set(signature, code);
    }
  }
  return [...bySignature.values()];
}

function rank(code: number): number {
  if (code >= 0x61 && code <= 0x7a) {
    return 0;
  }
  if ((code >= 0x30 && code <= 0x39) || (code >= 0x41 && code <= 0x5a)) {
    return 1;
  }
  if (code > 0x20 && code < 0x7f) {
    return 2;
  }
  return code === 0x20 ? 3 : 4;
}

interface Walk {
  readonly texts: string[];
  /** Whether all texts were seen. */
  complete: boolean;
}

/** Up to `wanted` texts in the order of their length. */
function walk(parts: readonly Part[], demand: TextDemand, wanted: number, budget: Budget): Walk | undefined {
  const alphabet = representatives(parts);
  const { minLength, maxLength } = demand;
  type State = { readonly states: readonly number[]; readonly text: string };
  const accepts = (states: readonly number[]) =>
    parts.every(({ automaton, positive }, i) => automaton.accepts(states[i]) === positive);
  const found: string[] = [];
  let layer: State[] = [{ states: parts.map(({ automaton }) => automaton.start), text: '' }];
  const seen = new Map<string, number>();
  let states = 0;
  let cut = false;
  for (let length = 0; layer.length > 0 && length <= maxLength; length++) {
    if (length > MAX_LENGTH) {
      return undefined;
    }
    if (length >= minLength) {
      for (const each of layer) {
        if (accepts(each.states)) {
          found.push(each.text);
          if (found.length >= wanted) {
            return { texts: found, complete: false };
          }
        }
      }
    }
    const next: State[] = [];
    const inLayer = new Map<string, number>();
    for (const each of layer) {
      for (const code of alphabet) {
        const target = parts.map(({ automaton }, i) => automaton.step(each.states[i], code));
        budget.spend(1 + parts.length);
        const key = target.join();
        // each state as often as texts are wanted is enough to find that many
        const times = (length + 1 > minLength ? seen : inLayer).get(key) ?? 0;
        if (times >= wanted) {
          cut = true;
          continue;
        }
        (length + 1 > minLength ? seen : inLayer).set(key, times + 1);
        states += 1;
        if (states > MAX_STATES * Math.max(1, Math.min(wanted, 8))) {
          return found.length > 0 ? { texts: found, complete: false } : undefined;
        }
        next.push({ states: target, text: each.text + String.fromCodePoint(code) });
      }
    }
    layer = next;
  }
  // several characters stand for one class, so more texts there may always be
  return { texts: found, complete: found.length === 0 && !(cut && found.length > 0) };
}

function contradicts(demand: TextDemand): boolean {
  return (
    demand.minLength > demand.maxLength ||
    demand.formats.some(each => demand.minLength > (FORMAT_LANGUAGES[each]?.most ?? Infinity)) ||
    demand.patterns.some(each => demand.notPatterns.includes(each)) ||
    demand.formats.some(each => demand.notFormats.some(other => isWithin(each, other)))
  );
}

/** The check by the same functions that validate. Throws what they throw. */
export function textSatisfies(text: string, demand: TextDemand): boolean {
  const length = codePointLength(text);
  return (
    length >= demand.minLength &&
    length <= demand.maxLength &&
    !isListed(demand.excluded, text) &&
    demand.formats.every(each => hasFormat(each, text)) &&
    demand.notFormats.every(each => !hasFormat(each, text)) &&
    demand.patterns.every(each => matchesRegExp(each, text)) &&
    demand.notPatterns.every(each => !matchesRegExp(each, text))
  );
}

/** Up to `wanted` texts that satisfy the demand, shortest first. */
export function findTexts(demand: TextDemand, wanted: number, budget: Budget): Texts {
  if (contradicts(demand) || demand.notFormats.some(each => !isKnownFormat(each))) {
    return { kind: 'empty' };
  }
  const parts: Part[] = [];
  const doubts: string[] = [];
  const add = (automaton: Automaton | undefined, positive: boolean, name: string) => {
    if (automaton) {
      parts.push({ automaton, positive });
    } else {
      doubts.push(name);
    }
  };
  demand.patterns.forEach(each => add(automatonOf(each), true, `the expression ${each}`));
  demand.notPatterns.forEach(each => add(automatonOf(each), false, `the expression ${each}`));
  const formats = demand.formats.filter(isKnownFormat);
  for (const each of formats) {
    add(automatonOf(FORMAT_LANGUAGES[each].pattern), true, `the format ${each}`);
    if (!FORMAT_LANGUAGES[each].exact) {
      doubts.push(`the format ${each}`);
    }
  }
  for (const each of demand.notFormats) {
    if (FORMAT_LANGUAGES[each]?.exact) {
      add(automatonOf(FORMAT_LANGUAGES[each].pattern), false, `the format ${each}`);
    } else {
      doubts.push(`the format ${each}`);
    }
  }
  if (demand.excluded.length > 0) {
    parts.push({ automaton: automatonOfTexts(demand.excluded), positive: false });
  }
  if (parts.length === 0 && doubts.length === 0) {
    return simple(demand, wanted);
  }
  const checked = (texts: readonly string[]) => texts.filter(text => textSatisfies(text, demand));
  if (doubts.length === 0) {
    const all = walk(parts, demand, wanted, budget);
    if (!all) {
      return { kind: 'unknown', reason: 'the expressions together have too many states' };
    }
    const texts = checked(all.texts);
    if (texts.length < all.texts.length && texts.length === 0) {
      return { kind: 'unknown', reason: 'an expression is not understood as the engine of the language does' };
    }
    return texts.length > 0
      ? { kind: 'found', texts, complete: isFinite(parts, demand) && texts.length < wanted }
      : { kind: 'empty' };
  }
  const samples = demand.formats.flatMap(each => FORMAT_LANGUAGES[each]?.samples ?? []);
  const length = Math.min(MAX_LENGTH, demand.minLength);
  const long = length < SHORT ? [] : demand.formats.flatMap(each => FORMAT_LANGUAGES[each]?.long?.(length) ?? []);
  const quick = checked([...new Set([...samples, ...COMMON, ...long])]).sort((a, b) => a.length - b.length);
  if (quick.length >= wanted) {
    return { kind: 'found', texts: quick.slice(0, wanted), complete: false };
  }
  if (quick.length === 0 && walk([...parts, ...outside(demand)], demand, 1, budget)?.texts.length === 0) {
    return { kind: 'empty' };
  }
  const found = new Set([...quick, ...checked(innerTexts(demand, formats, parts, wanted, budget))]);
  if (found.size < wanted) {
    checked(walk(parts, demand, MAX_CANDIDATES, budget)?.texts ?? []).forEach(each => found.add(each));
  }
  const texts = [...found].slice(0, wanted);
  return texts.length > 0
    ? { kind: 'found', texts, complete: false }
    : { kind: 'unknown', reason: `${doubts[0]} is not decided` };
}

/** Not what is certainly of a format that must not be: more than is wanted, so that nothing in it is a proof. */
function outside(demand: TextDemand): readonly Part[] {
  return demand.notFormats.flatMap(each => {
    const { inner, exact } = FORMAT_LANGUAGES[each] ?? {};
    const automaton = inner === undefined || exact ? undefined : automatonOf(inner);
    return automaton ? [{ automaton, positive: false }] : [];
  });
}

/** Texts of the part of each format that an expression describes. */
function innerTexts(
  demand: TextDemand,
  formats: readonly string[],
  parts: readonly Part[],
  wanted: number,
  budget: Budget,
): readonly string[] {
  const inner: Part[] = [];
  for (const { inner: pattern } of formats.map(each => FORMAT_LANGUAGES[each])) {
    const automaton = pattern === undefined ? undefined : automatonOf(pattern);
    if (automaton) {
      inner.push({ automaton, positive: true });
    }
  }
  return inner.length === 0 ? [] : walk([...inner, ...parts], demand, wanted, budget)?.texts ?? [];
}

/** Texts worth trying where no automaton leads. */
const COMMON = [
  '',
  'a',
  'A',
  '0',
  'a1',
  'Aa1!',
  'abcdefgh',
  'Abcdefg1!',
  '\u00e4',
  ' ',
  '-',
  'a.b',
  'a@b.c',
  '(',
  '\\',
  '00000000',
  '2020-01-01',
];

function isFinite(parts: readonly Part[], demand: TextDemand): boolean {
  // a class of several characters has more texts than representatives
  return (
    demand.maxLength === 0 ||
    (parts.every(({ automaton }) => automaton.sets.every(set => set.every(([a, b]) => a === b))) &&
      parts.some(each => each.positive))
  );
}

const LETTERS = 'abcdefghijklmnopqrstuvwxyz';

/** Only lengths: as many texts as wanted, `a`, `b`, …, `aa`. */
function simple({ minLength, maxLength }: TextDemand, wanted: number): Texts {
  if (minLength > MAX_LENGTH) {
    return { kind: 'unknown', reason: `texts of more than ${MAX_LENGTH} characters are not made` };
  }
  const texts: string[] = [];
  for (let i = 0; texts.length < wanted; i++) {
    const tail = i === 0 && minLength === 0 ? '' : letters(minLength === 0 ? i - 1 : i);
    const text = 'a'.repeat(Math.max(0, minLength - tail.length)) + tail;
    if (text.length > maxLength) {
      break;
    }
    texts.push(text);
  }
  return { kind: 'found', texts, complete: maxLength === 0 };
}

function letters(index: number): string {
  let text = '';
  let rest = index;
  do {
    text = LETTERS[rest % LETTERS.length] + text;
    rest = Math.floor(rest / LETTERS.length) - 1;
  } while (rest >= 0);
  return text;
}
