import { NotAllowedError } from '@backstage/errors';
import { act, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expectNoSeriousAxe } from '../../testing/expectNoSeriousAxe';
import { FixtureApi } from '../../testing/FixtureApi';
import { giveElementsASize, renderPortal } from '../../testing/renderPortal';

const table = () => screen.findByRole('table', { name: 'Subscriptions' });
const firstRow = async () => (await within(await table()).findAllByRole('row'))[1];

describe('the list of subscriptions', () => {
  beforeEach(() => giveElementsASize(1100));
  afterEach(() => jest.restoreAllMocks());

  it('has a row per subscription and environment: service, filter in words, account, target and standing', async () => {
    await renderPortal(
      '/events/subscriptions?q=welcome-guest&environment=production&account=555555555555',
      new FixtureApi(),
    );
    const row = await firstRow();
    expect(
      within(row)
        .getAllByRole('cell')
        .map(cell => cell.textContent),
    ).toEqual([
      'Notification Servicewelcome-guestAccess Granted · productionIn sync',
      'Access Grantedonly when data.method is pin or phone',
      'notifications-prodproduction · 555555555555 · eu-west-1',
      'welcome-guest-queueSQS queue · from central',
      'In sync',
    ]);
    expect(screen.getByText('7 found')).toBeInTheDocument();
  });

  it('keeps search, filters and order in the URL; Back undoes a filter', async () => {
    const user = userEvent.setup();
    const api = new FixtureApi();
    const list = jest.spyOn(api, 'listSubscriptions');
    const address = await renderPortal('/events/subscriptions', api);
    await firstRow();
    await user.type(screen.getByRole('searchbox'), 'record');
    await waitFor(() => expect(address.current()).toBe('/events/subscriptions?q=record'));
    await user.click(screen.getByRole('checkbox', { name: /^staging/ }));
    await waitFor(() => expect(address.current()).toBe('/events/subscriptions?q=record&environment=staging'));
    await user.click(within(screen.getByRole('columnheader', { name: 'Standing' })).getByRole('button'));
    await waitFor(() =>
      expect(list.mock.lastCall?.[0]).toMatchObject({
        q: 'record',
        environment: ['staging'],
        sort: 'standing',
      }),
    );
    act(() => address.back());
    act(() => address.back());
    await waitFor(() => expect(address.current()).toBe('/events/subscriptions?q=record'));
    expect(screen.queryByRole('button', { name: /Remove Environment/ })).not.toBeInTheDocument();
  });

  it('opens a row by its URL: rule, pattern, policy in words, delivery, differences and where it is declared', async () => {
    const user = userEvent.setup();
    const address = await renderPortal('/events/subscriptions', new FixtureApi());
    await user.click(within(await firstRow()).getByRole('link', { name: 'Audit Trail' }));
    const panel = await screen.findByRole('dialog', { name: 'Subscription' });
    expect(address.current()).toBe('/events/subscriptions?open=record-access-access-granted-production');
    expect(await within(panel).findByText('Declared and observed differ')).toBeInTheDocument();
    expect(within(panel).getByRole('row', { name: 'retry attempts 185 3' })).toBeInTheDocument();
    expect(within(panel).getByText(/EventBridge may send messages to record-access-queue/)).toBeInTheDocument();
    expect(within(panel).getByText('subscriptions/audit-trail/record-access.yaml:1')).toBeInTheDocument();
    expect(within(panel).getByRole('link', { name: /AWS console/ })).toHaveAttribute('target', '_blank');
    expect(within(panel).getByText(/24 h, at most 185 times/)).toBeInTheDocument();
    await expectNoSeriousAxe(panel);

    await user.keyboard('{Escape}');
    await waitFor(() => expect(address.current()).toBe('/events/subscriptions'));
    await waitFor(() => expect(screen.queryByRole('dialog')).not.toBeInTheDocument());
  });

  it('stays on the page when a pasted link to an open row is closed', async () => {
    const user = userEvent.setup();
    const address = await renderPortal(
      '/events/subscriptions?standing=drifted&open=record-access-access-granted-staging',
      new FixtureApi(),
    );
    await user.click(await screen.findByRole('button', { name: 'Close the subscription' }));
    await waitFor(() => expect(address.current()).toBe('/events/subscriptions?standing=drifted'));
  });

  it('shows numbers that nobody knows as unknown, never as zero', async () => {
    await renderPortal('/events/subscriptions?open=plan-route-access-granted-production', new FixtureApi());
    const panel = await screen.findByRole('dialog', { name: 'Subscription' });
    expect(await within(panel).findAllByText('unknown')).toHaveLength(3);
  });

  it('says that a subscription is not there, while the list stands', async () => {
    await renderPortal('/events/subscriptions?open=gone', new FixtureApi());
    expect(await screen.findByText('This subscription could not be read')).toBeInTheDocument();
    expect(screen.getByText('No subscription gone')).toBeInTheDocument();
    expect(screen.getByText('56 in all')).toBeInTheDocument();
  });

  it('offers the accounts of the rows to whoever may not read the list of accounts', async () => {
    const api = new FixtureApi();
    jest.spyOn(api, 'listAccounts').mockRejectedValue(new NotAllowedError('no'));
    await renderPortal('/events/subscriptions', api);
    expect(await screen.findByRole('checkbox', { name: /^delivery-prod/ })).toBeInTheDocument();
    expect(screen.queryByRole('checkbox', { name: /^platform-prod/ })).not.toBeInTheDocument();
  });

  it('says what was searched when nothing fits, and clears it with one click', async () => {
    const user = userEvent.setup();
    const address = await renderPortal('/events/subscriptions?q=zeppelin&service=billing-service', new FixtureApi());
    expect(await screen.findByText('No subscription fits')).toBeInTheDocument();
    expect(screen.getByText(/with Service Billing Service/)).toBeInTheDocument();
    await user.click(screen.getByRole('button', { name: 'Clear search and filters' }));
    await waitFor(() => expect(address.current()).toBe('/events/subscriptions'));
    expect(await screen.findByText('56 in all')).toBeInTheDocument();
  });

  it('gives the reason when the list fails, and tries again', async () => {
    const user = userEvent.setup();
    const api = new FixtureApi();
    jest.spyOn(api, 'listSubscriptions').mockRejectedValueOnce(new Error('The database is away'));
    await renderPortal('/events/subscriptions', api);
    expect(await screen.findByText('The subscriptions could not be read')).toBeInTheDocument();
    expect(screen.getByText('The database is away')).toBeInTheDocument();
    await user.click(screen.getByRole('button', { name: 'Try again' }));
    expect(await firstRow()).toBeInTheDocument();
  });

  it('passes axe', async () => {
    await renderPortal('/events/subscriptions?standing=drifted', new FixtureApi());
    await firstRow();
    await screen.findByRole('button', { name: 'Remove Standing: Drifted' });
    await expectNoSeriousAxe(document.body);
  });
});
