import { createRouteRef } from '@backstage/core-plugin-api';

/** Where the portal's pages are mounted, `/events` unless the app says otherwise. */
export const rootRouteRef = createRouteRef({ id: 'eventbridge' });
