import type { OnboardingRequest, OnboardRequest } from '../request/request';
import { draftChange } from './changeSubscription';
import { draftDeprecation } from './deprecate';
import { type Draft, type Drafting, DraftFiles } from './draft';
import { draftLeave } from './leave';
import { draftPublications } from './publications';
import { checkPlace, chosenService, draftService } from './service';
import { draftSubscriptions } from './subscriptions';

/** The files that a request declares. Whatever is wrong with it is told, all of it. */
export function draftRequest(drafting: Drafting, request: OnboardingRequest): Draft {
  switch (request.kind) {
    case 'onboard':
      return draftOnboarding(drafting, request);
    case 'change-subscription':
      return draftChange(drafting, request);
    case 'leave':
      return draftLeave(drafting, request);
    default:
      return draftDeprecation(drafting, request);
  }
}

function draftOnboarding(drafting: Drafting, request: OnboardRequest): Draft {
  const files = new DraftFiles();
  const nothing: Draft = {
    ...files,
    service: request.service.name,
    subscriptions: [],
    eventTypes: [],
    environments: [request.environment],
  };
  checkPlace(drafting, request);
  const service = chosenService(drafting, request);
  if (!service) return nothing;
  if (request.subscriptions.length === 0 && request.publications.length === 0) {
    drafting.report({
      field: '/subscriptions',
      rule: 'nothing-asked',
      message: 'choose at least one event type to subscribe to, or one to publish',
    });
  }
  const { publishes, eventTypes } = draftPublications(drafting, files, request.publications, service);
  const after = draftService(drafting, files, service, request, publishes);
  const subscriptions = draftSubscriptions(drafting, files, request, after);
  return { ...nothing, files: files.files, fields: files.fields, subscriptions, eventTypes };
}
