/**
 * Lines added and removed between two texts, by Myers' algorithm (An O(ND) Difference Algorithm and Its Variations,
 * 1986). Equal heads and tails are taken off first; what then differs too much is shown as replaced as a whole, which
 * bounds time and memory.
 */
export type LineChange =
  | { readonly kind: 'same'; readonly before: string; readonly after: string }
  | { readonly kind: 'removed'; readonly before: string }
  | { readonly kind: 'added'; readonly after: string };

/** Edits looked for before the middle counts as replaced: memory grows with its square. */
const MAX_EDITS = 1200;

export function diffLines(before: readonly string[], after: readonly string[]): readonly LineChange[] {
  let head = 0;
  while (head < before.length && head < after.length && before[head] === after[head]) head += 1;
  let tail = 0;
  while (
    tail < before.length - head &&
    tail < after.length - head &&
    before[before.length - 1 - tail] === after[after.length - 1 - tail]
  ) {
    tail += 1;
  }
  const same = (line: string): LineChange => ({
    kind: 'same',
    before: line,
    after: line,
  });
  return [
    ...before.slice(0, head).map(same),
    ...middle(before.slice(head, before.length - tail), after.slice(head, after.length - tail)),
    ...before.slice(before.length - tail).map(same),
  ];
}

function middle(a: readonly string[], b: readonly string[]): readonly LineChange[] {
  const removed = (line: string): LineChange => ({
    kind: 'removed',
    before: line,
  });
  const added = (line: string): LineChange => ({ kind: 'added', after: line });
  if (a.length === 0) return b.map(added);
  if (b.length === 0) return a.map(removed);

  // furthest[k] is the furthest x on diagonal k = x - y; a copy per number of edits leads back.
  const trail: Map<number, number>[] = [];
  let furthest = new Map<number, number>([[1, 0]]);
  const most = Math.min(a.length + b.length, MAX_EDITS);
  for (let edits = 0; edits <= most; edits += 1) {
    trail.push(new Map(furthest));
    for (let k = -edits; k <= edits; k += 2) {
      const down = k === -edits || (k !== edits && (furthest.get(k - 1) ?? -1) < (furthest.get(k + 1) ?? -1));
      let x = down ? furthest.get(k + 1) ?? 0 : (furthest.get(k - 1) ?? 0) + 1;
      while (x < a.length && x - k < b.length && a[x] === b[x - k]) x += 1;
      furthest.set(k, x);
      if (x >= a.length && x - k >= b.length) return walkBack(a, b, trail, edits);
    }
    furthest = new Map(furthest);
  }
  return [...a.map(removed), ...b.map(added)];
}

function walkBack(
  a: readonly string[],
  b: readonly string[],
  trail: readonly Map<number, number>[],
  edits: number,
): readonly LineChange[] {
  const changes: LineChange[] = [];
  let x = a.length;
  let y = b.length;
  for (let d = edits; d >= 0; d -= 1) {
    const before = trail[d];
    const k = x - y;
    const down = k === -d || (k !== d && (before.get(k - 1) ?? -1) < (before.get(k + 1) ?? -1));
    const previousK = down ? k + 1 : k - 1;
    const previousX = d === 0 ? 0 : before.get(previousK) ?? 0;
    const previousY = d === 0 ? 0 : previousX - previousK;
    while (x > previousX && y > previousY && x > 0 && y > 0 && a[x - 1] === b[y - 1]) {
      x -= 1;
      y -= 1;
      changes.push({ kind: 'same', before: a[x], after: b[y] });
    }
    if (d === 0) break;
    if (down) {
      y -= 1;
      changes.push({ kind: 'added', after: b[y] });
    } else {
      x -= 1;
      changes.push({ kind: 'removed', before: a[x] });
    }
  }
  return changes.reverse();
}
