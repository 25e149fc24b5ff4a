import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import type { FlowMap } from '@busline/plugin-eventbridge-common';
import { expectNoSeriousAxe } from '../../testing/expectNoSeriousAxe';
import { FixtureApi } from '../../testing/FixtureApi';
import { SOURCES } from '../../testing/fixtures';
import { giveElementsASize, renderPortal } from '../../testing/renderPortal';

// Drawing needs a layout, which jsdom has not; the browser tests look at the picture.
jest.mock('./MapCanvas', () => ({ __esModule: true, default: () => <div data-testid="picture" /> }));

const GRANTED = { source: 'com.key.access', detailType: 'Access Granted' };

const MAP: FlowMap = {
  domains: [
    { name: 'access', title: 'Access' },
    { name: 'deliveries', title: 'Deliveries' },
  ],
  services: [
    { name: 'access-service', title: 'Access service', domain: 'access', owner: 'group:default/access' },
    { name: 'delivery-service', title: 'Delivery service', domain: 'deliveries', owner: 'group:default/deliveries' },
  ],
  eventTypes: [{ ...GRANTED, title: 'Access Granted', domain: 'access', lifecycle: 'production' }],
  edges: [
    { kind: 'publishes', service: 0, eventType: 0, standing: 'in-sync' },
    { kind: 'subscribes', service: 1, eventType: 0, standing: 'in-sync' },
  ],
};

function mapApi(getMap: () => Promise<FlowMap>, sources = SOURCES) {
  const api = new FixtureApi(undefined, sources);
  jest.spyOn(api, 'getMap').mockImplementation(getMap);
  return api;
}

describe('the map', () => {
  beforeEach(() => giveElementsASize());
  afterEach(() => jest.restoreAllMocks());

  it('keeps its head and the place of the picture while it is read', async () => {
    await renderPortal(
      '/events/map',
      mapApi(() => new Promise(() => {})),
    );
    expect(screen.getByRole('heading', { name: 'Map' })).toBeInTheDocument();
    expect(screen.getByRole('status', { name: 'The map is being read' })).toBeInTheDocument();
    expect(screen.queryByText('No events yet')).not.toBeInTheDocument();
  });

  it('says what would be seen where nothing is declared', async () => {
    await renderPortal(
      '/events/map',
      mapApi(async () => ({ domains: [], services: [], eventTypes: [], edges: [] })),
    );
    expect(await screen.findByText('No events yet')).toBeInTheDocument();
    expect(screen.getByText(/as soon as an event repository declares some/)).toBeInTheDocument();
    expect(screen.queryByRole('combobox', { name: 'Find on the map' })).not.toBeInTheDocument();
  });

  it('gives the reason when it fails, and tries again', async () => {
    const user = userEvent.setup();
    let away = true;
    await renderPortal(
      '/events/map?view=list',
      mapApi(async () => {
        if (away) throw new Error('The database is away');
        return MAP;
      }),
    );
    expect(await screen.findByText('The map could not be read')).toBeInTheDocument();
    expect(screen.getByText('The database is away')).toBeInTheDocument();
    away = false;
    await user.click(screen.getByRole('button', { name: 'Try again' }));
    expect(await screen.findByText('Access Granted')).toBeInTheDocument();
  });

  it('says the same as a list, at an address of its own', async () => {
    const user = userEvent.setup();
    const address = await renderPortal(
      '/events/map',
      mapApi(async () => MAP),
    );
    await user.click(screen.getByRole('button', { name: 'List' }));
    expect(address.current()).toBe('/events/map?view=list');
    expect(await screen.findByText('Access Granted')).toBeInTheDocument();
    for (const service of ['Access service', 'Delivery service']) {
      expect(screen.getAllByText(service).length).toBeGreaterThan(0);
    }
    await expectNoSeriousAxe(document.body);
  });

  it('names the path of what a link has chosen, and leaves it', async () => {
    const user = userEvent.setup();
    const address = await renderPortal(
      '/events/map?focus=event%3Acom.key.access%2FAccess%20Granted',
      mapApi(async () => MAP),
    );
    const path = await screen.findByRole('complementary', { name: 'Path of Access Granted' });
    expect(await screen.findByTestId('picture')).toBeInTheDocument();
    expect(within(path).getByText('Access service')).toBeInTheDocument();
    expect(within(path).getByText('Delivery service')).toBeInTheDocument();
    await user.click(within(path).getByRole('button', { name: /whole map|close|dismiss/i }));
    await waitFor(() => expect(address.current()).toBe('/events/map'));
  });

  it('says that its sources are stale, and shows what was read last', async () => {
    const stale = SOURCES.map(source => ({ ...source, state: 'stale' as const, reason: 'Access denied by AWS' }));
    await renderPortal(
      '/events/map?view=list',
      mapApi(async () => MAP, stale),
    );
    expect(await screen.findByText('Access Granted')).toBeInTheDocument();
    expect((await screen.findAllByText(/stale/i)).length).toBeGreaterThan(0);
  });
});
