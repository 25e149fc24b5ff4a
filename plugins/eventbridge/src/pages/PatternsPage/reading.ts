import {
  compileEventPattern,
  explain,
  InvalidEventError,
  InvalidEventPatternError,
  type CompiledPattern,
  type Explanation,
} from '@busline/event-pattern';
import { MAX_EVENT_CHARACTERS, type EventTypeRef, type Json } from '@busline/plugin-eventbridge-common';
import { prettyJson } from '../../components/JsonEditor';
import { parseJson, placeOf } from '../../onboarding/form/parseJson';

/** What a text in one of the panes turned out to be. */
export type Reading<T> =
  | { readonly kind: 'empty' }
  | { readonly kind: 'invalid'; readonly message: string; readonly offset?: number; readonly aws?: string }
  | { readonly kind: 'valid'; readonly value: T };

/** Patterns that AWS refuses for their size are refused here too; this one only keeps the page quick. */
const MAX_PATTERN_TEXT = 100_000;

export function readPattern(text: string): Reading<CompiledPattern> {
  if (text.trim() === '') return { kind: 'empty' };
  if (text.length > MAX_PATTERN_TEXT) {
    return { kind: 'invalid', message: 'EventBridge takes patterns of at most 4,096 characters' };
  }
  const json = parseJson(text);
  try {
    const value = compileEventPattern(text);
    return { kind: 'valid', value };
  } catch (error) {
    if (!(error instanceof InvalidEventPatternError)) throw error;
    const offset = json.kind === 'invalid' ? json.offset : error.position?.offset;
    const said = json.kind === 'invalid' ? json.message : withoutPlace(error.reason);
    return {
      kind: 'invalid',
      message: offset === undefined ? said : `${placeOf(text, offset)}: ${said}`,
      ...(offset !== undefined && { offset }),
      aws: error.message,
    };
  }
}

/** An event that a bus would deliver. */
export interface ReadEvent {
  readonly text: string;
  /** Absent where it has no text at source or detail-type: no bus delivers such an event. */
  readonly eventType?: EventTypeRef;
  /** Where it is an entry of PutEvents: the event that a bus makes of it. */
  readonly becomes?: string;
}

export function readEvent(text: string): Reading<ReadEvent> {
  if (text.trim() === '') return { kind: 'empty' };
  if (text.length > MAX_EVENT_CHARACTERS) {
    const characters = text.length.toLocaleString('en');
    return { kind: 'invalid', message: `${characters} characters; EventBridge takes events under 1 MB` };
  }
  const json = parseJson(text);
  if (json.kind === 'invalid') {
    const { message, offset } = json;
    return {
      kind: 'invalid',
      message: offset === undefined ? message : `${placeOf(text, offset)}: ${message}`,
      ...(offset !== undefined && { offset }),
    };
  }
  const { value } = json;
  if (value === null || typeof value !== 'object' || Array.isArray(value)) {
    return { kind: 'invalid', message: 'an event is a JSON object, in braces' };
  }
  const { source, 'detail-type': detailType } = value as { readonly [field: string]: unknown };
  const isDelivered =
    typeof source === 'string' && source !== '' && typeof detailType === 'string' && detailType !== '';
  if (isDelivered) return { kind: 'valid', value: { text, eventType: { source, detailType } } };
  const becomes = eventOfEntry(value);
  return { kind: 'valid', value: { text, ...(becomes !== undefined && { becomes }) } };
}

/** PutEvents takes Source, DetailType and Detail, which is a text; its answer's log and many tests show those. */
function eventOfEntry(value: object): string | undefined {
  const { Source, DetailType, Detail, Resources = [], Time } = value as Readonly<Record<string, unknown>>;
  if (typeof Source !== 'string' || typeof DetailType !== 'string' || typeof Detail !== 'string') return undefined;
  const detail = parseJson(Detail);
  if (detail.kind === 'invalid') return undefined;
  return prettyJson({
    version: '0',
    id: '00000000-0000-4000-8000-000000000000',
    source: Source,
    'detail-type': DetailType,
    account: '111111111111',
    time: typeof Time === 'string' ? Time : '2026-01-01T00:00:00Z',
    region: 'eu-west-1',
    resources: Resources as Json,
    detail: detail.value,
  });
}

export type Outcome =
  | { readonly kind: 'incomplete' }
  | { readonly kind: 'explained'; readonly explanation: Explanation }
  | { readonly kind: 'unreadable'; readonly message: string };

/** Whether the event matches, clause by clause. */
export function outcomeOf(pattern: Reading<CompiledPattern>, event: Reading<ReadEvent>): Outcome {
  if (pattern.kind !== 'valid' || event.kind !== 'valid') return { kind: 'incomplete' };
  try {
    return { kind: 'explained', explanation: explain(pattern.value, event.value.text) };
  } catch (error) {
    if (!(error instanceof InvalidEventError)) throw error;
    return { kind: 'unreadable', message: error.message };
  }
}

/** AWS ends many messages with where its parser stood, which the editor shows. */
function withoutPlace(reason: string): string {
  return reason.replace(/\s+at \[Source: [\s\S]*$/, '').replace(/\s*\n\s*/g, ' ');
}
