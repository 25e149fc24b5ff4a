import { ConflictError, InputError } from '@backstage/errors';
import type { EventRepository } from '@busline/event-repository';
import type { OnboardingRequest, Plan, RequestProblem } from '@busline/onboarding';
import type { NewChangeRequest, PlanAnswer } from '@busline/plugin-eventbridge-common';
import type { EventRepositoryAtMain } from '../sources/EventRepositoryAtMain';
import type { ChangeFollower } from './ChangeFollower';
import type { ChangeRecord, NewChange, NewPull } from './changeRecord';
import type { ChangeStore } from './ChangeStore';
import { freeBranch } from './freeBranch';
import { planDigest } from './planDigest';
import { classificationOf, serviceOwnerOf, type Planned, type Planner } from './Planner';
import type { PullRequestOpener } from './PullRequestOpener';
import { replanned } from './replanned';
import { askedToWaitMs, mayPass, reasonOf } from './troubles';
import type { WorkTurns } from './WorkTurns';

/** Whoever asks. */
export interface Person {
  /** Entity reference. */
  readonly ref: string;
  /** Entity references that count as the person: groups, and the person. */
  readonly claims: readonly string[];
}

type Problems = { readonly kind: 'problems'; readonly problems: readonly RequestProblem[] };

export type SendResult =
  | Problems
  | { readonly kind: 'change'; readonly record: ChangeRecord; readonly created: boolean };

export interface ChangeRequestsOptions {
  readonly store: ChangeStore;
  readonly turns: WorkTurns;
  readonly planner: Planner;
  readonly opener: PullRequestOpener;
  readonly events: EventRepositoryAtMain;
  readonly repositoryOf: (url: string) => string;
  readonly follower: ChangeFollower;
  readonly now: () => string;
}

/** Requests are taken on one after the other, so that two about the same service see each other. */
const TAKING_ON = 'changes: taking on';

/**
 * From an onboarding request to pull requests. Doing any of it twice finds what the first time made: the change
 * request by its key or by being the same request of the same person, pull requests by their branch. So whoever is killed
 * half-way is finished by a second try, and the follower finishes what nobody tries again.
 */
export class ChangeRequests {
  readonly #options: ChangeRequestsOptions;

  constructor(options: ChangeRequestsOptions) {
    this.#options = options;
  }

  /** What a request would do. Opens nothing and writes nothing. */
  async plan(request: OnboardingRequest, signal?: AbortSignal): Promise<PlanAnswer> {
    const { result, commit } = await this.#options.planner.plan(request, { signal });
    return result.kind === 'plan'
      ? { kind: 'plan', plan: result.plan, baseCommit: commit, digest: planDigest(result.plan) }
      : { kind: 'problems', problems: result.problems, baseCommit: commit };
  }

  /**
   * Takes a request on: from here it is in the list, and its pull requests get opened. A plan that differs from the
   * one that the person read (by its digest) is a problem, not a surprise in a pull request.
   */
  async send(sent: NewChangeRequest, person: Person, signal?: AbortSignal): Promise<SendResult> {
    const { store, turns, planner } = this.#options;
    const known = await store.findByKey(sent.key);
    if (known) return sameKey(known, person);
    // Planning takes a while and may be done by many at once; taking on is short, and done again where others came between.
    let planned = await planner.plan(sent.request, { signal });
    return turns.alone(
      TAKING_ON,
      async () => {
        const again = await store.findByKey(sent.key);
        if (again) return sameKey(again, person);
        const open = await store.openRequests();
        if (open.map(({ id }) => id).join() !== planned.open.map(({ id }) => id).join()) {
          planned = await planner.plan(sent.request, { signal });
        }
        return this.#takeOn(sent, person, planned);
      },
      signal,
    );
  }

  async #takeOn(sent: NewChangeRequest, person: Person, planned: Planned): Promise<SendResult> {
    const { store } = this.#options;
    const { result, repository, commit, open } = planned;
    if (result.kind === 'problems') return result;
    const { plan } = result;
    const same = open.find(each => each.requestHash === plan.requestHash);
    if (same) {
      if (same.requestedBy !== person.ref) return { kind: 'problems', problems: [alreadyAsked(same)] };
      return { kind: 'change', record: await store.get(same.id), created: false };
    }
    if (sent.digest !== undefined && sent.digest !== planDigest(plan)) return { kind: 'problems', problems: [STALE] };
    const branch = await freeBranch(store, plan.branch);
    const added = await store.add({
      ...this.#describe({ key: sent.key, plan, commit, repository }),
      requestedBy: person.ref,
      requestedAt: this.#options.now(),
      pullRequests: this.#pullsOf(plan, branch),
    });
    return { kind: 'change', ...added };
  }

  /** Opens or finds the pull requests. Gives the change request when all are there. Throws `ForgeError`. */
  async open(id: string, onProgress?: (text: string) => void, signal?: AbortSignal): Promise<ChangeRecord> {
    const { store, follower, opener } = this.#options;
    await follower.alone(
      id,
      async () => {
        const { failure, ...record } = await store.get(id);
        try {
          await opener.openAll(record, { onProgress, signal });
        } catch (error) {
          await this.#noteTrouble(id, error);
          throw error;
        }
      },
      signal,
    );
    return follower.follow(id, signal);
  }

  /** What kept pull requests from being opened: tried again by the follower, or told as a failure. */
  async #noteTrouble(id: string, error: unknown): Promise<void> {
    const { store, now } = this.#options;
    const failure = reasonOf(error);
    if (mayPass(error)) {
      await store.postpone(id, failure, askedToWaitMs(error));
      return;
    }
    const text = `the pull requests could not be opened: ${failure}`;
    await store.save({ ...(await store.get(id)), failure }, [{ at: now(), text }]);
  }

  /**
   * Brings it up to date with main: plans the same request again, and opens newer pull requests in place of those that
   * differ or conflict. Approvals of the older ones do not count for them. Throws `ConflictError` where that is no way out.
   */
  async update(
    id: string,
    person: Person,
    signal?: AbortSignal,
  ): Promise<Problems | { readonly kind: 'change'; readonly record: ChangeRecord }> {
    const { store, follower, planner, now } = this.#options;
    const problems = await follower.alone(id, async () => {
      const record = await store.get(id);
      demandUnmerged(record);
      const { result, commit, repository } = await planner.plan(record.request, { except: id, signal });
      if (result.kind === 'problems') return result.problems;
      const { plan } = result;
      const branch = await freeBranch(store, plan.branch);
      const next = replanned(record, plan, this.#pullsOf(plan, branch));
      if (!next) throw new ConflictError('It is up to date with main already');
      const change: NewChange = {
        ...this.#describe({ key: record.key, plan, commit, repository }),
        requestedBy: record.requestedBy,
        requestedAt: record.requestedAt,
        request: record.request,
        pullRequests: next.pullRequests,
      };
      await store.replan({ ...next, plan, baseCommit: commit }, change, [
        { at: now(), by: person.ref, text: 'had it brought up to date with main' },
      ]);
      return undefined;
    });
    return problems
      ? { kind: 'problems', problems }
      : { kind: 'change', record: await this.open(id, undefined, signal) };
  }

  #describe(planned: { key: string; plan: Plan; commit: string; repository: EventRepository }) {
    const { key, plan, commit, repository } = planned;
    const serviceOwner = serviceOwnerOf(plan.request, repository);
    return {
      key,
      plan,
      request: plan.request,
      baseCommit: commit,
      classification: classificationOf(plan, repository),
      ...(serviceOwner !== undefined && { serviceOwner }),
    };
  }

  #pullsOf(plan: Plan, branch: string): readonly NewPull[] {
    const { events, repositoryOf } = this.#options;
    return plan.repositories
      .filter(({ files }) => files.length > 0)
      .map(({ role, url }) => ({
        role,
        repository: role === 'events' ? events.repository : repositoryOf(demandUrl(url)),
        branch,
      }));
  }
}

function sameKey(record: ChangeRecord, person: Person): SendResult {
  if (record.requestedBy !== person.ref) throw new ConflictError('The key belongs to another person’s request');
  return { kind: 'change', record, created: false };
}

const STALE: RequestProblem = {
  field: '',
  rule: 'stale-form',
  message: 'The event repository has changed since you read the plan, and the plan with it.',
  wayOut: 'Go back one step: the review shows the plan as it is now. What you filled in stays.',
};

function alreadyAsked({ title, url, requestedBy }: Planned['open'][number]): RequestProblem {
  return {
    field: '/service',
    rule: 'request-open',
    message: `${requestedBy} has asked for the very same already: ${title}${url === undefined ? '' : ` (${url})`}`,
    wayOut: 'Nothing is left to ask for: follow that one.',
  };
}

function demandUrl(url: string | undefined): string {
  if (url === undefined) throw new InputError('The service has no repository: name its URL in the request');
  return url;
}

function demandUnmerged(record: ChangeRecord): void {
  if (record.closedAt !== undefined) throw new ConflictError('It is closed: send the form again');
  if (record.mergedAt !== undefined) throw new ConflictError('It is merged already');
}
