import { createApp } from '@backstage/app-defaults';
import { AppRouter, FlatRoutes } from '@backstage/core-app-api';
import { createApiFactory } from '@backstage/core-plugin-api';
import { ApiBlueprint, createFrontendModule } from '@backstage/frontend-plugin-api';
import { renderTestApp } from '@backstage/frontend-test-utils';
import catalogPlugin from '@backstage/plugin-catalog/alpha';
import { CatalogEntityPage } from '@backstage/plugin-catalog';
import { render, screen } from '@testing-library/react';
import { Route } from 'react-router-dom';
import eventbridgePlugin, { eventbridgeApiRef } from './index';
import { EventbridgePage } from './legacy';
import { FixtureApi } from './testing/FixtureApi';
import { giveElementsASize } from './testing/renderPortal';

beforeEach(() => giveElementsASize());
afterEach(() => jest.restoreAllMocks());

const fixtureModule = createFrontendModule({
  pluginId: 'eventbridge',
  extensions: [
    ApiBlueprint.make({
      params: defineParams =>
        defineParams({
          api: eventbridgeApiRef,
          deps: {},
          factory: () => new FixtureApi(),
        }),
    }),
  ],
});

async function expectTheListAndAnEventType() {
  const link = await screen.findByRole('link', { name: 'Access Granted' });
  expect(screen.getByText('10 in all')).toBeInTheDocument();
  link.click();
  expect(await screen.findByRole('button', { name: 'Subscribe' })).toBeInTheDocument();
  expect(await screen.findByRole('link', { name: 'access-team' })).toHaveAttribute(
    'href',
    '/catalog/default/group/access-team',
  );
}

describe('the plugin in an app', () => {
  // eslint-disable-next-line jest/expect-expect -- the function that both share expects
  it('of the new frontend system', async () => {
    renderTestApp({
      features: [catalogPlugin, eventbridgePlugin, fixtureModule],
      initialRouteEntries: ['/events'],
    });
    await expectTheListAndAnEventType();
  });

  // eslint-disable-next-line jest/expect-expect
  it('of the old frontend system', async () => {
    window.history.pushState({}, '', '/events');
    const app = createApp({
      apis: [
        createApiFactory({
          api: eventbridgeApiRef,
          deps: {},
          factory: () => new FixtureApi(),
        }),
      ],
      configLoader: async () => [
        {
          context: 'test',
          data: {
            app: { baseUrl: 'http://localhost' },
            backend: { baseUrl: 'http://localhost' },
          },
        },
      ],
    });
    const AppRoot = app.createRoot(
      <AppRouter>
        <FlatRoutes>
          <Route path="/events" element={<EventbridgePage />} />
          <Route path="/catalog/:namespace/:kind/:name" element={<CatalogEntityPage />} />
        </FlatRoutes>
      </AppRouter>,
    );
    render(<AppRoot />);
    await expectTheListAndAnEventType();
  });
});
