import { createApiRef } from '@backstage/core-plugin-api';
import type { EventbridgeApi } from '@busline/plugin-eventbridge-common';

/** The HTTP API behind the pages. Replace it to serve them from elsewhere. */
export const eventbridgeApiRef = createApiRef<EventbridgeApi>({
  id: 'plugin.eventbridge.api',
});
