import type { JsonObject } from '@busline/event-repository';
import { filterOfPattern } from '@busline/onboarding';
import type { SubscriptionDetail } from '@busline/plugin-eventbridge-common';
import { clausesOf } from '../form/clausesOf';
import type { ChangeFormData, FilterBy } from '../form/formData';
import { patternText } from '../subscriptions/patternText';

/** Keys of a pattern beside which nothing is hidden when its filter is shown as clauses. */
const PLAIN_KEYS = new Set(['source', 'detail-type', 'detail']);

/** The form begins with what is declared; the filter as clauses where clauses can say all of it. */
export function startingFrom(subscription: SubscriptionDetail): Partial<ChangeFormData> {
  const { description, eventTypes, target, delivery, enabled, hops } = subscription;
  const pattern = subscription.pattern as JsonObject;
  const made = target.type === 'sqs' || target.type === 'lambda' || target.type === 'step-functions';
  return {
    description,
    eventTypes,
    declaredPattern: pattern,
    ...filterIn(pattern),
    target: made
      ? { type: target.type as 'sqs' | 'lambda' | 'step-functions', name: target.name }
      : { type: 'arn', arn: target.arn ?? '' },
    delivery: {
      maximumEventAgeSeconds: delivery.maximumEventAgeSeconds,
      maximumRetryAttempts: delivery.maximumRetryAttempts,
      // Without a rule nothing is known about its queue, and nothing is said about it.
      ...(!delivery.deadLetterQueue && hops.length > 0 && { deadLetterQueue: false }),
    },
    enabled,
  };
}

function filterIn(pattern: JsonObject): Pick<ChangeFormData, 'filterBy' | 'clauses' | 'patternText'> {
  const isPlain = Object.keys(pattern).every(key => PLAIN_KEYS.has(key));
  const clauses = isPlain ? clausesOf(filterOfPattern(pattern)) : undefined;
  if (clauses === undefined) return { filterBy: 'pattern' satisfies FilterBy, patternText: patternText(pattern) };
  return clauses.length === 0 ? { filterBy: 'everything' } : { filterBy: 'fields', clauses };
}
