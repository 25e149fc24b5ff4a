/*
 * Whether there is an event that satisfies a schema and matches some patterns
 * and not others: what is found is confirmed by validator and matcher before
 * it counts, what is not there is proved.
 */
import { findInstance, type Answer, type SchemaReading } from '@busline/json-schema';
import type { Alternative, JsonObject } from '../types';
import { PatternTooLargeError, patternSchemas } from './patternSchemas';

export type Finding =
  | { readonly kind: 'found'; readonly event: JsonObject }
  | { readonly kind: 'none' }
  | { readonly kind: 'unknown'; readonly reason: string };

export interface Condition {
  readonly alternatives: readonly Alternative[];
  /** Whether the event matches, or does not. */
  readonly matching: boolean;
}

export interface Question {
  /** What events satisfy; any object if left out. */
  readonly reading?: SchemaReading;
  readonly conditions: readonly Condition[];
  /** Whether events may have keys with dots in them. */
  readonly dottedKeys: boolean;
  readonly steps?: number;
  /** Whether an event is what is asked for: by validator and matcher, not by reasoning. */
  readonly isRight: (event: JsonObject) => boolean;
}

const NOT_CONFIRMED = 'an event that was found was not confirmed by validator and matcher';
const ANY_EVENT: SchemaReading = { schema: { type: 'object' } };

function ask(question: Question): Finding {
  const { reading = ANY_EVENT, conditions, dottedKeys, steps } = question;
  const all = conditions.map(({ alternatives, matching }) => ({
    ...patternSchemas(alternatives, dottedKeys),
    matching,
  }));
  const find = (wide: boolean): Answer =>
    findInstance(
      [reading, ...all.filter(({ matching }) => matching).map(each => ({ schema: wide ? each.over : each.under }))],
      all.filter(({ matching }) => !matching).map(each => ({ schema: wide ? each.under : each.over })),
      steps === undefined ? {} : { steps },
    );
  const confirmed = (answer: Answer): JsonObject | undefined => {
    const event = answer.kind === 'found' ? (answer.value as JsonObject) : undefined;
    return event !== undefined && question.isRight(event) ? event : undefined;
  };
  // the wider question proves that there is none, the narrower finds one for sure
  const answer = find(true);
  if (answer.kind === 'empty') {
    return { kind: 'none' };
  }
  const event = confirmed(answer) ?? (all.every(({ exact }) => exact) ? undefined : confirmed(find(false)));
  if (event) {
    return { kind: 'found', event };
  }
  return { kind: 'unknown', reason: answer.kind === 'unknown' ? answer.reason : NOT_CONFIRMED };
}

export function decide(question: Question): Finding {
  try {
    return ask(question);
  } catch (error) {
    if (error instanceof PatternTooLargeError) {
      return { kind: 'unknown', reason: error.message };
    }
    throw error;
  }
}
