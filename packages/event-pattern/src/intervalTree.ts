/*
 * Closed intervals and which of them a point lies in: a treap ordered by lower
 * end, where every node knows the highest upper end below it. Lookup, adding
 * and deleting take about the logarithm of the number of intervals.
 */

export interface Interval<P, T> {
  readonly lower: P;
  readonly upper: P;
  readonly entry: T;
}

interface TreapNode<P, T> {
  readonly interval: Interval<P, T>;
  readonly priority: number;
  /** Among equal lower ends, to find one again. */
  readonly order: number;
  highest: P;
  left: TreapNode<P, T> | undefined;
  right: TreapNode<P, T> | undefined;
}

type Maybe<P, T> = TreapNode<P, T> | undefined;

function refresh<P, T>(node: TreapNode<P, T>): TreapNode<P, T> {
  node.highest = node.interval.upper;
  if (node.left && node.left.highest > node.highest) {
    node.highest = node.left.highest;
  }
  if (node.right && node.right.highest > node.highest) {
    node.highest = node.right.highest;
  }
  return node;
}

/** What is before (lower, order), and the rest. */
function split<P, T>(node: Maybe<P, T>, lower: P, order: number): readonly [Maybe<P, T>, Maybe<P, T>] {
  if (node === undefined) {
    return [undefined, undefined];
  }
  const before = node.interval.lower < lower || (node.interval.lower === lower && node.order < order);
  if (before) {
    const [left, right] = split(node.right, lower, order);
    node.right = left;
    return [refresh(node), right];
  }
  const [left, right] = split(node.left, lower, order);
  node.left = right;
  return [left, refresh(node)];
}

function merge<P, T>(left: Maybe<P, T>, right: Maybe<P, T>): Maybe<P, T> {
  if (left === undefined || right === undefined) {
    return left ?? right;
  }
  if (left.priority > right.priority) {
    left.right = merge(left.right, right);
    return refresh(left);
  }
  right.left = merge(left, right.left);
  return refresh(right);
}

function visitAll<P, T>(node: Maybe<P, T>, point: P, visit: (entry: T) => void): void {
  if (node === undefined || node.highest < point) {
    return;
  }
  visitAll(node.left, point, visit);
  if (node.interval.lower <= point) {
    if (node.interval.upper >= point) {
      visit(node.interval.entry);
    }
    visitAll(node.right, point, visit);
  }
}

export class IntervalTree<P extends number | string, T> {
  #root: Maybe<P, T>;
  readonly #nodes = new Map<T, TreapNode<P, T>>();
  #added = 0;
  #random = 1;

  get isEmpty(): boolean {
    return this.#root === undefined;
  }

  /** An entry has one interval. */
  add(lower: P, upper: P, entry: T): void {
    this.#added += 1;
    // any sequence without a pattern does, and the same every time is best
    // eslint-disable-next-line no-bitwise
    this.#random = (Math.imul(this.#random, 1103515245) + 12345) & 0x7fffffff;
    const node: TreapNode<P, T> = {
      interval: { lower, upper, entry },
      // the low bits of such a sequence repeat
      // eslint-disable-next-line no-bitwise
      priority: this.#random >> 8,
      order: this.#added,
      highest: upper,
      left: undefined,
      right: undefined,
    };
    this.#nodes.set(entry, node);
    const [left, right] = split(this.#root, lower, node.order);
    this.#root = merge(merge(left, node), right);
  }

  delete(entry: T): void {
    const node = this.#nodes.get(entry);
    if (node === undefined) {
      return;
    }
    this.#nodes.delete(entry);
    const [left, rest] = split(this.#root, node.interval.lower, node.order);
    const [, right] = split(rest, node.interval.lower, node.order + 1);
    this.#root = merge(left, right);
  }

  /** Entries of every interval that the point lies in. */
  forEach(point: P, visit: (entry: T) => void): void {
    visitAll(this.#root, point, visit);
  }
}
