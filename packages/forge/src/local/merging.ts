import { checkSignature } from '../changes';
import type { MergeRequest, Signature } from '../forge';
import type { BareRepository } from '../git/bareRepository';
import { conflicting, isProtected, movedOn, noPullRequest, refused } from '../requests';
import type { ProtectionVerdict } from './protection';
import type { MergeRecord, PullRequestRecord, PullRequestStore } from './pullRequestStore';
import { finishMerge, keepHead, type Position, positionOf, settle } from './pullRequests';

export interface MergeTools {
  readonly bare: BareRepository;
  readonly store: PullRequestStore;
  readonly now: () => Date;
  readonly protection: (record: PullRequestRecord, position: Position) => Promise<ProtectionVerdict>;
}

/** How often a merge starts again because the base or the record was changed by another process meanwhile. */
const MAX_RACES = 50;

/**
 * Merges in four steps, each of which may be the last one of this process:
 *
 * 1. the commit is made (nobody sees it yet),
 * 2. it is written into the record as an attempt, unless the record has changed since it was read,
 * 3. the base moves to it, unless the base has moved since it was read,
 * 4. the record says merged.
 *
 * Between 3 and 4 the attempt is an ancestor of the base: whoever reads the record next finds that and does step 4. Twice
 * is impossible: a second merge either read the base before 3, and then its own step 3 fails, or behind it, and then it
 * finds the attempt, which its own step 2 proves to be in the record that it read.
 */
export async function mergePullRequest(request: MergeRequest, tools: MergeTools): Promise<PullRequestRecord> {
  const { repository, number } = request;
  if (request.author) checkSignature(request.author, 'author');
  for (let race = 0; race < MAX_RACES; race += 1) {
    const merged = await tryToMerge(request, tools);
    if (merged) {
      if (request.deleteBranch) await deleteMergedBranch(tools.bare, merged);
      return merged;
    }
  }
  throw refused('conflict', repository, number, 'could not be merged: others merged again and again meanwhile');
}

/** Gives undefined where another process was faster. */
async function tryToMerge(request: MergeRequest, tools: MergeTools): Promise<PullRequestRecord | undefined> {
  const { bare, store, now } = tools;
  const { repository, number } = request;
  const found = await store.get(repository, number);
  if (!found) throw noPullRequest(repository, number);
  const position = await positionOf(bare, found);
  const record = await settle(store, bare, found, position.base);
  if (record.state === 'merged') return record;
  const tree = await mergedTree(request, record, position, tools);
  await keepHead(bare, number, position.head);

  const date = now();
  const author = request.author ?? authorOf(request.by);
  const commit = await bare.commit({
    tree,
    parents: request.method === 'merge' ? [position.base, position.head] : [position.base],
    message: messageOf(request, record),
    author,
    committer: author,
    date,
  });
  const attempt: MergeRecord = { by: request.by, at: date.toISOString(), commit, ...position };
  const attempted = { ...record, version: record.version + 1, mergeAttempts: [...record.mergeAttempts, attempt] };
  if (!(await store.replace(attempted))) return undefined;
  if (!(await bare.moveRef(`refs/heads/${record.base.branch}`, commit, position.base))) return undefined;
  return finishMerge(store, bare, attempted, attempt);
}

/** The tree of the merge, or why there is none. */
async function mergedTree(
  { repository, number, head }: MergeRequest,
  record: PullRequestRecord,
  position: Position,
  { bare, protection }: MergeTools,
): Promise<string> {
  if (record.state === 'closed') throw refused('rejected', repository, number, 'is closed');
  if (head !== undefined && head !== position.head) throw movedOn(repository, number, head, position.head);
  const merge = await bare.merge(position.base, position.head);
  if (merge.kind === 'conflicts') throw conflicting(repository, number, record.base.branch, merge.paths);
  const verdict = await protection(record, position);
  if (verdict.kind === 'refused') throw isProtected(repository, number, verdict.reason, verdict.awaited);
  return merge.tree;
}

/** As GitHub words them. */
function messageOf({ method }: MergeRequest, { number, title, body, head }: PullRequestRecord): string {
  const subject =
    method === 'merge' ? `Merge pull request #${number} from ${head.branch}\n\n${title}` : `${title} (#${number})`;
  return method === 'merge' || body.trim() === '' ? subject : `${subject}\n\n${body}`;
}

/** `user:default/jane` has no address that anybody could write to. */
function authorOf(by: string): Signature {
  const name = by.replace(/^.*[/:]/, '') || by;
  return { name, email: `${name.replace(/[^A-Za-z0-9._-]/g, '-')}@users.noreply.localhost` };
}

/** Unless somebody has gone on working on it. */
async function deleteMergedBranch(bare: BareRepository, { head, base }: PullRequestRecord): Promise<void> {
  const commit = await bare.resolve(head.branch);
  if (commit === head.commit && head.branch !== base.branch) await bare.deleteRef(`refs/heads/${head.branch}`, commit);
}
