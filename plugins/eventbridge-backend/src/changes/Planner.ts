import { InputError } from '@backstage/errors';
import type { EventRepository } from '@busline/event-repository';
import { ForgeError, type Forge } from '@busline/forge';
import type { Quotas } from '@busline/infrastructure';
import { planOnboarding, serviceOfRequest, type OnboardingRequest, type Plan } from '@busline/onboarding';
import type { Classification } from '@busline/plugin-eventbridge-common';
import type { EventRepositoryAtMain } from '../sources/EventRepositoryAtMain';
import type { ChangeStore } from './ChangeStore';
import { readServiceFiles } from './serviceFiles';

export interface PlannerOptions {
  readonly store: ChangeStore;
  readonly forge: Forge;
  readonly events: EventRepositoryAtMain;
  /** `owner/name` of a service's repository by its URL; throws for one that the forge does not serve. */
  readonly repositoryOf: (url: string) => string;
  readonly now: () => string;
  /** What plans are counted against. */
  readonly quotas?: Quotas;
}

export type Planned = Awaited<ReturnType<Planner['plan']>>;

/** Plans a request against what stands on main now and what others have asked for. */
export class Planner {
  readonly #options: PlannerOptions;

  constructor(options: PlannerOptions) {
    this.#options = options;
  }

  /** `except` is the change request that the plan is for, where there is one. */
  async plan(request: OnboardingRequest, { except, signal }: { except?: string; signal?: AbortSignal } = {}) {
    const { events, forge, store, now, quotas } = this.#options;
    const state = await events.current(signal);
    const open = (await store.openRequests()).filter(({ id }) => id !== except);
    const { repository } = state.read;
    const from = this.#serviceRepository(request, repository);
    const files = from === undefined ? undefined : await readServiceFiles(forge, from, signal);
    // Files of the service's repository are fetched as planning asks for them, then it is planned again with them.
    for (;;) {
      const result = planOnboarding(state, request, {
        today: now().slice(0, 10),
        openRequests: open,
        ...(quotas && { quotas }),
        ...(files && { serviceFile: files.textOf, serviceRepositoryIsEmpty: files.isEmpty }),
      });
      if (!files || !(await files.fetchMissing())) return { result, commit: state.commit, repository, open };
    }
  }

  /** A URL that the forge does not serve is told by the plan's own checks; here it only has no files. */
  #serviceRepository(request: OnboardingRequest, repository: EventRepository): string | undefined {
    const url = serviceRepositoryUrl(request, repository);
    try {
      return url === undefined ? undefined : this.#options.repositoryOf(url);
    } catch (error) {
      if (error instanceof ForgeError || error instanceof InputError) return undefined;
      throw error;
    }
  }
}

function serviceRepositoryUrl(request: OnboardingRequest, repository: EventRepository): string | undefined {
  if (request.kind === 'onboard' && request.service.kind === 'new') return request.service.repository;
  const name = serviceOfRequest(request);
  return repository.services.find(service => service.name === name)?.repository;
}

export function serviceOwnerOf(request: OnboardingRequest, repository: EventRepository): string | undefined {
  if (request.kind === 'onboard' && request.service.kind === 'new') return request.service.owner;
  const name = serviceOfRequest(request);
  return repository.services.find(service => service.name === name)?.owner;
}

const CLASSIFICATIONS: readonly Classification[] = ['public', 'internal', 'confidential', 'restricted'];

/** The highest of the event types that a plan touches. */
export function classificationOf(plan: Plan, repository: EventRepository): Classification {
  const { request } = plan;
  const refs = plan.people.flatMap(person => person.eventTypes);
  const keys = new Set(refs.map(({ source, detailType }) => `${source}\n${detailType}`));
  const known = repository.eventTypes.filter(type => keys.has(`${type.source}\n${type.detailType}`));
  const asked =
    request.kind === 'onboard'
      ? request.publications.flatMap(each => (each.kind === 'new' ? [each.classification] : []))
      : [];
  const levels = [...known.map(type => type.classification), ...asked].map(each =>
    CLASSIFICATIONS.indexOf(each ?? 'internal'),
  );
  return CLASSIFICATIONS[Math.max(...levels, CLASSIFICATIONS.indexOf('internal'))]!;
}
