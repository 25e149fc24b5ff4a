import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { contentHash, readEventRepository } from '@busline/event-repository';
import type { PlanningContext, RepositoryState } from '../context';
import { planOnboarding } from '../plan/planOnboarding';
import type { Plan } from '../plan/plan';
import type { RequestProblem } from '../request/problem';
import type { OnboardingRequest, OnboardRequest, SubscriptionRequest } from '../request/request';

const ROOT = join(__dirname, '../../../../examples/key-suite');

function folder(): ReadonlyMap<string, string> {
  const files = readdirSync(ROOT, { recursive: true, withFileTypes: true }).filter(entry => entry.isFile());
  return new Map(
    files.map(entry => {
      const path = join(entry.parentPath, entry.name);
      return [relative(ROOT, path).split(sep).join('/'), readFileSync(path, 'utf8')];
    }),
  );
}

/** The example event repository, as read. */
export const KEY_SUITE_FILES = folder();

export function stateOf(files: ReadonlyMap<string, string>, more: Partial<RepositoryState> = {}): RepositoryState {
  const repositoryFiles = {
    paths: () => [...files.keys()].sort(),
    read: (path: string) => files.get(path),
    contentId: (path: string) => contentHash(files.get(path)!),
  };
  return { files: repositoryFiles, read: readEventRepository(repositoryFiles), ...more };
}

export const KEY_SUITE = stateOf(KEY_SUITE_FILES);

/** With files added or replaced; undefined takes one away. */
export function keySuiteWith(changes: Readonly<Record<string, string | undefined>>): RepositoryState {
  const files = new Map(KEY_SUITE_FILES);
  for (const [path, text] of Object.entries(changes)) {
    if (text === undefined) files.delete(path);
    else files.set(path, text);
  }
  return stateOf(files);
}

export const CONTEXT: PlanningContext = { today: '2026-11-20' };

export const SUBSCRIPTION: SubscriptionRequest = {
  name: 'schedule-changed',
  description: 'Plan the delivery again.',
  eventTypes: [{ source: 'com.key.access', detailType: 'Access Schedule Changed' }],
  target: { type: 'sqs', name: 'delivery-schedule-changed' },
};

export const ONBOARD: OnboardRequest = {
  kind: 'onboard',
  service: { kind: 'existing', name: 'delivery-service' },
  environment: 'prod',
  account: 'deliveries-prod',
  region: 'eu-west-1',
  subscriptions: [SUBSCRIPTION],
  publications: [],
};

export const NEW_SERVICE: OnboardRequest = {
  ...ONBOARD,
  service: {
    kind: 'new',
    name: 'parcel-scale',
    title: 'Parcel scale',
    description: 'Weighs parcels.',
    owner: 'group:default/deliveries',
    domain: 'deliveries',
    repository: 'https://github.com/key/parcel-scale',
  },
  publications: [
    {
      kind: 'new',
      source: 'com.key.deliveries',
      detailType: 'Parcel Weighed',
      title: 'Parcel weighed',
      description: 'A parcel lay on the scale.',
      example: { parcelId: 'parcel-1', grams: 1200 },
    },
  ],
};

export function subscribing(changes: Partial<SubscriptionRequest>): OnboardRequest {
  return { ...ONBOARD, subscriptions: [{ ...SUBSCRIPTION, ...changes }] };
}

export function planOf(request: OnboardingRequest, state = KEY_SUITE, context: PlanningContext = CONTEXT): Plan {
  const result = planOnboarding(state, request, context);
  if (result.kind === 'problems') throw new Error(JSON.stringify(result.problems, undefined, 2));
  return result.plan;
}

export function problemsOf(
  request: unknown,
  state = KEY_SUITE,
  context: PlanningContext = CONTEXT,
): readonly RequestProblem[] {
  const result = planOnboarding(state, request as OnboardingRequest, context);
  return result.kind === 'problems' ? result.problems : [];
}

/** Field and rule of each problem. */
export function shortProblems(...input: Parameters<typeof problemsOf>): readonly string[] {
  return problemsOf(...input).map(({ field, rule }) => `${field} ${rule}`);
}

/** The event repository after a plan's files are merged. */
export function merged(files: ReadonlyMap<string, string>, plan: Plan): ReadonlyMap<string, string> {
  const after = new Map(files);
  for (const { path, after: text } of plan.repositories.find(({ role }) => role === 'events')?.files ?? []) {
    if (text === undefined) after.delete(path);
    else after.set(path, text);
  }
  return after;
}
