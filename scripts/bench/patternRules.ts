/**
 * Rules and events for timing pattern matching, from a seed: a set per operator and a mix, of any number of rules, with events of
 * about 900 bytes that 0, 1 or 10 of the rules match.
 */

export const SEED = 20261120;
export const EVENTS = 1000;
export const MATCHING = [0, 1, 10] as const;
export const RULE_COUNTS = [5, 500, 5000] as const;

type Value = string | number | boolean | null | readonly Value[] | { readonly [key: string]: Value };
export type Pattern = { readonly [key: string]: Value };

export interface RuleSet {
  readonly patterns: readonly Pattern[];
  readonly events: readonly string[];
  /** Rules that each event was made to match. */
  readonly matching: number;
}

/** Mulberry32: small, and the same everywhere. */
export function randomFrom(seed: number): () => number {
  /* eslint-disable no-bitwise */
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  /* eslint-enable no-bitwise */
}

/** A rule's clause on `detail.data.value` for group `g`, and a value that it, and no other group's, is satisfied by. */
interface Operator {
  clause(g: number): Value;
  hit(g: number): Value;
  /** Looks like a hit, and is none of any group's. */
  miss(g: number): Value;
  /** Nearly every value satisfies it: the group's source tells the rules apart. */
  readonly wide?: boolean;
}

const address = (g: number) => `10.${Math.floor(g / 250)}.${g % 250}`;

export const OPERATORS: Readonly<Record<string, Operator>> = {
  exact: { clause: g => `device-${g}`, hit: g => `device-${g}`, miss: g => `device-${g}x` },
  'exact number': { clause: g => g * 3, hit: g => g * 3, miss: g => g * 3 + 1 },
  prefix: { clause: g => ({ prefix: `site-${g}/` }), hit: g => `site-${g}/door-7`, miss: g => `site-${g}x/door-7` },
  suffix: { clause: g => ({ suffix: `/door-${g}` }), hit: g => `site-7/door-${g}`, miss: g => `site-7/xdoor-${g}` },
  'equals-ignore-case': {
    clause: g => ({ 'equals-ignore-case': `Device-${g}` }),
    hit: g => `DEVICE-${g}`,
    miss: g => `DEVICE-${g}x`,
  },
  wildcard: {
    clause: g => ({ wildcard: `site-*/floor-${g}/*` }),
    hit: g => `site-12/floor-${g}/door-7`,
    miss: g => `site-12/floor-${g}x/door-7`,
  },
  numeric: {
    clause: g => ({ numeric: ['>=', g * 10, '<', g * 10 + 9] }),
    hit: g => g * 10 + 4,
    miss: g => g * 10 + 9.5,
  },
  cidr: { clause: g => ({ cidr: `${address(g)}.0/25` }), hit: g => `${address(g)}.17`, miss: g => `${address(g)}.200` },
  'anything-but': {
    clause: g => ({ 'anything-but': [`device-${g}`, 'device-test'] }),
    hit: g => `device-${g + 1}`,
    miss: () => 'device-test',
    wide: true,
  },
  'anything-but prefix': {
    clause: g => ({ 'anything-but': { prefix: `site-${g}/` } }),
    hit: g => `site-${g + 1}/door`,
    miss: g => `site-${g}/door`,
    wide: true,
  },
  'exists: true': { clause: () => ({ exists: true }), hit: () => 'x', miss: () => ({}), wide: true },
  'exists: false': { clause: () => ({ exists: false }), hit: () => ({}), miss: () => 'x', wide: true },
  $or: { clause: g => `device-${g}`, hit: g => `device-${g}`, miss: g => `device-${g}x` },
};

const NAMES = Object.keys(OPERATORS);
export const ROWS: readonly string[] = [...NAMES, 'mix'];

/** Operator of a group; in the mix they take turns. */
const operatorOf = (row: string, g: number) => (row === 'mix' ? NAMES[g % NAMES.length] : row);

/** Operators do not mix within a source, so that each event matches what it was made for and nothing else. */
const sourceOf = (name: string, g: number) =>
  `com.key.${name.replace(/[^a-z-]/g, '-')}-${OPERATORS[name].wide ? g : g % 20}`;

function patternOf(name: string, g: number, member: number): Pattern {
  const { clause } = OPERATORS[name];
  const common = { source: [sourceOf(name, g)], 'detail-type': ['Device Reported'] };
  // members of a group are rules of different teams that ask the same, and something of their own besides
  const own: { [key: string]: Value } = member === 0 ? {} : { level: [{ 'anything-but': `level-${member}` }] };
  if (name === '$or') {
    return {
      ...common,
      detail: {
        data: own.level ? own : { kind: ['reading'] },
        $or: [{ data: { value: [clause(g)] } }, { data: { spare: [`spare-${g}`] } }],
      },
    };
  }
  return { ...common, detail: { data: { ...own, value: [clause(g)] } } };
}

function eventOf(name: string, g: number, isHit: boolean, random: () => number): string {
  const { hit, miss } = OPERATORS[name];
  const digits = (length: number) => Array.from({ length }, () => Math.floor(random() * 10)).join('');
  return JSON.stringify({
    version: '0',
    id: `${digits(8)}-${digits(4)}-${digits(4)}-${digits(12)}`,
    'detail-type': 'Device Reported',
    source: sourceOf(name, g),
    account: digits(12),
    time: '2026-11-20T09:30:00Z',
    region: 'eu-west-1',
    resources: [`arn:aws:iot:eu-west-1:${digits(12)}:thing/device-${digits(5)}`],
    detail: {
      metadata: {
        id: `${digits(8)}-${digits(4)}-${digits(12)}`,
        schemaVersion: '2.1.0',
        publishedBy: 'device-gateway',
        traceparent: `00-${digits(32)}-${digits(16)}-01`,
      },
      data: {
        kind: 'reading',
        level: 'info',
        firmware: `4.${digits(2)}.${digits(3)}`,
        battery: Number(`0.${digits(2)}`),
        online: true,
        location: { building: `B${digits(2)}`, floor: Number(digits(1)), latitude: 48.137, longitude: 11.575 },
        labels: ['door', 'ground floor', `rack ${digits(2)}`, 'maintained'],
        value: isHit ? hit(g) : miss(g),
        previous: {
          at: '2026-11-20T09:25:00Z',
          note: `The last report of this device, number ${digits(6)}`,
          error: null,
        },
        operator: { name: 'Facility Services', contact: 'facility@example.com' },
      },
    },
  });
}

/** Rules in groups of as many as match at once. A number that is not in `MATCHING` is an error of the caller. */
export function ruleSet(row: string, rules: number, matching: number, seed = SEED): RuleSet {
  const random = randomFrom(seed);
  const size = Math.min(Math.max(matching, 1), rules);
  const groups = Math.max(1, Math.floor(rules / size));
  return {
    patterns: Array.from({ length: rules }, (_, i) => {
      const g = Math.min(Math.floor(i / size), groups);
      return patternOf(operatorOf(row, g), g, i % size);
    }),
    events: Array.from({ length: EVENTS }, () => {
      const g = Math.floor(random() * groups);
      return eventOf(operatorOf(row, g), g, matching > 0, random);
    }),
    matching: matching === 0 ? 0 : size,
  };
}
