import { compileEventPattern, describePatternSentence, InvalidEventPatternError } from '@busline/event-pattern';
import { eventTypeId, type EventType, type JsonObject } from '@busline/event-repository';
import {
  examplesTaken,
  neverReason,
  patternOf,
  patternWithFilter,
  versionsMatching,
  type ExampleTaken,
} from '@busline/onboarding';
import type { ChangeFormData, SubscriptionFormData } from '../form/formData';
import { filterOf } from '../form/filter';
import { parseJson, placeOf } from '../form/parseJson';

/** What a filter does, while it is being written. */
export type FilterPreview =
  | {
      readonly kind: 'works';
      readonly pattern: JsonObject;
      /** In words: only when `detail.data.channel` is `push`. */
      readonly words: string;
      readonly examples: readonly ExampleTaken[];
      /** Why no event can match, where that is certain. */
      readonly never?: { readonly message: string; readonly wayOut: string };
    }
  | { readonly kind: 'invalid'; readonly message: string; readonly offset?: number };

/** Compiles the filter and asks it about every committed example. Pure, quick enough for each key that is pressed. */
export function previewFilter(subscription: SubscriptionFormData, eventTypes: readonly EventType[]): FilterPreview {
  try {
    const written = subscription.filterBy === 'pattern' ? compileText(subscription.patternText ?? '') : undefined;
    if (written && 'kind' in written) return written;
    const pattern = written?.pattern ?? builtPattern(subscription, eventTypes);
    const compiled = compileEventPattern(pattern);
    return {
      kind: 'works',
      pattern,
      words: describePatternSentence(compiled),
      examples: examplesTaken(compiled, eventTypes),
      never: neverReason(versionsMatching(compiled, eventTypes)),
    };
  } catch (error) {
    if (!(error instanceof InvalidEventPatternError)) throw error;
    return { kind: 'invalid', message: error.reason };
  }
}

/** The pattern that the chosen event types and the clauses make. */
export function builtPattern(
  subscription: SubscriptionFormData & Pick<ChangeFormData, 'declaredPattern'>,
  eventTypes: readonly EventType[],
): JsonObject {
  const filter = subscription.filterBy === 'fields' ? filterOf(subscription.clauses ?? []) : undefined;
  if (subscription.declaredPattern) return patternWithFilter(subscription.declaredPattern, filter ?? {});
  return patternOf(
    { eventTypes: subscription.eventTypes ?? [], filter },
    new Map(eventTypes.map(type => [eventTypeId(type), type])),
  );
}

function compileText(text: string): { readonly pattern: JsonObject } | Extract<FilterPreview, { kind: 'invalid' }> {
  const parsed = parseJson(text);
  if (parsed.kind === 'invalid') return parsed;
  try {
    compileEventPattern(text);
  } catch (error) {
    if (!(error instanceof InvalidEventPatternError)) throw error;
    return { kind: 'invalid', message: error.reason, offset: error.position?.offset };
  }
  return { pattern: parsed.value as JsonObject };
}

/** `line 3, column 7: …` */
export function invalidWords(text: string, preview: Extract<FilterPreview, { kind: 'invalid' }>): string {
  return preview.offset === undefined ? preview.message : `${placeOf(text, preview.offset)}: ${preview.message}`;
}
