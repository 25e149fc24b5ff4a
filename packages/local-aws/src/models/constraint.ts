/** What a model asks of a value beyond its type. */
export interface Constraint {
  /** Characters of a text, entries of a list or map, or the least number. */
  readonly min?: number;
  readonly max?: number;
  /** A regular expression that the whole text must match, as the model spells it. */
  readonly pattern?: string;
  /** The same language as `pattern`, where that one could backtrack for ever. */
  readonly matcher?: RegExp;
  /** The texts that an enum allows. */
  readonly values?: readonly string[];
}

/**
 * Where a constraint holds: `PutRuleRequest.Name`; `TagKeyList` entries as `UntagResourceRequest.TagKeys[]`; keys and
 * values of a map as `InputTransformer.InputPathsMap<key>` and `<value>`; a member of every structure as `*.Limit`,
 * unless a row names the structure.
 */
export type ConstraintRow = readonly [Constraint, ...string[]];

export interface ConstraintTable {
  /** @param structure - the structure's name in the model; @param member - with its suffix, if any */
  find(structure: string, member: string): Constraint | undefined;
  /** Every place that a row names, for the comparison with AWS's models. */
  readonly places: ReadonlySet<string>;
}

/** @throws Error when two rows speak of one place */
export function constraintTable(rows: readonly ConstraintRow[]): ConstraintTable {
  const byPlace = new Map<string, Constraint>();
  for (const [constraint, ...places] of rows) {
    for (const place of places) {
      if (byPlace.has(place)) throw new Error(`Two constraints for ${place}`);
      byPlace.set(place, constraint);
    }
  }
  return {
    find: (structure, member) => byPlace.get(`${structure}.${member}`) ?? byPlace.get(`*.${member}`),
    places: new Set(byPlace.keys()),
  };
}

export const length = (min: number, max?: number): Constraint => ({ min, max });
export const atMost = (max: number): Constraint => ({ max });
export const text = (min: number, max: number, pattern: string): Constraint => ({
  min,
  max,
  pattern,
});
export const range = length;
export const oneOf = (...values: readonly string[]): Constraint => ({ values });
