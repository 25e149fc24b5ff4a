/**
 * The pages over values in memory, without a backend: `backstage-cli package start` in this folder.
 * `?types=10000` in the first address gives as many event types.
 */
import '@backstage/ui/css/styles.css';
import { createApp } from '@backstage/frontend-defaults';
import { ApiBlueprint, createFrontendModule } from '@backstage/frontend-plugin-api';
import catalogPlugin from '@backstage/plugin-catalog/alpha';
import ReactDOM from 'react-dom/client';
import eventbridgePlugin, { eventbridgeApiRef } from '../src';
import { FixtureApi } from '../src/testing/FixtureApi';
import { manyEventTypes } from '../src/testing/fixtures';

const wanted = new URLSearchParams(window.location.search).get('types');
const api = new FixtureApi(wanted ? manyEventTypes(Number(wanted)) : undefined);

const fixtureModule = createFrontendModule({
  pluginId: 'eventbridge',
  extensions: [
    ApiBlueprint.make({
      params: defineParams => defineParams({ api: eventbridgeApiRef, deps: {}, factory: () => api }),
    }),
  ],
});

const app = createApp({ features: [catalogPlugin, eventbridgePlugin, fixtureModule] });
ReactDOM.createRoot(document.getElementById('root')!).render(app.createRoot());
