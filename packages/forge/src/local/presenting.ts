import type { BareRepository } from '../git/bareRepository';
import { committedFiles, type CommittedFiles } from '../git/repositoryFiles';
import type { Check, Mergeability, PullRequest } from '../pullRequest';
import { noProtection, type ProtectionRule, type ProtectionVerdict, standingVerdicts } from './protection';
import type { PullRequestRecord } from './pullRequestStore';
import { filesAt, type Position, positionOf } from './pullRequests';

/** What checks of a pull request look at. */
export interface CheckContext {
  readonly repository: string;
  readonly number: number;
  /** Commits. */
  readonly head: string;
  readonly base: string;
  /** The files of a commit of the same repository. */
  files(commit: string): Promise<CommittedFiles>;
}

export type RunChecks = (context: CheckContext) => Promise<readonly Check[]>;

export interface PresenterOptions {
  readonly protection?: ProtectionRule;
  readonly checks?: RunChecks;
  readonly pullRequestUrl?: (repository: string, number: number) => string;
}

/** Makes of a record and of what git knows what people see. */
export interface Presenter {
  /** With `mergeability`, which costs a merge in memory and a question to the protection rule. */
  present(bare: BareRepository, record: PullRequestRecord): Promise<PullRequest>;
  toPullRequest(record: PullRequestRecord, position: Position): PullRequest;
  verdict(bare: BareRepository, record: PullRequestRecord, position: Position): Promise<ProtectionVerdict>;
  checks(bare: BareRepository, record: PullRequestRecord, position: Position): Promise<readonly Check[]>;
}

export function createPresenter({ protection = noProtection, checks, pullRequestUrl }: PresenterOptions): Presenter {
  const toPullRequest: Presenter['toPullRequest'] = (record, { head, base }) => {
    const { repository, number, title, body, author, state, createdAt, updatedAt, closedAt, merge } = record;
    return {
      repository,
      number,
      url: pullRequestUrl?.(repository, number) ?? `local:${repository}/pull/${number}`,
      title,
      body,
      author,
      state,
      head: { branch: record.head.branch, commit: head },
      base: { branch: record.base.branch, commit: base },
      createdAt,
      updatedAt,
      ...(closedAt !== undefined && { closedAt }),
      ...(merge && { mergedAt: merge.at, mergedBy: merge.by, mergeCommit: merge.commit }),
      mergeability: { kind: 'unknown' },
    };
  };

  const runChecks: Presenter['checks'] = async (bare, { repository, number }, position) => {
    const files = (commit: string) => committedFiles(bare, commit);
    const found = (await checks?.({ repository, number, ...position, files })) ?? [];
    return [...found].sort((a, b) => (a.name < b.name ? -1 : 1));
  };

  const verdict: Presenter['verdict'] = async (bare, record, position) => {
    if (protection === noProtection) return { kind: 'allowed' };
    const changed = await filesAt(bare, position);
    return protection({
      pullRequest: toPullRequest(record, position),
      verdicts: standingVerdicts(record.reviews, position.head, record.author),
      checks: await runChecks(bare, record, position),
      paths: changed.flatMap(({ path, previousPath }) => (previousPath === undefined ? [path] : [path, previousPath])),
      files: commit => committedFiles(bare, commit),
    });
  };

  const mergeability = async (
    bare: BareRepository,
    record: PullRequestRecord,
    position: Position,
  ): Promise<Mergeability> => {
    const merge = await bare.merge(position.base, position.head);
    if (merge.kind === 'conflicts') return merge;
    const found = await verdict(bare, record, position);
    return found.kind === 'allowed' ? { kind: 'mergeable' } : { ...found, kind: 'blocked' };
  };

  return {
    toPullRequest,
    checks: runChecks,
    verdict,
    present: async (bare, record) => {
      const position = await positionOf(bare, record);
      const pullRequest = toPullRequest(record, position);
      if (record.state !== 'open') return pullRequest;
      return { ...pullRequest, mergeability: await mergeability(bare, record, position) };
    },
  };
}
