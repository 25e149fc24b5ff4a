import { screen, within } from '@testing-library/react';
import { CHANGES } from '../testing/changeFixtures';
import { FixtureApi } from '../testing/FixtureApi';
import { giveElementsASize, renderPortal } from '../testing/renderPortal';

const ACCESS_GRANTED = '/events/types/com.key.access/Access%20Granted';
const underWay = () => screen.findByRole('region', { name: 'Changes under way' });

describe('changes under way', () => {
  beforeEach(() => giveElementsASize(1100));
  afterEach(() => jest.restoreAllMocks());

  it('stand on the page of the event type that they are about, without those that have ended', async () => {
    await renderPortal(ACCESS_GRANTED, new FixtureApi(undefined, undefined, [CHANGES.awaited, CHANGES.live]));
    const part = within(await underWay());
    expect(part.getAllByRole('listitem').map(item => item.textContent)).toEqual([
      'Openfraud-guard subscribes to Access Grantedturn of access',
    ]);
    expect(part.getByRole('link')).toHaveAttribute('href', '/events/changes/awaited');
  });

  it('do not stand on another event type’s page', async () => {
    await renderPortal(
      '/events/types/com.key.access/Access%20Revoked',
      new FixtureApi(undefined, undefined, [CHANGES.awaited]),
    );
    expect(await screen.findByRole('heading', { level: 1, name: /Access Revoked/ })).toBeInTheDocument();
    expect(screen.queryByRole('region', { name: 'Changes under way' })).not.toBeInTheDocument();
  });

  it('stand beside a subscription of the service', async () => {
    const change = { ...CHANGES.deploying, service: 'notification-service' };
    await renderPortal(
      '/events/subscriptions?open=welcome-guest-access-granted-production',
      new FixtureApi(undefined, undefined, [change]),
    );
    expect(within(await underWay()).getByRole('link')).toHaveAttribute('href', '/events/changes/deploying');
  });

  it('are few by name; the rest is in the list', async () => {
    const many = Array.from({ length: 7 }, (_, index) => ({ ...CHANGES.open, id: `c${index}` }));
    await renderPortal(ACCESS_GRANTED, new FixtureApi(undefined, undefined, many));
    expect(within(await underWay()).getByRole('link', { name: '2 more' })).toHaveAttribute(
      'href',
      expect.stringMatching(/^\/events\/changes\?q=Access\+Granted&state=opening&state=open/),
    );
  });
});
