import type { OnboardingRequest } from '@busline/onboarding';
import type { ChangeRequestDetail, EventTypeRef } from '@busline/plugin-eventbridge-common';
import { leadTimeSeconds, type ChangeView } from './changeRecord';
import { stateOf, stationsOf, waitsFor, whoseTurn } from './progress';

/** A change request as its page shows it while it is followed. `cloneUrlOf` takes `owner/name`. */
export function toDetail(
  view: ChangeView,
  more: Pick<ChangeRequestDetail, 'history' | 'actions'> & { readonly cloneUrlOf: (repository: string) => string },
): ChangeRequestDetail {
  const { request } = view;
  const endedAt = view.liveAt ?? view.closedAt;
  const waits = waitsFor(view);
  return {
    id: view.id,
    kind: request.kind,
    title: view.title,
    ...(view.service !== undefined && { service: view.service }),
    ...(request.kind === 'onboard' && { environment: request.environment }),
    requestedBy: view.requestedBy,
    requestedAt: view.requestedAt,
    state: stateOf(view),
    ...(waits !== undefined && { waitsFor: waits }),
    turn: whoseTurn(view),
    ...(endedAt !== undefined && { endedAt }),
    ...(view.liveAt !== undefined && { leadTimeSeconds: leadTimeSeconds(view.requestedAt, view.liveAt) }),
    ...(request.reason !== undefined && { reason: request.reason }),
    subscriptions: subscriptionsOf(request),
    publications: publicationsOf(request),
    planDigest: view.planDigest,
    pullRequests: view.pullRequests.map(pull => ({ ...pull, cloneUrl: more.cloneUrlOf(pull.repository) })),
    stations: stationsOf(view),
    stacks: view.stacks,
    live: view.live,
    history: more.history,
    actions: more.actions,
  };
}

function subscriptionsOf(request: OnboardingRequest): readonly string[] {
  if (request.kind === 'onboard') return request.subscriptions.map(({ name }) => name);
  return request.kind === 'change-subscription' ? [request.subscription] : [];
}

function publicationsOf(request: OnboardingRequest): readonly EventTypeRef[] {
  if (request.kind !== 'onboard') return [];
  return request.publications.map(({ source, detailType }) => ({ source, detailType }));
}
