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

interface Address {
  readonly bits: number;
  readonly value: bigint;
}

function ipv4Of(text: string): Address | undefined {
  const parts = text.split('.').map(Number);
  return parts.every(part => part < 256) && text.length <= 15
    ? { bits: 32, value: parts.reduce((sum, p) => sum * 256n + BigInt(p), 0n) }
    : undefined;
}

function addressOf(text: string): Address | undefined {
  if (/^\d+(\.\d+){3}$/.test(text)) {
    return ipv4Of(text);
  }
  if (!/^[0-9a-f:]*:[0-9a-f:]*$/i.test(text)) {
    return undefined;
  }
  const halves = text.split('::');
  const groups = (half: string | undefined) => (half ? half.split(':') : []);
  const [front, back] = [groups(halves[0]), groups(halves[1])];
  const missing = 8 - front.length - back.length;
  const all = [...front, ...back];
  const spelt = all.every(each => each !== '' && BigInt(`0x${each}`) < 65536n);
  if (!spelt || halves.length > 2 || (halves.length === 2 ? missing < 1 : missing !== 0)) {
    return undefined;
  }
  const zeros = Array.from({ length: missing }, () => '0');
  const value = [...front, ...zeros, ...back].reduce((s, g) => s * 65536n + BigInt(`0x${g}`), 0n);
  // an IPv4 address in the clothes of IPv6
  return value >> 32n === 0xffffn ? { bits: 32, value: value & 0xffffffffn } : { bits: 128, value };
}

function hex({ bits, value }: Address): string {
  return value.toString(16).padStart(bits / 4, '0');
}

function inBlock(text: string, block: string): boolean {
  const [base, mask] = block.split('/');
  const a = addressOf(base);
  const b = addressOf(text);
  if (!a || !b) {
    return false;
  }
  const free = BigInt(a.bits - Number(mask ?? a.bits));
  if (a.bits === b.bits) {
    return a.value >> free === b.value >> free;
  }
  // EventBridge compares digits, as many as both have
  const from = (a.value >> free) << free;
  const first = hex({ ...a, value: from });
  const last = hex({ ...a, value: from + (1n << free) - 1n });
  const digits = hex(b);
  const head = digits.slice(0, first.length);
  return digits.length > first.length
    ? head >= first && head <= last
    : digits > first.slice(0, digits.length) && digits < last.slice(0, digits.length);
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
    const isAddress = typeof matcher === 'string' && addressOf(matcher) !== undefined;
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
