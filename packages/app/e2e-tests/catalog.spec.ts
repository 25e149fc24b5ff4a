import { expect, test } from './portal';

test('a service’s page tells what it publishes and subscribes to', async ({ page, portal }) => {
  await portal.open('/catalog/default/component/access-service');
  await expect(page.getByText('Access Granted').first()).toBeVisible();
});

test('Backstage’s own search finds an event type by a field of its schema', async ({ page, portal }) => {
  await portal.open('/search?query=grantId');
  const found = page.getByRole('link', { name: 'Access Granted', exact: true });
  await expect(found.first()).toBeVisible();
  await expect(page.getByText('Also in').first()).toBeVisible();
  await found.first().click();
  await expect(page).toHaveURL(/\/events\/types\/com\.key\.access\/Access%20Granted/);
  await expect(page.getByRole('heading', { name: 'Access Granted', level: 1 })).toBeVisible();
});

test('an event type is an API of the catalog, and its definition shows the schema', async ({ page, portal }) => {
  await portal.open('/api-docs?filters[kind]=api&filters[user]=all');
  await page
    .getByRole('textbox', { name: /search/i })
    .first()
    .fill('Access Granted');
  await page
    .getByRole('link', { name: /^access granted$/i })
    .first()
    .click();
  await expect(page.getByRole('heading', { name: /access granted/i }).first()).toBeVisible();
  await page
    .getByRole('tab', { name: 'Definition' })
    .or(page.getByRole('link', { name: 'Definition' }))
    .first()
    .click();
  await expect(page.getByText('grantId').first()).toBeVisible();
  await page.getByRole('link', { name: 'Open the event type' }).click();
  await expect(page.getByRole('heading', { name: 'Access Granted', level: 1 })).toBeVisible();
});
