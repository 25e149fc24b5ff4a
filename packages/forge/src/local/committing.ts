import { editsFor, type PreparedChange } from '../changes';
import type { CommitRequest, CommitResult } from '../forge';
import { type BareRepository, NO_COMMIT } from '../git/bareRepository';
import { movedAgainAndAgain, noSuchRef } from '../requests';

/** How often a commit starts again because another process moved the branch meanwhile. */
const MAX_RACES = 20;

/** See `Forge.commitFiles`. */
export async function commitFiles(
  bare: BareRepository,
  request: CommitRequest,
  changes: readonly PreparedChange[],
  now: () => Date,
): Promise<CommitResult> {
  const { repository, branch, base } = request;
  for (let race = 0; race < MAX_RACES; race += 1) {
    const head = await bare.resolve(branch);
    const start = head ?? (await bare.resolve(base));
    if (start === undefined) throw noSuchRef(repository, base);
    const there = await bare.entriesAt(
      start,
      changes.map(({ path }) => path),
    );
    const edits = editsFor(changes, path => there.get(path));
    if (edits.length === 0) return { status: head === undefined ? 'same-as-base' : 'unchanged', commit: start };

    const written = new Set(edits.flatMap(({ id }) => id ?? []));
    await bare.writeBlobs(changes.filter(change => 'id' in change && written.has(change.id)));
    const commit = await bare.commit({
      tree: await bare.writeTree(start, edits),
      parents: [start],
      message: request.message,
      author: request.author,
      committer: request.committer ?? request.author,
      date: now(),
    });
    if (await bare.moveRef(`refs/heads/${branch}`, commit, head ?? NO_COMMIT)) return { status: 'committed', commit };
  }
  throw movedAgainAndAgain(repository, branch);
}
