import { setTimeout as sleep } from 'node:timers/promises';
import type { LoggerService } from '@backstage/backend-plugin-api';
import { ConflictError, stringifyError } from '@backstage/errors';
import { ForgeError, type Forge, type PullRequest, type Review } from '@busline/forge';
import type { ChangePullRequest, HistoryEntry } from '@busline/plugin-eventbridge-common';
import type { Claims } from '../database/Claims';
import type { Announcer } from './Announcer';
import type { ChangeRecord, ChangeStore } from './ChangeStore';
import type { Deployer } from './Deployer';
import type { LiveObserver } from './LiveObserver';
import { stateOf } from './progress';

export interface ChangeFollowerOptions {
  readonly claims: Claims;
  readonly store: ChangeStore;
  readonly forge: Forge;
  /** Absent where deployment is somebody else's, such as GitHub Actions: then AWS tells when it is done. */
  readonly deployer?: Deployer;
  readonly observer: LiveObserver;
  readonly announcer: Announcer;
  readonly logger: LoggerService;
  /** URL of a change request's page. */
  readonly changePage: (id: string) => string;
  /** Opens what was never opened: a form was sent and the portal killed behind it. */
  readonly openMissing?: (id: string, signal?: AbortSignal) => Promise<unknown>;
  readonly now?: () => Date;
}

/** How long somebody who clicked waits for a step that runs already, in tries of a quarter of a second. */
const MAX_WAITS = 240;
const WAIT_MS = 250;
const NEVER_ABORTED = new AbortController().signal;
/** Longest reason on a page. */
const MAX_REASON_CHARACTERS = 2000;
/** A form whose pull requests nobody opened by now is finished by the follower. */
const ORPHAN_AFTER_MS = 60_000;

/**
 * Follows change requests from their pull requests to the first event: asks the forge, has main deployed once
 * everything is merged, and looks on AWS whether declared is observed. Each step is safe to repeat, each is written
 * down before the next one, and one replica at a time takes steps on one change request.
 */
export class ChangeFollower {
  readonly #options: ChangeFollowerOptions;

  constructor(options: ChangeFollowerOptions) {
    this.#options = options;
  }

  /** Takes whatever steps can be taken now on all that has not ended. What fails is logged and tried next time. */
  async followAll(signal: AbortSignal): Promise<void> {
    const { store, logger, openMissing } = this.#options;
    for (const id of await store.unfinished()) {
      signal.throwIfAborted();
      try {
        const record = await store.get(id);
        const isOrphan =
          record.openedAt === undefined && this.#date().getTime() - Date.parse(record.requestedAt) > ORPHAN_AFTER_MS;
        if (isOrphan && openMissing) await openMissing(id, signal);
        else await this.tryFollow(id, signal);
      } catch (error) {
        logger.warn(`Change request ${id} could not be followed; it is tried again`, error as Error);
      }
    }
  }

  /** Like `follow`, but leaves it to whoever takes steps on it already. */
  async tryFollow(id: string, signal?: AbortSignal): Promise<void> {
    await this.#claimed(id, () => this.#steps(id, signal ?? NEVER_ABORTED));
  }

  /** Asks the forge, and gives where it stands. What takes longer (deploying, looking on AWS) goes on behind. */
  async follow(id: string, signal?: AbortSignal): Promise<ChangeRecord> {
    const { store, logger } = this.#options;
    const record = await this.alone(id, async () => this.#askForge(await store.get(id), signal ?? NEVER_ABORTED), signal);
    if (record.pullRequests.some(pull => pull.state === 'merged')) {
      this.tryFollow(id).catch(error => logger.warn(`Change request ${id} could not be followed`, error as Error));
    }
    return record;
  }

  /** Does something with a change request while nobody else does. Throws `ConflictError` when it takes too long. */
  async alone<T>(id: string, work: () => Promise<T>, signal?: AbortSignal): Promise<T> {
    for (let wait = 0; wait < MAX_WAITS; wait++) {
      const done = await this.#claimed(id, work);
      if (done) return done.value;
      await sleep(WAIT_MS, undefined, { signal });
    }
    throw new ConflictError('The change request is being worked on; look again in a minute');
  }

  async #claimed<T>(id: string, work: () => Promise<T>): Promise<{ readonly value: T } | undefined> {
    const release = await this.#options.claims.take(`change ${id}`);
    if (!release) return undefined;
    try {
      return { value: await work() };
    } finally {
      await release();
    }
  }

  async #steps(id: string, signal: AbortSignal): Promise<ChangeRecord> {
    let record = await this.#options.store.get(id);
    if (record.liveAt !== undefined || record.closedAt !== undefined) return record;
    record = await this.#askForge(record, signal);
    if (record.failure !== undefined || record.closedAt !== undefined) return record;
    const isMergedSomewhere = record.pullRequests.some(pull => pull.state === 'merged');
    if (isMergedSomewhere && record.openedAt !== undefined && record.deployedAt === undefined) {
      record = await this.#deploy(record, signal);
    }
    if (record.deployedAt !== undefined && record.failure === undefined) record = await this.#look(record, signal);
    return record;
  }

  async #askForge(record: ChangeRecord, signal: AbortSignal): Promise<ChangeRecord> {
    if (record.mergedAt !== undefined || record.closedAt !== undefined) return record;
    const pullRequests: ChangePullRequest[] = [];
    const happened: HistoryEntry[] = [];
    for (const pull of record.pullRequests) {
      if (pull.number === undefined || pull.state === 'merged') {
        pullRequests.push(pull);
        continue;
      }
      const seen = await this.#see(record, pull, pull.number, signal);
      pullRequests.push(seen.pull);
      if (seen.pull.state !== pull.state && pull.state === 'open') {
        const { state, repository, number } = seen.pull;
        happened.push({
          at: seen.pull.mergedAt ?? this.#now(),
          ...(seen.by !== undefined && { by: seen.by }),
          text: `${state === 'merged' ? 'merged' : 'closed'} ${repository}#${number}`,
        });
      }
    }
    const next = { ...record, pullRequests };
    const reached = { ...next, ...this.#reachedBy(next) };
    await this.#save(record, reached, happened);
    return reached;
  }

  async #see({ id }: ChangeRecord, pull: ChangePullRequest, number: number, signal: AbortSignal) {
    const { forge, changePage } = this.#options;
    const found = await forge.getPullRequest(pull.repository, number, { signal });
    const [reviews, checks] = await Promise.all([
      forge.reviewsOf(pull.repository, number, { signal }),
      forge.checksOf(pull.repository, number, { signal }),
    ]);
    const next: ChangePullRequest = {
      ...pull,
      url: forge.reviewsHere ? changePage(id) : found.url,
      state: found.state,
      mergeable: mergeableOf(found),
      approvals: approvalsOf(reviews),
      awaited: found.mergeability.kind === 'blocked' ? found.mergeability.awaited : [],
      checks: checks.map(({ name, state, description, url }) => ({
        name,
        state: state === 'neutral' ? 'passed' : state,
        ...(description !== undefined && { detail: description }),
        ...(url !== undefined && { url }),
      })),
      ...(found.mergedAt !== undefined && { mergedAt: found.mergedAt }),
    };
    return { pull: next, by: found.mergedBy };
  }

  #reachedBy(record: ChangeRecord): Partial<ChangeRecord> {
    const { pullRequests } = record;
    const all = (test: (pull: ChangePullRequest) => boolean) => pullRequests.every(test);
    const now = this.#now();
    if (!all(pull => pull.state !== 'missing')) return {};
    const openedAt = record.openedAt ?? now;
    const closed = pullRequests.find(pull => pull.state === 'closed');
    const merged = pullRequests.filter(pull => pull.state === 'merged');
    if (closed && merged.length === 0) return { openedAt, closedAt: now };
    if (closed) {
      const failure = `${closed.repository}#${closed.number} was closed while ${merged[0]!.repository}#${merged[0]!.number} is merged: open it again, or take the merged one back`;
      return { openedAt, failure };
    }
    const isApproved = all(
      pull => pull.state === 'merged' || (pull.awaited.length === 0 && pull.approvals.length > 0),
    );
    const approvedAt = isApproved ? record.approvedAt ?? now : undefined;
    if (!all(pull => pull.state === 'merged')) return { openedAt, approvedAt };
    const mergedAt = merged.map(pull => pull.mergedAt ?? now).sort().at(-1)!;
    return { openedAt, approvedAt: approvedAt ?? mergedAt, mergedAt };
  }

  async #deploy(record: ChangeRecord, signal: AbortSignal): Promise<ChangeRecord> {
    const { deployer, store } = this.#options;
    const isMerged = record.mergedAt !== undefined;
    if (!deployer) {
      if (!isMerged) return record;
      const next = { ...record, deployedAt: this.#now() };
      await this.#save(record, next, []);
      return next;
    }
    let latest = record;
    try {
      const result = await deployer.deploy(record, {
        signal,
        onProgress: async stacks => {
          latest = { ...latest, stacks };
          await store.save(latest);
        },
      });
      latest = { ...latest, stacks: result.stacks };
      if (result.kind === 'waiting' || !isMerged) {
        await this.#save(record, latest, []);
        return latest;
      }
      const next = { ...latest, deployedAt: this.#now() };
      await this.#save(record, next, [{ at: next.deployedAt, text: `deployed ${stackCount(result.stacks.length)} from main` }]);
      return next;
    } catch (error) {
      signal.throwIfAborted();
      const failure = reasonOf(error);
      const next = { ...latest, failure };
      await this.#save(record, next, [{ at: this.#now(), text: `the deployment failed: ${failure}` }]);
      return next;
    }
  }

  async #look(record: ChangeRecord, signal: AbortSignal): Promise<ChangeRecord> {
    const live = await this.#options.observer.look(record, signal);
    const isLive = live.length > 0 && live.every(check => check.state === 'seen');
    const next: ChangeRecord = { ...record, live, ...(isLive && { liveAt: this.#now() }) };
    await this.#save(record, next, isLive ? [{ at: next.liveAt!, text: 'is live' }] : []);
    return next;
  }

  async #save(before: ChangeRecord, after: ChangeRecord, happened: readonly HistoryEntry[]): Promise<void> {
    await this.#options.store.save(after, happened);
    if (stateOf(before) !== stateOf(after)) await this.#options.announcer.reached(after);
  }

  #date(): Date {
    return this.#options.now?.() ?? new Date();
  }

  #now(): string {
    return this.#date().toISOString();
  }
}

function mergeableOf({ mergeability }: PullRequest): NonNullable<ChangePullRequest['mergeable']> {
  if (mergeability.kind === 'conflicts') return 'conflicts';
  return mergeability.kind === 'unknown' ? 'unknown' : 'clean';
}

/** The last word of each reviewer, where it was an approval. */
function approvalsOf(reviews: readonly Review[]): ChangePullRequest['approvals'] {
  const last = new Map<string, Review>();
  for (const review of reviews) if (review.verdict !== 'commented') last.set(review.by, review);
  return [...last.values()].filter(({ verdict }) => verdict === 'approved').map(({ by, at }) => ({ by, at }));
}

function stackCount(count: number): string {
  return count === 1 ? 'one stack' : `${count} stacks`;
}

/** What a person may read: of the forge and of AWS their own words, of anything else no more than that it failed. */
export function reasonOf(error: unknown): string {
  const text =
    error instanceof ForgeError || (error instanceof Error && 'isForPeople' in error)
      ? (error as Error).message
      : stringifyError(error);
  return text.slice(0, MAX_REASON_CHARACTERS);
}
