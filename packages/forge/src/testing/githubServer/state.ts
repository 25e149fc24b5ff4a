import { BareRepository } from '../../git/bareRepository';
import { runGit } from '../../git/runGit';
import { createLocalForge, type LocalForge } from '../../local/localForge';
import { createMemoryPullRequestStore, type PullRequestStore } from '../../local/pullRequestStore';
import { standingVerdicts } from '../../local/protection';
import type { Check, Review } from '../../pullRequest';

/** What this GitHub holds: real repositories on disk, and pull requests beside them. */
export class GithubState {
  readonly disk: LocalForge;
  readonly store: PullRequestStore = createMemoryPullRequestStore();
  awaited: readonly string[] = [];
  checks: readonly Check[] = [];
  protectedBranches: readonly string[] = [];
  /** GitHub cuts recursive listings off at 100,000. */
  maxTreeEntries = 100_000;

  constructor(root: string) {
    this.disk = createLocalForge({ root, store: this.store });
  }

  /** @throws ForgeError `not-found` */
  async open(repository: string): Promise<BareRepository> {
    await this.disk.defaultBranch(repository);
    return new BareRepository(this.disk.directoryOf(repository), runGit);
  }

  isProtected(branch: string): boolean {
    return this.protectedBranches.includes(branch);
  }

  /** Who has yet to approve the head. */
  missing(reviews: readonly Review[], head: string, author: string): readonly string[] {
    const approved = standingVerdicts(reviews, head, author).filter(({ verdict }) => verdict === 'approved');
    return this.awaited.filter(user => !approved.some(({ by }) => by === user));
  }
}
