import { close } from './forms';
import { expect, test } from './portal';

const ACCESS_GRANTED = '/events/types/com.key.access/Access%20Granted';

test('from an event page to the plan, and from there to pull requests', async ({ page, portal, request }) => {
  await portal.open(ACCESS_GRANTED);
  await page.getByRole('link', { name: 'Subscribe', exact: true }).click();
  await expect(page).toHaveURL(/\/create\/templates\/default\/onboard-service/);

  const service = page.getByRole('combobox', { name: 'Service' });
  await service.fill('fraud');
  await page.getByRole('option', { name: /Fraud guard/ }).click();
  // Where the service runs comes with it.
  await expect(page.getByLabel('Region')).toHaveValue('eu-west-1');
  await expect(page.getByRole('combobox', { name: 'AWS account' })).toHaveValue('insights-prod');
  await page.getByRole('button', { name: 'Next' }).click();

  // The event type came with the link.
  const subscription = page.getByRole('region', { name: 'Subscription access-granted' });
  await expect(subscription.getByText(/^Takes \d+ of \d+ examples/)).toBeVisible();
  await subscription.getByRole('radio', { name: 'Those with certain values' }).check();
  await subscription.getByRole('combobox', { name: 'Field' }).fill('channel');
  await page.getByRole('option', { name: /^channel/ }).click();
  await subscription.getByLabel('Value', { exact: true }).selectOption('push');
  await expect(subscription.getByText(/^Takes 1 of/)).toBeVisible();
  // The subscription is called by its name, so its region has another one from here on.
  await page.getByLabel('Name of the queue').fill('fraud-guard-pushed-grants');
  await page.getByLabel('Name of the subscription').fill('pushed-grants');
  await page.getByRole('button', { name: 'Next' }).click();
  await page.getByRole('button', { name: 'Describe a new event type' }).waitFor();
  await page.getByRole('button', { name: 'Next' }).click();

  await expect(page.getByRole('heading', { name: 'fraud-guard subscribes to Access Granted' })).toBeVisible();
  await expect(page.getByText(/When this is merged, fraud-guard/)).toBeVisible();
  await expect(page.getByText(/Nobody else gains anything/)).toBeVisible();
  await expect(page.getByRole('table', { name: 'Permissions' })).toBeVisible();
  await expect(page.getByText('subscriptions/fraud-guard/pushed-grants.yaml').first()).toBeVisible();
  await page.getByRole('button', { name: 'Open', exact: true }).click();
  await page.getByRole('button', { name: 'Open the pull requests' }).click();

  await page.getByRole('link', { name: 'Follow the change request' }).click();
  await expect(page).toHaveURL(/\/events\/changes\//);
  await expect(page.getByRole('heading', { name: 'fraud-guard subscribes to Access Granted' })).toBeVisible();
  // One request of a service is open at a time: other tests ask for this service too.
  await close(request, page.url().split('/').pop()!);
});

test('a problem that planning finds leads to its field', async ({ page, portal }) => {
  const form = {
    service: { kind: 'existing', name: 'fraud-guard' },
    subscriptions: [
      {
        eventTypes: [{ source: 'com.key.access', detailType: 'Access Granted' }],
        filterBy: 'pattern',
        patternText: JSON.stringify({
          source: ['com.key.access'],
          'detail-type': ['Access Granted'],
          detail: { data: { channel: [7] } },
        }),
      },
    ],
  };
  await portal.open(
    `/create/templates/default/onboard-service?${new URLSearchParams({ formData: JSON.stringify(form) })}`,
  );
  await expect(page.getByLabel('Region')).toHaveValue('eu-west-1');
  await page.getByRole('button', { name: 'Next' }).click();
  await page.getByLabel('Name of the subscription').waitFor();
  await page.getByRole('button', { name: 'Next' }).click();
  await page.getByRole('button', { name: 'Describe a new event type' }).waitFor();
  await page.getByRole('button', { name: 'Next' }).click();
  await page
    .getByRole('list', { name: 'Problems' })
    .getByRole('button', { name: 'Change the events to receive' })
    .click();
  await expect(page.getByLabel('Event pattern')).toBeFocused();
  await expect(page.getByLabel('Event pattern')).toHaveAccessibleDescription(/no version of the event can match/i);
});

test('whoever may not open change requests is not asked to', async ({ page, portal }) => {
  await portal.open('/events/types/com.key.deliveries/Delivery%20Completed', 'reader');
  await expect(page.getByRole('button', { name: 'Subscribe' })).toBeVisible();
  await expect(page.getByRole('link', { name: 'Subscribe', exact: true })).toHaveCount(0);
});
