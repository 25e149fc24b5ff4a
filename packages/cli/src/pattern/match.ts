import { explain, explanationText, InvalidEventError, type CompiledPattern } from '@busline/event-pattern';
import { count, type Output } from '../output';
import { checkStandardInput, readEvents, readPattern, wrong, type EventInFile } from './files';

export const PATTERN_FORMATS = ['text', 'json'] as const;
export type PatternFormat = (typeof PATTERN_FORMATS)[number];

export interface MatchOptions {
  readonly format: PatternFormat;
}

const nameOf = ({ file, line }: EventInFile) => (line === undefined ? file : `${file}:${line}`);
const placeOf = ({ file, line }: EventInFile) => ({ file, ...(line !== undefined && { line }) });

/**
 * `busline pattern test`: gives 0 when every event matches, else 1.
 * @throws UsageError for a pattern or an event that is none
 */
export function testPattern(
  patternFile: string,
  eventFiles: readonly string[],
  { format }: MatchOptions,
  output: Output,
): number {
  const { pattern, events } = read(patternFile, eventFiles);
  const results = events.map(event => ({ event, matches: answer(event, () => pattern.matches(event.text)) }));
  const matching = results.filter(({ matches }) => matches).length;
  if (format === 'json') {
    const matched = results.map(({ event, matches }) => ({ ...placeOf(event), matches }));
    output.out(JSON.stringify({ pattern: patternFile, events: matched, matching }, undefined, 2));
  } else {
    for (const { event, matches } of results) output.out(`${nameOf(event)}: ${matches ? 'matches' : 'does not match'}`);
    if (results.length !== 1) output.out(`${matching} of ${count(results.length, 'event')} match`);
  }
  return matching === results.length ? 0 : 1;
}

/** `busline pattern explain`: why each event matches or does not. Gives what `busline pattern test` gives. */
export function explainPattern(
  patternFile: string,
  eventFiles: readonly string[],
  { format }: MatchOptions,
  output: Output,
): number {
  const { pattern, events } = read(patternFile, eventFiles);
  const results = events.map(event => ({ event, ...answer(event, () => explain(pattern, event.text)) }));
  if (format === 'json') {
    const explained = results.map(({ event, ...explanation }) => ({ ...placeOf(event), ...explanation }));
    output.out(JSON.stringify({ pattern: patternFile, events: explained }, undefined, 2));
  } else {
    for (const { event, ...explanation } of results) output.out(`${nameOf(event)}: ${explanationText(explanation)}`);
  }
  return results.every(({ matches }) => matches) ? 0 : 1;
}

function read(
  patternFile: string,
  eventFiles: readonly string[],
): { readonly pattern: CompiledPattern; readonly events: readonly EventInFile[] } {
  checkStandardInput([patternFile, ...eventFiles]);
  return { pattern: readPattern(patternFile), events: eventFiles.flatMap(readEvents) };
}

function answer<T>(event: EventInFile, ask: () => T): T {
  try {
    return ask();
  } catch (error) {
    if (!(error instanceof InvalidEventError)) throw error;
    throw wrong(event.file, { line: event.line ?? 1, column: 1 }, error.message);
  }
}
