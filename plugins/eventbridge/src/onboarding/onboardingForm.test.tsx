import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expectNoSeriousAxe } from '../testing/expectNoSeriousAxe';
import { FormApi, renderForm } from '../testing/renderForm';

beforeEach(() => jest.spyOn(window, 'scrollTo').mockImplementation(() => {}));
afterEach(() => jest.restoreAllMocks());

const next = () => screen.getByRole('button', { name: 'Next' });

describe('the form that onboards a service', () => {
  it('goes from a service and an event to the plan, and opens what was read', async () => {
    const user = userEvent.setup();
    const api = new FormApi();
    const onCreate = await renderForm('onboard-service', api);
    const service = await screen.findByRole('combobox', { name: 'Service' });
    await user.click(service);
    const [option] = await screen.findAllByRole('option');
    await user.click(option);
    await waitFor(() => expect(screen.getByLabelText('Region')).toHaveValue('eu-west-1'));
    expect(screen.getByRole('combobox', { name: 'AWS account' })).toHaveValue('access-prod');
    await user.click(next());

    await user.click(await screen.findByRole('checkbox', { name: /^Access Granted/ }));
    await user.click(screen.getByRole('button', { name: 'Subscribe to it' }));
    expect(await screen.findByText(/^Takes/)).toHaveTextContent(/Takes \d+ of \d+ example/);
    await expectNoSeriousAxe(document.body);
    await user.click(next());
    await user.click(await screen.findByRole('button', { name: 'Describe a new event type' }));
    await user.click(screen.getByRole('button', { name: 'Remove A new event type' }));
    await user.click(next());

    expect(await screen.findByRole('heading', { name: 'Who may do what' })).toBeInTheDocument();
    expect(api.asked[0]).toMatchObject({
      kind: 'onboard',
      account: 'access-prod',
      subscriptions: [{ name: 'access-granted', eventTypes: [{ detailType: 'Access Granted' }] }],
    });
    await user.click(screen.getByRole('button', { name: 'Open' }));
    await user.click(await screen.findByRole('button', { name: 'Open the pull requests' }));
    expect(onCreate).toHaveBeenCalledWith(
      expect.objectContaining({ plan: expect.objectContaining({ digest: 'd1', request: api.asked[0] }) }),
    );
  });

  it('keeps a person on a page until it is filled in, and says at each field what is missing', async () => {
    const user = userEvent.setup();
    await renderForm('onboard-service', new FormApi());
    await screen.findByRole('combobox', { name: 'Service' });
    await user.click(next());
    await waitFor(() => expect(screen.getByRole('combobox', { name: 'Service' })).toBeInvalid());
    expect(screen.getByLabelText('Region')).toHaveAccessibleDescription('Choose a Region.');
    expect(screen.getByRole('combobox', { name: 'Service' })).toHaveFocus();
    expect(screen.getByText('4 things are missing or wrong')).toBeInTheDocument();
    expect(screen.queryByRole('button', { name: 'Subscribe to it' })).not.toBeInTheDocument();
  });

  it('leads from a problem of the plan to the field that causes it, and opens nothing', async () => {
    const user = userEvent.setup();
    const api = new FormApi();
    api.problems = [
      {
        field: '/subscriptions/0/name',
        message: 'the name is taken',
        wayOut: 'Choose another.',
        rule: 'subscription-exists',
      },
    ];
    const [service] = await api.listServices();
    await renderForm('onboard-service', api, {
      service: {
        kind: 'existing',
        name: service.name,
        environment: 'prod',
        account: 'access-prod',
        region: 'eu-west-1',
      },
      subscriptions: [{ eventTypes: [{ source: api.eventTypes[0].source, detailType: api.eventTypes[0].detailType }] }],
    });
    for (const page of ['Region', 'Name of the subscription']) {
      await screen.findByLabelText(page);
      await user.click(next());
    }
    await screen.findByRole('button', { name: 'Describe a new event type' });
    await user.click(next());
    const problems = await screen.findByRole('list', { name: 'Problems' });
    expect(problems).toHaveTextContent('The name is taken');
    await expectNoSeriousAxe(document.body);
    await user.click(screen.getByRole('button', { name: 'Open' }));
    expect(await screen.findByRole('list', { name: 'Problems' })).toBeInTheDocument();
    await user.click(
      within(screen.getByRole('list', { name: 'Problems' })).getByRole('button', {
        name: 'Change the events to receive',
      }),
    );
    const name = await screen.findByLabelText('Name of the subscription');
    await waitFor(() => expect(name).toHaveFocus());
    expect(name).toHaveAccessibleDescription(/The name is taken\. Choose another\./);
    await user.type(name, '-2');
    await waitFor(() => expect(name).toBeValid());
  });
});

describe('a filter', () => {
  const subscribed = (more: object) => ({
    service: { kind: 'existing', name: 'a', environment: 'prod', account: 'b', region: 'eu-west-1' },
    subscriptions: [{ eventTypes: [{ source: 'com.key.access', detailType: 'Access Granted' }], ...more }],
  });
  const toSubscriptions = async (user: ReturnType<typeof userEvent.setup>, more: object = {}) => {
    await renderForm('onboard-service', new FormApi(), subscribed(more));
    await screen.findByLabelText('Region');
    await user.click(next());
    await screen.findByLabelText('Name of the subscription');
  };

  it('shows what is wrong with a written pattern at its character', async () => {
    const user = userEvent.setup();
    await toSubscriptions(user, { filterBy: 'pattern', patternText: '{"source": [com]}' });
    expect(await screen.findByText(/line 1, column 13/)).toHaveTextContent('"c" is not expected here');
  });

  it('says when no event can match', async () => {
    const user = userEvent.setup();
    const patternText = JSON.stringify({
      source: ['com.key.access'],
      'detail-type': ['Access Granted'],
      detail: { metadata: { schemaVersion: ['9.0.0'] } },
    });
    await toSubscriptions(user, { filterBy: 'pattern', patternText });
    expect(await screen.findByText(/As it stands,/)).toHaveTextContent('no version of the event can match');
    expect(screen.getByText(/^Takes/)).toHaveTextContent('Takes 0 of');
  });
});
