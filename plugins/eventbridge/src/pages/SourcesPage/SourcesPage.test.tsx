import { NotAllowedError } from '@backstage/errors';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { PROBLEMS, TROUBLED_SOURCES } from '../../testing/estateFixtures';
import { expectNoSeriousAxe } from '../../testing/expectNoSeriousAxe';
import { FixtureApi } from '../../testing/FixtureApi';
import { giveElementsASize, renderPortal } from '../../testing/renderPortal';
import { countLabel, millisecondWords } from './SourceCard';

const troubled = () => new FixtureApi(undefined, TROUBLED_SOURCES);
const source = (name: string) => screen.findByRole('region', { name });

describe('the page of the sources', () => {
  beforeEach(() => giveElementsASize());
  afterEach(() => jest.restoreAllMocks());

  it('says of each how fresh it is, why not, when it was read and what it gave', async () => {
    await renderPortal('/events/sources', troubled());
    expect(await source('Key Suite')).toHaveTextContent(
      /Fresh.*Last read.*Took420 ms.*Event types54.*Schema versions88/,
    );
    expect(await source('AWS platform-prod')).toHaveTextContent(
      /Stale.*AccessDenied: the role busline-reader.*Shown is what was read.*Last attempt/,
    );
    expect(await source('GitHub webhooks')).toHaveTextContent('Reading…');
    expect(await source('AWS insights-prod')).toHaveTextContent(/Not read yet.*Last readnever/);
  });

  it('lists what is wrong as file:line:column message (rule), opened by the URL', async () => {
    const user = userEvent.setup();
    const address = await renderPortal('/events/sources', troubled());
    await user.click(
      within(await source('Key Suite')).getByRole('button', {
        name: '3 problems',
      }),
    );
    expect(address.current()).toBe('/events/sources?problems=key-suite');
    const problems = within(await screen.findByRole('list', { name: 'Problems' })).getAllByRole('listitem');
    expect(problems.map(problem => problem.textContent)).toEqual([
      expect.stringMatching(
        /^events\/com\.key\.access\/access-granted\/event\.yaml:7:3.*unknown-keyError: unknown key lifecyle; expected one of/,
      ),
      expect.stringMatching(
        /^services\/billing-service\.yaml:12:11.*unknown-referenceError: no account is named billing-prod$/,
      ),
      expect.stringMatching(/^subscriptions\/delivery-service\/plan-route\.yaml:4:9.*wildcard-limitWarning: /),
    ]);
  });

  it('reads long lists of problems page by page', async () => {
    const user = userEvent.setup();
    const many = Array.from({ length: 120 }, (_, line) => ({
      ...PROBLEMS[0],
      line,
    }));
    const api = troubled();
    jest.spyOn(api, 'listSourceProblems').mockImplementation(async (_id, { cursor = '0', limit = 0 } = {}) => ({
      items: many.slice(Number(cursor), Number(cursor) + limit),
      totalItems: many.length,
      ...(Number(cursor) + limit < many.length && {
        nextCursor: String(Number(cursor) + limit),
      }),
    }));
    await renderPortal('/events/sources?problems=key-suite', api);
    await user.click(await screen.findByRole('button', { name: 'Show more (50 of 120)' }));
    await user.click(await screen.findByRole('button', { name: 'Show more (100 of 120)' }));
    await waitFor(() =>
      expect(within(screen.getByRole('list', { name: 'Problems' })).getAllByRole('listitem')).toHaveLength(120),
    );
    expect(screen.queryByRole('button', { name: /Show more/ })).not.toBeInTheDocument();
  });

  it('has a source read now, and says that it is being read', async () => {
    const user = userEvent.setup();
    const api = troubled();
    const refresh = jest.spyOn(api, 'refreshSource');
    await renderPortal('/events/sources', api);
    await user.click(
      within(await source('AWS platform-prod')).getByRole('button', {
        name: /Read now/,
      }),
    );
    expect(refresh).toHaveBeenCalledWith('aws-platform');
    await waitFor(async () =>
      expect(
        within(await source('AWS platform-prod')).getByRole('button', {
          name: /Reading/,
        }),
      ).toBeDisabled(),
    );
  });

  it('tells whoever may not refresh so, calmly', async () => {
    const user = userEvent.setup();
    const api = troubled();
    jest.spyOn(api, 'refreshSource').mockRejectedValue(new NotAllowedError('no'));
    await renderPortal('/events/sources', api);
    const card = await source('Key Suite');
    await user.click(within(card).getByRole('button', { name: /Read now/ }));
    expect(await within(card).findByText(/Only the platform team may have it read now/)).toBeInTheDocument();
    expect(screen.queryByRole('alert')).not.toBeInTheDocument();
  });

  it('tells whoever may not see problems so, calmly', async () => {
    const api = troubled();
    jest.spyOn(api, 'listSourceProblems').mockRejectedValue(new NotAllowedError('no'));
    await renderPortal('/events/sources?problems=key-suite', api);
    expect(await screen.findByText(/is shown to the platform team/)).toBeInTheDocument();
  });

  it('gives the reason when it fails, and tries again', async () => {
    const user = userEvent.setup();
    const api = troubled();
    jest.spyOn(api, 'listSources').mockRejectedValueOnce(new Error('The database is away'));
    await renderPortal('/events/sources', api);
    expect(await screen.findByText('The database is away')).toBeInTheDocument();
    await user.click(screen.getByRole('button', { name: 'Try again' }));
    expect(await source('Key Suite')).toBeInTheDocument();
  });

  it('is reached from the state of the sources in the head', async () => {
    const user = userEvent.setup();
    const address = await renderPortal('/events/subscriptions', troubled());
    await user.click(await screen.findByRole('button', { name: '1 source stale' }));
    await user.click(await screen.findByRole('link', { name: 'All about the sources' }));
    await waitFor(() => expect(address.current()).toBe('/events/sources'));
  });

  it('passes axe', async () => {
    await renderPortal('/events/sources?problems=key-suite', troubled());
    await screen.findByRole('list', { name: 'Problems' });
    await expectNoSeriousAxe(document.body);
  });
});

describe('words for numbers', () => {
  it.each([
    ['eventTypes', 'Event types'],
    ['rules', 'Rules'],
  ])('%s: %s', (name, label) => expect(countLabel(name)).toBe(label));
  it.each([
    [12.4, '12 ms'],
    [2449, '2.4 s'],
  ])('%d: %s', (milliseconds, words) => expect(millisecondWords(milliseconds)).toBe(words));
});
