import { expect, test } from './portal';

test('a person signs in and lands on the list of event types', async ({ page, portal }) => {
  await page.goto('/');
  await page.getByRole('button', { name: /Paula, platform engineer/ }).click();
  await expect(page.getByRole('heading', { name: 'Event types' })).toBeVisible();
  await expect(page.getByRole('link', { name: 'Access Granted' }).first()).toBeVisible();
  expect(portal.errors).toEqual([]);
});

test('from the list to an event type, its schema, versions and subscribers', async ({ page, portal }) => {
  await portal.open('/events');
  await expect(page.getByRole('link', { name: 'Access Code Issued' }).first()).toBeVisible();
  const search = page
    .getByRole('combobox', { name: /search/i })
    .or(page.getByRole('searchbox'))
    .first();
  await page.keyboard.press('Control+k');
  await expect(search).toBeFocused();
  await search.fill('access granted');
  await expect(page).toHaveURL(/q=access/);
  await expect(page.getByRole('link', { name: 'Access Code Issued' })).toHaveCount(0);
  await page.getByRole('link', { name: 'Access Granted' }).first().click();

  await expect(page.getByRole('heading', { name: 'Access Granted', level: 1 })).toBeVisible();
  await expect(page.getByText('com.key.access').first()).toBeVisible();
  await expect(page.getByRole('heading', { name: 'Who sends and who receives it' })).toBeVisible();
  await expect(page.getByText('Delivery service').first()).toBeVisible();

  await page.getByRole('link', { name: 'Schema', exact: true }).click();
  await expect(page).toHaveURL(/\/schema/);
  await expect(page.getByText('grantId').first()).toBeVisible();
  await expect(page.getByText('required').first()).toBeVisible();

  await page.getByRole('link', { name: /^Versions/ }).click();
  await expect(page).toHaveURL(/\/versions/);
  await expect(page.getByText('2.0.0').first()).toBeVisible();
  await expect(page.getByText('1.1.0').first()).toBeVisible();

  await page.getByRole('link', { name: /^Subscribers/ }).click();
  await expect(page).toHaveURL(/\/subscribers/);
  await expect(page.getByText('In sync').first()).toBeVisible();

  await page.goBack();
  await expect(page).toHaveURL(/\/versions/);
});

test('facets narrow the list, their state is the URL, and Back undoes them', async ({ page, portal }) => {
  await portal.open('/events');
  const all = await page.getByText(/\d+ in all/).textContent();
  await page.getByRole('checkbox', { name: /^billing/ }).check();
  await expect(page).toHaveURL(/owner=group/);
  await expect(page.getByRole('link', { name: 'Invoice Issued' }).first()).toBeVisible();
  await expect(page.getByRole('link', { name: 'Access Granted' })).toHaveCount(0);
  await page.goBack();
  await expect(page.getByText(all!)).toBeVisible();
  await page.goto('/events?domain=billing');
  await expect(page.getByRole('link', { name: 'Invoice Issued' }).first()).toBeVisible();
});

test('a search without a result says what was searched and clears with one click', async ({ page, portal }) => {
  await portal.open('/events?q=zzzznothing');
  await expect(page.getByText(/zzzznothing/).first()).toBeVisible();
  await page.getByRole('button', { name: /clear/i }).first().click();
  await expect(page.getByRole('link', { name: 'Access Code Issued' }).first()).toBeVisible();
});

test('the second repository is there: GitHub’s webhook events, imported', async ({ page, portal }) => {
  await portal.open('/events?q=pull+request+opened');
  await expect(page.getByText('com.github').first()).toBeVisible();
  await page.getByRole('link', { name: 'Pull Request Opened' }).first().click();
  await expect(page.getByRole('heading', { name: 'Pull Request Opened', level: 1 })).toBeVisible();
  await page.getByRole('link', { name: 'Schema', exact: true }).click();
  await expect(page.getByText('pull_request').first()).toBeVisible();
});

test('what runs is observed: drifts are shown with what differs', async ({ page, portal }) => {
  await portal.open('/events/subscriptions?standing=drifted');
  await expect(page.getByText('Drifted').first()).toBeVisible();
});
