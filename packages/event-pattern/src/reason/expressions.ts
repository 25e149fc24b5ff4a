/*
 * Matchers of texts as regular expressions of JSON Schema. A schema compares
 * whole characters where a matcher compares UTF-16 units; they part only where
 * a pattern has half of a surrogate pair: then there is no expression.
 */
import { wildcardLiterals, parseWildcard } from '../wildcard';

const ANY = '[\\s\\S]*';

function escaped(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
}

function hasHalfPair(text: string): boolean {
  return /[\ud800-\udfff]/u.test(text);
}

/** Each unit in lower or in upper case; half of a pair stands for a question mark, as the matcher has it. */
function inAnyCase(text: string): string {
  let expression = '';
  for (let i = 0; i < text.length; i++) {
    const unit = text[i];
    if (unit >= '\ud800' && unit <= '\udfff') {
      expression += '\\?';
      continue;
    }
    const spellings = [...new Set([unit.toLowerCase(), unit.toUpperCase()])].map(escaped);
    expression += spellings.length === 1 ? spellings[0] : `(?:${spellings.join('|')})`;
  }
  return expression;
}

export type TextMatcher = 'equals-ignore-case' | 'prefix' | 'suffix' | 'wildcard';

/** Undefined where there is none; `''` where every text matches. */
export function expressionOf(kind: TextMatcher, value: string, ignoreCase: boolean): string | undefined {
  if (kind === 'equals-ignore-case') {
    return `^${inAnyCase(value)}$`;
  }
  if (!ignoreCase && hasHalfPair(value)) {
    return undefined;
  }
  const written = ignoreCase ? inAnyCase : escaped;
  switch (kind) {
    case 'prefix':
      // the matcher sees the quotes of the text, and a prefix may end with the closing one
      return value.endsWith('"') ? `^${written(value)}|^${written(value.slice(0, -1))}$` : `^${written(value)}`;
    case 'suffix':
      return value.startsWith('"') ? `${written(value)}$|^${written(value.slice(1))}$` : `${written(value)}$`;
    default:
      return `^${wildcardLiterals(parseWildcard(value)).map(escaped).join(ANY)}$`;
  }
}

/** Numbers from `from` to `to` (0 to 255), any number of zeros before. */
function octets(from: number, to: number): string {
  if (from === 0 && to === 255) {
    return '0*(?:[0-9]|[1-9][0-9]|1[0-9][0-9]|2[0-4][0-9]|25[0-5])';
  }
  const all = Array.from({ length: to - from + 1 }, (_, i) => String(from + i));
  return `0*(?:${all.join('|')})`;
}

/** Texts that are IPv4 addresses in a block, which begins at a multiple of its size; digits as in `AddressRange`. */
export function ipv4Expression(first: string, last: string): string {
  const byte = (digits: string, i: number) => parseInt(digits.slice(2 * i, 2 * i + 2), 16);
  return `^${[0, 1, 2, 3].map(i => octets(byte(first, i), byte(last, i))).join('\\.')}$`;
}

/** Texts among which all IPv6 addresses are. */
const MAYBE_IPV6 = '^[0-9a-fA-F:]*:[0-9a-fA-F:]*$';
/** Texts among which all IPv4 addresses in IPv6 spelling are. */
const MAYBE_MAPPED = '^[0:]*:0*[fF]{4}:[0-9a-fA-F:]*$';
/** Texts among which all IPv4 addresses are. */
const MAYBE_IPV4 = '^[0-9]+\\.[0-9]+\\.[0-9]+\\.[0-9]+$';
const ANY_GROUP = '[0-9a-fA-F]{1,4}';
const GROUPS = 8;

function groups(digits: string): readonly string[] {
  return Array.from({ length: digits.length / 4 }, (_, i) => digits.slice(4 * i, 4 * i + 4));
}

/** The group, any number of zeros before. */
function spelt(group: string): string {
  const digits = group.replace(/^0+/, '').toLowerCase();
  return `0*${[...(digits || '0')]
    .map(each => (/[a-f]/.test(each) ? `[${each}${each.toUpperCase()}]` : each))
    .join('')}`;
}

/**
 * Texts among which are all IPv6 addresses that begin like the block. Only what is before the first group of zeros is
 * looked at: `::` may stand for that.
 */
function maybeIpv6(first: string, last: string): string {
  let expression = '';
  for (const [i, group] of groups(first).entries()) {
    if (group !== groups(last)[i]) break;
    if (group === '0000') {
      expression += i === 0 ? '' : '(?:0+:|:)';
      break;
    }
    expression += i === GROUPS - 1 ? spelt(group) : `${spelt(group)}:`;
  }
  return expression === '' ? MAYBE_IPV6 : `^${expression}[0-9a-fA-F:]*$`;
}

/** Some IPv6 addresses of the block, all groups written. */
function someIpv6(first: string, last: string): string {
  const all = groups(first);
  const other = groups(last);
  const differs = all.findIndex((group, i) => group !== other[i]);
  const known = differs === -1 ? all.map(spelt) : all.slice(0, differs).map(spelt);
  const edge = differs === -1 ? [] : [`(?:${spelt(all[differs])}|${spelt(other[differs])})`];
  const named = [...known, ...edge];
  return `^${[...named, ...Array.from({ length: GROUPS - named.length }, () => ANY_GROUP)].join(':')}$`;
}

/**
 * Expressions of addresses in a block, digits as in `AddressRange`: together they match all of them and more, or some of
 * them and nothing else.
 */
export function addressExpressions(first: string, last: string): { over: readonly string[]; under: readonly string[] } {
  const version6 = { over: [maybeIpv6(first, last)], under: [someIpv6(first, last)] };
  if (first.length > 8) {
    // an IPv4 address lies strictly between the digits that both have
    const between = first.slice(0, 8) !== last.slice(0, 8);
    return { over: [...version6.over, ...(between ? [MAYBE_IPV4, MAYBE_MAPPED] : [])], under: version6.under };
  }
  return { over: [...version6.over, MAYBE_MAPPED], under: version6.under };
}

/** One address in usual spelling; digits as in `AddressRange`. */
export function addressText(digits: string): string {
  return digits.length === 8
    ? [0, 1, 2, 3].map(i => parseInt(digits.slice(2 * i, 2 * i + 2), 16)).join('.')
    : groups(digits)
        .map(each => parseInt(each, 16).toString(16))
        .join(':');
}
