import { expect, expectAccessible, expectNoSidewaysScroll, test } from './portal';

/** Every page with something that is there only when it has read its data. */
const PAGES = [
  { path: '/events', shows: 'Access Code Issued' },
  {
    path: '/events/types/com.key.access/Access%20Granted',
    shows: 'What it looks like',
  },
  {
    path: '/events/types/com.key.access/Access%20Granted/schema',
    shows: 'grantId',
  },
  {
    path: '/events/types/com.key.access/Access%20Granted/versions',
    shows: '1.1.0',
  },
  {
    path: '/events/types/com.key.access/Access%20Granted/subscribers',
    shows: 'Delivery service',
  },
  { path: '/events/subscriptions', shows: 'Access service' },
  { path: '/events/buses', shows: 'key-central' },
  { path: '/events/map', shows: 'Deliveries' },
  { path: '/events/map?view=list', shows: 'Access Granted' },
  { path: '/events/sources', shows: 'Key Suite' },
] as const;

for (const { path, shows } of PAGES) {
  test.describe(path, () => {
    for (const colorScheme of ['light', 'dark'] as const) {
      test(`is accessible in ${colorScheme}`, async ({ page, portal }) => {
        await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
        await portal.open(path);
        await expect(page.getByText(shows).filter({ visible: true }).first()).toBeVisible();
        await expectAccessible(page);
      });
    }
    for (const width of [390, 1920]) {
      test(`fits ${width} pixels`, async ({ page, portal }) => {
        await page.setViewportSize({ width, height: 900 });
        await portal.open(path);
        await expect(page.getByText(shows).filter({ visible: true }).first()).toBeVisible();
        await expectNoSidewaysScroll(page);
      });
    }
  });
}

test('the map shows the path of what is chosen, and a link to it shows the same', async ({ page, portal }) => {
  await portal.open('/events/map');
  await page.getByRole('combobox', { name: 'Find on the map' }).fill('Access Granted');
  await page.getByRole('option', { name: 'Access Granted' }).click();
  const path = page.getByRole('complementary', {
    name: 'Path of Access Granted',
  });
  await expect(path.getByText('Access service')).toBeVisible();
  await page.reload();
  await expect(path.getByText('Access service')).toBeVisible();
});
