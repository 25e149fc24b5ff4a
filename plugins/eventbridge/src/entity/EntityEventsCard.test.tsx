import { NotFoundError } from '@backstage/errors';
import { EntityProvider, entityRouteRef } from '@backstage/plugin-catalog-react';
import { permissionApiRef } from '@backstage/plugin-permission-react';
import { mockApis, renderInTestApp, TestApiProvider } from '@backstage/test-utils';
import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { eventbridgeApiRef } from '../api';
import { rootRouteRef } from '../routes';
import { expectNoSeriousAxe } from '../testing/expectNoSeriousAxe';
import { SUBSCRIPTIONS } from '../testing/estateFixtures';
import { FixtureApi } from '../testing/FixtureApi';
import { EntityEventsCard } from './EntityEventsCard';
import { byStanding, bySubscription } from './SubscribedList';

function renderCard(api: FixtureApi, name: string) {
  return renderInTestApp(
    <TestApiProvider
      apis={[
        [eventbridgeApiRef, api],
        [permissionApiRef, mockApis.permission()],
      ]}
    >
      <EntityProvider
        entity={{
          apiVersion: 'backstage.io/v1alpha1',
          kind: 'Component',
          metadata: { name },
        }}
      >
        <EntityEventsCard />
      </EntityProvider>
    </TestApiProvider>,
    {
      mountedRoutes: {
        '/events': rootRouteRef,
        '/catalog/:namespace/:kind/:name': entityRouteRef,
      },
    },
  );
}

describe('the card on the catalog page of a service', () => {
  it('lists what the service publishes', async () => {
    const api = new FixtureApi();
    const asked = jest.spyOn(api, 'getServiceByEntity');
    await renderCard(api, 'access-service');
    const publishes = within(await screen.findByRole('region', { name: 'Publishes' }));
    expect(publishes.getAllByRole('listitem').map(item => item.textContent)).toEqual([
      'Access Granted2.1.0com.key.access4 subscribers',
      'Access Revoked1.2.0com.key.access3 subscribers',
      'Door OpenedDeclared and observed differ1.0.3com.key.access7 subscribers',
    ]);
    expect(publishes.getByRole('link', { name: 'Access Granted' })).toHaveAttribute(
      'href',
      '/events/types/com.key.access/Access%20Granted',
    );
    expect(within(screen.getByRole('region', { name: 'Subscribes to' })).getByText('Nothing.')).toBeInTheDocument();
    expect(asked.mock.calls[0][0]).toBe('component:default/access-service');
  });

  it('lists what it subscribes to: event type, filter in words, how it stands in which environment', async () => {
    await renderCard(new FixtureApi(), 'notification-service');
    const subscribes = within(await screen.findByRole('region', { name: 'Subscribes to' }));
    expect(subscribes.getByRole('listitem')).toHaveTextContent(
      /Access Granted\s*only when data.method is pin or phone\s*welcome-guest\s*In sync\s*in production/,
    );
    expect(subscribes.getByRole('link', { name: 'production' })).toHaveAttribute(
      'href',
      '/events/subscriptions?open=welcome-guest-production-0',
    );
    expect(subscribes.getByRole('link', { name: 'In the list of subscriptions' })).toHaveAttribute(
      'href',
      '/events/subscriptions?service=notification-service',
    );
  });

  it('says of a component that is no service that it is not on the bus', async () => {
    const api = new FixtureApi();
    jest.spyOn(api, 'getServiceByEntity').mockRejectedValue(new NotFoundError('No service'));
    await renderCard(api, 'a-library');
    expect(await screen.findByText('Not on the event bus')).toBeInTheDocument();
    expect(screen.queryByRole('alert')).not.toBeInTheDocument();
  });

  it('gives the reason when it fails, and tries again', async () => {
    const user = userEvent.setup();
    const api = new FixtureApi();
    jest.spyOn(api, 'getServiceByEntity').mockRejectedValueOnce(new Error('The database is away'));
    await renderCard(api, 'access-service');
    expect(await screen.findByText('The database is away')).toBeInTheDocument();
    await user.click(screen.getByRole('button', { name: 'Try again' }));
    expect(await screen.findByRole('link', { name: 'Access Granted' })).toBeInTheDocument();
  });

  it('passes axe', async () => {
    await renderCard(new FixtureApi(), 'notification-service');
    await expectNoSeriousAxe((await screen.findByRole('region', { name: 'Publishes' })).parentElement!);
  });
});

describe('environments of one subscription', () => {
  const [production, staging] = SUBSCRIPTIONS.filter(
    ({ name, eventTypes }) => name === 'bill-usage' && eventTypes[0].detailType === 'Access Granted',
  );

  it('are one entry', () => {
    expect(bySubscription([production, staging])).toEqual([{ name: 'bill-usage', rows: [production, staging] }]);
  });
  it('share a mark where they stand alike, and have marks of their own where not', () => {
    expect(byStanding([production, staging]).map(({ rows }) => rows.length)).toEqual([2]);
    expect(byStanding([production, { ...staging, standing: 'drifted' }]).map(({ standing }) => standing)).toEqual([
      'declared-only',
      'drifted',
    ]);
  });
});
