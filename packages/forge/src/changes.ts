import { createHash } from 'node:crypto';
import { ForgeError } from './errors';
import type { FileChange, Signature } from './forge';
import { checkPath } from './names';

/** A change with its content as bytes, and the id that git gives to them. */
export type PreparedChange =
  | { readonly path: string; readonly bytes: Uint8Array; readonly id: string; readonly executable?: boolean }
  | { readonly path: string; readonly remove: true };

/** What a commit holds at most; more is a mistake. GitHub takes about 100 MB a request at best. */
const MAX_CHANGES = 10_000;
const MAX_FILE_BYTES = 50 * 1024 * 1024;

/** @throws ForgeError `invalid` for a bad path, one path twice, or a file that is another's folder */
export function prepareChanges(changes: readonly FileChange[], limit = MAX_CHANGES): readonly PreparedChange[] {
  if (changes.length === 0) throw new ForgeError('invalid', 'A commit needs at least one file');
  if (changes.length > limit) throw new ForgeError('invalid', `A commit has at most ${limit} files`);
  changes.forEach(({ path }) => checkPath(path));
  checkApart(changes);
  return changes.map(prepare);
}

function prepare(change: FileChange): PreparedChange {
  if ('remove' in change) return change;
  const { path, content, executable } = change;
  const bytes = typeof content === 'string' ? Buffer.from(content, 'utf8') : content;
  if (bytes.length > MAX_FILE_BYTES) throw new ForgeError('invalid', `${path} is larger than ${MAX_FILE_BYTES} bytes`);
  return { path, bytes, id: blobId(bytes), ...(executable !== undefined && { executable }) };
}

function checkApart(changes: readonly FileChange[]): void {
  const paths = new Set<string>();
  for (const { path } of changes) {
    if (paths.has(path)) throw new ForgeError('invalid', `${path} is there twice`);
    paths.add(path);
  }
  for (const change of changes) {
    if ('remove' in change) continue;
    const folder = foldersOf(change.path).find(each => paths.has(each) && isWritten(changes, each));
    if (folder) throw new ForgeError('invalid', `${folder} cannot be both a file and the folder of ${change.path}`);
  }
}

function isWritten(changes: readonly FileChange[], path: string): boolean {
  return changes.some(change => change.path === path && !('remove' in change));
}

/** `a/b/c` -> `a`, `a/b`. */
export function foldersOf(path: string): readonly string[] {
  const parts = path.split('/').slice(0, -1);
  return parts.map((_, index) => parts.slice(0, index + 1).join('/'));
}

/** Git's id of a file's content. */
export function blobId(bytes: Uint8Array): string {
  return createHash('sha1').update(`blob ${bytes.length}\0`).update(bytes).digest('hex');
}

/** What stands at a path in a tree. */
export interface TreeEntry {
  /** `100644`, `100755`, `120000` (link), `160000` (submodule), `040000` (folder). */
  readonly mode: string;
  readonly id: string;
}

/** What has to be written into a tree, `id: undefined` to take it out. */
export interface TreeEdit {
  readonly path: string;
  readonly mode: string;
  readonly id: string | undefined;
}

const FILE = '100644';
const EXECUTABLE = '100755';
const FOLDER = '040000';

/**
 * The edits that make the changes stand where `at` tells what is there now. What stands already gives no edit.
 * @throws ForgeError `rejected` where a folder, link or submodule stands in the way
 */
export function editsFor(
  changes: readonly PreparedChange[],
  at: (path: string) => TreeEntry | undefined,
): readonly TreeEdit[] {
  const removed = new Set(changes.filter(change => 'remove' in change).map(({ path }) => path));
  return changes.flatMap((change): readonly TreeEdit[] => {
    const { path } = change;
    const there = at(path);
    if (there && there.mode !== FILE && there.mode !== EXECUTABLE) {
      throw new ForgeError('rejected', `${path} is ${kindOf(there.mode)} in the repository, not a file`);
    }
    if ('remove' in change) return there ? [{ path, mode: there.mode, id: undefined }] : [];
    const inTheWay = foldersOf(path).find(folder => {
      const entry = at(folder);
      return entry && entry.mode !== FOLDER && !removed.has(folder);
    });
    if (inTheWay)
      throw new ForgeError('rejected', `${path} cannot be made: ${inTheWay} is no folder in the repository`);
    const mode = modeFor(change.executable, there);
    return there?.id === change.id && there.mode === mode ? [] : [{ path, mode, id: change.id }];
  });
}

function modeFor(executable: boolean | undefined, there: TreeEntry | undefined): string {
  if (executable === undefined) return there?.mode ?? FILE;
  return executable ? EXECUTABLE : FILE;
}

function kindOf(mode: string): string {
  if (mode === FOLDER) return 'a folder';
  return mode === '120000' ? 'a symbolic link' : 'a submodule';
}

/** @throws ForgeError `invalid` unless git can write it into a commit as it is */
export function checkSignature({ name, email }: Signature, what: string): void {
  if (!isPlain(name))
    throw new ForgeError('invalid', `The ${what} of a commit needs a name without "<", ">" and line breaks`);
  if (!isPlain(email) || /\s/.test(email)) {
    throw new ForgeError('invalid', `The ${what} of a commit needs an e-mail address without "<", ">" and spaces`);
  }
}

/** @throws ForgeError `invalid` when it is empty, too long, or holds what git or a page cannot show */
export function checkText(text: string, what: string, maximum = MAX_TEXT): void {
  if (text.trim() === '') throw new ForgeError('invalid', `The ${what} is empty`);
  if (text.length > maximum) throw new ForgeError('invalid', `The ${what} is longer than ${maximum} characters`);
  // eslint-disable-next-line no-control-regex
  if (/[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]|\p{Cs}/u.test(text))
    throw new ForgeError('invalid', `The ${what} has a control character`);
}

/** @throws ForgeError `invalid` unless it can be a user reference */
export function checkUser(reference: string): void {
  if (!isPlain(reference))
    throw new ForgeError('invalid', 'A user reference has 1 to 200 characters without "<", ">" and line breaks');
}

/** GitHub's limit of a pull request's body. */
const MAX_TEXT = 65_536;
export const MAX_TITLE = 256;
const MAX_PLAIN = 200;

/** Git itself strips dots, commas, quotes and the like from both ends of a name; nothing may be left empty by that. */
function isPlain(text: string): boolean {
  return text.length <= MAX_PLAIN && /[\p{L}\p{N}]/u.test(text) && !/[<>\p{Cc}\p{Cs}]/u.test(text);
}
