import { readFileSync, readdirSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { readEventRepository } from '../reading/readEventRepository';
import type { RepositoryFiles } from '../types';

// eslint-disable-next-line no-restricted-syntax -- tests run where the sources are
const BASE = join(__dirname, '../rules/__fixtures__/base');

export const EVENT_FOLDER = 'events/com.key.access/access-granted';

/** The repository without problems of the rules' tests, with some files in other words; `undefined` takes one away. */
export function smallRepository(changes: Readonly<Record<string, string | object | boolean | undefined>> = {}) {
  const texts = new Map<string, string>();
  for (const entry of readdirSync(BASE, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    texts.set(relative(BASE, path).split(sep).join('/'), readFileSync(path, 'utf8'));
  }
  for (const [path, value] of Object.entries(changes)) {
    if (value === undefined) texts.delete(path);
    else texts.set(path, typeof value === 'string' ? value : JSON.stringify(value, undefined, 2));
  }
  const files: RepositoryFiles = { paths: () => [...texts.keys()], read: path => texts.get(path) };
  const { repository, problems } = readEventRepository(files);
  return { files, repository, problems, eventType: repository.eventTypes[0] };
}
