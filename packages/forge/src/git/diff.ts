import type { ChangedFile } from '../pullRequest';
import type { BareRepository } from './bareRepository';

/** What a page can still show of one file. */
const MAX_PATCH_CHARACTERS = 200_000;

/** What changed from one commit to another, by path, with renames found as git finds them. */
export async function changedFiles(
  repository: BareRepository,
  from: string,
  to: string,
): Promise<readonly ChangedFile[]> {
  const diff = (format: readonly string[]) => repository.read(['diff-tree', '-r', '-M', ...format, from, to]);
  const [raw, counts, patches] = await Promise.all([diff(['--raw', '-z']), diff(['--numstat', '-z']), diff(['-p'])]);
  const lines = readCounts(counts);
  const texts = readPatches(patches.toString('utf8'));
  let text = 0;
  return readRaw(raw).map((file, index): ChangedFile => {
    // A file that became a link, or the like, has two patches: one takes it away, one adds it.
    const own = texts.slice(text, text + (file.letter === 'T' ? 2 : 1));
    text += own.length;
    const patch = own.filter(Boolean).join('\n');
    return {
      path: file.path,
      status: STATUS[file.letter] ?? 'changed',
      ...(file.previousPath !== undefined && { previousPath: file.previousPath }),
      ...lines[index],
      ...(patch !== '' && patch.length <= MAX_PATCH_CHARACTERS && { patch }),
    };
  });
}

const STATUS: Readonly<Record<string, ChangedFile['status']>> = {
  A: 'added',
  D: 'removed',
  R: 'renamed',
  C: 'added',
};

interface RawChange {
  readonly letter: string;
  readonly path: string;
  readonly previousPath?: string;
}

/** `:mode mode id id letter NUL path NUL`, and a second path for renames. */
function readRaw(output: Buffer): readonly RawChange[] {
  const fields = output.toString('utf8').split('\0');
  const changes: RawChange[] = [];
  for (let index = 0; index + 1 < fields.length; ) {
    const letter = fields[index].split(' ')[4][0];
    if (letter === 'R' || letter === 'C') {
      changes.push({ letter, previousPath: fields[index + 1], path: fields[index + 2] });
      index += 3;
    } else {
      changes.push({ letter, path: fields[index + 1] });
      index += 2;
    }
  }
  return changes;
}

/** `added TAB deleted TAB path NUL`, with an empty path and two more fields for renames; `-` for binary files. */
function readCounts(output: Buffer): readonly { readonly additions: number; readonly deletions: number }[] {
  const fields = output.toString('utf8').split('\0');
  const counts: { additions: number; deletions: number }[] = [];
  for (let index = 0; index + 1 < fields.length; ) {
    const [added, deleted, path] = fields[index].split('\t');
    counts.push({ additions: Number(added) || 0, deletions: Number(deleted) || 0 });
    index += path === '' ? 3 : 1;
  }
  return counts;
}

/** One text for each file, from its first `@@` on: lines of a patch never begin with `diff --git`, only its header does. */
function readPatches(output: string): readonly string[] {
  return output
    .split(/^(?=diff --git )/m)
    .filter(part => part.startsWith('diff --git '))
    .map(part => {
      const start = part.search(/^@@ /m);
      return start < 0 ? '' : part.slice(start).replace(/\n$/, '');
    });
}
