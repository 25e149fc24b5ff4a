import { compatWrapper, convertLegacyRouteRefs } from '@backstage/core-compat-api';
import {
  ApiBlueprint,
  createFrontendPlugin,
  discoveryApiRef,
  fetchApiRef,
  PageBlueprint,
} from '@backstage/frontend-plugin-api';
import { EntityCardBlueprint } from '@backstage/plugin-catalog-react/alpha';
import { SearchFilterResultTypeBlueprint, SearchResultListItemBlueprint } from '@backstage/plugin-search-react/alpha';
import { EventbridgeClient, SEARCH_DOCUMENT_TYPE } from '@busline/plugin-eventbridge-common';
import { eventbridgeApiRef } from './api/apiRef';
import { EventIcon } from './components/icons';
import { formFields } from './onboarding/formFields';
import { createFromTemplateRouteRef, rootRouteRef } from './routes';

const routes = convertLegacyRouteRefs({ root: rootRouteRef });
const externalRoutes = convertLegacyRouteRefs({ createFromTemplate: createFromTemplateRouteRef });

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

const searchResult = SearchResultListItemBlueprint.make({
  params: {
    predicate: ({ type }) => type === SEARCH_DOCUMENT_TYPE,
    component: async () => (await import('./search/EventTypeSearchResult')).EventTypeSearchResult,
  },
});

const searchFilter = SearchFilterResultTypeBlueprint.make({
  params: {
    value: SEARCH_DOCUMENT_TYPE,
    name: 'Event types',
    icon: <EventIcon width={20} height={20} />,
  },
});

/** On the catalog page of every component: what it publishes and what it subscribes to. */
const entityEventsCard = EntityCardBlueprint.make({
  name: 'events',
  params: {
    filter: { kind: 'component' },
    type: 'content',
    loader: () => import('./entity/EntityEventsCard').then(m => compatWrapper(<m.EntityEventsCard />)),
  },
});

/** The plugin for Backstage's new frontend system. */
export const eventbridgePlugin = createFrontendPlugin({
  pluginId: 'eventbridge',
  title: 'Events',
  icon: <EventIcon width={24} height={24} />,
  routes,
  externalRoutes,
  extensions: [eventbridgeApi, eventsPage, entityEventsCard, searchResult, searchFilter, ...formFields],
  info: { packageJson: () => import('../package.json') },
});
