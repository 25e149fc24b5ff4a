import { arnMatches } from './arn';
import type { ContextLookup } from './context';
import { asList, type ConditionBlock, type ConditionValue } from './document';
import { globMatches } from './glob';
import { ipInRange } from './ipRange';
import { expandVariables } from './variables';

/**
 * Condition operators, one row each: how one value of the request compares with one value of the policy.
 * Source: "IAM JSON policy elements: Condition operators".
 */
interface OperatorRow {
  /** A negated operator holds where no policy value matches, and where the key is absent. */
  readonly negated: boolean;
  readonly compare: (given: string, wanted: string) => boolean;
}

const equals = (given: string, wanted: string) => given === wanted;
const equalsIgnoreCase = (given: string, wanted: string) => given.toLowerCase() === wanted.toLowerCase();
const like = (given: string, wanted: string) => globMatches(wanted, given);
const arn = (given: string, wanted: string) => arnMatches(wanted, given);

function numeric(compare: (given: number, wanted: number) => boolean) {
  return (given: string, wanted: string) => {
    const [a, b] = [toNumber(given), toNumber(wanted)];
    return a !== undefined && b !== undefined && compare(a, b);
  };
}

function date(compare: (given: number, wanted: number) => boolean) {
  return (given: string, wanted: string) => {
    const [a, b] = [toTime(given), toTime(wanted)];
    return a !== undefined && b !== undefined && compare(a, b);
  };
}

function toNumber(text: string): number | undefined {
  const value = text.trim() === '' ? NaN : Number(text);
  return Number.isFinite(value) ? value : undefined;
}

/** ISO 8601, or seconds since 1970. */
function toTime(text: string): number | undefined {
  const time = /^-?\d+$/.test(text) ? Number(text) * 1000 : Date.parse(text);
  return Number.isNaN(time) ? undefined : time;
}

const OPERATORS: ReadonlyMap<string, OperatorRow> = new Map([
  ['StringEquals', { negated: false, compare: equals }],
  ['StringNotEquals', { negated: true, compare: equals }],
  ['StringEqualsIgnoreCase', { negated: false, compare: equalsIgnoreCase }],
  ['StringNotEqualsIgnoreCase', { negated: true, compare: equalsIgnoreCase }],
  ['StringLike', { negated: false, compare: like }],
  ['StringNotLike', { negated: true, compare: like }],
  ['NumericEquals', { negated: false, compare: numeric((a, b) => a === b) }],
  ['NumericNotEquals', { negated: true, compare: numeric((a, b) => a === b) }],
  ['NumericLessThan', { negated: false, compare: numeric((a, b) => a < b) }],
  ['NumericLessThanEquals', { negated: false, compare: numeric((a, b) => a <= b) }],
  ['NumericGreaterThan', { negated: false, compare: numeric((a, b) => a > b) }],
  ['NumericGreaterThanEquals', { negated: false, compare: numeric((a, b) => a >= b) }],
  ['DateEquals', { negated: false, compare: date((a, b) => a === b) }],
  ['DateNotEquals', { negated: true, compare: date((a, b) => a === b) }],
  ['DateLessThan', { negated: false, compare: date((a, b) => a < b) }],
  ['DateLessThanEquals', { negated: false, compare: date((a, b) => a <= b) }],
  ['DateGreaterThan', { negated: false, compare: date((a, b) => a > b) }],
  ['DateGreaterThanEquals', { negated: false, compare: date((a, b) => a >= b) }],
  ['Bool', { negated: false, compare: equalsIgnoreCase }],
  ['BinaryEquals', { negated: false, compare: equals }],
  ['IpAddress', { negated: false, compare: ipInRange }],
  ['NotIpAddress', { negated: true, compare: ipInRange }],
  ['ArnEquals', { negated: false, compare: arn }],
  ['ArnLike', { negated: false, compare: arn }],
  ['ArnNotEquals', { negated: true, compare: arn }],
  ['ArnNotLike', { negated: true, compare: arn }],
] satisfies [string, OperatorRow][]);

export interface ParsedOperator {
  readonly name: string;
  readonly set?: 'ForAllValues' | 'ForAnyValue';
  readonly ifExists: boolean;
}

/** The operator's parts (`ForAnyValue:StringLikeIfExists`), or nothing where IAM has no such operator. */
export function parseOperator(text: string): ParsedOperator | undefined {
  const match = /^(?:(ForAllValues|ForAnyValue):)?([A-Za-z]+?)(IfExists)?$/.exec(text);
  if (!match) return undefined;
  const [, set, name, ifExists] = match;
  if (name === 'Null') return set || ifExists ? undefined : { name, ifExists: false };
  if (!OPERATORS.has(name)) return undefined;
  return {
    name,
    set: set as ParsedOperator['set'],
    ifExists: ifExists !== undefined,
  };
}

function holds(
  operator: ParsedOperator,
  given: readonly ConditionValue[] | undefined,
  wanted: readonly string[],
): boolean {
  if (operator.name === 'Null') {
    const absent = given === undefined || given.length === 0;
    return wanted.some(w => w.toLowerCase() === String(absent));
  }
  const row = OPERATORS.get(operator.name);
  if (!row) return false;
  if (given === undefined || given.length === 0) {
    return operator.ifExists || operator.set === 'ForAllValues' || (row.negated && operator.set === undefined);
  }
  const one = (value: ConditionValue) => wanted.some(w => row.compare(String(value), w)) !== row.negated;
  const all = operator.set === 'ForAllValues' || (operator.set === undefined && row.negated);
  return all ? given.every(one) : given.some(one);
}

/**
 * True where every condition of the block holds.
 * @param open - keys in lower case that are not known yet, and what a condition on them counts as
 * @returns `undefined` where an operator is unknown: the caller decides what is safe
 */
export function conditionsHold(
  block: ConditionBlock | undefined,
  context: ContextLookup,
  open?: { readonly keys: ReadonlySet<string>; readonly countAs: boolean },
): boolean | undefined {
  for (const [operatorText, keys] of Object.entries(block ?? {})) {
    const operator = parseOperator(operatorText);
    if (!operator) return undefined;
    for (const [key, values] of Object.entries(keys)) {
      if (open?.keys.has(key.toLowerCase())) {
        if (open.countAs) continue;
        return false;
      }
      const wanted = asList(values).flatMap(value => {
        const text = expandVariables(String(value), context);
        return text === undefined ? [] : [text];
      });
      if (!holds(operator, context(key), wanted)) return false;
    }
  }
  return true;
}
