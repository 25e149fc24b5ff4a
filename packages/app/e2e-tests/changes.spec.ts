import path from 'node:path';
import type { APIRequestContext, Page } from '@playwright/test';
import { call } from './api';
import { expect, expectAccessible, expectNoSidewaysScroll, test, type SampleUser } from './portal';

/** Where screenshots are kept, for whoever writes the README. */
const PICTURES = 'node_modules/.cache/e2e-pictures';
/** From the merge until AWS has everything and the first event matched; the sandbox sends an example of every type. */
const UNTIL_LIVE_MS = 120_000;

/** A subscription that no other run has asked for. */
function subscriptionRequest(name: string) {
  return {
    kind: 'onboard',
    service: { kind: 'existing', name: 'fraud-guard' },
    environment: 'prod',
    account: 'insights-prod',
    region: 'eu-west-1',
    subscriptions: [
      {
        name,
        description: 'Looks at grants as they are made.',
        eventTypes: [{ source: 'com.key.access', detailType: 'Access Granted' }],
        target: { type: 'sqs', name: `fraud-${name}` },
      },
    ],
    publications: [],
    reason: 'Grants at night are what fraud looks like.',
  };
}

async function openChangeRequest(request: APIRequestContext, user: SampleUser, name: string): Promise<string> {
  const sent = await call<{ kind: string; change: { id: string } }>(request, user, 'POST', '/change-requests', {
    request: subscriptionRequest(name),
    key: `e2e-${name}`,
  });
  expect(sent).toMatchObject({ kind: 'change' });
  await call(request, user, 'POST', `/change-requests/${sent.change.id}/pull-requests`);
  return sent.change.id;
}

const picture = (page: Page, name: string) => page.screenshot({ path: path.join(PICTURES, `changes-${name}.png`) });
/** Another person at the same browser. */
async function become(page: Page, user: SampleUser) {
  await page.addInitScript(name => window.localStorage.setItem('busline-sample-user', name), user);
  await page.reload();
}

test('a change request is approved by one, merged by another, and followed until it is live', async ({
  page,
  portal,
  request,
}) => {
  test.setTimeout(UNTIL_LIVE_MS + 120_000);
  const name = `e2e-${Date.now().toString(36)}`;
  const id = await openChangeRequest(request, 'billing-owner', name);

  await portal.open('/events/changes?mine=asked', 'billing-owner');
  await page.getByRole('link', { name: 'fraud-guard subscribes to Access Granted' }).first().click();
  await expect(page).toHaveURL(new RegExp(`/events/changes/${id}$`));
  const stands = page.getByRole('region', { name: 'Where it stands' });
  await expect(stands.getByText('not needed', { exact: true })).toBeVisible();
  await expect(stands.getByText(/^Approve:/)).toHaveCount(0);
  await expect(page.getByText(/Nobody else gains anything/)).toBeVisible();
  await expect(page.getByRole('region', { name: `subscriptions/fraud-guard/${name}.yaml, added` })).toBeVisible();
  await picture(page, 'open');
  await expectAccessible(page);

  await become(page, 'access-owner');
  await stands.getByRole('button', { name: 'Approve' }).click();
  await expect(stands.getByText('You have approved it')).toBeVisible();
  await expect(page.getByRole('list', { name: 'History' }).getByText('approved', { exact: true })).toBeVisible();

  await become(page, 'platform-engineer');
  await stands.getByRole('button', { name: 'Merge' }).click();
  const stacks = page.getByRole('list', { name: 'Stacks' });
  await expect(stacks.getByText('busline-prod-central-fraud-guard', { exact: true })).toBeVisible({ timeout: 60_000 });
  await picture(page, 'deploying');

  await expect(stands.getByText(/^Live .+ after the form was sent\.$/)).toBeVisible({ timeout: UNTIL_LIVE_MS });
  await expect(page.getByText(/git clone http.+\/git\/key\/fraud-guard\.git/).first()).toBeVisible();
  await picture(page, 'live');
  await expectAccessible(page);

  await stands.getByRole('link', { name: `Subscription ${name}` }).click();
  await expect(
    page.getByRole('table', { name: 'Subscriptions' }).getByText('In sync').filter({ visible: true }).first(),
  ).toBeVisible();
});

test('a change request is closed after a question', async ({ page, portal, request }) => {
  // Five looks at a long page, each with axe.
  test.setTimeout(180_000);
  const id = await openChangeRequest(request, 'billing-owner', `e2e-closed-${Date.now().toString(36)}`);
  await portal.open(`/events/changes/${id}`, 'billing-owner');
  await page.getByRole('button', { name: 'Close…' }).click();
  await page.getByRole('button', { name: 'Close without merging' }).click();
  await expect(page.getByText(/^Closed without being merged\. Nothing of it/)).toBeVisible();
  await expect(page.getByRole('button', { name: 'Close…' })).toBeHidden();

  for (const [width, colorScheme] of [
    [390, 'light'],
    [390, 'dark'],
    [1280, 'dark'],
    [1920, 'light'],
  ] as const) {
    await page.setViewportSize({ width, height: 900 });
    await page.emulateMedia({ colorScheme });
    // The app draws everything anew when the theme changes; a link opened in that theme is what people see.
    await page.reload();
    await expect(page.getByText(/^Closed without being merged\. Nothing of it/)).toBeVisible();
    await expectNoSidewaysScroll(page);
    await expectAccessible(page);
    await picture(page, `closed-${width}-${colorScheme}`);
  }
  await portal.open('/events/changes?state=closed', 'billing-owner');
  await expect(page.getByRole('table', { name: 'Change requests' })).toBeVisible();
  await expectAccessible(page);
  await expectNoSidewaysScroll(page);
});
