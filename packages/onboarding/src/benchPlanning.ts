import { contentHash, readEventRepository } from '@busline/event-repository';
import { countQuotas } from './effects/quotas';
import { planOnboarding } from './plan/planOnboarding';
import type { OnboardRequest } from './request/request';
import type { PlanningContext, RepositoryState } from './context';

export interface PlanningTimes {
  readonly eventTypes: number;
  readonly subscriptions: number;
  /** Milliseconds of the first plan against a repository, and of later ones (median). */
  readonly first: number;
  readonly later: number;
}

/**
 * How long planning takes against an event repository: a new service subscribes to two event types and publishes a new one. Those that
 * are generated have more subscriptions each than one CloudFormation template takes.
 * Reading the repository is not counted: the portal has read it before.
 *
 * @param files - text by path
 * @param now - a clock in milliseconds
 */
export function benchPlanning(
  files: ReadonlyMap<string, string>,
  now: () => number,
  rounds: number = 5,
): PlanningTimes {
  const ids = new Map([...files].map(([path, text]) => [path, contentHash(text)]));
  const repositoryFiles = {
    paths: () => [...files.keys()],
    read: (path: string) => files.get(path),
    contentId: (path: string) => ids.get(path),
  };
  const read = readEventRepository(repositoryFiles);
  const state: RepositoryState = { files: repositoryFiles, read, commit: 'bench' };
  const context: PlanningContext = { today: '2026-01-01', quotas: NO_LIMITS };
  // As the portal does after it has read the repository.
  for (const step of countQuotas(read.repository, NO_LIMITS)) void step;
  const times = Array.from({ length: rounds + 1 }, (_, round) => {
    const started = now();
    const result = planOnboarding(state, benchRequest(state, round), context);
    if (result.kind === 'problems')
      throw new Error(result.problems.map(({ field, message }) => `${field} ${message}`).join('; '));
    return now() - started;
  });
  const [first, ...later] = times;
  return {
    eventTypes: read.repository.eventTypes.length,
    subscriptions: read.repository.subscriptions.length,
    first,
    later: later.sort((a, b) => a - b)[Math.floor(later.length / 2)],
  };
}

/** One bus with everything on it is what a generated repository has, and no real one. */
const NO_LIMITS = {
  rulesPerBus: 1e9,
  wildcardRulesPerBus: 1e9,
  busPolicySize: 1e9,
  eventBuses: 1e9,
  rolesPerAccount: 1e9,
};

function benchRequest({ read }: RepositoryState, round: number): OnboardRequest {
  const { services, eventTypes } = read.repository;
  const service = services[round % services.length];
  const [{ environment, account, region }] = service.environments;
  const own = new Set(service.publishes.map(({ detailType }) => detailType));
  const others = eventTypes.filter(({ detailType, lifecycle }) => !own.has(detailType) && lifecycle === 'production');
  return {
    kind: 'onboard',
    service: {
      kind: 'new',
      name: `bench-${round}`,
      title: 'Bench',
      description: 'Follows two event types.',
      owner: service.owner,
      repository: `https://github.com/bench/bench-${round}`,
    },
    environment,
    account,
    region,
    subscriptions: [
      {
        name: `bench-${round}`,
        description: 'Follows two event types.',
        eventTypes: [others[round], others[others.length - 1 - round]].map(({ source, detailType }) => ({
          source,
          detailType,
        })),
        target: { type: 'sqs', name: `bench-${round}` },
      },
    ],
    publications: [
      {
        kind: 'new',
        source: eventTypes[0].source,
        detailType: `Bench Event ${round}`,
        title: 'Bench event',
        description: 'Sent by the bench.',
        example: { id: '5d3f0a52-6f5c-4e33-9a52-1f0c5a1d2e77' },
      },
    ],
  };
}
