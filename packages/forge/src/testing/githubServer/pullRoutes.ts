import { ForgeError } from '../../errors';
import { positionOf } from '../../local/pullRequests';
import type { PullRequestRecord } from '../../local/pullRequestStore';
import type { ChangedFile, Check, PullRequest, Review } from '../../pullRequest';
import { created, invalid, notFound, ok, paged, refuse, type Route } from './answers';
import type { GithubState } from './state';

/** Who the token belongs to. */
const PORTAL = 'busline-portal[bot]';
const user = (login: string) => ({ login, type: 'User', id: 1 });

/** Repositories, pull requests, reviews and checks. Merging is real git. */
export function pullRoutes(state: GithubState): Readonly<Record<string, Route>> {
  const { disk, store } = state;

  const shown = async (repository: string, number: number): Promise<unknown> => {
    const pull = await disk.getPullRequest(repository, number);
    const reviews = await disk.reviewsOf(repository, number);
    const missing = state.missing(reviews, pull.head.commit, pull.author);
    const dirty = pull.mergeability.kind === 'conflicts';
    const otherwise = missing.length > 0 ? 'blocked' : 'clean';
    return {
      ...summary(pull),
      requested_reviewers: missing.map(user),
      requested_teams: [],
      mergeable: pull.state === 'open' ? !dirty : null,
      mergeable_state: dirty ? 'dirty' : otherwise,
      merged: pull.state === 'merged',
      merged_by: pull.mergedBy === undefined ? null : user(pull.mergedBy),
    };
  };
  const known = async (repository: string, number: number): Promise<PullRequestRecord | undefined> =>
    store.get(repository, number);

  return {
    'repos/get': async ({ repository }) => {
      const [owner, name] = repository.split('/');
      const default_branch = await disk.defaultBranch(repository);
      return ok({ name, full_name: repository, owner: user(owner), default_branch });
    },

    'pulls/list': async ({ repository, query }) => {
      const head = query.get('head')?.replace(/^[^:]+:/, '');
      const base = query.get('base');
      const all = await disk.listPullRequests(repository, { ...(head && { head }), ...(base && { base }) });
      const wanted = query.get('state') ?? 'open';
      const found = all.filter(each => wanted === 'all' || (each.state === 'open') === (wanted === 'open'));
      return paged(query, found.map(summary));
    },

    'pulls/create': async ({ repository, body }) => {
      const { head, base, title, body: text = '' } = body;
      const bare = await state.open(repository);
      const [headCommit, baseCommit] = await Promise.all([bare.resolve(head), bare.resolve(base)]);
      const failed = (...errors: readonly unknown[]) => invalid('Validation Failed', ...errors);
      if (!headCommit) return failed({ resource: 'PullRequest', field: 'head', code: 'invalid' });
      if (!baseCommit) return failed({ resource: 'PullRequest', field: 'base', code: 'invalid' });
      if (await bare.isAncestor(headCommit, baseCommit)) {
        return failed({ resource: 'PullRequest', code: 'custom', message: `No commits between ${base} and ${head}` });
      }
      const { record, created: isNew } = await store.open({
        repository,
        title,
        body: text,
        author: PORTAL,
        state: 'open',
        head: { branch: head, commit: headCommit },
        base: { branch: base, commit: baseCommit },
        createdAt: new Date().toISOString(),
        updatedAt: new Date().toISOString(),
        reviews: [],
        mergeAttempts: [],
      });
      if (!isNew) {
        const message = `A pull request already exists for ${repository.split('/')[0]}:${head}.`;
        return failed({ resource: 'PullRequest', code: 'custom', message });
      }
      return created(await shown(repository, record.number));
    },

    'pulls/get': async ({ repository, values }) => {
      const record = await known(repository, Number(values.pull_number));
      return record ? ok(await shown(repository, record.number)) : notFound;
    },

    'pulls/update': async ({ repository, values, body }) => {
      const number = Number(values.pull_number);
      if (!(await known(repository, number))) return notFound;
      if (body.state === 'closed') await disk.close(repository, number);
      return ok(await shown(repository, number));
    },

    'pulls/list-files': async ({ repository, values, query }) => {
      const number = Number(values.pull_number);
      if (!(await known(repository, number))) return notFound;
      return paged(query, (await disk.filesOf(repository, number)).map(toFile));
    },

    'pulls/list-reviews': async ({ repository, values, query }) => {
      const record = await known(repository, Number(values.pull_number));
      return record ? paged(query, record.reviews.map(toReview)) : notFound;
    },

    'pulls/merge': async ({ repository, values, body }) => {
      const number = Number(values.pull_number);
      const record = await known(repository, number);
      if (!record) return notFound;
      if (record.state !== 'open') return refuse(405, 'Pull Request is not mergeable');
      const { head } = await positionOf(await state.open(repository), record);
      if (body.sha !== undefined && body.sha !== head) {
        return refuse(409, 'Head branch was modified. Review and try the merge again.');
      }
      const missing = state.missing(record.reviews, head, record.author);
      if (missing.length > 0) {
        return refuse(405, `At least ${missing.length} approving review is required by reviewers with write access.`);
      }
      try {
        const merged = await disk.merge({ repository, number, by: PORTAL, method: body.merge_method ?? 'merge' });
        return ok({ sha: merged.mergeCommit, merged: true, message: 'Pull Request successfully merged' });
      } catch (error) {
        if (error instanceof ForgeError && error.kind === 'conflict')
          return refuse(405, 'Pull Request is not mergeable');
        throw error;
      }
    },

    'checks/list-for-ref': async ({ query }) => {
      const runs = state.checks.filter(({ state: each }) => each !== 'pending').map(toCheckRun);
      return paged(query, runs, check_runs => ({ total_count: runs.length, check_runs }));
    },

    'repos/get-combined-status-for-ref': async ({ query, values, repository }) => {
      const statuses = state.checks.filter(({ state: each }) => each === 'pending').map(toStatus);
      return paged(query, statuses, page => ({
        state: 'pending',
        sha: values.ref,
        total_count: statuses.length,
        statuses: page,
        repository: { full_name: repository },
      }));
    },
  };
}

function summary(pull: PullRequest) {
  const [owner, name] = pull.repository.split('/');
  const repo = { name, full_name: pull.repository, owner: user(owner) };
  return {
    id: pull.number,
    number: pull.number,
    html_url: `https://github.example/${pull.repository}/pull/${pull.number}`,
    state: pull.state === 'open' ? 'open' : 'closed',
    title: pull.title,
    body: pull.body,
    user: user(pull.author),
    head: {
      label: `${owner}:${pull.head.branch}`,
      ref: pull.head.branch,
      sha: pull.head.commit,
      repo,
      user: user(owner),
    },
    base: {
      label: `${owner}:${pull.base.branch}`,
      ref: pull.base.branch,
      sha: pull.base.commit,
      repo,
      user: user(owner),
    },
    created_at: pull.createdAt,
    updated_at: pull.updatedAt,
    closed_at: pull.closedAt ?? null,
    merged_at: pull.mergedAt ?? null,
    merge_commit_sha: pull.mergeCommit ?? null,
  };
}

const FILE_STATUS = { added: 'added', changed: 'modified', removed: 'removed', renamed: 'renamed' } as const;

function toFile({ path, previousPath, status, additions, deletions, patch }: ChangedFile) {
  return {
    sha: '0'.repeat(40),
    filename: path,
    ...(previousPath !== undefined && { previous_filename: previousPath }),
    status: FILE_STATUS[status],
    additions,
    deletions,
    changes: additions + deletions,
    ...(patch !== undefined && { patch }),
  };
}

function toReview({ by, verdict, comment, at, commit }: Review, index: number) {
  const state = verdict === 'changes-requested' ? 'CHANGES_REQUESTED' : verdict.toUpperCase();
  return { id: index + 1, user: user(by), body: comment, state, submitted_at: at, commit_id: commit ?? null };
}

const CONCLUSIONS = { passed: 'success', failed: 'failure', neutral: 'skipped', pending: null } as const;

function toCheckRun({ name, state, description, url }: Check, index: number) {
  return {
    id: index + 1,
    name,
    status: 'completed',
    conclusion: CONCLUSIONS[state],
    started_at: '2026-01-01T00:00:00Z',
    completed_at: '2026-01-01T00:01:00Z',
    details_url: url ?? null,
    html_url: null,
    output: { title: description ?? null },
  };
}

function toStatus({ name, state, description, url }: Check, index: number) {
  return { id: index + 1, context: name, state, description: description ?? null, target_url: url ?? null };
}
