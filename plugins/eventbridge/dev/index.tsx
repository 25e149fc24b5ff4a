/**
 * The pages over values in memory, without a backend: `backstage-cli package start` in this folder.
 * `?types=10000` in the first address gives as many event types, `?sources=troubled` sources in every state.
 */
// eslint-disable-next-line @backstage/no-ui-css-imports-in-non-frontend -- this entry is an app of its own
import '@backstage/ui/css/styles.css';
import { createApp } from '@backstage/frontend-defaults';
import { ApiBlueprint, createFrontendModule } from '@backstage/frontend-plugin-api';
import catalogPlugin from '@backstage/plugin-catalog/alpha';
import notificationsPlugin from '@backstage/plugin-notifications/alpha';
import searchPlugin from '@backstage/plugin-search/alpha';
import { SignInPageBlueprint, type SignInPageProps } from '@backstage/plugin-app-react';
import { useEffect } from 'react';
import ReactDOM from 'react-dom/client';
// eslint-disable-next-line @backstage/no-relative-monorepo-imports -- the pages are looked at inside the portal's frame
import { navModule } from '../../../packages/app/src/modules/nav';
// eslint-disable-next-line @backstage/no-relative-monorepo-imports
import { themeModule } from '../../../packages/app/src/modules/theme';
import eventbridgePlugin, { eventbridgeApiRef } from '../src';
import { CHANGES } from '../src/testing/changeFixtures';
import { TROUBLED_SOURCES } from '../src/testing/estateFixtures';
import { FixtureApi } from '../src/testing/FixtureApi';
import { manyEventTypes } from '../src/testing/fixtures';

const params = new URLSearchParams(window.location.search);
const wanted = params.get('types');
const sources = params.get('sources') === 'troubled' ? TROUBLED_SOURCES : undefined;
// One in every state: /events/changes/open, …/live, …/failed and so on.
const changes = Object.values(CHANGES);
const api = new FixtureApi(wanted ? manyEventTypes(Number(wanted)) : undefined, sources, changes);

const fixtureModule = createFrontendModule({
  pluginId: 'eventbridge',
  extensions: [
    ApiBlueprint.make({
      params: defineParams => defineParams({ api: eventbridgeApiRef, deps: {}, factory: () => api }),
    }),
  ],
});

/** Signs everybody in: nothing behind these pages knows who asks. */
function Guest(props: SignInPageProps) {
  useEffect(() => {
    props.onSignInSuccess({
      getProfileInfo: async () => ({ displayName: 'Guest' }),
      getBackstageIdentity: async () => ({
        type: 'user',
        userEntityRef: 'user:default/guest',
        ownershipEntityRefs: [],
      }),
      getCredentials: async () => ({}),
      signOut: async () => {},
    });
  }, [props]);
  return null;
}

const guestModule = createFrontendModule({
  pluginId: 'app',
  extensions: [
    SignInPageBlueprint.make({
      params: { loader: async () => Guest },
    }),
  ],
});

const app = createApp({
  features: [
    catalogPlugin,
    searchPlugin,
    notificationsPlugin,
    navModule,
    themeModule,
    eventbridgePlugin,
    fixtureModule,
    guestModule,
  ],
});
ReactDOM.createRoot(document.getElementById('root')!).render(app.createRoot());
