import { execFileSync } from 'node:child_process';
import type { RepositoryFiles } from '@busline/event-repository';
import type { BareRepository, ListedFile } from './bareRepository';
import { gitEnvironment } from './runGit';

/** Files fetched by one `git cat-file`: some 30 processes for 136,000 files, and little memory. */
const FILES_A_BATCH = 4_000;
const MAX_BATCH_BYTES = 512 * 1024 * 1024;

export interface CommittedFiles extends RepositoryFiles {
  /** The commit that was read; nothing here changes afterwards. */
  readonly commit: string;
  contentId(path: string): string | undefined;
}

/**
 * The files of a commit for `readEventRepository`: listed at once, read in batches. Whoever reads a file is most likely
 * to read those behind it next, so these come along. Files whose content id a reader knows already cost nothing.
 */
export async function committedFiles(repository: BareRepository, commit: string): Promise<CommittedFiles> {
  const files = (await repository.list(commit)).filter(isFile);
  const places = new Map(files.map(({ path }, index) => [path, index]));
  let batch: ReadonlyMap<string, string> = new Map();
  const read = (path: string) => {
    const place = places.get(path);
    if (place === undefined) return undefined;
    const { id } = files[place];
    if (!batch.has(id)) batch = readBlobs(repository.directory, idsFrom(files, place));
    return batch.get(id);
  };
  return {
    commit,
    paths: () => files.map(({ path }) => path),
    read,
    contentId: path => {
      const place = places.get(path);
      return place === undefined ? undefined : files[place].id;
    },
  };
}

export function isFile({ mode }: ListedFile): boolean {
  return mode === '100644' || mode === '100755';
}

function idsFrom(files: readonly ListedFile[], place: number): readonly string[] {
  return [...new Set(files.slice(place, place + FILES_A_BATCH).map(({ id }) => id))];
}

/** Synchronous, since reading an event repository is a pure function that calls `read`. */
function readBlobs(directory: string, ids: readonly string[]): ReadonlyMap<string, string> {
  const output = execFileSync('git', ['cat-file', '--batch', '--buffer'], {
    env: gitEnvironment(directory),
    input: `${ids.join('\n')}\n`,
    maxBuffer: MAX_BATCH_BYTES,
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  const texts = new Map<string, string>();
  let start = 0;
  while (start < output.length) {
    const lineEnd = output.indexOf(10, start);
    const [id, type, size] = output.toString('latin1', start, lineEnd).split(' ');
    start = lineEnd + 1;
    if (type === 'missing') continue;
    const end = start + Number(size);
    texts.set(id, output.toString('utf8', start, end));
    start = end + 1;
  }
  return texts;
}
