import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import * as legacy from '../legacy';
import { FormApi, renderForm } from '../testing/renderForm';
import { FIELDS } from './fieldTable';

const SERVICE = { kind: 'existing', name: 'a', environment: 'prod', account: 'b', region: 'eu-west-1' };
const EVENT_TYPE = { source: 'com.key.access', detailType: 'Access Granted' };

/** Each form with something in it, and what stands on each of its pages. */
const FORMS: readonly (readonly [template: string, form: object, shows: readonly string[]])[] = [
  [
    'onboard-service',
    { service: SERVICE, subscriptions: [{ eventTypes: [EVENT_TYPE] }] },
    ['Is the service on the bus already?', 'Which of these events', 'Nothing to publish yet', 'Who may do what'],
  ],
  ['change-subscription', {}, ['Subscription']],
  ['leave-bus', { leave: { service: 'access-service', everything: true } }, ['What is taken away', 'Who may do what']],
  [
    'deprecate-event',
    { deprecation: { eventType: EVENT_TYPE, since: '2026-11-20', reason: 'Use the other.' } },
    ['Deprecated from', 'Who may do what'],
  ],
];

const fields = (
  <>
    <legacy.BuslineServiceFieldExtension />
    <legacy.BuslineSubscriptionsFieldExtension />
    <legacy.BuslinePublicationsFieldExtension />
    <legacy.BuslineSubscriptionChangeFieldExtension />
    <legacy.BuslineLeaveFieldExtension />
    <legacy.BuslineDeprecationFieldExtension />
    <legacy.BuslinePlanFieldExtension />
  </>
);

beforeEach(() => jest.spyOn(window, 'scrollTo').mockImplementation(() => {}));
afterEach(() => jest.restoreAllMocks());

describe('the fields in the old frontend system', () => {
  it('are all exported', () => {
    expect(Object.keys(legacy).filter(name => name.endsWith('FieldExtension'))).toHaveLength(FIELDS.length);
  });

  it.each(FORMS)('are drawn by the form %s, page by page', async (template, form, shows) => {
    const user = userEvent.setup();
    await renderForm(template, new FormApi(), form, fields);
    for (const [index, words] of shows.entries()) {
      expect((await screen.findAllByText(words))[0]).toBeInTheDocument();
      if (index < shows.length - 1) await user.click(screen.getByRole('button', { name: 'Next' }));
    }
  });

  it('keep a person on the page until it is filled in', async () => {
    const user = userEvent.setup();
    await renderForm('onboard-service', new FormApi(), {}, fields);
    await screen.findByRole('combobox', { name: 'Service' });
    await user.click(screen.getByRole('button', { name: 'Next' }));
    await waitFor(() => expect(screen.getByLabelText('Region')).toHaveAccessibleDescription('Choose a Region.'));
    expect(screen.queryByText(/^Which events the service receives/)).not.toBeInTheDocument();
  });
});
