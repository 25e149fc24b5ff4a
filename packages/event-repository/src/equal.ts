/** Where something is written is not what it says. */
const IGNORED = new Set(['place', 'file']);

const fieldsOf = (a: object, b: object) =>
  [...new Set([...Object.keys(a), ...Object.keys(b)])].filter(key => !IGNORED.has(key));

/** Whether two declarations say the same. The order of lists counts, that of keys does not. */
export function sameDeclaration(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || !a || !b) return false;
  if (Array.isArray(a) || Array.isArray(b)) {
    return (
      Array.isArray(a) &&
      Array.isArray(b) &&
      a.length === b.length &&
      a.every((item, index) => sameDeclaration(item, b[index]))
    );
  }
  const before = a as Record<string, unknown>;
  const after = b as Record<string, unknown>;
  return fieldsOf(before, after).every(key => sameDeclaration(before[key], after[key]));
}

/** Top-level fields in which two declarations differ. */
export function changedFields(before: object, after: object): readonly string[] {
  const a = before as Record<string, unknown>;
  const b = after as Record<string, unknown>;
  return fieldsOf(a, b).filter(key => !sameDeclaration(a[key], b[key]));
}
