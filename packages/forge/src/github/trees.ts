import { foldersOf, type PreparedChange, type TreeEdit, type TreeEntry } from '../changes';
import { ForgeError } from '../errors';
import type { TreeFile } from '../forge';
import { isCommitId } from '../names';
import { noRepository } from '../requests';
import { type Connection, unlessMissing } from './connection';

/** GitHub: 409 stands for a repository without any commit. */
const NOT_THERE = [404, 409];
/** One request stays well below the time that GitHub gives itself. */
const ENTRIES_A_TREE = 400;
const CHARACTERS_A_TREE = 4_000_000;

export async function branchHead({ octokit, at }: Connection, branch: string): Promise<string | undefined> {
  const answer = await unlessMissing(octokit.rest.git.getRef({ ...at, ref: `heads/${branch}` }), NOT_THERE);
  return answer?.data.object.sha;
}

/** The commit of a branch or of a commit id. @throws ForgeError `not-found` when there is no such repository */
export async function headOf(connection: Connection, ref: string): Promise<string | undefined> {
  const { octokit, at } = connection;
  const found = isCommitId(ref)
    ? (await unlessMissing(octokit.rest.git.getCommit({ ...at, commit_sha: ref }), [...NOT_THERE, 422]))?.data.sha
    : await branchHead(connection, ref);
  if (found === undefined) await defaultBranch(connection);
  return found;
}

export async function defaultBranch({ octokit, at, repository }: Connection): Promise<string> {
  const answer = await unlessMissing(octokit.rest.repos.get(at));
  if (!answer) throw noRepository(repository);
  return answer.data.default_branch;
}

export async function treeOf({ octokit, at }: Connection, commit: string): Promise<string> {
  return (await octokit.rest.git.getCommit({ ...at, commit_sha: commit })).data.tree.sha;
}

/** All files below a tree. Where GitHub cuts the listing off (100,000 entries, 7 MB), folder by folder. */
export async function listTree(connection: Connection, tree: string, prefix = ''): Promise<readonly TreeFile[]> {
  const whole = await readTree(connection, tree, { recursive: 'true' });
  if (!whole.truncated) return filesIn(whole.entries, prefix);
  const { entries, truncated } = await readTree(connection, tree);
  if (truncated) throw new ForgeError('failed', `The folder ${prefix || '/'} has too many entries for GitHub to list`);
  const files = [...filesIn(entries, prefix)];
  for (const { mode, path, sha } of entries) {
    if (mode === FOLDER) files.push(...(await listTree(connection, sha, `${prefix}${path}/`)));
  }
  return files.sort((a, b) => (a.path < b.path ? -1 : 1));
}

interface GithubEntry {
  readonly path: string;
  readonly mode: string;
  readonly sha: string;
}

const FOLDER = '040000';

async function readTree({ octokit, at }: Connection, tree: string, how: { readonly recursive?: string } = {}) {
  const { data } = await octokit.rest.git.getTree({ ...at, tree_sha: tree, ...how });
  const entries = data.tree.flatMap(({ path, mode, sha }): readonly GithubEntry[] =>
    path !== undefined && mode !== undefined && sha !== undefined ? [{ path, mode, sha }] : [],
  );
  return { entries, truncated: data.truncated };
}

function filesIn(entries: readonly GithubEntry[], prefix: string): readonly TreeFile[] {
  return entries
    .filter(({ mode }) => mode === '100644' || mode === '100755')
    .map(({ path, sha }) => ({ path: `${prefix}${path}`, id: sha }));
}

const NOTHING: TreeEntry = { mode: '', id: '' };

/** What stands at the paths and at their folders: reads those folders only, however large the repository is. */
export async function entriesAt(
  connection: Connection,
  tree: string,
  paths: readonly string[],
): Promise<ReadonlyMap<string, TreeEntry>> {
  const wanted = [...new Set(paths.flatMap(foldersOf))].sort();
  const entries = new Map<string, TreeEntry>();
  for (const folder of ['', ...wanted]) {
    const { mode: kind, id } = folder === '' ? { mode: FOLDER, id: tree } : entries.get(folder) ?? NOTHING;
    if (kind !== FOLDER) continue;
    for (const { path, mode, sha } of (await readTree(connection, id)).entries) {
      entries.set(folder === '' ? path : `${folder}/${path}`, { mode, id: sha });
    }
  }
  return entries;
}

/** The tree after the edits, made on GitHub. */
export async function writeTree(
  connection: Connection,
  base: string,
  edits: readonly TreeEdit[],
  changes: readonly PreparedChange[],
): Promise<string> {
  const { octokit, at } = connection;
  const contents = new Map(changes.flatMap(change => ('id' in change ? [[change.id, change.bytes] as const] : [])));
  // What is taken out goes first: a file may take the place of a folder.
  const inOrder = [...edits.filter(({ id }) => id === undefined), ...edits.filter(({ id }) => id !== undefined)];
  const entries: NewEntry[] = [];
  for (const edit of inOrder) entries.push(await newEntry(connection, edit, contents));
  let tree = base;
  for (const some of portions(entries)) {
    tree = (await octokit.rest.git.createTree({ ...at, base_tree: tree, tree: some })).data.sha;
  }
  return tree;
}

interface NewEntry {
  readonly path: string;
  readonly mode: '100644' | '100755';
  readonly type: 'blob';
  readonly sha?: string | null;
  readonly content?: string;
}

async function newEntry(
  { octokit, at }: Connection,
  { path, mode, id }: TreeEdit,
  contents: ReadonlyMap<string, Uint8Array>,
): Promise<NewEntry> {
  const entry = { path, mode: mode === '100755' ? mode : '100644', type: 'blob' } as const;
  if (id === undefined) return { ...entry, sha: null };
  const bytes = contents.get(id) ?? new Uint8Array();
  const text = asText(bytes);
  if (text !== undefined) return { ...entry, content: text };
  const content = Buffer.from(bytes).toString('base64');
  const { data } = await octokit.rest.git.createBlob({ ...at, content, encoding: 'base64' });
  return { ...entry, sha: data.sha };
}

/** The text whose UTF-8 is exactly these bytes, if there is one that survives JSON everywhere. */
function asText(bytes: Uint8Array): string | undefined {
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
    return text.includes('\0') ? undefined : text;
  } catch {
    return undefined;
  }
}

function portions(entries: readonly NewEntry[]): readonly NewEntry[][] {
  const all: NewEntry[][] = [];
  let characters = 0;
  for (const entry of entries) {
    const size = entry.content?.length ?? 0;
    const last = all.at(-1);
    if (last && last.length < ENTRIES_A_TREE && characters + size <= CHARACTERS_A_TREE) {
      last.push(entry);
      characters += size;
    } else {
      all.push([entry]);
      characters = size;
    }
  }
  return all;
}
