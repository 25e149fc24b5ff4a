/*
 * The name that somebody probably meant.
 */

/** Letters that may be wrong, added or missing in a name of this length. */
function mostEdits(length: number): number {
  if (length < 3) {
    return 0;
  }
  return length < 4 ? 1 : Math.min(3, Math.floor(length / 3));
}

/** Longer names are not compared letter by letter. */
const LONGEST_COMPARED = 200;

/** Fewest letters to change, add, leave out or swap. */
export function editDistance(a: string, b: string): number {
  let before: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const change = last[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1);
      row[j] = Math.min(change, last[j] + 1, row[j - 1] + 1);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
        row[j] = Math.min(row[j], before[j - 2] + 1);
      }
    }
    before = last;
    last = row;
  }
  return last[b.length];
}

function lastKey(field: string): string {
  return field.slice(field.lastIndexOf('.') + 1);
}

/** Spelling aside: `orderId`, `order_id` and `OrderID` are one. */
function bare(name: string): string {
  return name.replace(/[_\s-]/g, '').toLowerCase();
}

/**
 * The field that is most like the wanted one: in the spelling of its name, or
 * the same name elsewhere in the event. Undefined if none is like it.
 */
export function nearName(wanted: string, names: Iterable<string>): string | undefined {
  if (wanted.length > LONGEST_COMPARED) {
    return undefined;
  }
  let best: string | undefined;
  let least = Infinity;
  for (const name of names) {
    if (name !== wanted && name.length <= LONGEST_COMPARED) {
      const distance = distanceOf(wanted, name);
      if (distance < least) {
        least = distance;
        best = name;
      }
    }
  }
  return best;
}

function distanceOf(wanted: string, name: string): number {
  if (bare(wanted) === bare(name)) {
    return 0;
  }
  const most = mostEdits(lastKey(wanted).length);
  const maybeNear = Math.abs(wanted.length - name.length) <= most;
  const sameKey = bare(lastKey(wanted)) === bare(lastKey(name));
  if (!maybeNear && !sameKey) {
    return Infinity;
  }
  const edits = editDistance(wanted, name);
  if (edits <= most) {
    return edits;
  }
  // the right name at the wrong place comes after the nearly right name at the right place
  return sameKey ? 10 + edits / 1000 : Infinity;
}
