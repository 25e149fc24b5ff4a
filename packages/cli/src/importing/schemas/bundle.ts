import { statSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';
import { type Json, type JsonObject, parseJson } from '@busline/event-repository';
import { pathsIn, readText } from '../../diskFiles';
import { UsageError } from '../../errors';

/** Schemas in one document, and where those that may be event types stand in it. */
export interface Bundle {
  readonly document: JsonObject;
  /** JSON pointer by name: of a definition in a bundle, of a file in a folder. */
  readonly definitions: ReadonlyMap<string, string>;
  /** `version` of the package.json beside the source, if there is one. */
  readonly packageVersion?: string;
}

/**
 * Reads a bundle, which is one JSON file with `definitions` or `$defs`, or a
 * folder of JSON Schemas that may refer to each other.
 * @throws UsageError with file, line and column
 */
export function readBundle(source: string): Bundle {
  const stat = statSync(source, { throwIfNoEntry: false });
  if (!stat) throw new UsageError(`There is no ${source}`);
  const folder = stat.isDirectory() ? source : dirname(source);
  const packageVersion = versionIn(join(folder, 'package.json'));
  const bundle = stat.isDirectory() ? bundleOfFolder(source) : bundleOfFile(source);
  return { ...bundle, packageVersion };
}

/** Reads a JSON file. @throws UsageError */
export function readJson(file: string): Json {
  const text = readText(file);
  if (text === undefined) throw new UsageError(`There is no file ${file}`);
  const result = parseJson(text);
  if (result.ok) return result.value;
  const { line, column } = result.position;
  throw new UsageError(`${file}:${line}:${column} is no JSON: ${result.message}`);
}

export const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const escape = (key: string) => key.replace(/~/g, '~0').replace(/\//g, '~1');

function versionIn(file: string): string | undefined {
  if (readText(file) === undefined) return undefined;
  const content = readJson(file);
  return isObject(content) && typeof content.version === 'string' ? content.version : undefined;
}

function bundleOfFile(file: string): Bundle {
  const document = readJson(file);
  if (!isObject(document)) throw new UsageError(`${file} is no JSON Schema`);
  const definitions = new Map<string, string>();
  for (const keyword of ['definitions', '$defs']) {
    const map = document[keyword];
    if (!isObject(map)) continue;
    for (const name of Object.keys(map)) definitions.set(name, `/${keyword}/${escape(name)}`);
  }
  if (definitions.size === 0) {
    throw new UsageError(`${file} has neither definitions nor $defs; give a folder for schemas with a file each`);
  }
  return { document, definitions };
}

/** Every file becomes a definition of one document, so that references between files stay inside it. */
function bundleOfFolder(folder: string): Bundle {
  const files = new Map<string, JsonObject>();
  for (const path of [...pathsIn(folder)].sort()) {
    if (!path.endsWith('.json') || path === 'package.json') continue;
    const content = readJson(join(folder, path));
    if (isObject(content)) files.set(path, content);
  }
  if (files.size === 0) throw new UsageError(`${folder} holds no JSON Schemas (*.json)`);
  const paths = new Map([...files.keys()].map(path => [path, path]));
  for (const [path, { $id }] of files) {
    if (typeof $id === 'string') paths.set($id.replace(/#$/, ''), path);
  }
  const definitions = new Map<string, string>();
  const contents: Record<string, Json> = {};
  for (const [path, content] of files) {
    const { $id: _, ...rest } = content;
    contents[path] = withReferences(rest, path, paths, content) as Json;
    definitions.set(path, `/definitions/${escape(path)}`);
  }
  const first = [...files.values()].find(({ $schema }) => typeof $schema === 'string');
  return {
    document: {
      ...(first && { $schema: first.$schema }),
      definitions: contents,
    },
    definitions,
  };
}

function withReferences(value: Json, path: string, paths: ReadonlyMap<string, string>, root: JsonObject): Json {
  if (Array.isArray(value)) return value.map(item => withReferences(item, path, paths, root));
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, child]) => [
      key,
      key === '$ref' && typeof child === 'string'
        ? insideReference(child, path, paths, root)
        : withReferences(child, path, paths, root),
    ]),
  );
}

/** A reference to another file of the folder, as a reference inside the one document. */
function insideReference(ref: string, path: string, paths: ReadonlyMap<string, string>, root: JsonObject): string {
  const [file, fragment = ''] = ref.split('#', 2);
  const found = file === '' ? path : targetOf(file, path, paths, root);
  return found === undefined ? ref : `#/definitions/${escape(found)}${fragment}`;
}

function targetOf(
  file: string,
  path: string,
  paths: ReadonlyMap<string, string>,
  { $id }: JsonObject,
): string | undefined {
  const beside = paths.get(posix.normalize(posix.join(posix.dirname(path), file)));
  if (beside !== undefined) return beside;
  try {
    return paths.get(new URL(file, typeof $id === 'string' ? $id : undefined).href);
  } catch {
    return undefined;
  }
}
