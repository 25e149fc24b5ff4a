import {
  createApiFactory,
  createComponentExtension,
  createPlugin,
  createRoutableExtension,
  discoveryApiRef,
  fetchApiRef,
} from '@backstage/core-plugin-api';
import { createSearchResultListItemExtension } from '@backstage/plugin-search-react';
import { EventbridgeClient, SEARCH_DOCUMENT_TYPE } from '@busline/plugin-eventbridge-common';
import { eventbridgeApiRef } from './api/apiRef';
import { legacyFields } from './onboarding/legacyFields';
import { createFromTemplateRouteRef, rootRouteRef } from './routes';

/** The plugin for Backstage's old frontend system. */
export const eventbridgePlugin = createPlugin({
  id: 'eventbridge',
  apis: [
    createApiFactory({
      api: eventbridgeApiRef,
      deps: { discoveryApi: discoveryApiRef, fetchApi: fetchApiRef },
      factory: ({ discoveryApi, fetchApi }) => new EventbridgeClient({ discoveryApi, fetchApi }),
    }),
  ],
  routes: { root: rootRouteRef },
  externalRoutes: { createFromTemplate: createFromTemplateRouteRef },
});

/** All pages: `<Route path="/events" element={<EventbridgePage />} />`. */
export const EventbridgePage = eventbridgePlugin.provide(
  createRoutableExtension({
    name: 'EventbridgePage',
    component: () => import('./Portal').then(m => m.Portal),
    mountPoint: rootRouteRef,
  }),
);

/** An event type among the results of Backstage's search. */
export const EventTypeSearchResultListItem = eventbridgePlugin.provide(
  createSearchResultListItemExtension({
    name: 'EventTypeSearchResultListItem',
    component: () => import('./search/EventTypeSearchResult').then(m => m.EventTypeSearchResult),
    predicate: ({ type }) => type === SEARCH_DOCUMENT_TYPE,
  }),
);

/** On a component's page in the catalog: what it publishes and what it subscribes to. */
export const EntityEventsCard = eventbridgePlugin.provide(
  createComponentExtension({
    name: 'EntityEventsCard',
    component: {
      lazy: () => import('./entity/EntityEventsCard').then(m => m.EntityEventsCard),
    },
  }),
);

/**
 * Custom fields of the software templates `onboard-service` and its like, inside `<ScaffolderFieldExtensions>` of the
 * scaffolder's page.
 */
export const [
  BuslineServiceFieldExtension,
  BuslineSubscriptionsFieldExtension,
  BuslinePublicationsFieldExtension,
  BuslineSubscriptionChangeFieldExtension,
  BuslineLeaveFieldExtension,
  BuslineDeprecationFieldExtension,
  BuslinePlanFieldExtension,
] = legacyFields.map(field => eventbridgePlugin.provide(field));
