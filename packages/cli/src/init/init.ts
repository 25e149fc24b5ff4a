import { existsSync, mkdirSync, statSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { UsageError } from '../errors';
import { count, type Output } from '../output';
import { starterFiles } from './files';

/**
 * `busline init`: makes a small valid event repository.
 * @throws UsageError when a file is there already; then nothing is written
 */
export function init(folder: string, output: Output): number {
  const stat = statSync(folder, { throwIfNoEntry: false });
  if (stat && !stat.isDirectory()) throw new UsageError(`${folder} is no folder`);
  const files = starterFiles(nameFrom(folder));
  const there = [...files.keys()].filter(path => existsSync(join(folder, path)));
  if (there.length > 0) {
    throw new UsageError(`${folder} has ${there.join(', ')} already; nothing was written`);
  }
  for (const [path, text] of files) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    // Not even what came in the meantime is overwritten.
    writeFileSync(join(folder, path), text, { flag: 'wx' });
  }
  output.out(
    `${count(files.size, 'file')} written to ${folder}. Next: busline generate ${folder}, then busline check ${folder}`,
  );
  return 0;
}

function nameFrom(folder: string): string {
  const name = basename(resolve(folder))
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '');
  return name || 'events';
}
