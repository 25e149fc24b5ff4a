/*
 * Regular expressions of schemas: ECMA-262, not anchored, with the `u` flag
 * where the expression allows it.
 *
 * Expressions that could backtrack for ever are run by an engine that cannot
 * (`safeRegex.ts`); those that it does not know, on short texts only.
 */
import { PatternTooCostlyError } from './errors';
import { safeTester } from './safeRegex';

/** Compiled expressions that are kept; a portal's schemas repeat a few. */
const MAX_CACHED = 2000;

/**
 * Longest text that an expression is tried on that may backtrack for ever and
 * is out of reach of the other engine (look-around, back references). Longer
 * ones are an error: a schema must not stop the process, nor a guess be given.
 */
const MAX_RISKY_CHARACTERS = 24;

/** Longest text for expressions with several repetitions, whose time is a power of it. */
const MAX_QUICK_CHARACTERS = 1000;

interface Compiled {
  readonly expression: RegExp;
  readonly test: (text: string) => boolean;
}

const cache = new Map<string, Compiled | undefined>();

function compile(pattern: string): RegExp | undefined {
  try {
    return new RegExp(pattern, 'u');
  } catch {
    // e.g. \- outside a class, which many schemas have
  }
  try {
    return new RegExp(pattern);
  } catch {
    return undefined;
  }
}

/** Groups that are repeated and have a repetition or a choice inside. */
function mayExplode(pattern: string): boolean {
  const plain = pattern.replace(/\\./g, 'x').replace(/\[[^\]]*\]/g, 'x');
  const opened: boolean[] = [];
  let loops = false;
  for (let i = 0; i < plain.length; i++) {
    const char = plain[i];
    if (char === '(') {
      opened.push(loops);
      loops = false;
    } else if (char === ')') {
      const inside: boolean = loops;
      const outside = opened.pop() ?? false;
      if (inside && /^(?:[*+]|\{\d+,?\d*\})/.test(plain.slice(i + 1))) {
        return true;
      }
      loops = inside || outside;
    } else if (/[*+{|?]/.test(char) && plain[i - 1] !== '(') {
      loops = true;
    }
  }
  return false;
}

/** Repetitions without bounds: with two of them time grows with the square of the text. */
function openRepetitions(pattern: string): number {
  return pattern.match(/[*+]|\{\d+,\}/g)?.length ?? 0;
}

function testerOf(pattern: string, expression: RegExp) {
  const quick = (text: string) => expression.test(text);
  const explodes = mayExplode(pattern);
  if (!explodes && openRepetitions(pattern) < 2) {
    return quick;
  }
  let safe: ((text: string) => boolean) | undefined | null = null;
  const limit = explodes ? MAX_RISKY_CHARACTERS : MAX_QUICK_CHARACTERS;
  return (text: string) => {
    if (text.length <= limit) {
      return expression.test(text);
    }
    // made when it is needed
    safe = safe === null ? safeTester(pattern) : safe;
    if (safe) {
      return safe(text);
    }
    if (explodes) {
      throw new PatternTooCostlyError(pattern);
    }
    return expression.test(text);
  };
}

function lookUp(pattern: string): Compiled | undefined {
  if (cache.has(pattern)) {
    return cache.get(pattern);
  }
  if (cache.size >= MAX_CACHED) {
    cache.clear();
  }
  const expression = compile(pattern);
  const compiled = expression && {
    expression,
    test: testerOf(pattern, expression),
  };
  cache.set(pattern, compiled);
  return compiled;
}

/** Whether the text is a regular expression. */
export function isRegExp(pattern: string): boolean {
  return lookUp(pattern) !== undefined;
}

/** Whether the text has a match; an expression that is none does not restrict. */
export function matchesRegExp(pattern: string, text: string): boolean {
  return lookUp(pattern)?.test(text) ?? true;
}

/**
 * A test that needs no longer than some steps per character and state, for expressions and texts of people one does not
 * know. Undefined for what is no regular expression; `unbounded` for one that may backtrack for ever and is out of reach
 * of the engine that cannot. Of an expression whose time is a power of the text's length (and which that engine does not
 * know), texts beyond 1,000 characters do not match.
 */
export function boundedTester(pattern: string): ((text: string) => boolean) | 'unbounded' | undefined {
  const compiled = lookUp(pattern);
  if (!compiled) return undefined;
  const { expression } = compiled;
  const explodes = mayExplode(pattern);
  if (!explodes && openRepetitions(pattern) < 2) return text => expression.test(text);
  const safe = safeTester(pattern);
  if (safe) return safe;
  if (explodes) return 'unbounded';
  return text => text.length <= MAX_QUICK_CHARACTERS && expression.test(text);
}
