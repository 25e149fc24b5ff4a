import { contentHash, type Json } from '@busline/event-repository';
import { serviceOfRequest, type OnboardingRequest } from './request';

/** Characters of the hash: as many as people compare by eye, and far more than requests will ever need. */
const HASH_LENGTH = 10;

/** A hash of what is asked; the order of keys does not matter. */
export function requestHash(request: OnboardingRequest): string {
  return contentHash(canonical(request as unknown as Json)).slice(0, HASH_LENGTH);
}

/** Branch of a request's pull requests: the same request has the same, so that doing it twice finds them. */
export function branchOf(request: OnboardingRequest): string {
  return `busline/${request.kind}-${branchSafe(subjectOf(request))}-${requestHash(request)}`;
}

/** Name of the service, or of the event type. */
export function subjectOf(request: OnboardingRequest): string {
  return serviceOfRequest(request) ?? (request.kind === 'deprecate' ? request.eventType.detailType : '');
}

/** What git takes in a reference whatever the text: letters, digits and `-`. */
function branchSafe(text: string): string {
  return (
    text
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, '-')
      .slice(0, 60)
      .replace(/^-+|-+$/g, '') || 'request'
  );
}

/** JSON text with sorted keys. */
export function canonical(value: Json | undefined): string {
  if (value === undefined) return 'null';
  if (Array.isArray(value)) return `[${(value as readonly Json[]).map(canonical).join(',')}]`;
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  const object = value as { readonly [key: string]: Json };
  const members = Object.keys(object)
    .filter(key => object[key] !== undefined)
    .sort()
    .map(key => `${JSON.stringify(key)}:${canonical(object[key])}`);
  return `{${members.join(',')}}`;
}
