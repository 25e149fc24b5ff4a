import type { EventTypeDetail } from '@busline/plugin-eventbridge-common';

export function AsyncApiButton(_props: { readonly eventType: EventTypeDetail }) {
  return null;
}
