import { expect, test } from './portal';

test('a service’s page tells what it publishes and subscribes to', async ({ page, portal }) => {
  await portal.open('/catalog/default/component/access-service');
  await expect(page.getByText('Access Granted').first()).toBeVisible();
});
