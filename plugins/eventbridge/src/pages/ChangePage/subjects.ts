import type { ChangeRequestDetail, EventTypeRef } from '@busline/plugin-eventbridge-common';

/** Names of the subscriptions that a change request brings or changes. */
export function subscriptionsOf({ request }: ChangeRequestDetail): readonly string[] {
  if (request.kind === 'onboard') return request.subscriptions.map(({ name }) => name);
  return request.kind === 'change-subscription' ? [request.subscription] : [];
}

/** Event types that the service may publish once it is live. */
export function publicationsOf({ request }: ChangeRequestDetail): readonly EventTypeRef[] {
  if (request.kind !== 'onboard') return [];
  return request.publications.map(({ source, detailType }) => ({ source, detailType }));
}
