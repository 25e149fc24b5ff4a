import type { EventTypeDetail } from '@busline/plugin-eventbridge-common';

export function UsageSection(_props: { readonly eventType: EventTypeDetail }) {
  return null;
}
