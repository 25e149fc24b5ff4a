import type { Json } from '../types';
import type { Item } from './items';

/** What the searches for arrays and objects ask of values inside. */
export interface Solve {
  /** A value that meets all goals, in a box. */
  find(goals: readonly Item[]): { readonly value: Json } | undefined;
  /** Whether there may be one: false is a proof. */
  isPossible(goals: readonly Item[]): boolean;
  /** By the validator. */
  holdsAll(goals: readonly Item[], value: Json): boolean;
  findNames(
    goals: readonly Item[],
    patterns: readonly string[],
    notPatterns: readonly string[],
    excluded: readonly string[],
    wanted: number,
  ): readonly string[];
  /** Something was not decided: that nothing is found is no proof any more. */
  doubt(reason: string): void;
}
