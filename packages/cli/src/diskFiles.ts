import { type Dirent, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { RepositoryFiles } from '@busline/event-repository';
import { UsageError } from './errors';

/**
 * The files of a folder. Symbolic links are passed over, since they may lead
 * out of it; so are `node_modules` and everything that begins with a dot.
 * @throws UsageError when there is no such folder
 */
export function filesIn(folder: string): RepositoryFiles {
  if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory()) {
    throw new UsageError(`There is no folder ${folder}`);
  }
  return {
    paths: () => pathsIn(folder),
    read: path => readText(join(folder, path)),
  };
}

/** Paths of all files below a folder, with `/`. */
export function pathsIn(folder: string): readonly string[] {
  const paths: string[] = [];
  const visit = (directory: string, prefix: string) => {
    for (const entry of readdirSync(directory, { withFileTypes: true })) {
      if (isPassedOver(entry)) continue;
      const path = `${prefix}${entry.name}`;
      if (entry.isDirectory()) visit(join(directory, entry.name), `${path}/`);
      else if (entry.isFile()) paths.push(path);
    }
  };
  visit(folder, '');
  return paths;
}

function isPassedOver({ name }: Dirent): boolean {
  return name.startsWith('.') || name === 'node_modules';
}

/** The text of a file, or undefined when there is none. */
export function readText(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    const { code } = error as { code?: string };
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
    throw error;
  }
}
