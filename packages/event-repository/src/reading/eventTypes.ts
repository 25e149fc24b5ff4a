import type { CompiledSchema } from '@busline/json-schema';
import { compare } from 'semver';
import type { Settings } from '../declarations/busline';
import { type EventDraft, eventTypeFrom, type VersionNotes } from '../declarations/event';
import { EMPTY } from '../declarations/values';
import { isVersion } from '../rules/names';
import { rulesWith } from '../rules/rules';
import { compileForExamples } from '../rules/schemas';
import type { Example, Json, JsonSchemaDocument, Problem, SchemaVersion } from '../types';
import type { CachedEventType, ReadCache } from './cache';
import type { FileEntry } from './entry';
import { lazyJson } from './lazyJson';
import { problemAt } from './places';

/** The files of one event type's folder. */
export interface EventFolder {
  readonly folder: string;
  readonly parts: readonly FileEntry[];
}

/** Values that were just parsed, so that they need not be parsed again. */
export type FreshValues = ReadonlyMap<FileEntry, Json>;

/** Where a finding's line and column are found: texts are kept without their white space. */
export type ReadText = (path: string) => string | undefined;

const EXAMPLE_RULES = rulesWith('checkExample');

/** What an invalid schema says of an example would only confuse. */
const isSound = (schema: FileEntry) => !schema.problems.some(({ severity }) => severity === 'error');

/** Checks the examples of a folder with their schemas, unless both are as before. */
export function checkExamples({ parts }: EventFolder, fresh: FreshValues, readText: ReadText): readonly Problem[] {
  const schemas = new Map<string, FileEntry>();
  for (const entry of parts) {
    if (entry.at.kind === 'schema') schemas.set(entry.at.version, entry);
  }
  const compiled = new Map<FileEntry, CompiledSchema | undefined>();
  let problems: Problem[] | undefined;
  for (const entry of parts) {
    if (entry.at.kind !== 'example') continue;
    const schema = schemas.get(entry.at.version);
    let known = entry.memo.exampleProblems;
    if (!known || known.schema !== schema) {
      const found = schema && isSound(schema) ? checkExample(entry, schema, compiled, fresh, readText) : EMPTY;
      known = { schema, problems: found };
      entry.memo.exampleProblems = known;
    }
    if (known.problems.length > 0) (problems ??= []).push(...known.problems);
  }
  return problems ?? EMPTY;
}

function valueOf(entry: FileEntry, fresh: FreshValues): Json | undefined {
  const { content } = entry;
  if (content.kind !== 'schema' && content.kind !== 'example') return undefined;
  return fresh.get(entry) ?? (JSON.parse(content.text) as Json);
}

function checkExample(
  entry: FileEntry,
  schema: FileEntry,
  compiled: Map<FileEntry, CompiledSchema | undefined>,
  fresh: FreshValues,
  readText: ReadText,
): readonly Problem[] {
  if (entry.content.kind !== 'example') return EMPTY;
  if (!compiled.has(schema)) {
    const document = valueOf(schema, fresh);
    compiled.set(schema, document === undefined ? undefined : compileForExamples(document));
  }
  const schemaOfVersion = compiled.get(schema);
  const value = valueOf(entry, fresh);
  if (!schemaOfVersion || value === undefined) return EMPTY;
  const problems: Problem[] = [];
  const { path, at } = entry;
  for (const rule of EXAMPLE_RULES) {
    rule.checkExample({ path, value, schema: schemaOfVersion }, finding =>
      problems.push(problemAt(rule, { path, at, text: readText(path) ?? '' }, finding)),
    );
  }
  return problems;
}

const sameParts = (a: readonly FileEntry[], b: readonly FileEntry[]) =>
  a.length === b.length && a.every((entry, index) => entry === b[index]);

/** The event type of a folder; the same object as before when none of its files changed. */
export function assembleEventType(
  { folder, parts }: EventFolder,
  settings: Settings,
  previous: ReadCache,
): CachedEventType | undefined {
  const before = previous.eventTypes.get(folder);
  if (before && before.settings === settings && sameParts(before.parts, parts)) {
    return before;
  }
  const draft = draftOf(parts);
  if (!draft) return undefined;
  const eventType = eventTypeFrom(draft, settings, versionsOf(parts, draft.notes));
  return { parts, settings, eventType };
}

function draftOf(parts: readonly FileEntry[]): EventDraft | undefined {
  for (const { content } of parts) {
    if (content.kind === 'event') return content.event;
  }
  return undefined;
}

function versionsOf(
  parts: readonly FileEntry[],
  notes: Readonly<Record<string, VersionNotes>>,
): readonly SchemaVersion[] {
  const versions: SchemaVersion[] = [];
  for (const { at, content, path } of parts) {
    if (at.kind !== 'schema' || content.kind !== 'schema') continue;
    if (!isVersion(at.version)) continue;
    const { text, size } = content;
    const note = Object.hasOwn(notes, at.version) ? notes[at.version] : {};
    versions.push({
      version: at.version,
      get schema() {
        return lazyJson(text) as JsonSchemaDocument;
      },
      examples: examplesOf(parts, at.version),
      ...(note.released === undefined ? {} : { released: note.released }),
      ...(note.notes === undefined ? {} : { notes: note.notes }),
      size,
      file: path,
    });
  }
  return versions.sort((a, b) => compare(a.version, b.version));
}

function examplesOf(parts: readonly FileEntry[], version: string): readonly Example[] {
  const examples: Example[] = [];
  for (const { at, content, path } of parts) {
    if (at.kind !== 'example' || content.kind !== 'example') continue;
    if (at.version !== version) continue;
    const { text } = content;
    examples.push({
      name: at.name,
      get value() {
        return lazyJson(text);
      },
      file: path,
    });
  }
  return examples;
}
