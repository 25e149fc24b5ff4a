import { expect, test } from './portal';

const ACCESS_GRANTED = '/events/types/com.key.access/Access%20Granted';

test('versions are judged on a timeline, and two of them compared down to the event that breaks', async ({
  page,
  portal,
}) => {
  await portal.open(`${ACCESS_GRANTED}/versions`);
  const timeline = page.getByRole('list', { name: 'Versions, newest first' });
  await expect(timeline.getByText('another major')).toBeVisible();
  await expect(timeline.getByText('compatible', { exact: true })).toBeVisible();
  await expect(timeline.getByText('2.0.0 does not read events of 1.1.0', { exact: false })).toBeVisible();

  await page.getByRole('link', { name: 'what changed' }).first().click();
  await expect(page).toHaveURL(/from=1\.1\.0.*to=2\.0\.0/);
  const forward = page.getByRole('list', { name: 'What breaks forward' });
  const phone = forward.getByRole('listitem').filter({ hasText: 'channel' });
  await phone.getByRole('button', { name: 'Show the place and an event' }).click();
  await expect(phone.getByRole('region', { name: 'the event' })).toContainText('"channel": "phone"');
  await expect(phone.getByRole('button', { name: /Copy/ })).toBeVisible();

  // The place in both lists of properties, which say what changed.
  const now = page.getByRole('region', { name: 'Properties of 2.0.0' });
  const before = page.getByRole('region', { name: 'Properties of 1.1.0' });
  await expect(now.locator('[data-marked]')).toContainText('channel');
  await expect(now.locator('[data-marked]')).toContainText('loosened');
  await expect(now.locator('[data-marked]')).toBeInViewport();
  await expect(before.getByText('removed').first()).toBeVisible();

  // Whom it hits.
  const hit = page.getByRole('list', { name: 'Subscribers and the step from 1.1.0 to 2.0.0' });
  await expect(hit.getByRole('listitem').filter({ hasText: 'audit-archive' })).toContainText('broken');
  await expect(hit.getByText('unaffected').first()).toBeVisible();

  // The same as text, and the same from a link.
  await page.getByRole('button', { name: 'Side by side' }).click();
  const text = page.getByRole('region', { name: '1.1.0 beside 2.0.0' });
  await expect(text.locator('td[data-focus]').first()).toBeVisible();
  await page.reload();
  await expect(text.locator('td[data-focus]').first()).toBeInViewport();
  await expect(phone.getByRole('region', { name: 'the event' })).toBeVisible();
});
