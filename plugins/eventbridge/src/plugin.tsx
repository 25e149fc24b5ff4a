import { compatWrapper, convertLegacyRouteRefs } from '@backstage/core-compat-api';
import {
  ApiBlueprint,
  createFrontendPlugin,
  discoveryApiRef,
  fetchApiRef,
  PageBlueprint,
} from '@backstage/frontend-plugin-api';
import { EventbridgeClient } from '@busline/plugin-eventbridge-common';
import { eventbridgeApiRef } from './api/apiRef';
import { EventIcon } from './components/icons';
import { rootRouteRef } from './routes';

const routes = convertLegacyRouteRefs({ root: rootRouteRef });

const eventbridgeApi = ApiBlueprint.make({
  params: defineParams =>
    defineParams({
      api: eventbridgeApiRef,
      deps: { discoveryApi: discoveryApiRef, fetchApi: fetchApiRef },
      factory: ({ discoveryApi, fetchApi }) => new EventbridgeClient({ discoveryApi, fetchApi }),
    }),
});

/** `/events` and everything below it. */
const eventsPage = PageBlueprint.make({
  params: {
    path: '/events',
    title: 'Events',
    icon: <EventIcon width={24} height={24} />,
    routeRef: routes.root,
    // The pages bring a head of their own: the search box must be in the same place on each.
    noHeader: true,
    loader: () => import('./Portal').then(m => compatWrapper(<m.Portal />)),
  },
});

/** The plugin for Backstage's new frontend system. */
export const eventbridgePlugin = createFrontendPlugin({
  pluginId: 'eventbridge',
  title: 'Events',
  icon: <EventIcon width={24} height={24} />,
  routes,
  extensions: [eventbridgeApi, eventsPage],
  info: { packageJson: () => import('../package.json') },
});
