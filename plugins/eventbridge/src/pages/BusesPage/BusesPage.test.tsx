import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expectNoSeriousAxe } from '../../testing/expectNoSeriousAxe';
import { FixtureApi } from '../../testing/FixtureApi';
import { giveElementsASize, renderPortal } from '../../testing/renderPortal';

const account = (name: string) => screen.findByRole('region', { name });

describe('the list of buses', () => {
  beforeEach(() => giveElementsASize());
  afterEach(() => jest.restoreAllMocks());

  it('has the buses under their accounts, each with its role, standing and use of quotas', async () => {
    await renderPortal('/events/buses', new FixtureApi());
    const platform = await account('platform-prod');
    expect(platform).toHaveTextContent('111111111111');
    expect(within(platform).getByRole('link', { name: 'central' })).toHaveAttribute(
      'href',
      '/events/buses/arn%3Aaws%3Aevents%3Aeu-west-1%3A111111111111%3Aevent-bus%2Fcentral',
    );
    const [central, other] = within(platform).getAllByRole('listitem');
    expect(central).toHaveTextContent('Central bus');
    expect(central).toHaveTextContent('Drifted');
    expect(within(central).getByRole('meter', { name: 'Rules' })).toHaveAttribute('aria-valuetext', '241 of 300 rules');
    expect(other).toHaveTextContent('Observed only');
  });

  it('warns near a limit and at it, in words', async () => {
    await renderPortal('/events/buses', new FixtureApi());
    const [central, other] = within(await account('platform-prod')).getAllByRole('listitem');
    expect(within(central).getAllByText('Near the limit')).toHaveLength(2);
    expect(within(central).getAllByText('At the limit')).toHaveLength(1);
    expect(within(other).queryByText(/limit/)).not.toBeInTheDocument();
  });

  it('calls an account without a name so, and the use of quotas that nobody has read unknown', async () => {
    await renderPortal('/events/buses', new FixtureApi());
    const unnamed = await account('Unnamed account');
    expect(unnamed).toHaveTextContent('666666666666');
    expect(unnamed).toHaveTextContent('Quota use unknown');
    expect(within(unnamed).queryByRole('meter')).not.toBeInTheDocument();
  });

  it('keeps search and filters in the URL and clears them with one click', async () => {
    const user = userEvent.setup();
    const address = await renderPortal('/events/buses?standing=nonsense', new FixtureApi());
    await account('platform-prod');
    await user.selectOptions(screen.getByRole('combobox', { name: 'Environment' }), 'staging');
    await waitFor(() => expect(address.current()).toBe('/events/buses?environment=staging'));
    expect(await account('notifications-staging')).toBeInTheDocument();
    await waitFor(() => expect(screen.queryByRole('region', { name: 'platform-prod' })).not.toBeInTheDocument());
    await user.type(screen.getByRole('searchbox'), 'central');
    expect(await screen.findByText('No bus fits')).toBeInTheDocument();
    expect(screen.getByText('Looked for “central”, environment staging.')).toBeInTheDocument();
    await user.click(screen.getByRole('button', { name: 'Show all buses' }));
    expect(await account('platform-prod')).toBeInTheDocument();
    expect(address.current()).toBe('/events/buses');
  });

  it('still shows the buses when the accounts cannot be read', async () => {
    const api = new FixtureApi();
    jest.spyOn(api, 'listAccounts').mockRejectedValue(new Error('away'));
    await renderPortal('/events/buses', api);
    expect(await account('platform-prod')).toBeInTheDocument();
  });

  it('gives the reason when it fails, and tries again', async () => {
    const user = userEvent.setup();
    const api = new FixtureApi();
    jest.spyOn(api, 'listBuses').mockRejectedValueOnce(new Error('The database is away'));
    await renderPortal('/events/buses', api);
    expect(await screen.findByText('The database is away')).toBeInTheDocument();
    await user.click(screen.getByRole('button', { name: 'Try again' }));
    expect(await account('platform-prod')).toBeInTheDocument();
  });

  it('passes axe', async () => {
    await renderPortal('/events/buses', new FixtureApi());
    await account('platform-prod');
    await expectNoSeriousAxe(document.body);
  });
});
