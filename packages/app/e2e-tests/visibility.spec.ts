import { expect, test } from './portal';

const RESTRICTED = 'Identity Document Verified';
const RESTRICTED_PATH = '/events/types/com.key.identity/Identity%20Document%20Verified';

test('the platform engineer sees a restricted event type', async ({ page, portal }) => {
  await portal.open('/events?q=identity+document');
  await expect(page.getByRole('link', { name: RESTRICTED }).first()).toBeVisible();
});

test('a reader finds it in no list and at no address', async ({ page, portal }) => {
  await portal.open('/events?q=identity+document', 'reader');
  await expect(page.getByText(/identity document/).first()).toBeVisible();
  await expect(page.getByRole('link', { name: RESTRICTED })).toHaveCount(0);
});

test('nor on the map', async ({ page, portal }) => {
  await portal.open('/events/map?view=list', 'reader');
  await expect(page.getByText('Door Locked').first()).toBeVisible();
  await expect(page.getByText(RESTRICTED)).toHaveCount(0);
});

test('the address says that there is no such event type', async ({ page }) => {
  // Not through `portal`: the browser itself reports the 404 of the API on its console.
  await page.addInitScript(() => window.localStorage.setItem('busline-sample-user', 'reader'));
  await page.goto(RESTRICTED_PATH);
  await expect(page.getByText(/no such event type|not found|does not exist/i).first()).toBeVisible();
  await expect(page.getByText('documentNumber')).toHaveCount(0);
});
