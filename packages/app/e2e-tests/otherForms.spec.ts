import { call } from './api';
import { close, formAddress, mergeUntilLive, openPullRequests, UNTIL_LIVE_MS } from './forms';
import { expect, test } from './portal';

// Each of them goes through a plan and a task of the scaffolder.
test.setTimeout(180_000);

test('a subscription is found among all, and its filter changed where it was built', async ({
  page,
  portal,
  request,
}) => {
  await portal.open('/create/templates/default/change-subscription');
  const choice = page.getByRole('combobox', { name: 'Subscription' });
  // The last services of the list are on no first page: what is typed is searched on the server.
  await choice.fill('courier-early');
  await page.getByRole('option', { name: /Access service: courier-early/ }).click();
  const form = page.getByRole('region', { name: 'Subscription courier-early' });
  await expect(form.getByText(/It takes events only when .+; they arrive in access-open-early\./)).toBeVisible();
  await page.getByRole('button', { name: 'Next' }).click();
  await expect(page.getByText('Choose what is to change.')).toBeVisible();

  await form.getByRole('checkbox', { name: 'Which events it takes' }).check();
  await expect(page.getByText('One thing is missing or wrong')).toBeHidden();
  await expect(form.getByRole('radio', { name: 'Those with certain values' })).toBeChecked();
  const upper = form.getByRole('group', { name: 'Clause 2' });
  await expect(upper.getByRole('combobox', { name: 'Field' })).toHaveValue('minutesEarly');
  await expect(upper.getByLabel('Operator')).toHaveValue('at-most');
  await upper.getByLabel('Value').fill('20');
  await expect(form.getByText(/^Takes \d+ of \d+ examples/)).toBeVisible();
  await page.getByRole('button', { name: 'Next' }).click();

  const id = await openPullRequests(page, 'access-service changes its subscription courier-early');
  await expect(page.getByText('subscriptions/access-service/courier-early.yaml').first()).toBeVisible();
  await expect(page.getByText(/numeric.+20/).first()).toBeVisible();
  await close(request, id);
});

test('a service leaves a subscription: opened, merged, and gone', async ({ page, portal, request }) => {
  test.setTimeout(2 * UNTIL_LIVE_MS + 120_000);
  const name = `e2e-leaves-${Date.now().toString(36)}`;
  const { change } = await call<{ change: { id: string } }>(request, 'platform-engineer', 'POST', '/change-requests', {
    request: {
      kind: 'onboard',
      service: { kind: 'existing', name: 'fraud-guard' },
      environment: 'prod',
      account: 'insights-prod',
      region: 'eu-west-1',
      subscriptions: [
        {
          name,
          description: 'Of a browser test.',
          eventTypes: [{ source: 'com.key.access', detailType: 'Access Granted' }],
          target: { type: 'sqs', name },
        },
      ],
      publications: [],
    },
    key: name,
  });
  const address = `/change-requests/${change.id}`;
  await call(request, 'platform-engineer', 'POST', `${address}/pull-requests`);
  await call(request, 'platform-engineer', 'POST', `${address}/merge`);
  const stateOf = async () => (await call<{ state: string }>(request, 'platform-engineer', 'GET', address)).state;
  await expect.poll(stateOf, { timeout: UNTIL_LIVE_MS, intervals: [1000] }).toBe('live');

  await portal.open('/catalog/default/component/fraud-guard');
  await page.getByRole('link', { name: 'Leave the bus' }).click();
  await expect(page.getByRole('combobox', { name: 'Service' })).toHaveValue(/Fraud guard/);
  await expect(page.getByRole('group', { name: 'Subscriptions' })).toBeVisible();
  await page.getByRole('button', { name: 'Next' }).click();
  await expect(page.getByText('Choose what is taken away.')).toBeVisible();
  await page.getByRole('checkbox', { name }).check();
  await page.getByRole('button', { name: 'Next' }).click();
  await openPullRequests(page, `fraud-guard ends ${name}`);
  await mergeUntilLive(page);

  const { items } = await call<{ items: { name: string; standing: string }[] }>(
    request,
    'platform-engineer',
    'GET',
    `/subscriptions?service=fraud-guard&q=${name}`,
  );
  expect(items.filter(item => item.name === name && item.standing !== 'observed-only')).toEqual([]);
});

test('an event type is deprecated from its page, and something else named in its place', async ({
  page,
  portal,
  request,
}) => {
  await portal.open('/events/types/com.key.access/Access%20Schedule%20Changed');
  await page.getByRole('link', { name: 'Deprecate', exact: true }).click();
  const chosen = page.getByRole('list', { name: 'Event type', exact: true });
  await expect(chosen.getByText('Access Schedule Changed')).toBeVisible();
  await page.getByRole('button', { name: 'Next' }).click();
  await expect(page.getByLabel('Why')).toBeFocused();
  await expect(page.getByLabel('Why')).toHaveAccessibleDescription(/Say why/);
  await page.getByLabel('Why').fill('Access Granted has the schedule since 2.0.0.');
  await page.getByLabel('No longer published from').fill('2099-01-31');
  await page.getByRole('button', { name: 'Choose an event type' }).click();
  await page.getByRole('searchbox').fill('access granted');
  await page.getByRole('radio', { name: /^Access Granted/ }).click();
  await page.getByRole('button', { name: 'Next' }).click();
  await expect(page.getByText('People affected')).toBeVisible();
  const id = await openPullRequests(page, 'Access Schedule Changed is deprecated');
  await close(request, id);
});

test('a service publishes an event type that exists, which it can take back before it goes on', async ({
  page,
  portal,
  request,
}) => {
  await portal.open(formAddress('publish-event', { service: { kind: 'existing', name: 'fraud-guard' } }));
  await expect(page.getByLabel('Region')).toHaveValue('eu-west-1');
  await page.getByRole('button', { name: 'Next' }).click();
  await page.getByRole('button', { name: 'Add existing event types' }).click();
  const search = page.getByRole('searchbox', { name: 'Events to publish: search' });
  await search.fill('notification sent');
  await page.getByRole('checkbox', { name: /^Notification Sent/ }).check();
  await search.fill('anomaly detected');
  await page.getByRole('checkbox', { name: /^Anomaly Detected/ }).check();
  await page.getByRole('button', { name: 'Done choosing' }).click();
  await page.getByRole('button', { name: 'Remove Notification Sent' }).click();
  await page.getByRole('button', { name: 'Next' }).click();
  const id = await openPullRequests(page, 'fraud-guard publishes Anomaly Detected');
  await close(request, id);
});
