import type { PatternVerdict, SubscriptionVerdicts } from '@busline/plugin-eventbridge-common';
import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import { FixtureApi } from '../../testing/FixtureApi';
import { EVENT_TYPES, subscriptionsOf } from '../../testing/fixtures';
import { giveElementsASize, renderPortal } from '../../testing/renderPortal';

const [{ id }] = subscriptionsOf(EVENT_TYPES[0]);
const ref = { source: 'com.key.access', detailType: 'Access Granted' };

async function open(hasFilter: boolean, ...verdicts: readonly PatternVerdict[]) {
  const api = new FixtureApi();
  const versions = verdicts.map((verdict, index) => ({
    version: `${verdicts.length - index}.0.0`,
    verdict,
    reasons: ['`detail.data.chanel` is not in the schema; there is `detail.data.channel`'],
    ...(verdict === 'sometimes' && { matching: { detail: { yes: 1 } }, notMatching: { detail: { no: 1 } } }),
  }));
  const answer: SubscriptionVerdicts = {
    hasFilter,
    eventTypeCount: 1,
    eventTypes: [{ ...ref, versions, versionCount: versions.length }],
  };
  jest.spyOn(api, 'getSubscriptionVerdicts').mockResolvedValue(answer);
  const address = await renderPortal(`/events/subscriptions?open=${id}`, api);
  const list = await screen.findByRole('list', { name: 'Versions of Access Granted' });
  return { address, rows: within(list).getAllByRole('listitem') };
}

describe('which events a subscription takes, by their schemas', () => {
  beforeEach(() => giveElementsASize());
  afterEach(() => jest.restoreAllMocks());

  it('warns where none can match, with the reason', async () => {
    const { rows } = await open(true, 'never', 'never');
    expect(screen.getByText('This subscription can never receive anything')).toBeInTheDocument();
    expect(rows[0]).toHaveTextContent(
      '2.0.0No eventdetail.data.chanel is not in the schema; there is detail.data.channel',
    );
  });

  it('warns where the newest version has none', async () => {
    await open(true, 'never', 'sometimes');
    expect(screen.getByText('It receives nothing of Access Granted 2.0.0')).toBeInTheDocument();
  });

  it('warns where a filter leaves nothing out, and not where there is none', async () => {
    await open(true, 'always');
    expect(screen.getByText('The filter leaves nothing out')).toBeInTheDocument();
  });

  it.each([
    [false, ['always']],
    [true, ['sometimes', 'never']],
    [true, ['unknown']],
  ] as const)('warns of nothing else: %s %j', async (hasFilter, verdicts) => {
    await open(hasFilter, ...verdicts);
    expect(screen.queryByText(/can never receive|receives nothing|leaves nothing out/)).not.toBeInTheDocument();
  });

  it('opens the event that proves it beside the pattern', async () => {
    const { address, rows } = await open(true, 'sometimes');
    fireEvent.click(within(rows[0]).getByRole('button', { name: 'One that does not' }));
    await waitFor(() => expect(address.current()).toBe(`/events/patterns?subscription=${id}`));
    const box = await screen.findByRole('textbox', { name: 'Event' });
    await waitFor(() => expect((box as HTMLTextAreaElement).value).toContain('"no": 1'));
  });
});
