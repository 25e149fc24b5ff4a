import type { ClauseExplanation, Explanation } from '@busline/event-pattern';
import { fieldOfPlace, jsonPlaces, type EditorMark, type JsonPlace, type LineSign } from '../../components/JsonEditor';
import type { Reading } from './reading';

/** Longer texts are not searched for places while somebody types. */
const LONGEST_MARKED = 200_000;
const MOST_MARKS = 200;

const NO_PLACES: readonly JsonPlace[] = [];

/** Every value of a text that was read. */
export function placesOf(text: string, reading: Reading<unknown>): readonly JsonPlace[] {
  return reading.kind === 'valid' && text.length <= LONGEST_MARKED ? jsonPlaces(text) : NO_PLACES;
}

/** Where the text stops making sense. */
export function errorMarks(text: string, reading: Reading<unknown>): readonly EditorMark[] {
  if (reading.kind !== 'invalid' || reading.offset === undefined) return [];
  const from = Math.min(reading.offset, text.length);
  WORD.lastIndex = from;
  return [{ from, to: from + (WORD.exec(text)?.[0].length ?? 1), tone: 'error' }];
}

/** A string or a word is marked whole, anything else by its character. */
const WORD = /"(?:[^"\\\n]|\\.)*"|[\w.+-]+/y;

/** Where a clause stands in the pattern. */
export function placeOfClause({ path }: ClauseExplanation, places: readonly JsonPlace[]): JsonPlace | undefined {
  const key = JSON.stringify(path);
  return places.find(place => JSON.stringify(place.path) === key);
}

/** Where the event has values of a clause's field, or of the field that was probably meant. */
export function placesOfField(
  { field, failure }: ClauseExplanation,
  places: readonly JsonPlace[],
): readonly JsonPlace[] {
  const named = places.filter(place => place.isLeaf && fieldOfPlace(place) === field);
  if (named.length > 0) return named;
  if (failure?.kind === 'no-value') return places.filter(place => fieldOfPlace(place) === field).slice(0, 1);
  const near = failure?.kind === 'missing' ? failure.nearName : undefined;
  return near === undefined ? [] : places.filter(place => place.isLeaf && fieldOfPlace(place) === near);
}

export function chosenMarks(places: readonly (JsonPlace | undefined)[]): readonly EditorMark[] {
  return places
    .slice(0, MOST_MARKS)
    .flatMap(place => (place ? [{ from: place.from, to: place.to, tone: 'chosen' } as const] : []));
}

/** A sign before the line of every clause of the way that decides. */
export function clauseSigns(
  explanation: Explanation,
  places: readonly JsonPlace[],
  text: string,
): ReadonlyMap<number, LineSign> {
  const signs = new Map<number, LineSign>();
  for (const clause of explanation.alternatives[0]?.clauses ?? []) {
    const place = placeOfClause(clause, places);
    if (!place) continue;
    const line = text.slice(0, place.from).split('\n').length;
    // Several clauses on one line: one that fails is what matters.
    if (!clause.satisfied) signs.set(line, 'miss');
    else if (!signs.has(line)) signs.set(line, 'ok');
  }
  return signs;
}
