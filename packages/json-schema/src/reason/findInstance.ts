import { rootPath } from '../pointer';
import type { Json } from '../types';
import { Budget, DEFAULT_STEPS } from './budget';
import { litHolds } from './literals';
import { literalOf, reasonOf, type SchemaReading } from './readings';
import { shrink } from './shrink';
import { Solver, type Answer } from './solver';
import { viewOf } from './views';

export interface FindOptions {
  /** Work that the answer may cost; past it the answer is `unknown`. `DEFAULT_STEPS` if left out. */
  readonly steps?: number;
}

export type { SchemaReading } from './readings';
export type { Answer } from './solver';

/**
 * Whether there is a value that satisfies every schema of the first list and
 * none of the second: `found` with one, as small as it could be made and
 * confirmed by the validator; `empty`, which is a proof; or `unknown` with the
 * reason: whatever is wrong with a schema is a reason too.
 */
export function findInstance(
  satisfying: readonly SchemaReading[],
  violating: readonly SchemaReading[] = [],
  options: FindOptions = {},
): Answer {
  try {
    const writers = satisfying.map(each => literalOf(each, true));
    const literals = [...writers, ...violating.map(each => literalOf(each, false))];
    const answer = new Solver(new Budget(options.steps ?? DEFAULT_STEPS)).solve(literals);
    if (answer.kind !== 'found') {
      return answer;
    }
    const view = viewOf(
      writers.filter(({ world }) => !world.dynamic).map(each => ({ ...each, path: rootPath() })),
      false,
    );
    const holds = (value: Json) => literals.every(each => litHolds(each, value));
    return { kind: 'found', value: shrink(answer.value, holds, view) };
  } catch (error) {
    return { kind: 'unknown', reason: reasonOf(error) };
  }
}
