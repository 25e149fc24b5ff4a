import { NotFoundError } from '@backstage/errors';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { CHANGES } from '../../testing/changeFixtures';
import { expectNoSeriousAxe } from '../../testing/expectNoSeriousAxe';
import { FixtureApi } from '../../testing/FixtureApi';
import { giveElementsASize, renderPortal } from '../../testing/renderPortal';

/** Whom the tests are signed in as. */
const ME = 'user:default/guest';
const MINE = {
  ...CHANGES.awaited,
  id: 'mine',
  title: 'audit-trail subscribes to Door Opened',
  service: 'audit-trail',
  turn: [ME],
};
const api = () => new FixtureApi(undefined, undefined, [CHANGES.open, MINE, CHANGES.live, CHANGES.failed]);
const rows = async () => within(await screen.findByRole('table', { name: 'Change requests' })).findAllByRole('row');
const titles = async () =>
  (await rows()).slice(1).map(row => within(row).getAllByRole('link', { hidden: true }).at(-1)!.textContent);

describe('the list of change requests', () => {
  beforeEach(() => giveElementsASize(1100));
  afterEach(() => jest.restoreAllMocks());

  it('says who asked for what, where it stands, what it waits for, whose turn it is and how long it took', async () => {
    await renderPortal('/events/changes', api());
    const cells = (row: HTMLElement) =>
      within(row)
        .getAllByRole('cell')
        .slice(1)
        .map(cell => cell.textContent);
    const [, first, , live] = await rows();
    expect(first).toHaveTextContent('fraud-guard subscribes to Access Granted');
    expect(cells(first!)).toEqual([
      'Open',
      'The merge of key/events#41 and key/fraud-guard#7Turn of insights',
      expect.stringMatching(/billing-owner.*(ago|yesterday|in )/),
      '–',
    ]);
    expect(cells(live!)).toEqual(['Live', 'nothing: it has ended', expect.anything(), '3 min']);
    await expectNoSeriousAxe(document.body);
  });

  it('counts those that wait for me beside its tab, and shows them alone', async () => {
    const user = userEvent.setup();
    const address = await renderPortal('/events/changes', api());
    expect(await screen.findByRole('link', { name: 'Change requests , 1 waiting for you' })).toHaveAttribute(
      'aria-current',
      'page',
    );
    await user.click(await screen.findByRole('button', { name: 'Waiting for me (1)' }));
    await waitFor(() => expect(address.current()).toBe('/events/changes?mine=turn'));
    expect(await screen.findByText('1 found')).toBeInTheDocument();
    expect(await screen.findByText('Your turn')).toBeInTheDocument();
  });

  it('keeps states, service and search in the URL', async () => {
    const user = userEvent.setup();
    const address = await renderPortal('/events/changes', api());
    await rows();
    await user.click(screen.getByRole('button', { name: 'Live 1' }));
    await waitFor(() => expect(address.current()).toBe('/events/changes?state=live'));
    await user.click(screen.getByRole('button', { name: 'Failed 1' }));
    await user.type(screen.getByRole('searchbox'), 'fraud');
    await waitFor(() => expect(address.current()).toBe('/events/changes?q=fraud&state=live&state=failed'));
    expect(await screen.findByText('2 found')).toBeInTheDocument();
    expect(screen.getByRole('button', { name: 'Live 1' })).toHaveAttribute('aria-pressed', 'true');
  });

  it('opens a link to a narrowed list as it was', async () => {
    await renderPortal('/events/changes?service=audit-trail&state=open', api());
    expect(await screen.findByText('1 found')).toBeInTheDocument();
    expect(screen.getByRole('combobox', { name: 'Service' })).toHaveValue('audit-trail');
    expect(await titles()).toEqual(['audit-trail subscribes to Door Opened']);
  });

  it('says that nothing fits, and shows all with one click', async () => {
    const user = userEvent.setup();
    const address = await renderPortal('/events/changes?q=zeppelin&state=live', api());
    expect(await screen.findByText('No change request fits')).toBeInTheDocument();
    expect(screen.getByText(/in state live/)).toBeInTheDocument();
    await user.click(screen.getByRole('button', { name: 'Show all change requests' }));
    await waitFor(() => expect(address.current()).toBe('/events/changes'));
  });

  it('says where requests come from while there are none', async () => {
    await renderPortal('/events/changes', new FixtureApi());
    expect(await screen.findByText('Nobody has asked for anything yet')).toBeInTheDocument();
  });

  it('says that nothing waits for me', async () => {
    await renderPortal('/events/changes?mine=turn', new FixtureApi(undefined, undefined, [CHANGES.open]));
    expect(await screen.findByText('Nothing waits for you')).toBeInTheDocument();
  });

  it('gives the reason when the list fails, and tries again', async () => {
    const user = userEvent.setup();
    const failing = api();
    const list = jest.spyOn(failing, 'listChangeRequests').mockRejectedValue(new Error('The database is away'));
    await renderPortal('/events/changes', failing);
    expect(await screen.findByText('The change requests could not be read')).toBeInTheDocument();
    list.mockRestore();
    await user.click(screen.getByRole('button', { name: 'Try again' }));
    expect(await rows()).toHaveLength(5);
  });

  it('says that a portal without a forge has none', async () => {
    const off = api();
    jest.spyOn(off, 'listChangeRequests').mockRejectedValue(new NotFoundError('No such route'));
    await renderPortal('/events/changes', off);
    expect(await screen.findByText('There are no change requests in this portal')).toBeInTheDocument();
  });
});
