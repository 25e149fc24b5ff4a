import type { Page } from '@playwright/test';
import { expect, expectAccessible, expectNoSidewaysScroll, test } from './portal';

const pattern = (page: Page) => page.getByRole('textbox', { name: 'Pattern' });
const event = (page: Page) => page.getByRole('textbox', { name: 'Event', exact: true });
const result = (page: Page) => page.getByRole('region', { name: 'Result' });
const receivers = (page: Page) => page.getByRole('region', { name: 'Who would receive this event' });

const DOOR = { source: 'com.key.access', 'detail-type': 'Access Granted' };

test('a pattern and an event are explained while somebody types', async ({ page, portal }) => {
  await portal.open('/events');
  await page.getByRole('navigation', { name: 'Events' }).getByRole('link', { name: 'Patterns' }).click();
  await expect(page.getByRole('heading', { name: 'Try a pattern' })).toBeVisible();
  await pattern(page).fill('{"detail": {"level": ["ERROR", "FATAL"]}}');
  await expect(result(page)).toContainText('Now an event');
  await event(page).fill('{"source": "a", "detail-type": "Log", "detail": {"level": "WARN"}}');
  await expect(result(page)).toContainText('The event does not match: 1 of 1 clause is not satisfied');
  const clause = result(page).getByRole('listitem');
  await expect(clause).toContainText('detail.level');
  await expect(clause).toContainText('is ERROR or FATAL');
  await expect(clause).toContainText('"WARN"');

  // One letter more, and the answer is another one.
  await event(page).fill('{"source": "a", "detail-type": "Log", "detail": {"lvel": "ERROR"}}');
  await expect(clause).toContainText('the event has detail.lvel; was that meant?');
  await event(page).fill('{"source": "a", "detail-type": "Log", "detail": {"level": "ERROR"}}');
  await expect(result(page)).toContainText('The event matches');
  await expectAccessible(page);
});

test('a mistake is underlined at its character, in the words of AWS too', async ({ page, portal }) => {
  await portal.open('/events/patterns');
  await pattern(page).fill('{\n  "source": ["a"],\n  "detail": { "level": [{ "prefx": "E" }] }\n}');
  const pane = page.getByRole('region', { name: 'Pattern' });
  await expect(pane).toContainText('line 3, column 27: Unrecognized match type prefx');
  await expect(pane).toContainText('Event pattern is not valid. Reason: Unrecognized match type prefx');
  await expect(pane.locator('[data-tone=error]')).toHaveCount(1);
  await expect(pattern(page)).toHaveAttribute('aria-invalid', 'true');
  // The message leads to the place.
  await pane.getByRole('button', { name: /line 3, column 27/ }).click();
  await expect(pattern(page)).toBeFocused();
  await page.keyboard.press('Control+a');
  await page.keyboard.type('{"source": [');
  await expect(pane).toContainText('line 1, column 13: the JSON ends too early');
  await expectAccessible(page);
});

test('an example comes from the catalog, with the pattern that takes its event type', async ({ page, portal }) => {
  await portal.open('/events/patterns');
  const picker = page.getByRole('combobox', { name: 'Load an example of an event type' });
  await picker.fill('access granted');
  await expect(page.getByRole('option').first()).toContainText('Access Granted');
  await picker.press('Enter');
  await expect(event(page)).toHaveValue(/"detail-type": "Access Granted"/);
  await expect(pattern(page)).toHaveValue(/"detail-type": \["Access Granted"\]/);
  await expect(result(page)).toContainText('The event matches: all 2 clauses are satisfied');
  await expect(page).toHaveURL(/source=com\.key\.access&detailType=Access\+Granted/);
});

test('the subscribers that would receive the event are named, and why another one would not', async ({
  page,
  portal,
}) => {
  await portal.open('/events/patterns?source=com.key.access&detailType=Access+Granted');
  const list = receivers(page).getByRole('list', { name: 'Receive this event' });
  await expect(list).toContainText('Audit archive');
  await receivers(page)
    .getByRole('button', { name: /^Do not/ })
    .click();
  const missing = receivers(page)
    .getByRole('list', { name: 'Do not receive this event' })
    .getByRole('listitem')
    .first();
  await missing.getByRole('link', { name: /^Why .* does not receive it/ }).click();
  await expect(result(page)).toContainText('The event does not match');
  await expect(page).toHaveURL(/subscription=\w+/);
  // The event stayed where it was.
  await expect(event(page)).toHaveValue(/"detail-type": "Access Granted"/);
});

test('what somebody sees is shared by its address, which no server is sent', async ({ page, portal, browser }) => {
  await portal.open('/events/patterns');
  const written = '{ "source": ["com.key.access"], "detail": { "who": [{ "prefix": "Zoë 🚪" }] } }';
  await pattern(page).fill(written);
  await event(page).fill(JSON.stringify({ ...DOOR, detail: { who: 'Zoë 🚪 lives here' } }));
  await expect(page).toHaveURL(/#pattern=.*&event=/);
  await expect(result(page)).toContainText('The event matches');
  const address = page.url();
  expect(new URL(address).search).toBe('');

  const other = await browser.newPage();
  await other.addInitScript(() => window.localStorage.setItem('busline-sample-user', 'reader'));
  await other.goto(address);
  await expect(pattern(other)).toHaveValue(written);
  await expect(result(other)).toContainText('The event matches');
  await other.close();

  let noise = 1;
  const random = () => {
    noise = (noise * 48_271) % 2_147_483_647;
    return noise.toString(36);
  };
  await event(page).fill(JSON.stringify({ ...DOOR, detail: Array.from({ length: 3000 }, random) }));
  await expect(page.getByText(/Too long to share by its address/)).toBeVisible();
});

test('a reader is not told of subscriptions to a restricted event type', async ({ page, portal }) => {
  const secret = JSON.stringify({
    source: 'com.key.identity',
    'detail-type': 'Identity Document Verified',
    detail: {},
  });
  await portal.open('/events/patterns');
  await event(page).fill(secret);
  const all = receivers(page).getByRole('button', { name: /^Do not [1-9]/ });
  await expect(all).toBeVisible();
  await portal.open('/events/patterns', 'reader');
  await event(page).fill(secret);
  await expect(receivers(page)).toContainText('or you may not see it');
  await expect(receivers(page).getByRole('button', { name: 'Do not 0' })).toBeVisible();
});

test('from an event type’s example and from a subscription', async ({ page, portal }) => {
  await portal.open('/events/types/com.key.access/Access%20Granted');
  await page.getByText('Who receives this example').click();
  await expect(page.getByRole('list', { name: 'Receive this event' })).toContainText('Audit archive');
  await page.getByRole('link', { name: 'Try a pattern' }).click();
  await expect(event(page)).toHaveValue(/"detail-type": "Access Granted"/);

  await portal.open('/events/subscriptions?service=delivery-service&environment=prod');
  await page.getByRole('link', { name: 'Delivery service' }).first().click();
  const panel = page.getByRole('dialog', { name: 'Subscription' });
  await expect(panel.getByText(/^(Some events|Every event|No event)$/).first()).toBeVisible();
  await panel.getByRole('link', { name: 'Why did it (not) match?' }).click();
  await expect(page).toHaveURL(/patterns\?subscription=/);
  await expect(pattern(page)).toHaveValue(/"source"/);
});

for (const [width, height] of [
  [390, 844],
  [768, 1024],
  [1920, 1080],
]) {
  for (const colorScheme of ['light', 'dark'] as const) {
    test(`it fits ${width} pixels, ${colorScheme}`, async ({ page, portal }) => {
      await page.setViewportSize({ width, height });
      await page.emulateMedia({ colorScheme });
      await portal.open('/events/patterns?source=com.key.access&detailType=Access+Granted');
      await expect(receivers(page)).toContainText('Audit archive');
      await expectNoSidewaysScroll(page);
      await expectAccessible(page);
    });
  }
}
