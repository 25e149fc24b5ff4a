import type { Page } from '@playwright/test';
import { formAddress, nextPage } from './forms';
import { expect, test } from './portal';

const ACCESS_GRANTED = { source: 'com.key.access', detailType: 'Access Granted' };
const SERVICE = {
  kind: 'existing',
  name: 'fraud-guard',
  environment: 'prod',
  account: 'insights-prod',
  region: 'eu-west-1',
};

/** From the first page of onboarding to its plan, and from the problem there back to its page. */
async function toProblem(page: Page, pageWords: string) {
  await nextPage(page, page.getByRole('button', { name: 'Next' }));
  await nextPage(page, page.getByText(/^Which events the service receives/));
  await nextPage(page, page.getByRole('button', { name: 'Describe a new event type' }));
  const problems = page.getByRole('list', { name: 'Problems' });
  await expect(problems).toBeVisible();
  // Nothing is opened as long as there are problems.
  await page.getByRole('button', { name: 'Open', exact: true }).click();
  await expect(problems).toBeVisible();
  await problems
    .getByRole('button', { name: `Change ${pageWords}` })
    .first()
    .click();
}

test('an account that nobody declared is said at the account', async ({ page, portal }) => {
  const service = { ...SERVICE, account: 'insights-prdo' };
  await portal.open(formAddress('onboard-service', { service, subscriptions: [{ eventTypes: [ACCESS_GRANTED] }] }));
  await toProblem(page, 'the service');
  const account = page.getByRole('combobox', { name: 'AWS account' });
  await expect(account).toBeFocused();
  await expect(account).toHaveAccessibleDescription(/insights-prod/);
  // Another one is chosen: what was wrong with the old one is gone at once.
  await account.fill('insights');
  await page.getByRole('option', { name: /^insights-prod/ }).click();
  await expect(account).not.toHaveAccessibleDescription(/insights-prdo/);
});

test('a name that would escape its folder is refused at the name', async ({ page, portal }) => {
  const service = { kind: 'new', name: '../../secrets', owner: 'group:default/access', environment: 'prod' };
  await portal.open(formAddress('onboard-service', { service }));
  await nextPage(page, page.getByLabel('Name', { exact: true }));
  const name = page.getByLabel('Name', { exact: true });
  await expect(name).toBeFocused();
  await expect(name).toHaveAccessibleDescription(/Expected lower-case letters/);
  await expect(page.getByText('4 things are missing or wrong')).toBeVisible();
  await expect(page.getByRole('combobox', { name: 'AWS account' })).toHaveAccessibleDescription(
    /Choose an AWS account/,
  );
  // What is mended is no longer said, without another press.
  await name.fill('secrets-service');
  await expect(name).not.toHaveAccessibleDescription(/Expected/);
  await expect(page.getByText('3 things are missing or wrong')).toBeVisible();
});

test('a pattern that is no pattern is marked at its character, and nobody goes on with it', async ({
  page,
  portal,
}) => {
  const subscriptions = [
    { eventTypes: [ACCESS_GRANTED], filterBy: 'pattern', patternText: '{"source": ["com.key.access"' },
  ];
  await portal.open(formAddress('onboard-service', { service: SERVICE, subscriptions }));
  await nextPage(page, page.getByLabel('Region'));
  const pattern = page.getByLabel('Event pattern');
  await expect(page.getByText(/^line 1, column 29: /)).toBeVisible();
  await nextPage(page, pattern);
  await expect(pattern).toBeFocused();
  await expect(pattern).toHaveAccessibleDescription(/Line 1, column 29/);
  // JSON, but nothing that EventBridge takes: its own words.
  await pattern.fill('{"source": "com.key.access"}');
  await expect(page.getByText(/^line 1, column \d+: .*(array|Match)/i).first()).toBeVisible();
});

test('whoever ticks an event type and goes on is told that nothing is subscribed to yet', async ({ page, portal }) => {
  await portal.open(formAddress('onboard-service', { service: SERVICE }));
  await nextPage(page, page.getByLabel('Region'));
  await page.getByRole('searchbox').fill('access granted');
  await page.getByRole('checkbox', { name: /^Access Granted/ }).check();
  await page.getByRole('button', { name: 'Next' }).click();
  await expect(page.getByText(/^Access Granted is ticked, but there is no subscription to it yet/)).toBeVisible();
  await page.getByRole('button', { name: 'Subscribe to it' }).click();
  await expect(page.getByText(/is ticked, but/)).toBeHidden();
  await expect(page.getByRole('region', { name: 'Subscription access-granted' })).toBeVisible();
});

test('a quota that would be exceeded is said with the way out, at what causes it', async ({ page, portal }) => {
  // Each source is a statement of its own in the policy of the central bus, which takes 10,240 characters.
  const publications = Array.from({ length: 16 }, (_, number) => ({
    kind: 'new',
    source: `com.key.fraud.a-source-with-a-rather-long-name-${number}`,
    detailType: 'Something Happened',
    description: 'Of a browser test.',
    exampleText: '{"a": 1}',
  }));
  await portal.open(formAddress('onboard-service', { service: SERVICE, publications }));
  await nextPage(page, page.getByLabel('Region'));
  await nextPage(page, page.getByText(/^Which events the service receives/));
  await nextPage(page, page.getByRole('button', { name: 'Describe a new event type' }));
  const problems = page.getByRole('list', { name: 'Problems' });
  await expect(problems).toContainText(/10,240/);
  await problems.getByRole('button', { name: 'Change the events to publish' }).first().click();
  await expect(page.getByText(/10,240/).first()).toBeVisible();
});
