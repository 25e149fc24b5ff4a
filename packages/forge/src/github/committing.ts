import { editsFor, type PreparedChange } from '../changes';
import { ForgeError } from '../errors';
import type { CommitRequest, CommitResult } from '../forge';
import { movedAgainAndAgain, noSuchRef } from '../requests';
import type { Connection } from './connection';
import { makeFirstCommit } from './firstCommit';
import { branchHead, entriesAt, headOf, treeOf, writeTree } from './trees';

/** How often a commit starts again because somebody else moved the branch meanwhile. */
const MAX_RACES = 10;
const RACE_PAUSE_MS = 200;

/** See `Forge.commitFiles`. Until the last request, which moves the branch, nothing can be seen. */
export async function commitFiles(
  connection: Connection,
  request: CommitRequest,
  changes: readonly PreparedChange[],
): Promise<CommitResult> {
  const { octokit, at, repository, clock, signal } = connection;
  const { branch, base, message, author, committer = author } = request;
  for (let race = 0; race < MAX_RACES; race += 1) {
    const head = await branchHead(connection, branch);
    const start = head ?? (await headOf(connection, base)) ?? (await makeFirstCommit(connection, request));
    if (start === undefined) throw noSuchRef(repository, base);
    const startTree = await treeOf(connection, start);
    const paths = changes.map(({ path }) => path);
    const there = await entriesAt(connection, startTree, paths);
    const edits = editsFor(changes, path => there.get(path));
    if (edits.length === 0) return { status: head === undefined ? 'same-as-base' : 'unchanged', commit: start };

    const tree = await writeTree(connection, startTree, edits, changes);
    const draft = { ...at, message, tree, parents: [start], author, committer };
    const commit = (await octokit.rest.git.createCommit(draft)).data.sha;
    if (await moveBranch(connection, branch, commit, head)) return { status: 'committed', commit };
    await clock.wait(RACE_PAUSE_MS * (race + clock.random()), signal).catch(() => undefined);
  }
  throw movedAgainAndAgain(repository, branch);
}

/** Gives false where the branch stands elsewhere by now. A lost answer is found out by reading, too. */
async function moveBranch(
  connection: Connection,
  branch: string,
  commit: string,
  before: string | undefined,
): Promise<boolean> {
  const { octokit, at } = connection;
  try {
    if (before === undefined) await octokit.rest.git.createRef({ ...at, ref: `refs/heads/${branch}`, sha: commit });
    else await octokit.rest.git.updateRef({ ...at, ref: `heads/${branch}`, sha: commit, force: false });
    return true;
  } catch (error) {
    const mayBeRace = error instanceof ForgeError && (error.kind === 'rejected' || error.kind === 'conflict');
    if (!mayBeRace) throw error;
    const now = await branchHead(connection, branch);
    if (now === before) throw error;
    return now === commit;
  }
}
