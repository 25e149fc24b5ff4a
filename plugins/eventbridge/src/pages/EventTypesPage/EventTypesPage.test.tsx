import { act, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { FixtureApi } from '../../testing/FixtureApi';
import { EVENT_TYPES, manyEventTypes, SOURCES } from '../../testing/fixtures';
import { giveElementsASize, renderPortal } from '../../testing/renderPortal';

const rows = () =>
  within(screen.getByRole('table', { name: 'Event types' }))
    .getAllByRole('row')
    .slice(1);

describe('the list of event types', () => {
  beforeEach(() => giveElementsASize());
  afterEach(() => jest.restoreAllMocks());

  it('shows each with name, source, meaning, publisher, subscribers and version', async () => {
    await renderPortal('/events', new FixtureApi());
    const row = (await screen.findByRole('link', { name: 'Access Granted' })).closest('[role=row]') as HTMLElement;
    expect(row).toHaveTextContent('com.key.access');
    expect(row).toHaveTextContent('A person may open the doors of a home until a moment in time.');
    const cells = within(row).getAllByRole('cell');
    expect(cells.slice(1, 4).map(cell => cell.textContent)).toEqual(['access-service', '4', '2.1.0']);
    expect(screen.getByText('10 in all')).toBeInTheDocument();
  });

  it('marks health only where something is wrong', async () => {
    await renderPortal('/events', new FixtureApi());
    await screen.findByRole('link', { name: 'Access Granted' });
    expect(screen.getAllByText(/Declared and observed differ|Last events failed|Declared nowhere/)).toHaveLength(3);
  });

  it('keeps few rows in the document when there are 10,000', async () => {
    const api = new FixtureApi(manyEventTypes(10_000));
    const list = jest.spyOn(api, 'listEventTypes');
    await renderPortal('/events', api);
    await screen.findByRole('link', { name: 'Access Granted' });
    expect(screen.getByText('10,000 in all')).toBeInTheDocument();
    expect(screen.getByRole('table', { name: 'Event types' })).toHaveAttribute('aria-rowcount', '10001');
    expect(rows().length).toBeGreaterThan(5);
    expect(rows().length).toBeLessThan(40);
    // The first page fills the screen; nobody has scrolled for another.
    expect(list).toHaveBeenCalledTimes(1);
  });

  it('reads its state from the URL and asks the API for it', async () => {
    const api = new FixtureApi();
    const list = jest.spyOn(api, 'listEventTypes');
    await renderPortal('/events?q=delivery&domain=deliveries&lifecycle=production&sort=subscribers&order=desc', api);
    await screen.findByRole('link', { name: 'Delivery Completed' });
    expect(list.mock.calls[0][0]).toMatchObject({
      q: 'delivery',
      domain: ['deliveries'],
      lifecycle: ['production'],
      sort: 'subscribers',
      order: 'desc',
    });
    expect(screen.getByRole('searchbox')).toHaveValue('delivery');
    expect(screen.getByRole('button', { name: 'Remove Domain: Deliveries' })).toBeInTheDocument();
    expect(screen.getByRole('columnheader', { name: 'Subscribers' })).toHaveAttribute('aria-sort', 'descending');
    expect(screen.queryByRole('link', { name: 'Delivery Requested' })).not.toBeInTheDocument();
  });

  it('writes search, facets and order into the URL; Back undoes a facet, not a letter', async () => {
    const user = userEvent.setup();
    const address = await renderPortal('/events', new FixtureApi());
    await screen.findByRole('link', { name: 'Access Granted' });

    await user.type(screen.getByRole('searchbox'), 'access');
    await waitFor(() => expect(address.current()).toBe('/events?q=access'));
    await user.click(await screen.findByRole('checkbox', { name: /access-team/ }));
    await waitFor(() => expect(address.current()).toBe('/events?q=access&owner=group%3Adefault%2Faccess-team'));
    await user.click(within(screen.getByRole('columnheader', { name: 'Subscribers' })).getByRole('button'));
    await waitFor(() => expect(address.current()).toMatch(/sort=subscribers&order=asc$/));

    act(() => address.back());
    await waitFor(() => expect(address.current()).toBe('/events?q=access&owner=group%3Adefault%2Faccess-team'));
    act(() => address.back());
    await waitFor(() => expect(address.current()).toBe('/events?q=access'));
  });

  it('marks what matched, schema fields included', async () => {
    await renderPortal('/events?q=guest', new FixtureApi());
    const row = (await screen.findByRole('link', { name: 'Access Granted' })).closest('[role=row]') as HTMLElement;
    expect(row).toHaveTextContent('Fields guest, guest.email');
    expect([...row.querySelectorAll('mark')].map(mark => mark.textContent)).toEqual(['guest', 'guest']);
  });

  it('says what was searched when nothing fits, and clears it with one click', async () => {
    const user = userEvent.setup();
    const address = await renderPortal('/events?q=zeppelin&domain=billing', new FixtureApi());
    expect(await screen.findByText('No event type fits')).toBeInTheDocument();
    expect(screen.getByText(/zeppelin/)).toBeInTheDocument();
    expect(screen.getByText(/with Domain/)).toBeInTheDocument();
    await user.click(screen.getByRole('button', { name: 'Clear search and filters' }));
    expect(await screen.findByRole('link', { name: 'Access Granted' })).toBeInTheDocument();
    expect(address.current()).toBe('/events');
    expect(screen.getByRole('searchbox')).toHaveValue('');
  });

  it('says what to do when there is no event type at all', async () => {
    await renderPortal('/events', new FixtureApi([]));
    expect(await screen.findByText('No event types yet')).toBeInTheDocument();
    expect(screen.getByText('eventbridge.sources')).toBeInTheDocument();
  });

  it('lets a failed part fail alone, with the reason and a retry', async () => {
    const user = userEvent.setup();
    const api = new FixtureApi();
    jest.spyOn(api, 'listEventTypes').mockRejectedValueOnce(new Error('The database is away'));
    await renderPortal('/events', api);
    expect(await screen.findByText('The list of event types could not be read')).toBeInTheDocument();
    expect(screen.getByText('The database is away')).toBeInTheDocument();
    expect(await screen.findByRole('checkbox', { name: /access-team/ })).toBeInTheDocument();
    await user.click(screen.getByRole('button', { name: 'Try again' }));
    expect(await screen.findByRole('link', { name: 'Access Granted' })).toBeInTheDocument();
  });

  it('says which source is stale and why, above what it last gave', async () => {
    const stale = {
      ...SOURCES[1],
      state: 'stale' as const,
      reason: 'AccessDenied on events:ListRules in 111111111111',
    };
    await renderPortal('/events', new FixtureApi(EVENT_TYPES, [SOURCES[0], stale]));
    expect(await screen.findByText('AWS platform-prod is stale')).toBeInTheDocument();
    expect(screen.getByText(/AccessDenied on events:ListRules/)).toBeInTheDocument();
    expect(screen.getByRole('button', { name: '1 source stale' })).toBeInTheDocument();
    expect(await screen.findByRole('link', { name: 'Access Granted' })).toBeInTheDocument();
  });

  it('is reached with Ctrl-K and walked through with the arrow keys', async () => {
    const user = userEvent.setup();
    await renderPortal('/events', new FixtureApi());
    const first = await screen.findByRole('link', { name: 'Access Granted' });
    await user.keyboard('{Control>}k{/Control}');
    expect(screen.getByRole('searchbox')).toHaveFocus();
    first.focus();
    await user.keyboard('{ArrowDown}');
    expect(screen.getByRole('link', { name: 'Access Revoked' })).toHaveFocus();
  });
});
