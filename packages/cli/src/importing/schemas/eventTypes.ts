import { extractDefinition } from '@busline/json-schema';
import { type Json, type JsonObject, slugOf, sourceFolderOf } from '@busline/event-repository';
import { UsageError } from '../../errors';
import type { Bundle } from './bundle';
import { descriptionOf, entryOf, examplesOf, type ExampleSource } from './examples';
import type { GroupRule, Mapping, TypeRule } from './mapping';
import { fill, globRegExp, type Variables } from './template';

const DEFAULT_VERSION = '1.0.0';

/** An event type as it is to be written. */
export interface ImportedType {
  /** Name of the definition. */
  readonly name: string;
  readonly folder: string;
  readonly source: string;
  readonly detailType: string;
  /** Content of event.yaml. */
  readonly event: Readonly<Record<string, unknown>>;
  readonly version: string;
  readonly schema: JsonObject;
  readonly examples: ReadonlyMap<string, Json>;
  readonly rejectedExamples: number;
}

const selects = (globs: readonly string[] = [], name: string) => globs.some(glob => globRegExp(glob).test(name));

/** Every definition that a rule of the mapping selects, in the order of names. */
export function importedTypes(
  bundle: Bundle,
  mapping: Mapping,
  examples: ExampleSource | undefined,
): readonly ImportedType[] {
  const types: ImportedType[] = [];
  const folders = new Map<string, string>();
  for (const [name, pointer] of [...bundle.definitions].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const rule = mapping.types.find(({ select, except }) => selects(select, name) && !selects(except, name));
    if (!rule) continue;
    const type = importedType(name, pointer, rule, {
      bundle,
      mapping,
      examples,
    });
    const other = folders.get(type.folder);
    if (other !== undefined) {
      throw new UsageError(
        `The mapping gives ${other} and ${name} the same folder ${type.folder} (source ${type.source}, detail-type ${type.detailType})`,
      );
    }
    folders.set(type.folder, name);
    types.push(type);
  }
  if (types.length === 0) throw new UsageError('The mapping selects no definition of the source');
  return types;
}

interface Context {
  readonly bundle: Bundle;
  readonly mapping: Mapping;
  readonly examples: ExampleSource | undefined;
}

function importedType(name: string, pointer: string, rule: TypeRule, context: Context): ImportedType {
  const schema = extractDefinition(context.bundle.document, pointer);
  const named: Variables = {
    ...groupsIn(context.mapping, rule.match, name),
    name,
    domain: groupOf(context.mapping.domains, name)?.name,
    'schema.title': textOf(schema.title),
    'schema.description': textOf(schema.description),
    'package.version': context.bundle.packageVersion,
  };
  const entry = context.examples && entryOf(context.examples, named);
  const variables: Variables = {
    ...named,
    'entry.description': context.examples && descriptionOf(context.examples, entry),
  };
  const given = (template: string | undefined) =>
    template === undefined ? undefined : fill(template, variables).trim() || undefined;
  const source = given(rule.source) ?? '';
  const detailType = given(rule.detailType) ?? '';
  const found = context.examples && examplesOf(context.examples, entry, schema, name, variables);
  return {
    name,
    folder: `${sourceFolderOf(source)}/${slugOf(detailType)}`,
    source,
    detailType,
    event: {
      source,
      detailType,
      title: given(rule.title),
      description: given(rule.description),
      domain: given(rule.domain) ?? variables.domain,
      owner: given(rule.owner) ?? 'unknown',
      lifecycle: given(rule.lifecycle),
      classification: given(rule.classification),
      tags: rule.tags?.map(tag => fill(tag, variables)).filter(Boolean),
    },
    version: given(rule.version) ?? DEFAULT_VERSION,
    schema,
    examples: found?.examples ?? new Map(),
    rejectedExamples: found?.rejected ?? 0,
  };
}

const textOf = (value: unknown) => (typeof value === 'string' ? value : undefined);

/** Every named group of the mapping is a variable; those that took no part have no value. */
function groupsIn({ types }: Mapping, match: string | undefined, name: string): Variables {
  const groups = types.flatMap(rule => [...(rule.match ?? '').matchAll(/\(\?<([A-Za-z_]\w*)>/g)]);
  const none = Object.fromEntries(groups.map(([, group]) => [group, undefined]));
  const found = match === undefined ? null : new RegExp(match, 'u').exec(name);
  return { ...none, ...found?.groups };
}

/** The first group that has a glob for the name. */
export function groupOf(groups: readonly GroupRule[] = [], name: string): GroupRule | undefined {
  return groups.find(({ types }) => selects(types, name));
}

export { selects };
