import { compare } from 'semver';
import type { CompiledSchema } from '@busline/json-schema';
import type { Settings } from '../declarations/busline';
import { eventTypeFrom } from '../declarations/event';
import { compact, EMPTY } from '../declarations/values';
import { isVersion } from '../rules/names';
import { EXAMPLE_RULES } from '../rules/rules';
import { compileForExamples } from '../rules/schemas';
import type {
  EventType,
  Example,
  Json,
  JsonSchemaDocument,
  Problem,
  SchemaVersion,
} from '../types';
import type { ReadCache } from './cache';
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

/** Checks the examples of a folder with their schemas, unless both are as before. */
export function checkExamples(
  { parts }: EventFolder,
  cache: ReadCache,
  fresh: FreshValues,
): readonly Problem[] {
  const schemas = new Map<string, FileEntry>();
  for (const entry of parts) {
    if (entry.at.kind === 'schema') schemas.set(entry.at.version, entry);
  }
  const compiled = new Map<FileEntry, CompiledSchema | undefined>();
  let problems: Problem[] | undefined;
  for (const entry of parts) {
    if (entry.at.kind !== 'example') continue;
    const schema = schemas.get(entry.at.version);
    let known = cache.examples.get(entry);
    if (!known || known.schema !== schema) {
      known = {
        schema,
        problems: checkExample(entry, schema, compiled, fresh),
      };
      cache.examples.set(entry, known);
    }
    if (known.problems.length > 0) (problems ??= []).push(...known.problems);
  }
  return problems ?? EMPTY;
}

function checkExample(
  entry: FileEntry,
  schema: FileEntry | undefined,
  compiled: Map<FileEntry, CompiledSchema | undefined>,
  fresh: FreshValues,
): readonly Problem[] {
  const { content } = entry;
  if (content.kind !== 'example' || schema?.content.kind !== 'schema')
    return EMPTY;
  // What an invalid schema says of an example would only confuse.
  if (schema.problems.some(({ severity }) => severity === 'error'))
    return EMPTY;
  if (!compiled.has(schema)) {
    compiled.set(
      schema,
      compileForExamples(fresh.get(schema) ?? JSON.parse(schema.content.text)),
    );
  }
  const schemaOfVersion = compiled.get(schema);
  if (!schemaOfVersion) return EMPTY;
  const value = fresh.get(entry) ?? (JSON.parse(content.text) as Json);
  const problems: Problem[] = [];
  const file = { path: entry.path, at: entry.at, text: content.text };
  for (const rule of EXAMPLE_RULES) {
    rule.check({ path: entry.path, value, schema: schemaOfVersion }, finding =>
      problems.push(problemAt(rule, file, finding)),
    );
  }
  return problems;
}

/** The event type of a folder; the same object as before when none of its files changed. */
export function assembleEventType(
  { folder, parts }: EventFolder,
  settings: Settings,
  previous: ReadCache,
):
  | {
      readonly parts: readonly FileEntry[];
      readonly settings: Settings;
      readonly eventType: EventType;
    }
  | undefined {
  const before = previous.eventTypes.get(folder);
  if (
    before &&
    before.settings === settings &&
    sameParts(before.parts, parts)
  ) {
    return before;
  }
  const event = parts.find(({ content }) => content.kind === 'event')?.content;
  if (event?.kind !== 'event') return undefined;
  const versions = versionsOf(parts, event.event.notes);
  return {
    parts,
    settings,
    eventType: eventTypeFrom(event.event, settings, versions),
  };
}

const sameParts = (a: readonly FileEntry[], b: readonly FileEntry[]) =>
  a.length === b.length && a.every((entry, index) => entry === b[index]);

function versionsOf(
  parts: readonly FileEntry[],
  notes: Readonly<
    Record<string, { readonly released?: string; readonly notes?: string }>
  >,
): readonly SchemaVersion[] {
  const versions: SchemaVersion[] = [];
  for (const { at, content, path } of parts) {
    if (
      at.kind !== 'schema' ||
      content.kind !== 'schema' ||
      !isVersion(at.version)
    )
      continue;
    const { text, size } = content;
    const note = Object.hasOwn(notes, at.version)
      ? notes[at.version]
      : undefined;
    versions.push(
      compact({
        version: at.version,
        get schema() {
          return lazyJson(text) as JsonSchemaDocument;
        },
        examples: examplesOf(parts, at.version),
        released: note?.released,
        notes: note?.notes,
        size,
        file: path,
      }),
    );
  }
  return versions.sort((a, b) => compare(a.version, b.version));
}

function examplesOf(
  parts: readonly FileEntry[],
  version: string,
): readonly Example[] {
  const examples: Example[] = [];
  for (const { at, content, path } of parts) {
    if (
      at.kind !== 'example' ||
      at.version !== version ||
      content.kind !== 'example'
    )
      continue;
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
