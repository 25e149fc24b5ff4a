import { ForgeError, type Forge, type Signature } from '@busline/forge';
import { pullRequestText } from '@busline/onboarding';
import type { ChangePullRequest, HistoryEntry } from '@busline/plugin-eventbridge-common';
import type { ChangeRecord } from './changeRecord';
import type { ChangeStore } from './ChangeStore';
import { nameOf } from './pullRequestNews';

export interface PullRequestOpenerOptions {
  readonly store: ChangeStore;
  readonly forge: Forge;
  /** Makes a repository that does not exist, where the forge is the portal's own. */
  readonly ensureRepository?: (repository: string) => Promise<void>;
  /** URL of a change request's page. */
  readonly changePage: (id: string) => string;
  readonly now: () => string;
}

export interface OpenOptions {
  /** What is done, a line each. */
  readonly onProgress?: (text: string) => void;
  readonly signal?: AbortSignal;
}

const SIGNATURE_DOMAIN = 'users.busline.invalid';

/**
 * Opens the pull requests of a change request, or finds them: branch and files say which they are, so whoever is killed
 * between any two steps is finished by the next try. To be called by whoever has the change request to themselves.
 */
export class PullRequestOpener {
  readonly #options: PullRequestOpenerOptions;

  constructor(options: PullRequestOpenerOptions) {
    this.#options = options;
  }

  /** Throws `ForgeError`; what was opened by then is written down. */
  async openAll(record: ChangeRecord, { onProgress = () => {}, signal }: OpenOptions = {}): Promise<ChangeRecord> {
    let latest = record;
    for (const [position, pull] of record.pullRequests.entries()) {
      if (pull.state === 'missing') latest = await this.#open(latest, position, onProgress, signal);
      else onProgress(`${nameOf(pull)} is there${pull.url ? `: ${pull.url}` : ''}`);
    }
    return this.#closeReplaced(latest, onProgress, signal);
  }

  async #open(
    record: ChangeRecord,
    position: number,
    onProgress: (text: string) => void,
    signal: AbortSignal | undefined,
  ): Promise<ChangeRecord> {
    const { forge, ensureRepository, changePage, now } = this.#options;
    const pull = record.pullRequests[position]!;
    const { repository, role, branch } = pull;
    const change = record.plan.repositories.find(each => each.role === role)!;
    const page = changePage(record.id);
    const text = pullRequestText(record.plan, change, { requestedBy: record.requestedBy, url: page });
    if (role === 'service') await ensureRepository?.(repository);
    const main = await forge.defaultBranch(repository, { signal }).catch(error => Promise.reject(missing(error)));
    onProgress(`Committing ${change.files.length} files to ${repository}, branch ${branch}`);
    const commit = await forge.commitFiles(
      {
        repository,
        branch,
        base: role === 'events' ? record.baseCommit : main,
        message: text.commitMessage,
        author: signatureOf(record.requestedBy),
        changes: change.files.map(file =>
          file.after === undefined ? { path: file.path, remove: true } : { path: file.path, content: file.after },
        ),
      },
      { signal },
    );
    if (commit.status === 'same-as-base') {
      onProgress(`${repository} has these files on ${main} already`);
      return this.#saved(record, position, { ...pull, state: 'merged', mergedAt: now() }, []);
    }
    const replaced = record.superseded.filter(each => each.repository === repository).map(nameOf);
    const body =
      replaced.length > 0
        ? `${text.body}\n\nIn place of ${replaced.join(' and ')}: main has moved on since.`
        : text.body;
    const { pullRequest, created } = await forge.openPullRequest(
      { repository, head: branch, base: main, title: text.title, body, author: record.requestedBy },
      { signal },
    );
    const { number } = pullRequest;
    const url = forge.reviewsHere ? page : pullRequest.url;
    onProgress(`${created ? 'Opened' : 'Found'} ${repository}#${number}: ${url}`);
    return this.#saved(record, position, { ...pull, number, url, state: 'open' }, [
      { at: now(), by: record.requestedBy, text: `opened the pull request ${repository}#${number}` },
    ]);
  }

  /** What newer ones replaced, once those are there. One that was merged after all is left as it is. */
  async #closeReplaced(
    record: ChangeRecord,
    onProgress: (text: string) => void,
    signal: AbortSignal | undefined,
  ): Promise<ChangeRecord> {
    const { forge, store, now } = this.#options;
    if (record.superseded.length === 0) return record;
    const happened: HistoryEntry[] = [];
    for (const { repository, number } of record.superseded) {
      try {
        await forge.close(repository, number, { by: record.requestedBy, signal });
      } catch (error) {
        const isGone = error instanceof ForgeError && (error.kind === 'rejected' || error.kind === 'not-found');
        if (!isGone) throw error;
      }
      onProgress(`Closed ${repository}#${number}, which a newer one replaces`);
      happened.push({ at: now(), text: `closed ${repository}#${number}, which a newer one replaces` });
    }
    const next: ChangeRecord = { ...record, superseded: [] };
    await store.save(next, happened);
    return next;
  }

  async #saved(
    record: ChangeRecord,
    position: number,
    pull: ChangePullRequest,
    happened: readonly HistoryEntry[],
  ): Promise<ChangeRecord> {
    const next = { ...record, pullRequests: record.pullRequests.map((each, i) => (i === position ? pull : each)) };
    await this.#options.store.save(next, happened);
    return next;
  }
}

/** On a forge of others a new service's team makes its repository. */
function missing(error: unknown): unknown {
  if (!(error instanceof ForgeError) || error.kind !== 'not-found') return error;
  const { message, repository, status } = error;
  const wayOut = 'make it (it may stay empty), let the portal write to it, and try again';
  return new ForgeError('not-found', `${message}, or the portal may not see it: ${wayOut}`, { repository, status });
}

/** `user:default/mira` as git wants it. */
export function signatureOf(ref: string): Signature {
  const name = ref.slice(ref.lastIndexOf('/') + 1).replace(/[^A-Za-z0-9._-]/g, '-') || 'busline';
  return { name, email: `${name}@${SIGNATURE_DOMAIN}` };
}
