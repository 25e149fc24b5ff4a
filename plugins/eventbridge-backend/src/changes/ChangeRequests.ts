import { ConflictError, InputError } from '@backstage/errors';
import type { EventRepository, EventTypeReference } from '@busline/event-repository';
import { ForgeError, type Forge, type Signature } from '@busline/forge';
import {
  planOnboarding,
  pullRequestText,
  serviceOfRequest,
  type OnboardingRequest,
  type Plan,
  type RequestProblem,
} from '@busline/onboarding';
import type {
  ChangePullRequest,
  Classification,
  NewChangeRequest,
  PlanAnswer,
} from '@busline/plugin-eventbridge-common';
import type { EventRepositoryAtMain } from '../sources/EventRepositoryAtMain';
import type { Announcer } from './Announcer';
import type { ChangeRecord, ChangeStore } from './ChangeStore';
import type { ChangeFollower } from './ChangeFollower';
import { planDigest } from './planDigest';
import { readServiceFiles } from './serviceFiles';

/** Whoever asks. */
export interface Person {
  /** Entity reference. */
  readonly ref: string;
  /** Entity references that count as the person: groups, and the person. */
  readonly claims: readonly string[];
}

export type SendResult =
  | { readonly kind: 'problems'; readonly problems: readonly RequestProblem[] }
  | { readonly kind: 'change'; readonly record: ChangeRecord; readonly created: boolean };

export interface ChangeRequestsOptions {
  readonly store: ChangeStore;
  readonly forge: Forge;
  readonly events: EventRepositoryAtMain;
  /** `owner/name` of a service's repository by its URL; throws for one that the forge does not serve. */
  readonly repositoryOf: (url: string) => string;
  /** Makes a repository that does not exist, where the forge is the portal's own. */
  readonly ensureRepository?: (repository: string) => Promise<void>;
  readonly follower: ChangeFollower;
  readonly announcer: Announcer;
  /** URL of a change request's page. */
  readonly changePage: (id: string) => string;
  readonly now?: () => Date;
}

const SIGNATURE_DOMAIN = 'users.busline.invalid';

/**
 * From an onboarding request to pull requests. Doing any of it twice finds what the first time made: the change
 * request by its key, branches and pull requests by the hash of the request. So whoever is killed half-way is
 * finished by a second try, and the follower finishes what nobody tries again.
 */
export class ChangeRequests {
  readonly #options: ChangeRequestsOptions;

  constructor(options: ChangeRequestsOptions) {
    this.#options = options;
  }

  /** What a request would do. Opens nothing and writes nothing. */
  async plan(request: OnboardingRequest, signal?: AbortSignal): Promise<PlanAnswer> {
    const { result, commit } = await this.#plan(request, { signal });
    return result.kind === 'plan'
      ? { kind: 'plan', plan: result.plan, baseCommit: commit, digest: planDigest(result.plan) }
      : { kind: 'problems', problems: result.problems, baseCommit: commit };
  }

  /**
   * Takes a request on: from here it is in the list, and its pull requests get opened. A plan that differs from the
   * one that the person read (by its digest) is a problem, not a surprise in a pull request.
   */
  async send(sent: NewChangeRequest, person: Person, signal?: AbortSignal): Promise<SendResult> {
    const { store, announcer, events, repositoryOf } = this.#options;
    const known = await store.findByKey(sent.key);
    if (known) {
      if (known.requestedBy !== person.ref) throw new ConflictError('The key belongs to another person’s request');
      return { kind: 'change', record: known, created: false };
    }
    const { result, commit, repository } = await this.#plan(sent.request, { signal, key: sent.key });
    if (result.kind === 'problems') return result;
    const { plan } = result;
    if (sent.digest !== undefined && sent.digest !== planDigest(plan)) return { kind: 'problems', problems: [STALE] };
    const service = serviceOfRequest(sent.request);
    const serviceOwner =
      sent.request.kind === 'onboard' && sent.request.service.kind === 'new'
        ? sent.request.service.owner
        : repository.services.find(({ name }) => name === service)?.owner;
    const added = await store.add({
      key: sent.key,
      requestedBy: person.ref,
      requestedAt: this.#now(),
      baseCommit: commit,
      request: sent.request,
      plan,
      classification: classificationOf(plan, repository),
      ...(serviceOwner !== undefined && { serviceOwner }),
      pullRequests: plan.repositories
        .filter(({ files }) => files.length > 0)
        .map(({ role, url }) => ({
          role,
          repository: role === 'events' ? events.repository : repositoryOf(demandUrl(url)),
          branch: plan.branch,
        })),
    });
    if (added.created) await announcer.sent(added.record);
    return { kind: 'change', ...added };
  }

  /** Opens or finds the pull requests. Gives the change request when all are there. */
  async open(id: string, onProgress: (text: string) => void = () => {}, signal?: AbortSignal): Promise<ChangeRecord> {
    const { store, follower, announcer } = this.#options;
    const opened = await follower.alone(id, async () => {
      let record = await store.get(id);
      for (const [position, pull] of record.pullRequests.entries()) {
        if (pull.number !== undefined) {
          onProgress(`${pull.repository}#${pull.number} is there: ${pull.url}`);
          continue;
        }
        record = await this.#openOne(record, position, onProgress, signal);
      }
      return record;
    });
    const record = await follower.follow(id, signal);
    if (opened.openedAt === undefined && record.openedAt !== undefined) await announcer.opened(record);
    return record;
  }

  async #openOne(
    record: ChangeRecord,
    position: number,
    onProgress: (text: string) => void,
    signal?: AbortSignal,
  ): Promise<ChangeRecord> {
    const { forge, store, ensureRepository } = this.#options;
    const pull = record.pullRequests[position]!;
    const { repository, role, branch } = pull;
    const change = record.plan.repositories.find(each => each.role === role)!;
    const page = this.#options.changePage(record.id);
    const text = pullRequestText(record.plan, change, { requestedBy: record.requestedBy, url: page });
    if (role === 'service') await ensureRepository?.(repository);
    const main = await forge.defaultBranch(repository, { signal });
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
      return this.#saved(record, position, { ...pull, state: 'merged', mergedAt: this.#now() });
    }
    const { pullRequest, created } = await forge.openPullRequest(
      { repository, head: branch, base: main, title: text.title, body: text.body, author: record.requestedBy },
      { signal },
    );
    const { number } = pullRequest;
    const url = forge.reviewsHere ? page : pullRequest.url;
    onProgress(`${created ? 'Opened' : 'Found'} ${repository}#${number}: ${url}`);
    const next = await this.#saved(record, position, { ...pull, number, url, state: 'open' });
    await store.save(next, [
      { at: this.#now(), by: record.requestedBy, text: `opened the pull request ${repository}#${number}` },
    ]);
    return next;
  }

  async #saved(record: ChangeRecord, position: number, pull: ChangePullRequest): Promise<ChangeRecord> {
    const next = { ...record, pullRequests: record.pullRequests.map((each, i) => (i === position ? pull : each)) };
    await this.#options.store.save(next);
    return next;
  }

  async #plan(request: OnboardingRequest, options: { readonly signal?: AbortSignal; readonly key?: string }) {
    const { events, forge, store, repositoryOf } = this.#options;
    const state = await events.current(options.signal);
    const open = (await store.openRequests()).filter(({ key }) => key !== options.key);
    const { repository } = state.read;
    const url = serviceRepositoryUrl(request, repository);
    const serviceRepository = url === undefined ? undefined : toRepository(url, repositoryOf);
    const files =
      serviceRepository === undefined ? undefined : await readServiceFiles(forge, serviceRepository, options.signal);
    // Files of the service's repository are fetched as planning asks for them, then it is planned again with them.
    for (;;) {
      const result = planOnboarding(state, request, {
        today: this.#now().slice(0, 10),
        openRequests: open,
        ...(files && { serviceFile: files.textOf, serviceRepositoryIsEmpty: files.isEmpty }),
      });
      if (!files || !(await files.fetchMissing())) return { result, commit: state.commit, repository };
    }
  }

  #now(): string {
    return (this.#options.now?.() ?? new Date()).toISOString();
  }
}

const STALE: RequestProblem = {
  field: '',
  rule: 'stale-form',
  message: 'The event repository has changed since you read the plan, and the plan with it.',
  wayOut: 'Go back one step: the review shows the plan as it is now. What you filled in stays.',
};

const CLASSIFICATIONS: readonly Classification[] = ['public', 'internal', 'confidential', 'restricted'];

/** The highest of the event types that a plan touches. */
export function classificationOf(plan: Plan, repository: EventRepository): Classification {
  const { request } = plan;
  const refs: EventTypeReference[] = plan.people.flatMap(person => person.eventTypes);
  const keys = new Set(refs.map(({ source, detailType }) => `${source}\n${detailType}`));
  const known = repository.eventTypes.filter(type => keys.has(`${type.source}\n${type.detailType}`));
  const asked =
    request.kind === 'onboard' ? request.publications.flatMap(each => (each.kind === 'new' ? [each.classification] : [])) : [];
  const levels = [...known.map(type => type.classification), ...asked].map(each =>
    CLASSIFICATIONS.indexOf(each ?? 'internal'),
  );
  return CLASSIFICATIONS[Math.max(...levels, CLASSIFICATIONS.indexOf('internal'))]!;
}

function serviceRepositoryUrl(request: OnboardingRequest, repository: EventRepository): string | undefined {
  if (request.kind === 'onboard' && request.service.kind === 'new') return request.service.repository;
  const name = serviceOfRequest(request);
  return repository.services.find(service => service.name === name)?.repository;
}

/** A URL that the forge does not serve is told by the plan's own checks; here it only has no files. */
function toRepository(url: string, repositoryOf: (url: string) => string): string | undefined {
  try {
    return repositoryOf(url);
  } catch (error) {
    if (error instanceof ForgeError || error instanceof InputError) return undefined;
    throw error;
  }
}

function demandUrl(url: string | undefined): string {
  if (url === undefined) throw new InputError('The service has no repository: name its URL in the request');
  return url;
}

/** `user:default/mira` as git wants it. */
export function signatureOf(ref: string): Signature {
  const name = ref.slice(ref.lastIndexOf('/') + 1).replace(/[^A-Za-z0-9._-]/g, '-') || 'busline';
  return { name, email: `${name}@${SIGNATURE_DOMAIN}` };
}
