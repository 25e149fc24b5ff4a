import type { GithubCredentialsProvider } from '@backstage/integration';
import { checkUser } from '../changes';
import { ForgeError } from '../errors';
import type {
  CallOptions,
  CloseOptions,
  CommitRequest,
  Forge,
  MergeRequest,
  OpenRequest,
  PullRequestFilter,
  ReviewRequest,
} from '../forge';
import { checkPath, checkRef } from '../names';
import type { PullRequest } from '../pullRequest';
import { alreadyMerged, checkCommit, checkFilter, checkNumber, checkOpening, noSuchRef } from '../requests';
import { commitFiles } from './committing';
import { connect, type Connection, type ConnectionOptions, unlessMissing } from './connection';
import { fromCheckRun, fromStatus, toChangedFile, toPullRequest, toReview } from './convert';
import { allPages, PAGE_SIZE } from './pages';
import { deleteMergedBranch, getPullRequest, listPullRequests, merge, openPullRequest } from './pullRequests';
import { type Clock, realClock, type RetryOptions } from './retry';
import { defaultBranch, headOf, listTree, treeOf } from './trees';

export interface GithubForgeOptions {
  /** Gives a token for an address; `DefaultGithubCredentialsProvider` does so for GitHub Apps and for tokens. */
  readonly credentialsProvider: GithubCredentialsProvider;
  /** `github.com` by default, or the host of a GitHub Enterprise Server. */
  readonly host?: string;
  /** Where the API is, if it is elsewhere than usual for the host; `apiBaseUrl` of the Backstage integration. */
  readonly apiBaseUrl?: string;
  readonly retry?: RetryOptions;
}

const GITHUB = 'github.com';

/**
 * A forge on GitHub or GitHub Enterprise Server, by the REST API alone (https://docs.github.com/en/rest). The token needs
 * `contents` and `pull requests` to write, `checks` and `commit statuses` to read.
 *
 * @param clock time and chance, which tests hold still
 */
export function createGithubForge(options: GithubForgeOptions, clock: Clock = realClock): Forge {
  const { host = GITHUB, credentialsProvider, retry = {} } = options;
  const usual = host === GITHUB ? 'https://api.github.com' : `https://${host}/api/v3`;
  const apiBaseUrl = (options.apiBaseUrl ?? usual).replace(/\/+$/, '');
  return new GithubForge({ credentialsProvider, apiBaseUrl, webUrl: `https://${host}`, retry, clock });
}

class GithubForge implements Forge {
  readonly type = 'github';
  readonly reviewsHere = false;
  readonly #options: ConnectionOptions;

  constructor(options: ConnectionOptions) {
    this.#options = options;
  }

  async defaultBranch(repository: string, options?: CallOptions) {
    return defaultBranch(this.#connect(repository, options));
  }

  async headOf(repository: string, ref: string, options?: CallOptions) {
    checkRef(ref);
    return headOf(this.#connect(repository, options), ref);
  }

  async listFiles(repository: string, ref: string, options?: CallOptions) {
    checkRef(ref);
    const connection = this.#connect(repository, options);
    return listTree(connection, await treeOf(connection, await commitAt(connection, ref)));
  }

  async readFile(repository: string, ref: string, path: string, options?: CallOptions) {
    checkRef(ref);
    checkPath(path);
    const connection = this.#connect(repository, options);
    const { octokit, at } = connection;
    const answer = await unlessMissing(octokit.rest.repos.getContent({ ...at, path, ref }));
    if (!answer) {
      await commitAt(connection, ref);
      return undefined;
    }
    const { data } = answer;
    if (Array.isArray(data) || data.type !== 'file' || !('encoding' in data)) return undefined;
    if (data.encoding === 'base64') return Buffer.from(data.content, 'base64').toString('utf8');
    // Above 1 MB the content is left out here.
    const blob = await octokit.rest.git.getBlob({ ...at, file_sha: data.sha });
    return Buffer.from(blob.data.content, 'base64').toString('utf8');
  }

  async commitFiles(request: CommitRequest, options?: CallOptions) {
    const changes = checkCommit(request);
    return commitFiles(this.#connect(request.repository, options), request, changes);
  }

  async openPullRequest(request: OpenRequest, options?: CallOptions) {
    checkOpening(request);
    return openPullRequest(this.#connect(request.repository, options), request);
  }

  async getPullRequest(repository: string, number: number, options?: CallOptions) {
    checkNumber(number);
    return getPullRequest(this.#connect(repository, options), number);
  }

  async listPullRequests(repository: string, filter: PullRequestFilter = {}, options?: CallOptions) {
    checkFilter(filter);
    return listPullRequests(this.#connect(repository, options), filter);
  }

  async filesOf(repository: string, number: number, options?: CallOptions) {
    const { octokit, page } = this.#pullRequest(repository, number, options);
    const pages = octokit.paginate.iterator(octokit.rest.pulls.listFiles, page);
    return allPages(pages, ({ data }) => data.map(toChangedFile));
  }

  async reviewsOf(repository: string, number: number, options?: CallOptions) {
    const { octokit, page } = this.#pullRequest(repository, number, options);
    const pages = octokit.paginate.iterator(octokit.rest.pulls.listReviews, page);
    return allPages(pages, ({ data }) => data.flatMap(toReview));
  }

  async checksOf(repository: string, number: number, options?: CallOptions) {
    const { connection, octokit } = this.#pullRequest(repository, number, options);
    const { head } = await getPullRequest(connection, number);
    const query = { ...connection.at, ref: head.commit, per_page: PAGE_SIZE };
    const runs = await allPages(octokit.paginate.iterator(octokit.rest.checks.listForRef, query), ({ data }) =>
      // Octokit takes the list out of its envelope; its types keep it in.
      (data as unknown as Parameters<typeof fromCheckRun>[0][]).map(fromCheckRun),
    );
    const statuses = await allPages(
      octokit.paginate.iterator(octokit.rest.repos.getCombinedStatusForRef, query),
      ({ data }) => (data as unknown as { statuses: Parameters<typeof fromStatus>[0][] }).statuses.map(fromStatus),
    );
    return [...runs, ...statuses].sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  async review({ repository }: ReviewRequest): Promise<PullRequest> {
    throw new ForgeError('unsupported', 'Pull requests on GitHub are reviewed on GitHub', { repository });
  }

  async merge(request: MergeRequest, options?: CallOptions) {
    checkUser(request.by);
    checkNumber(request.number);
    const connection = this.#connect(request.repository, options);
    const merged = await merge(connection, request);
    if (request.deleteBranch) await deleteMergedBranch(connection, merged);
    return merged;
  }

  async close(repository: string, number: number, options?: CloseOptions) {
    checkNumber(number);
    const connection = this.#connect(repository, options);
    const { octokit, at } = connection;
    const before = await getPullRequest(connection, number);
    if (before.state === 'closed') return before;
    if (before.state === 'merged') throw alreadyMerged(repository, number);
    const { data } = await octokit.rest.pulls.update({ ...at, pull_number: number, state: 'closed' });
    return toPullRequest(repository, data);
  }

  #pullRequest(repository: string, number: number, options?: CallOptions) {
    checkNumber(number);
    const connection = this.#connect(repository, options);
    const page = { ...connection.at, pull_number: number, per_page: PAGE_SIZE };
    return { connection, octokit: connection.octokit, page };
  }

  #connect(repository: string, options: CallOptions | undefined): Connection {
    return connect(this.#options, repository, options?.signal);
  }
}

async function commitAt(connection: Connection, ref: string): Promise<string> {
  const commit = await headOf(connection, ref);
  if (commit === undefined) throw noSuchRef(connection.repository, ref);
  return commit;
}
