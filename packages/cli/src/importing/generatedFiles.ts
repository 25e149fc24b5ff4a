import { existsSync, mkdirSync, readdirSync, rmSync, rmdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { contentHash, pathEscape } from '@busline/event-repository';
import { readText } from '../diskFiles';
import { UsageError } from '../errors';

/*
 * An import may be run again and again into the same folder. A manifest lists
 * the files that it wrote with a hash of each: what is still as it was written
 * is replaced or removed; what a person wrote or edited is left alone and told
 * about. JSON has no comments, so the manifest is what marks schemas and
 * examples as generated; YAML files also say so in their first line.
 */

/** Below the event repository; begins with a dot, so that nothing takes it for a declaration. */
const MANIFEST_FOLDER = '.busline';

interface Manifest {
  readonly about: string;
  /** Content hash by path. */
  readonly files: Readonly<Record<string, string>>;
}

/** What writing did. */
export interface Written {
  readonly written: number;
  readonly unchanged: number;
  readonly removed: number;
  /** Files that a person wrote or edited, which were left as they are. */
  readonly kept: readonly string[];
}

/**
 * Makes a folder hold these generated files.
 *
 * @param importer - tells apart the imports that write into one folder: `schemas`, `registry-orders`
 * @throws UsageError when a path would leave the folder
 */
export function writeGenerated(folder: string, importer: string, files: ReadonlyMap<string, string>): Written {
  for (const path of files.keys()) {
    const escape = pathEscape(path);
    if (escape) throw new UsageError(`Cannot write ${JSON.stringify(path)}: it ${escape}`);
  }
  const before = readManifest(folder, importer);
  const after: Record<string, string> = {};
  const kept: string[] = [];
  let written = 0;
  let unchanged = 0;
  for (const [path, text] of files) {
    const current = readText(join(folder, path));
    if (current === text) unchanged += 1;
    else if (current !== undefined && contentHash(current) !== before[path]) {
      kept.push(path);
      continue;
    } else {
      writeFile(join(folder, path), text);
      written += 1;
    }
    after[path] = contentHash(text);
  }
  const removed = removeGone(folder, before, files, kept);
  writeManifest(folder, importer, after);
  return { written, unchanged, removed, kept };
}

function removeGone(
  folder: string,
  before: Manifest['files'],
  files: ReadonlyMap<string, string>,
  kept: string[],
): number {
  let removed = 0;
  for (const [path, hash] of Object.entries(before)) {
    if (files.has(path) || pathEscape(path)) continue;
    const current = readText(join(folder, path));
    if (current === undefined) continue;
    if (contentHash(current) === hash) {
      rmSync(join(folder, path));
      removeEmptyFolders(folder, dirname(path));
      removed += 1;
    } else kept.push(path);
  }
  return removed;
}

function removeEmptyFolders(folder: string, path: string): void {
  for (let at = path; at !== '.'; at = dirname(at)) {
    if (readdirSync(join(folder, at)).length > 0) return;
    rmdirSync(join(folder, at));
  }
}

function writeFile(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}

const manifestPath = (folder: string, importer: string) =>
  join(folder, MANIFEST_FOLDER, `${importer.replace(/[^A-Za-z0-9._-]/g, '-')}.json`);

function readManifest(folder: string, importer: string): Manifest['files'] {
  const path = manifestPath(folder, importer);
  const text = readText(path);
  if (text === undefined) return {};
  try {
    const { files } = JSON.parse(text) as Manifest;
    return Object.fromEntries(Object.entries(files).filter(([, hash]) => typeof hash === 'string'));
  } catch {
    throw new UsageError(
      `${path} is not what an import wrote; restore it, or remove it together with the generated files`,
    );
  }
}

function writeManifest(folder: string, importer: string, files: Record<string, string>): void {
  const manifest: Manifest = {
    about:
      'Generated files with their git blob ids. Written by busline import, which replaces or removes those that nobody edited.',
    files: Object.fromEntries(Object.entries(files).sort(([a], [b]) => (a < b ? -1 : 1))),
  };
  const path = manifestPath(folder, importer);
  const text = `${JSON.stringify(manifest, undefined, 2)}\n`;
  if (!existsSync(path) || readText(path) !== text) writeFile(path, text);
}
