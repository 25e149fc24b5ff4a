import { ForgeError } from '../errors';
import type { CommitRequest } from '../forge';
import type { Connection } from './connection';
import { branchHead, defaultBranch } from './trees';

/** GitHub: 409 stands for a repository without any commit, where 404 says that there are others. */
const EMPTY = 409;
const README = 'README.md';

/**
 * GitHub's API for trees and refs does not work on a repository without a commit: there a README is committed to the
 * default branch first, through the API for contents, which does. Gives that commit; undefined where the repository has
 * commits, or where `base` is not its default branch.
 * https://docs.github.com/en/rest/repos/contents#create-or-update-file-contents
 */
export async function makeFirstCommit(
  connection: Connection,
  { base, author, committer = author }: Pick<CommitRequest, 'base' | 'author' | 'committer'>,
): Promise<string | undefined> {
  const { octokit, at } = connection;
  if (!(await isEmpty(connection, base)) || (await defaultBranch(connection)) !== base) return undefined;
  const content = Buffer.from(`# ${at.repo}\n`).toString('base64');
  try {
    const { data } = await octokit.rest.repos.createOrUpdateFileContents({
      ...at,
      path: README,
      message: 'First commit',
      content,
      author,
      committer,
    });
    return data.commit.sha;
  } catch (error) {
    // Somebody was faster, or an earlier try of ours came through and only its answer was lost.
    const made = await branchHead(connection, base);
    if (made === undefined) throw error;
    return made;
  }
}

async function isEmpty({ octokit, at }: Connection, branch: string): Promise<boolean> {
  try {
    await octokit.rest.git.getRef({ ...at, ref: `heads/${branch}` });
    return false;
  } catch (error) {
    if (error instanceof ForgeError && error.status === EMPTY) return true;
    if (error instanceof ForgeError && error.kind === 'not-found') return false;
    throw error;
  }
}
