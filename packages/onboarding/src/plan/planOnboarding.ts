import { eventTypeId, type EventRepository, impactOf, indexRepository } from '@busline/event-repository';
import { defaultQuotas } from '@busline/infrastructure';
import { openRequestProblems } from '../checks/openRequests';
import { checkDeclarations, checkEffects } from '../checks/checks';
import { staleProblems } from '../checks/stale';
import { typesTaken } from '../checks/typesTaken';
import type { PlanningContext, RepositoryState } from '../context';
import type { Draft } from '../draft/draft';
import { draftRequest } from '../draft/draftRequest';
import { newProblems, readAfter } from '../draft/readAfter';
import { costOf } from '../effects/cost';
import { approvalsNeeded, type NeededApproval, peopleAffected } from '../effects/people';
import { proofOf } from '../effects/permissions';
import { repositoryChanges, takesSamples } from '../effects/repositories';
import { parseRequest } from '../request/parseRequest';
import type { RequestProblem } from '../request/problem';
import type { OnboardingRequest } from '../request/request';
import { branchOf, requestHash, subjectOf } from '../request/requestHash';
import { summaryOf, titleOf } from '../words/summary';
import { type Effects, effectsOf } from './effects';
import type { Plan, PlanResult } from './plan';
import { stepsOf } from './steps';

/**
 * What a request turns into: files, resources, permissions, checks, people, quotas, cost and order; or everything that is wrong
 * with it, each at its field. Pure: the same repository, request and context give the same plan. Never throws for what is in the
 * request or in the repository.
 *
 * It costs what the request is large and what its account holds, plus one pass over the names of the repository; the first plan
 * against a repository counts its quotas too.
 */
export function planOnboarding(
  state: RepositoryState,
  request: OnboardingRequest,
  context: PlanningContext,
): PlanResult {
  const parsed = parseRequest(request);
  if (parsed.kind === 'problems') return parsed;
  const problems: RequestProblem[] = [];
  const report = (problem: RequestProblem) => problems.push(problem);
  const before = state.read.repository;
  problems.push(...staleProblems(state, request, context.filledInAgainst));
  const draft = draftRequest({ state, repository: before, context, report }, request);
  // With files that are wrong the rest would only say it again in other words.
  if (problems.length > 0)
    return { kind: 'problems', problems: sorted([...problems, ...conflicts(request, draft, context)]) };
  const read = readAfter(state, draft.files);
  const { errors, warnings } = newProblems(state.read.problems, read.problems, draft);
  problems.push(...errors);
  const after = read.repository;
  const approvals = approvalsNeeded(before, after);
  const declared = checkDeclarations({ request, draft, before, after, approvals, warnings, report });
  // What goes in a circle has no order in which it could be deployed.
  if (problems.some(({ rule }) => rule === 'bus-loop')) {
    return { kind: 'problems', problems: sorted([...problems, ...conflicts(request, draft, context)]) };
  }
  const effects = effectsOf(before, after, draft.service, context.quotas ?? defaultQuotas);
  const checks = [...declared, ...checkEffects(effects, { request, report })];
  const title = titleOf(request, after);
  const repositories = repositoryChanges({
    state,
    context,
    draft,
    after,
    title,
    stacksBefore: effects.stacksBefore,
    stacksAfter: effects.stacksAfter,
    withClient: request.kind === 'onboard' || request.kind === 'change-subscription' || !isGone(after, draft),
    onForeignFile: path =>
      report({
        field: '',
        rule: 'repository-problem',
        message: `${path} is a file that somebody wrote, where a generated one belongs`,
        wayOut: 'Move it, and send the form again.',
      }),
  });
  problems.push(
    ...conflicts(
      request,
      draft,
      context,
      repositories[0].files.map(({ path }) => path),
    ),
  );
  if (problems.length > 0) return { kind: 'problems', problems: sorted(problems) };
  const proof = proofOf(effects.permissions, effects.statementsBefore, effects.statementsAfter, draft.service);
  const people = peopleOf(request, draft, before, after, effects, approvals);
  const plan: Plan = {
    title,
    summary: summaryOf({ request, draft, before, after, effects, proof }),
    request,
    requestHash: requestHash(request),
    branch: branchOf(request),
    subject: subjectOf(request),
    ...(state.commit === undefined ? {} : { baseCommit: state.commit }),
    repositories,
    accounts: effects.accounts,
    permissions: effects.permissions,
    proof,
    checks,
    people,
    quotas: effects.quotas,
    cost: costOfPlan(draft, before, after, effects, context),
    steps: stepsOf(repositories, people, effects, hasOwnProject(repositories, context)),
  };
  return { kind: 'plan', plan };
}

/** The client comes into a project that does not have what it needs yet. */
function hasOwnProject(repositories: Plan['repositories'], context: PlanningContext): boolean {
  const files = repositories.find(({ role }) => role === 'service')?.files ?? [];
  return (
    files.some(({ path, status }) => status === 'added' && path.endsWith('/validation.ts')) && !takesSamples(context)
  );
}

const isGone = (after: EventRepository, { service }: Draft) =>
  service === undefined || !indexRepository(after).services.has(service);

function conflicts(
  request: OnboardingRequest,
  draft: Draft,
  context: PlanningContext,
  paths: readonly string[] = [...draft.files.keys()],
): readonly RequestProblem[] {
  return openRequestProblems(context.openRequests ?? [], {
    requestHash: requestHash(request),
    ...(draft.service === undefined ? {} : { service: draft.service }),
    paths,
  });
}

/** By field, as the form has them; the same problem once. */
function sorted(problems: readonly RequestProblem[]): readonly RequestProblem[] {
  const unique = new Map(problems.map(problem => [JSON.stringify([problem.field, problem.message]), problem]));
  return [...unique.values()];
}

function peopleOf(
  request: OnboardingRequest,
  draft: Draft,
  before: EventRepository,
  after: EventRepository,
  effects: Effects,
  approvals: readonly NeededApproval[],
) {
  const impact = impactOf(before, after);
  const { added, removed, changed } = impact.subscriptions;
  const patterns = [...added, ...removed, ...changed.flatMap(each => [each.before, each.after])].map(
    ({ pattern }) => pattern,
  );
  const received = new Set(patterns.flatMap(pattern => typesTaken(before, pattern)));
  const service =
    draft.service === undefined
      ? undefined
      : indexRepository(after).services.get(draft.service) ?? indexRepository(before).services.get(draft.service);
  const was = new Set(
    (draft.service === undefined ? [] : indexRepository(before).services.get(draft.service)?.publishes ?? []).map(
      eventTypeId,
    ),
  );
  const is = new Set(
    (service && indexRepository(after).services.has(service.name) ? service.publishes : []).map(eventTypeId),
  );
  const { eventTypes } = indexRepository(before);
  const ids = [...was, ...is].filter(id => was.has(id) !== is.has(id));
  const deprecated = request.kind === 'deprecate' ? [eventTypeId(request.eventType)] : [];
  return peopleAffected({
    before,
    after,
    ...(service ? { requester: service.owner, service: service.name } : {}),
    received: [...received],
    changed: [...ids, ...deprecated].flatMap(id => eventTypes.get(id) ?? []),
    approvals,
    accounts: effects.accounts.flatMap(({ account }) => account ?? []),
    busOwners: effects.accounts.length > 0 ? [{ owner: after.owner, bus: centralName(after, effects) }] : [],
  });
}

function centralName({ environments }: EventRepository, effects: Effects): string {
  return environments.find(({ name }) => effects.environments.includes(name))?.buses[0]?.name ?? 'the central bus';
}

function costOfPlan(
  draft: Draft,
  before: EventRepository,
  after: EventRepository,
  effects: Effects,
  context: PlanningContext,
) {
  const impact = impactOf(before, after);
  const { added, removed, changed } = impact.subscriptions;
  const environment = draft.environments[0] ?? effects.environments[0];
  const bus = after.environments.find(({ name }) => name === environment)?.buses[0];
  const home = [after, before]
    .flatMap(repository =>
      draft.service === undefined ? [] : indexRepository(repository).services.get(draft.service) ?? [],
    )[0]
    ?.environments.find(each => each.environment === environment);
  const isCrossAccount = home?.account !== bus?.account;
  const count = (repository: EventRepository) =>
    draft.service === undefined ? 0 : indexRepository(repository).services.get(draft.service)?.publishes.length ?? 0;
  const of = (sign: 1 | -1) => (subscription: (typeof added)[number]) => ({ subscription, sign, isCrossAccount });
  return costOf({
    subscriptions: [
      ...added.map(of(1)),
      ...removed.map(of(-1)),
      ...changed.flatMap(each =>
        isSameDelivery(each.before, each.after) ? [] : [of(-1)(each.before), of(1)(each.after)],
      ),
    ],
    publications: count(after) - count(before),
    alarms: alarmsOf(effects.stacksAfter) - alarmsOf(effects.stacksBefore),
    region: bus?.region ?? home?.region ?? 'us-east-1',
    ...(context.prices ? { prices: context.prices } : {}),
    ...(context.eventsPerMonth === undefined ? {} : { eventsPerMonth: context.eventsPerMonth }),
    ...(context.eventSizeBytes === undefined ? {} : { eventSizeBytes: context.eventSizeBytes }),
  });
}

function isSameDelivery(a: { targets: unknown; path: unknown }, b: { targets: unknown; path: unknown }): boolean {
  return JSON.stringify([a.targets, a.path]) === JSON.stringify([b.targets, b.path]);
}

function alarmsOf(stacks: Effects['stacksAfter']): number {
  return stacks.reduce((sum, { stack }) => {
    const resources = Object.values((stack.template.Resources ?? {}) as Record<string, { readonly Type?: unknown }>);
    return sum + resources.filter(({ Type }) => Type === 'AWS::CloudWatch::Alarm').length;
  }, 0);
}
