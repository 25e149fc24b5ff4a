import { NotAllowedError } from '@backstage/errors';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { BUSES } from '../../testing/estateFixtures';
import { expectNoSeriousAxe } from '../../testing/expectNoSeriousAxe';
import { FixtureApi } from '../../testing/FixtureApi';
import { giveElementsASize, renderPortal } from '../../testing/renderPortal';
import { busConsoleUrl } from './consoleUrl';
import { patternWords } from './patternWords';

const CENTRAL = `/events/buses/${encodeURIComponent(BUSES[0].arn)}`;

describe('the page of a bus', () => {
  beforeEach(() => giveElementsASize());
  afterEach(() => jest.restoreAllMocks());

  it('says in words who may do what, each sentence opening its statement', async () => {
    const user = userEvent.setup();
    await renderPortal(CENTRAL, new FixtureApi());
    expect(await screen.findByRole('heading', { name: 'central' })).toBeInTheDocument();
    const words = screen.getByText('Account delivery-prod (4444-…) may publish as com.key.deliveries');
    await user.click(words);
    expect(words.closest('details')).toHaveAttribute('open');
    expect(within(words.closest('details')!).getByText(/events:PutEvents/)).toBeInTheDocument();
  });

  it('shows differences, quotas with unit and limit, and the last 24 hours', async () => {
    await renderPortal(CENTRAL, new FixtureApi());
    expect(
      await screen.findByRole('row', {
        name: 'statement publish-combilling not declared Account 666666666666 may publish as com.key.billing',
      }),
    ).toBeInTheDocument();
    expect(screen.getByRole('meter', { name: 'Policy size' })).toHaveAttribute(
      'aria-valuetext',
      '8,912 of 10,240 characters',
    );
    expect(
      await screen.findByRole('img', {
        name: /events matched by a rule in 24 h$/,
      }),
    ).toBeInTheDocument();
    expect(screen.getAllByText('unknown')).toHaveLength(2);
  });

  it('lists its rules, with a way to the subscription that each serves', async () => {
    await renderPortal(CENTRAL, new FixtureApi());
    const rules = within(await screen.findByRole('table', { name: 'Rules' })).getAllByRole('row');
    expect(rules[1]).toHaveTextContent('Access Granted from com.key.access, filtered by detail');
    expect(within(rules[1]).getByRole('link', { name: /Open the subscription/ })).toHaveAttribute(
      'href',
      '/events/subscriptions?open=welcome-guest-access-granted-production',
    );
  });

  it('opens a rule by its URL, found by typing', async () => {
    const user = userEvent.setup();
    const address = await renderPortal(CENTRAL, new FixtureApi());
    await user.type(
      await screen.findByRole('searchbox', {
        name: 'Find a rule by name or pattern',
      }),
      'made-by',
    );
    await user.click(screen.getByRole('link', { name: 'made-by-hand' }));
    await waitFor(() => expect(address.current()).toBe(`${CENTRAL}?rule=made-by-hand`));
    const panel = await screen.findByRole('dialog', { name: 'Rule' });
    expect(panel).toHaveTextContent('Takes: Everything from prefix "com.key.".');
    expect(panel).toHaveTextContent('No subscription is known that it serves.');
    await user.keyboard('{Escape}');
    await waitFor(() => expect(address.current()).toBe(CENTRAL));
  });

  it('fails part by part: without numbers the rest stands', async () => {
    const api = new FixtureApi();
    jest.spyOn(api, 'getBusMetrics').mockRejectedValue(new Error('CloudWatch: throttled'));
    await renderPortal(CENTRAL, api);
    expect(await screen.findByText('CloudWatch: throttled')).toBeInTheDocument();
    expect(screen.getByRole('table', { name: 'Rules' })).toBeInTheDocument();
  });

  it('says that a bus is not there, and that a bus may not be seen', async () => {
    await renderPortal('/events/buses/arn%3Aaws%3Aevents%3Aeu-west-1%3A1%3Aevent-bus%2Fgone', new FixtureApi());
    expect(await screen.findByText('No such bus')).toBeInTheDocument();
    expect(screen.getByRole('link', { name: 'All buses' })).toHaveAttribute('href', '/events/buses');
  });

  it('tells a reader calmly that they may not see it', async () => {
    const api = new FixtureApi();
    jest.spyOn(api, 'getBus').mockRejectedValue(new NotAllowedError('no'));
    await renderPortal(CENTRAL, api);
    expect(await screen.findByText('The bus could not be read')).toBeInTheDocument();
    expect(screen.getByText(/You may not see this/)).toBeInTheDocument();
    expect(screen.queryByRole('button', { name: 'Try again' })).not.toBeInTheDocument();
  });

  it('passes axe', async () => {
    await renderPortal(CENTRAL, new FixtureApi());
    await screen.findByRole('img', { name: /events matched/ });
    await expectNoSeriousAxe(document.body);
  });
});

describe('what a rule takes, in words', () => {
  it.each([
    [undefined, 'No pattern is known'],
    [{ source: ['a'] }, 'Everything from a'],
    [{ source: ['a'], 'detail-type': ['X', 'Y'] }, 'X or Y from a'],
    [{ 'detail-type': ['1', '2', '3', '4'] }, '1, 2, 3 and 1 more'],
    [{ 'detail-type': [{ prefix: 'Door' }], detail: { a: [1] } }, 'prefix "Door", filtered by detail'],
    [{ account: ['1'] }, 'Everything, filtered by account'],
    ['text', 'A pattern that is no object'],
  ])('%j: %s', (pattern, words) => expect(patternWords(pattern)).toBe(words));
});

describe('the bus in the AWS console', () => {
  it.each([
    [
      'arn:aws:events:eu-west-1:1:event-bus/a b',
      'eu-west-1',
      'https://eu-west-1.console.aws.amazon.com/events/home?region=eu-west-1#/eventbus/a%20b',
    ],
    [
      'arn:aws-cn:events:cn-north-1:1:event-bus/a b',
      'cn-north-1',
      'https://console.amazonaws.cn/events/home?region=cn-north-1#/eventbus/a%20b',
    ],
    ['arn:aws-iso:events:us-iso-east-1:1:event-bus/a b', 'us-iso-east-1', undefined],
    ['arn:aws:events:x:1:event-bus/a b', 'evil.example/', undefined],
  ])('%s', (arn, region, url) => expect(busConsoleUrl({ arn, region, name: 'a b' })).toBe(url));
});
