/*
 * A second matcher for tests: plain, slow, and written from the rules alone.
 * It tries every combination of leaves, and shares no code with the engine.
 */
import type { Json, JsonObject } from '../types';

type Alternative = ReadonlyMap<string, readonly Json[]>;

function isObject(value: Json | undefined): value is JsonObject {
  return value !== null && typeof value === 'object' && !Array.isArray(value);
}

/** Every `$or` multiplied out; a later word on a field replaces an earlier one. */
function expand(pattern: JsonObject, base: string, before: readonly Alternative[]): readonly Alternative[] {
  let alternatives = before;
  for (const [key, value] of Object.entries(pattern)) {
    const name = base === '' ? key : `${base}.${key}`;
    if (key === '$or') {
      const earlier = alternatives;
      alternatives = (value as readonly JsonObject[]).flatMap(each => expand(each, base, earlier));
    } else if (isObject(value)) {
      alternatives = expand(value, name, alternatives);
    } else {
      alternatives = alternatives.map(each => new Map(each).set(name, value as readonly Json[]));
    }
  }
  return alternatives;
}

interface OracleLeaf {
  readonly name: string;
  readonly value: Json;
  /** `array#index` of each array around it */
  readonly elements: readonly (readonly [string, number])[];
}

function leavesOf(value: Json, name: string, place: string, elements: OracleLeaf['elements']): readonly OracleLeaf[] {
  if (Array.isArray(value)) {
    return value.flatMap((each, i) =>
      each !== null && typeof each === 'object'
        ? leavesOf(each, name, `${place}/${i}`, [...elements, [place, i]])
        : [{ name, value: each, elements }],
    );
  }
  if (isObject(value)) {
    return Object.keys(value).flatMap(key =>
      leavesOf(value[key], name === '' ? key : `${name}.${key}`, `${place}/${key}`, elements),
    );
  }
  return [{ name, value, elements }];
}

function consistent(a: OracleLeaf['elements'], b: OracleLeaf['elements']) {
  return a.every(([array, index]) => b.every(([other, otherIndex]) => array !== other || index === otherIndex));
}

function addressOf(text: string): { bits: number; value: bigint } | undefined {
  if (/^\d{1,3}(\.\d{1,3}){3}$/.test(text)) {
    const parts = text.split('.').map(Number);
    return parts.every(part => part < 256)
      ? {
          bits: 32,
          value: parts.reduce((sum, p) => sum * 256n + BigInt(p), 0n),
        }
      : undefined;
  }
  if (!/^[0-9a-f:]*:[0-9a-f:]*$/i.test(text)) {
    return undefined;
  }
  const [head, tail] = text.split('::');
  const groups = (half: string | undefined) => (half ? half.split(':').map(each => BigInt(`0x${each}`)) : []);
  const front = groups(head);
  const back = groups(tail);
  const zeros = new Array<bigint>(8 - front.length - back.length).fill(0n);
  return {
    bits: 128,
    value: [...front, ...zeros, ...back].reduce((s, g) => s * 65536n + g, 0n),
  };
}

function inBlock(text: string, block: string): boolean {
  const [base, mask] = block.split('/');
  const a = addressOf(base);
  const b = addressOf(text);
  if (!a || !b || a.bits !== b.bits) {
    return false;
  }
  const free = BigInt(a.bits - Number(mask ?? a.bits));
  return a.value >> free === b.value >> free;
}

function wildcardToRegExp(wildcard: string): RegExp {
  const source = wildcard.replace(/\\[\\*]|\*|[^]/g, part => {
    if (part === '*') {
      return '[^]*';
    }
    const char = part.length === 2 ? part[1] : part;
    return char.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');
  });
  return new RegExp(`^${source}$`);
}

function compare(value: number, operator: Json, limit: number): boolean {
  switch (operator) {
    case '=':
      return value === limit;
    case '<':
      return value < limit;
    case '<=':
      return value <= limit;
    case '>':
      return value > limit;
    default:
      return value >= limit;
  }
}

function inCase(text: Json): string {
  return String(text).toLowerCase();
}

function listed(value: Json): readonly Json[] {
  return Array.isArray(value) ? value : [value as Json];
}

function valueMatches(matcher: Json, value: Json): boolean {
  if (!isObject(matcher)) {
    const isAddress = typeof matcher === 'string' && addressOf(matcher);
    return isAddress && typeof value === 'string' ? inBlock(value, matcher) : matcher === value;
  }
  const [[operator, argument]] = Object.entries(matcher);
  if (operator === 'exists') {
    return argument === true;
  }
  if (operator === 'anything-but') {
    if (!isObject(argument)) {
      return !listed(argument).includes(value);
    }
    const [[inner, excluded]] = Object.entries(argument);
    return !listed(excluded).some(each => valueMatches({ [inner]: each }, value));
  }
  if (operator === 'numeric') {
    const words = argument as readonly Json[];
    return (
      typeof value === 'number' && words.every((word, i) => i % 2 === 1 || compare(value, word, words[i + 1] as number))
    );
  }
  if (typeof value !== 'string') {
    return false;
  }
  if (operator === 'prefix' || operator === 'suffix') {
    const ignore = isObject(argument);
    const text = ignore ? inCase(value) : value;
    const affix = isObject(argument) ? inCase(argument['equals-ignore-case']) : String(argument);
    return operator === 'prefix' ? text.startsWith(affix) : text.endsWith(affix);
  }
  switch (operator) {
    case 'equals-ignore-case':
      return inCase(value) === inCase(argument);
    case 'wildcard':
      return wildcardToRegExp(String(argument)).test(value);
    case 'cidr':
      return inBlock(value, String(argument));
    default:
      throw new Error(`The oracle does not know ${operator}`);
  }
}

function allHold(
  clauses: readonly (readonly [string, readonly Json[]])[],
  leaves: readonly OracleLeaf[],
  place: OracleLeaf['elements'],
): boolean {
  if (clauses.length === 0) {
    return true;
  }
  const [[field, matchers], ...rest] = clauses;
  const here = leaves.filter(leaf => leaf.name === field && consistent(leaf.elements, place));
  const found = here.some(
    leaf =>
      matchers.some(each => valueMatches(each, leaf.value)) && allHold(rest, leaves, [...place, ...leaf.elements]),
  );
  const absent = matchers.some(each => isObject(each) && each.exists === false);
  return found || (absent && here.length === 0 && allHold(rest, leaves, place));
}

/** Whether the event matches; both as values, the pattern a valid one. */
export function oracleMatches(pattern: JsonObject, event: JsonObject): boolean {
  const leaves = leavesOf(event, '', '', []);
  return expand(pattern, '', [new Map()]).some(each =>
    allHold(
      [...each].sort(([a], [b]) => (a < b ? -1 : 1)),
      leaves,
      [],
    ),
  );
}
