/*
 * Numbers: an interval, divisors, and what is excluded. With a divisor the
 * candidates are the multiples of the least common multiple, from the one
 * nearest to zero on; without, an interval of more than one point holds
 * infinitely many.
 */
import { isMultipleOf } from '../decimal';
import { isListed } from '../valueLists';
import type { Budget } from './budget';

export interface NumberDemand {
  readonly min: number;
  readonly minOpen: boolean;
  readonly max: number;
  readonly maxOpen: boolean;
  readonly multiples: readonly number[];
  readonly notMultiples: readonly number[];
  readonly integer: boolean;
  readonly notInteger: boolean;
  readonly excluded: readonly number[];
}

export type Numbers =
  | { readonly kind: 'found'; readonly numbers: readonly number[]; readonly complete: boolean }
  | { readonly kind: 'empty' }
  | { readonly kind: 'unknown'; readonly reason: string };

const MAX_TRIED = 3000;

export function numberSatisfies(value: number, demand: NumberDemand): boolean {
  return (
    (demand.minOpen ? value > demand.min : value >= demand.min) &&
    (demand.maxOpen ? value < demand.max : value <= demand.max) &&
    (!demand.integer || Number.isInteger(value)) &&
    (!demand.notInteger || !Number.isInteger(value)) &&
    demand.multiples.every(each => isMultipleOf(value, each)) &&
    demand.notMultiples.every(each => !isMultipleOf(value, each)) &&
    !isListed(demand.excluded, value)
  );
}

/** As digits * 10^-scale. */
function scaleOf(value: number): number {
  const [mantissa, exponent = '0'] = String(value).split('e');
  return Math.max(0, (mantissa.split('.')[1]?.length ?? 0) - Number(exponent));
}

function scaled(value: number, scale: number): bigint {
  const [mantissa, exponent = '0'] = String(value).split('e');
  const [whole, fraction = ''] = mantissa.split('.');
  return BigInt(whole + fraction) * 10n ** BigInt(scale - fraction.length + Number(exponent));
}

function gcd(a: bigint, b: bigint): bigint {
  let x = a;
  let y = b;
  while (y !== 0n) {
    [x, y] = [y, x % y];
  }
  return x;
}

/** Back to a number, undefined if it has none that reads the same. */
function unscaled(value: bigint, scale: number): number {
  return Number(`${value}e${-scale}`);
}

function bySize(a: number, b: number): number {
  return Math.abs(a) - Math.abs(b) || b - a;
}

/** Up to `wanted` numbers that satisfy the demand, the smallest first. */
export function findNumbers(demand: NumberDemand, wanted: number, budget: Budget): Numbers {
  const { min, max } = demand;
  if (min > max || (min === max && (demand.minOpen || demand.maxOpen)) || (demand.integer && demand.notInteger)) {
    return { kind: 'empty' };
  }
  if (demand.notMultiples.some(each => demand.multiples.includes(each))) {
    return { kind: 'empty' };
  }
  const divisors = [...demand.multiples, ...(demand.integer ? [1] : [])];
  return divisors.length > 0 ? onLattice(demand, divisors, wanted, budget) : dense(demand, wanted, budget);
}

/** Digits beyond which exact arithmetic is not worth its time. */
const MAX_SCALE = 400;

function onLattice(demand: NumberDemand, divisors: readonly number[], wanted: number, budget: Budget): Numbers {
  const limits = [demand.min, demand.max].filter(Number.isFinite);
  const all = [...divisors, ...demand.notMultiples, ...limits, ...(demand.notInteger ? [1] : [])];
  const scale = Math.max(...all.map(scaleOf));
  if (scale > MAX_SCALE) {
    return { kind: 'unknown', reason: 'numbers this small are not divided' };
  }
  const step = divisors.map(each => scaled(each, scale)).reduce((a, b) => (a / gcd(a, b)) * b);
  const forbidden = [...demand.notMultiples, ...(demand.notInteger ? [1] : [])].map(each => scaled(each, scale));
  if (forbidden.some(each => step % each === 0n)) {
    return { kind: 'empty' };
  }
  const low = Number.isFinite(demand.min) ? ceilDiv(scaled(demand.min, scale), step) : undefined;
  const high = Number.isFinite(demand.max) ? -ceilDiv(-scaled(demand.max, scale), step) : undefined;
  if (low !== undefined && high !== undefined && low > high) {
    return { kind: 'empty' };
  }
  const found: number[] = [];
  let tried = 0;
  for (const index of fromZero(low, high)) {
    tried += 1;
    budget.spend();
    if (tried > MAX_TRIED) {
      return found.length > 0
        ? { kind: 'found', numbers: found, complete: false }
        : { kind: 'unknown', reason: 'no number was found among the first multiples' };
    }
    const value = unscaled(index * step, scale);
    if (Number.isFinite(value) && numberSatisfies(value, demand)) {
      found.push(value);
      if (found.length >= wanted) {
        return { kind: 'found', numbers: found, complete: false };
      }
    }
  }
  return found.length > 0 ? { kind: 'found', numbers: found, complete: true } : { kind: 'empty' };
}

function ceilDiv(a: bigint, b: bigint): bigint {
  const quotient = a / b;
  return a % b > 0n ? quotient + 1n : quotient;
}

/** Whole numbers of the range, the nearest to zero first. */
function* fromZero(low: bigint | undefined, high: bigint | undefined): Generator<bigint> {
  let up = low !== undefined && low > 0n ? low : 0n;
  let down = high !== undefined && high < 0n ? high : -1n;
  while (high === undefined || up <= high || low === undefined || down >= low) {
    if (high === undefined || up <= high) {
      yield up;
      up += 1n;
    }
    if (low === undefined || down >= low) {
      yield down;
      down -= 1n;
    }
  }
}

function dense(demand: NumberDemand, wanted: number, budget: Budget): Numbers {
  const { min, max } = demand;
  const found = new Set<number>();
  for (const value of [...denseCandidates(min, max, demand.excluded.length + wanted + 8)].sort(bySize)) {
    budget.spend();
    if (numberSatisfies(value, demand)) {
      found.add(value);
    }
    if (found.size >= wanted) {
      return { kind: 'found', numbers: [...found], complete: false };
    }
  }
  if (found.size > 0) {
    return { kind: 'found', numbers: [...found], complete: min === max };
  }
  return min === max ? { kind: 'empty' } : { kind: 'unknown', reason: 'no number was found in a small interval' };
}

function denseCandidates(min: number, max: number, count: number): ReadonlySet<number> {
  const values = new Set<number>();
  const least = Number.isFinite(min) ? min : Math.min(-10, Number.isFinite(max) ? max - 10 : 0);
  const most = Number.isFinite(max) ? max : Math.max(10, least + 20);
  const amount = Math.min(count, 400);
  for (let i = 0; i <= amount; i++) {
    [Math.ceil(least) + i, Math.floor(most) - i, i, -i].forEach(each => values.add(each));
  }
  [0.5, 0.1, 0.25, -0.5, 0.01, 0.3, 1 / 8, 1.5].forEach(each => {
    for (let i = 0; i < 3; i++) {
      values
        .add(each + i)
        .add(Math.ceil(least) + each + i)
        .add(Math.floor(most) - each - i);
    }
  });
  values.add(min).add(max);
  // where adding one does not change a number any more
  [2, 1.5, 1 + Number.EPSILON].forEach(factor =>
    values
      .add(least * factor)
      .add(most * factor)
      .add(least / factor)
      .add(most / factor),
  );
  values.add(Number.MAX_VALUE).add(-Number.MAX_VALUE);
  const width = most - least;
  for (let i = 1; i <= amount; i++) {
    values.add(least + (width * i) / (amount + 1));
    values.add(least + width / 2 ** i);
  }
  values.delete(NaN);
  return new Set([...values].filter(each => Number.isFinite(each) && each >= min && each <= max).map(each => each + 0));
}
