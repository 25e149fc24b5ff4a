import { ConflictError, InputError } from '@backstage/errors';
import type { Forge } from '@busline/forge';
import type { Knex } from 'knex';
import type { ChangeFollower } from './ChangeFollower';
import { signatureOf, type Person } from './ChangeRequests';
import type { ChangeRecord, ChangeStore } from './ChangeStore';
import { stateOf } from './progress';

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
        await forge.review({ repository, number, by: person.ref, verdict, comment });
        await knex('change_reviews')
          .insert({ repository, number, by: person.ref, claims: JSON.stringify(person.claims), at: this.#now() })
          .onConflict(['repository', 'number', 'by'])
          .merge(['claims', 'at']);
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
    const { store, forge, follower } = this.#options;
    this.#demandHere();
    await follower.alone(id, async () => {
      const record = await store.get(id);
      demandOpen(record);
      const open = record.pullRequests.filter(pull => pull.state === 'open');
      // All are asked before the first is merged.
      for (const { repository, number } of open) {
        const { mergeability } = await forge.getPullRequest(repository, number!);
        if (mergeability.kind === 'blocked') throw new ConflictError(`${repository}#${number}: ${mergeability.reason}`);
        if (mergeability.kind === 'conflicts') {
          throw new ConflictError(
            `${repository}#${number} conflicts with main in ${mergeability.paths.join(', ') || 'some files'}`,
          );
        }
      }
      for (const { repository, number } of [...open].sort(serviceFirst)) {
        await forge.merge(
          { repository, number: number!, by: person.ref, author: signatureOf(person.ref) }
        );
      }
    });
    return follower.follow(id);
  }

  async close(id: string, person: Person): Promise<ChangeRecord> {
    const { store, forge, follower } = this.#options;
    this.#demandHere();
    await follower.alone(id, async () => {
      const record = await store.get(id);
      if (record.mergedAt !== undefined) throw new ConflictError('It is merged already: leave the bus instead');
      for (const { repository, number, state } of record.pullRequests) {
        if (number !== undefined && state === 'open') await forge.close(repository, number, { by: person.ref });
      }
      if (record.pullRequests.every(pull => pull.number === undefined)) {
        await store.save({ ...record, closedAt: this.#now() }, [{ at: this.#now(), by: person.ref, text: 'closed it' }]);
      }
    });
    return follower.follow(id);
  }

  /** Has a failed step tried again. */
  async retry(id: string, person: Person): Promise<ChangeRecord> {
    const { store, follower } = this.#options;
    await follower.alone(id, async () => {
      const record = await store.get(id);
      if (record.failure === undefined) throw new ConflictError('Nothing has failed');
      const { failure: _, ...rest } = record;
      await store.save(rest, [{ at: this.#now(), by: person.ref, text: 'had it tried again' }]);
    });
    return follower.follow(id);
  }

  #demandHere(): void {
    if (!this.happenHere) throw new InputError('Pull requests are reviewed and merged on their forge, not here');
  }

  #now(): string {
    return (this.#options.now?.() ?? new Date()).toISOString();
  }
}

export interface ChangeReviewsOptions {
  readonly knex: Knex;
  readonly store: ChangeStore;
  readonly forge: Forge;
  readonly follower: ChangeFollower;
  readonly now?: () => Date;
}

function demandOpen(record: ChangeRecord): void {
  const state = stateOf(record);
  if (state !== 'open' && state !== 'approved') throw new ConflictError(`The change request is ${state}, not open`);
}

function serviceFirst(a: { readonly role: string }, b: { readonly role: string }): number {
  return Number(a.role === 'events') - Number(b.role === 'events');
}
