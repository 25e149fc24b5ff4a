import { ConflictError, NotAllowedError } from '@backstage/errors';
import type { ChangeRequestDetail } from '@busline/plugin-eventbridge-common';
import { act, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { CHANGES } from '../../testing/changeFixtures';
import { expectNoSeriousAxe } from '../../testing/expectNoSeriousAxe';
import { FixtureApi } from '../../testing/FixtureApi';
import { giveElementsASize, renderPortal } from '../../testing/renderPortal';

const apiWith = (...changes: readonly ChangeRequestDetail[]) => new FixtureApi(undefined, undefined, changes);
const open = (change: ChangeRequestDetail, api = apiWith(change)) => renderPortal(`/events/changes/${change.id}`, api);
const place = () => screen.findByRole('region', { name: 'Where it stands' });
const stations = async () =>
  within(await screen.findByRole('list', { name: 'Where the change request stands' }))
    .getAllByRole('listitem')
    .map(item =>
      item.textContent!.replace(/,.*$/, match =>
        match.replace(/\d+ \w+ ago|just now|in \d+ \w+|last \w+|next \w+|yesterday|tomorrow/g, ''),
      ),
    );
const buttons = async () =>
  within(await place())
    .queryAllByRole('button')
    .map(each => `${each.textContent}${(each as HTMLButtonElement).disabled ? ' (disabled)' : ''}`);

describe('the page of a change request', () => {
  beforeEach(() => giveElementsASize(1200));
  afterEach(() => jest.restoreAllMocks());

  it.each<[keyof typeof CHANGES, { waits: RegExp; at: string; buttons: readonly string[] }]>([
    ['opening', { waits: /^The pull requests are being opened\.$/, at: 'Opened, nextnext', buttons: ['Close…'] }],
    [
      'open',
      {
        waits: /^Waits for the merge of key\/events#41 and key\/fraud-guard#7\.$/,
        at: 'Merged, nextnext',
        buttons: ['Close…', 'Ask for changes…', 'Approve', 'Merge'],
      },
    ],
    [
      'awaited',
      {
        waits: /^Waits for the approval of access\.$/,
        at: 'Approved, nextnext',
        buttons: ['Close…', 'Ask for changes…', 'Approve'],
      },
    ],
    [
      'approved',
      {
        waits: /^Waits for the merge/,
        at: 'Merged, nextnext',
        buttons: ['Close…', 'Ask for changes…', 'Approve', 'Merge'],
      },
    ],
    [
      'conflicts',
      {
        waits: /conflicts with main: bring it up to date\.$/,
        at: 'Approved, nextnext',
        buttons: ['Close…', 'Ask for changes…', 'Approve', 'Bring up to date'],
      },
    ],
    [
      'check',
      {
        waits: /^busline check fails on key\/events#41\.$/,
        at: 'Merged, nextnext',
        buttons: ['Close…', 'Ask for changes…', 'Approve', 'Bring up to date'],
      },
    ],
    [
      'blocked',
      {
        waits: /^key\/events#41 cannot be merged yet: a protection rule of the branch is not met yet\.$/,
        at: 'Approved, nextnext',
        buttons: [],
      },
    ],
    ['forbidden', { waits: /^Waits for the merge/, at: 'Merged, nextnext', buttons: ['Merge (disabled)'] }],
    [
      'deploying',
      {
        waits: /^Waits for stack busline-prod-central-fraud-guard: being deployed\.$/,
        at: 'Deployed, nextnext',
        buttons: [],
      },
    ],
    [
      'failed',
      {
        waits: /^A step failed: Stack busline-prod-fraud-guard: the queue fraud-grants exists already$/,
        at: 'Deployed, failedStopped here',
        buttons: ['Try again'],
      },
    ],
    [
      'deployed',
      { waits: /^Waits for a first event for fraud-guard-watch-grants\.$/, at: 'Live, nextnext', buttons: [] },
    ],
    ['live', { waits: /^Live 3 minutes after the form was sent\.$/, at: 'Live, reached', buttons: [] }],
    ['closed', { waits: /^Closed without being merged\./, at: 'Approved, failedClosed', buttons: [] }],
  ])('in state "%s" says where it stands, what it waits for and what may be done', async (name, expected) => {
    await open(CHANGES[name]);
    const words = (await place()).querySelector('.bl-waits-for')!.textContent;
    expect(words).toMatch(expected.waits);
    expect(await stations()).toContain(expected.at);
    expect(await buttons()).toEqual(expected.buttons);
    await expectNoSeriousAxe(document.body);
  });

  it('says whose turn it is, and why what may not be done may not', async () => {
    await open(CHANGES.awaited);
    expect(within(await place()).getByRole('link', { name: 'access' })).toHaveAttribute(
      'href',
      '/catalog/default/group/access',
    );
    expect(within(await place()).getByText('Merge: The approval of access is missing')).toBeInTheDocument();
    const pull = screen.getByRole('region', { name: 'Pull request key/events#41' });
    expect(pull).toHaveTextContent('The approval is missing of');
    expect(pull).toHaveTextContent('busline check passed');
  });

  it('tells each pull request apart: conflicts, failed checks, approvals, and the command that clones it', async () => {
    await open(CHANGES.conflicts);
    const pull = await screen.findByRole('region', { name: 'Pull request key/fraud-guard#7' });
    expect(pull).toHaveTextContent('Conflicts with main');
    expect(
      within(pull).getByText(
        'git clone --branch busline/onboard-fraud-guard-7035a1e9f3 http://portal/api/eventbridge/git/key/fraud-guard.git',
      ),
    ).toBeInTheDocument();
  });

  it('leads to the forge where that is where pull requests are reviewed', async () => {
    await open(CHANGES.github);
    expect(await screen.findByRole('link', { name: /Review on github\.com/ })).toHaveAttribute(
      'href',
      'https://github.com/key/events/pull/41',
    );
    expect(
      await screen.findByText(
        'git clone --branch busline/onboard-fraud-guard-7035a1e9f3 https://github.com/key/fraud-guard.git',
      ),
    ).toBeInTheDocument();
  });

  it('says which stack waits for the other pull request', async () => {
    await open(CHANGES.halfMerged);
    const stacks = await screen.findByRole('list', { name: 'Stacks' });
    expect(stacks).toHaveTextContent('waits for the merge of key/events#41');
    expect(screen.getByText('1 of 2 merged')).toBeInTheDocument();
  });

  it('shows the plan: letter, permissions beside their statements, and files', async () => {
    await open(CHANGES.open);
    expect(await screen.findByRole('table', { name: 'Permissions' })).toBeInTheDocument();
    expect(
      screen.getByRole('region', { name: 'subscriptions/fraud-guard/watch-grants.yaml, added' }),
    ).toBeInTheDocument();
    expect(screen.getByText(/Nobody else gains anything/)).toBeInTheDocument();
  });

  it('leads on when it is live: to the subscription, and from an empty folder to a first event', async () => {
    await open(CHANGES.live);
    expect(await screen.findByRole('link', { name: 'Subscription watch-grants' })).toHaveAttribute(
      'href',
      '/events/subscriptions?q=watch-grants&service=fraud-guard',
    );
    expect(await screen.findByText(/npm install/)).toBeInTheDocument();
    expect(screen.getByText('saw everything on AWS, and the first event: it is live')).toBeInTheDocument();
  });
});

describe('what is done on the page', () => {
  beforeEach(() => giveElementsASize(1200));
  afterEach(() => jest.restoreAllMocks());

  it('merges: says so at once, then shows what came of it', async () => {
    const user = userEvent.setup();
    const api = apiWith(CHANGES.open);
    let answer: (change: ChangeRequestDetail) => void = () => {};
    const merge = jest.spyOn(api, 'mergeChangeRequest').mockReturnValue(new Promise(resolve => (answer = resolve)));
    await open(CHANGES.open, api);
    await user.click(await screen.findByRole('button', { name: 'Merge' }));
    expect(await screen.findByRole('button', { name: 'Merging…' })).toBeDisabled();
    expect(screen.getByText('The pull requests are being merged.')).toBeInTheDocument();
    expect(merge).toHaveBeenCalledWith('open');
    const merged = { ...CHANGES.deploying, id: 'open' };
    jest.spyOn(api, 'getChangeRequest').mockResolvedValue(merged);
    await act(async () => answer(merged));
    expect(await screen.findByRole('list', { name: 'Stacks' })).toBeInTheDocument();
    expect(screen.queryByRole('button', { name: 'Merge' })).not.toBeInTheDocument();
  });

  it('takes back what it showed when the forge refuses, and gives the reason at the button', async () => {
    const user = userEvent.setup();
    const api = apiWith(CHANGES.open);
    jest
      .spyOn(api, 'mergeChangeRequest')
      .mockRejectedValue(new ConflictError('key/events#41 conflicts with main in services/fraud-guard.yaml'));
    await open(CHANGES.open, api);
    await user.click(await screen.findByRole('button', { name: 'Merge' }));
    const alert = await within(await place()).findByRole('alert');
    expect(alert).toHaveTextContent(
      'It was not merged. key/events#41 conflicts with main in services/fraud-guard.yaml',
    );
    expect(screen.getByText(/^Waits for the merge of/)).toBeInTheDocument();
    expect(screen.getByRole('button', { name: 'Merge' })).toBeEnabled();
  });

  it('gives the server’s words where a permission is missing', async () => {
    const user = userEvent.setup();
    const api = apiWith(CHANGES.open);
    jest
      .spyOn(api, 'reviewChangeRequest')
      .mockRejectedValue(
        new NotAllowedError('You may not review this change request (permission eventbridge.change-request.review)'),
      );
    await open(CHANGES.open, api);
    await user.click(await screen.findByRole('button', { name: 'Approve' }));
    expect(await within(await place()).findByRole('alert')).toHaveTextContent(
      'It was not approved. You may not review this change request',
    );
  });

  it('asks for changes only with a comment', async () => {
    const user = userEvent.setup();
    const api = apiWith(CHANGES.open);
    const review = jest.spyOn(api, 'reviewChangeRequest');
    await open(CHANGES.open, api);
    await user.click(await screen.findByRole('button', { name: 'Ask for changes…' }));
    const form = screen.getByRole('form', { name: 'Ask for changes' });
    expect(within(form).getByRole('button', { name: 'Ask for changes' })).toBeDisabled();
    await user.type(within(form).getByRole('textbox', { name: 'What should change, and why' }), 'Only pushes, please.');
    await expectNoSeriousAxe(form);
    await user.click(within(form).getByRole('button', { name: 'Ask for changes' }));
    expect(review).toHaveBeenCalledWith('open', { verdict: 'changes-requested', comment: 'Only pushes, please.' });
    await waitFor(() => expect(screen.queryByRole('form')).not.toBeInTheDocument());
  });

  it('closes only after a question', async () => {
    const user = userEvent.setup();
    const api = apiWith(CHANGES.open);
    const close = jest.spyOn(api, 'closeChangeRequest').mockResolvedValue({ ...CHANGES.closed, id: 'open' });
    await open(CHANGES.open, api);
    await user.click(await screen.findByRole('button', { name: 'Close…' }));
    expect(close).not.toHaveBeenCalled();
    await user.click(screen.getByRole('button', { name: 'Keep it open' }));
    expect(screen.queryByText('Close it without merging?')).not.toBeInTheDocument();
    await user.click(screen.getByRole('button', { name: 'Close…' }));
    await user.click(screen.getByRole('button', { name: 'Close without merging' }));
    expect(close).toHaveBeenCalledWith('open');
  });

  it('brings it up to date, or says why its request cannot be planned any more', async () => {
    const user = userEvent.setup();
    const api = apiWith(CHANGES.conflicts);
    const message = 'The subscription is there already.';
    const update = jest.spyOn(api, 'updateChangeRequest').mockResolvedValueOnce({
      kind: 'problems',
      problems: [{ field: '/subscriptions/0/name', rule: 'exists', message, wayOut: 'Close this one.' }],
    } as never);
    await open(CHANGES.conflicts, api);
    await user.click(await screen.findByRole('button', { name: 'Bring up to date' }));
    expect(await within(await place()).findByRole('alert')).toHaveTextContent(
      `It was not brought up to date. ${message} Close this one.`,
    );
    update.mockResolvedValue({ kind: 'change', change: { ...CHANGES.open, id: 'conflicts' } } as never);
    jest.spyOn(api, 'getChangeRequest').mockResolvedValue({ ...CHANGES.open, id: 'conflicts' });
    await user.click(screen.getByRole('button', { name: 'Bring up to date' }));
    expect(await screen.findByRole('button', { name: 'Merge' })).toBeEnabled();
    expect(within(await place()).queryByRole('alert')).not.toBeInTheDocument();
  });

  it('tries a failed deployment again', async () => {
    const user = userEvent.setup();
    const api = apiWith(CHANGES.failed);
    const retry = jest.spyOn(api, 'retryChangeRequest');
    await open(CHANGES.failed, api);
    await user.click(await screen.findByRole('button', { name: 'Try again' }));
    expect(retry).toHaveBeenCalledWith('failed');
  });
});

describe('following', () => {
  beforeEach(() => giveElementsASize(1200));
  afterEach(() => jest.restoreAllMocks());

  it('shows what moved, and keeps open what was open', async () => {
    const user = userEvent.setup();
    const api = apiWith(CHANGES.deploying);
    const read = jest.spyOn(api, 'getChangeRequest');
    await open(CHANGES.deploying, api);
    await user.click((await screen.findAllByRole('button', { name: /^Policy statement:/ }))[0]!);
    expect(screen.getByRole('region', { name: 'the policy statement' })).toBeInTheDocument();
    read.mockResolvedValue({ ...CHANGES.live, id: 'deploying' });
    expect(
      await screen.findByText('Live 3 minutes after the form was sent.', undefined, { timeout: 5000 }),
    ).toBeInTheDocument();
    expect(screen.getByRole('region', { name: 'the policy statement' })).toBeInTheDocument();
  });

  it('reads the plan once while it follows, and again only where it has become another one', async () => {
    const api = apiWith(CHANGES.deploying);
    const read = jest.spyOn(api, 'getChangeRequest');
    const readPlan = jest.spyOn(api, 'getChangeRequestPlan');
    await open(CHANGES.deploying, api);
    expect(await screen.findByRole('table', { name: 'Permissions' })).toBeInTheDocument();
    await waitFor(() => expect(read.mock.calls.length).toBeGreaterThan(2), { timeout: 8000 });
    expect(readPlan).toHaveBeenCalledTimes(1);
    read.mockResolvedValue({ ...CHANGES.deploying, planDigest: 'd2' });
    await waitFor(() => expect(readPlan).toHaveBeenCalledTimes(2), { timeout: 5000 });
    // The older one stays on the page until the newer one is there.
    expect(screen.getByRole('table', { name: 'Permissions' })).toBeInTheDocument();
  });

  it('shows where it stands though the plan cannot be read, and reads that again', async () => {
    const user = userEvent.setup();
    const api = apiWith(CHANGES.open);
    jest.spyOn(api, 'getChangeRequestPlan').mockRejectedValueOnce(new Error('The database is away'));
    await open(CHANGES.open, api);
    expect(await screen.findByText('The plan could not be read')).toBeInTheDocument();
    expect(await screen.findByRole('button', { name: 'Merge' })).toBeEnabled();
    await user.click(screen.getByRole('button', { name: 'Try again' }));
    expect(await screen.findByRole('table', { name: 'Permissions' })).toBeInTheDocument();
  });

  it('keeps the page when it cannot be read again, and says that it may be old', async () => {
    const api = apiWith(CHANGES.deploying);
    const read = jest.spyOn(api, 'getChangeRequest');
    await open(CHANGES.deploying, api);
    await screen.findByRole('list', { name: 'Stacks' });
    read.mockRejectedValue(new Error('The database is away'));
    expect(
      await screen.findByText('What is shown may be old: it could not be read again', undefined, { timeout: 5000 }),
    ).toBeInTheDocument();
    expect(screen.getByRole('list', { name: 'Stacks' })).toBeInTheDocument();
  });
});

describe('a change request that is not shown', () => {
  afterEach(() => jest.restoreAllMocks());

  it('is skeletons of its shape while it is read', async () => {
    const api = apiWith(CHANGES.open);
    jest.spyOn(api, 'getChangeRequest').mockReturnValue(new Promise(() => {}));
    await renderPortal('/events/changes/open', api);
    expect(await screen.findByRole('status', { name: 'The change request is being read' })).toBeInTheDocument();
  });

  it('does not exist, or may not be seen', async () => {
    await renderPortal('/events/changes/nowhere', apiWith());
    expect(await screen.findByText('There is no such change request')).toBeInTheDocument();
    expect(screen.getByRole('link', { name: 'All change requests' })).toHaveAttribute('href', '/events/changes');
  });

  it('could not be read, and is read again', async () => {
    const user = userEvent.setup();
    const api = apiWith(CHANGES.open);
    jest.spyOn(api, 'getChangeRequest').mockRejectedValueOnce(new Error('The database is away'));
    await renderPortal('/events/changes/open', api);
    expect(await screen.findByText('The database is away')).toBeInTheDocument();
    await user.click(screen.getByRole('button', { name: 'Try again' }));
    expect(
      await screen.findByRole('heading', { level: 1, name: 'fraud-guard subscribes to Access Granted' }),
    ).toBeInTheDocument();
  });
});
