import { ConflictError, InputError } from '@backstage/errors';
import { ForgeError, type Forge } from '@busline/forge';
import type { ChangePullRequest } from '@busline/plugin-eventbridge-common';
import type { Knex } from 'knex';
import type { ChangeFollower } from './ChangeFollower';
import { missingPull, type ChangeRecord } from './changeRecord';
import type { Person } from './ChangeRequests';
import type { ChangeStore } from './ChangeStore';
import { freeBranch } from './freeBranch';
import { stateOf } from './progress';
import { nameOf } from './pullRequestNews';
import { signatureOf } from './PullRequestOpener';

/** Approving, merging and closing on the portal's own forge. On other forges people do that where they always do. */
export class ChangeReviews {
  readonly #options: ChangeReviewsOptions;

  constructor(options: ChangeReviewsOptions) {
    this.#options = options;
  }

  get happenHere(): boolean {
    return this.#options.forge.reviewsHere;
  }

  async review(
    id: string,
    { verdict, comment }: { readonly verdict: 'approved' | 'changes-requested'; readonly comment?: string },
    person: Person,
  ): Promise<ChangeRecord> {
    const { knex, store, forge, follower } = this.#options;
    this.#demandHere();
    await follower.alone(id, async () => {
      const record = await store.get(id);
      demandOpen(record);
      if (verdict === 'approved' && record.requestedBy === person.ref) {
        throw new InputError('Somebody else has to approve what you asked for');
      }
      for (const { repository, number, state } of record.pullRequests) {
        if (number === undefined || state !== 'open') continue;
        // For whom it counts is written down first: a review without it would count for nobody.
        await knex('change_reviews')
          .insert({ repository, number, by: person.ref, claims: JSON.stringify(person.claims), at: this.#now() })
          .onConflict(['repository', 'number', 'by'])
          .merge(['claims', 'at']);
        await forge.review({ repository, number, by: person.ref, verdict, comment });
      }
      const text = `${verdict === 'approved' ? 'approved' : 'asked for changes'}${comment ? `: ${comment}` : ''}`;
      await store.save(record, [{ at: this.#now(), by: person.ref, text }]);
    });
    return follower.follow(id);
  }

  /**
   * Merges every pull request: the service's first, so that the event repository never declares what cannot be
   * delivered. What one of them refuses leaves the others as they are; merging again goes on.
   */
  async merge(id: string, person: Person): Promise<ChangeRecord> {
    const { store, follower } = this.#options;
    this.#demandHere();
    try {
      await follower.alone(id, async () => {
        const record = await store.get(id);
        demandOpen(record);
        const open = record.pullRequests.filter(pull => pull.state === 'open');
        await this.#mergeAll([...open].sort(serviceFirst), person);
      });
    } catch (error) {
      // What was merged before the refusal is seen at once, whatever the forge says to that.
      await follower.tryFollow(id);
      throw error;
    }
    return follower.follow(id);
  }

  async #mergeAll(pulls: readonly ChangePullRequest[], person: Person): Promise<void> {
    const { forge } = this.#options;
    const heads: string[] = [];
    // All are asked before the first is merged.
    for (const pull of pulls) {
      const { mergeability, head } = await forge.getPullRequest(pull.repository, pull.number!);
      if (mergeability.kind === 'blocked') throw new ConflictError(`${nameOf(pull)}: ${mergeability.reason}`);
      if (mergeability.kind === 'conflicts') {
        const where = mergeability.paths.join(', ') || 'some files';
        throw new ConflictError(`${nameOf(pull)} conflicts with main in ${where}: bring it up to date`);
      }
      heads.push(head.commit);
    }
    for (const [index, { repository, number }] of pulls.entries()) {
      // Only what was looked at: a commit that came in between is a conflict.
      const head = heads[index]!;
      await forge.merge({ repository, number: number!, by: person.ref, author: signatureOf(person.ref), head });
    }
  }

  async close(id: string, person: Person): Promise<ChangeRecord> {
    const { store, forge, follower } = this.#options;
    await follower.alone(id, async () => {
      const record = await store.get(id);
      if (record.closedAt !== undefined) return;
      const merged = record.pullRequests.find(({ state }) => state === 'merged');
      if (merged) throw new ConflictError(`${nameOf(merged)} is merged already: leave the bus instead`);
      const open = record.pullRequests.filter(({ state, number }) => state === 'open' && number !== undefined);
      for (const { repository, number } of [...open, ...record.superseded]) {
        await closeUnlessGone(forge, repository, number!, person);
      }
      const pullRequests = record.pullRequests.map((pull): ChangePullRequest => ({ ...pull, state: 'closed' }));
      const { failure, trouble, ...rest } = record;
      const closed = { ...rest, pullRequests, superseded: [], closedAt: this.#now() };
      await store.save(closed, [{ at: closed.closedAt, by: person.ref, text: 'closed it' }]);
    });
    return follower.follow(id);
  }

  /** Has a failed step tried again; a pull request that was closed on its own gets a new one in its place. */
  async retry(id: string, person: Person): Promise<ChangeRecord> {
    const { store, follower } = this.#options;
    await follower.alone(id, async () => {
      const record = await store.get(id);
      if (record.failure === undefined) throw new ConflictError('Nothing has failed');
      const { failure, trouble, ...rest } = record;
      const pullRequests = await this.#inPlaceOfClosed(record.pullRequests);
      const isMissing = pullRequests.some(({ state }) => state === 'missing');
      // Whoever approved has not seen what is opened anew.
      const next = { ...rest, pullRequests, ...(isMissing && { openedAt: undefined, approvedAt: undefined }) };
      await store.save(next, [{ at: this.#now(), by: person.ref, text: 'had it tried again' }]);
    });
    return follower.follow(id);
  }

  async #inPlaceOfClosed(pulls: readonly ChangePullRequest[]): Promise<readonly ChangePullRequest[]> {
    return Promise.all(
      pulls.map(async pull => {
        if (pull.state !== 'closed') return pull;
        const { role, repository } = pull;
        return missingPull({ role, repository, branch: await freeBranch(this.#options.store, pull.branch) });
      }),
    );
  }

  #demandHere(): void {
    if (!this.happenHere) throw new InputError('Pull requests are reviewed and merged on their forge, not here');
  }

  #now(): string {
    return this.#options.now();
  }
}

export interface ChangeReviewsOptions {
  readonly knex: Knex;
  readonly store: ChangeStore;
  readonly forge: Forge;
  readonly follower: ChangeFollower;
  readonly now: () => string;
}

/** One that is not there any more keeps nobody from closing the change request. */
async function closeUnlessGone(forge: Forge, repository: string, number: number, person: Person): Promise<void> {
  try {
    await forge.close(repository, number, { by: person.ref });
  } catch (error) {
    if (!(error instanceof ForgeError) || error.kind !== 'not-found') throw error;
  }
}

function demandOpen(record: ChangeRecord): void {
  const state = stateOf(record);
  if (state !== 'open' && state !== 'approved') throw new ConflictError(`The change request is ${state}, not open`);
}

function serviceFirst(a: { readonly role: string }, b: { readonly role: string }): number {
  return Number(a.role === 'events') - Number(b.role === 'events');
}
