/** Whether two JSON values are the same; the order of an object's members does not count. */
export function equal(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  const [left, right] = [definedEntries(a), definedEntries(b)];
  const other = new Map(right);
  return left.length === right.length && left.every(([key, value]) => other.has(key) && equal(value, other.get(key)));
}

const definedEntries = (value: object) => Object.entries(value).filter(([, member]) => member !== undefined);
