/*
 * What an event says of the fields that patterns read: leaves by field name.
 * Each leaf remembers in which element of which array it stands, so that a
 * match does not combine fields of different elements ("array consistency").
 */

export type LeafValue =
  | { readonly type: 'string'; readonly text: string }
  | {
      readonly type: 'number';
      readonly text: string;
      readonly value: number | undefined;
    }
  /** `true`, `false` or `null` */
  | { readonly type: 'literal'; readonly text: string };

/** Array number to index in it, outermost first. */
export type ArrayMembership = ReadonlyMap<number, number>;

export interface Leaf {
  readonly value: LeafValue;
  readonly membership: ArrayMembership;
}

export interface EventFields {
  /** Leaves of the field; none, or undefined, if it is absent. */
  get(field: string): readonly Leaf[] | undefined;
  /** Whether some leaf stands in an element of an array. */
  readonly inElements: boolean;
}

export const NOWHERE: ArrayMembership = new Map();
