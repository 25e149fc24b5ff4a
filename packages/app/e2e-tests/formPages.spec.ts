import type { Page } from '@playwright/test';
import { formAddress } from './forms';
import { expect, expectAccessible, expectNoSidewaysScroll, test } from './portal';

const SERVICE = {
  kind: 'existing',
  name: 'fraud-guard',
  environment: 'prod',
  account: 'insights-prod',
  region: 'eu-west-1',
};
const SUBSCRIPTION = {
  eventTypes: [{ source: 'com.key.access', detailType: 'Access Granted' }],
  filterBy: 'fields',
  clauses: [
    { field: 'data.channel', operator: 'is', values: ['push', 'email'], type: 'text' },
    { field: '', operator: 'is', values: [], type: 'text' },
  ],
};
const PUBLICATION = {
  kind: 'new',
  source: 'com.key.fraud',
  detailType: 'A Rather Long Name Of Something That Happened',
  description: 'Something with a long name happened.',
  exampleText: '{"something": {"that": {"is": {"nested": [1]}}}}',
};

/** Every form with something on every page of it, and what is there only when the page has read its data. */
const FORMS: readonly { readonly template: string; readonly form: object; readonly shows: readonly string[] }[] = [
  {
    template: 'onboard-service',
    form: { service: SERVICE, subscriptions: [SUBSCRIPTION], publications: [PUBLICATION] },
    shows: ['where Fraud guard runs', 'Takes', 'The schema that is made of it', 'Who may do what'],
  },
  { template: 'publish-event', form: { service: { kind: 'new' } }, shows: ['Component in the catalog'] },
  {
    template: 'change-subscription',
    form: {
      change: {
        service: 'access-service',
        subscription: 'courier-early',
        parts: ['filter', 'target', 'delivery', 'description', 'enabled'],
        enabled: false,
      },
    },
    shows: ['Takes', 'Who may do what'],
  },
  {
    template: 'leave-bus',
    form: { leave: { service: 'fraud-guard', everything: true } },
    shows: ['What is taken away', 'Who may do what'],
  },
  {
    template: 'deprecate-event',
    form: {
      deprecation: {
        eventType: { source: 'com.key.access', detailType: 'Access Schedule Changed' },
        reason: 'Another has it.',
      },
    },
    shows: ['Choose another', 'Who may do what'],
  },
];

async function look(page: Page, shows: string) {
  await expect(page.getByText(shows).filter({ visible: true }).first()).toBeVisible();
  await expectNoSidewaysScroll(page);
  await expectAccessible(page);
}

const PHONE_IN_DARK = [390, 'dark'] as const;
const WIDE_IN_LIGHT = [1920, 'light'] as const;

for (const { template, form, shows } of FORMS) {
  // All of them stand on the same parts: one of them is looked at on a wide screen too.
  for (const [width, colorScheme] of template === 'onboard-service'
    ? [PHONE_IN_DARK, WIDE_IN_LIGHT]
    : [PHONE_IN_DARK]) {
    test(`${template} fits ${width} pixels and is accessible in ${colorScheme}, page by page`, async ({
      page,
      portal,
    }) => {
      test.setTimeout(120_000);
      await page.setViewportSize({ width, height: 900 });
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      await portal.open(formAddress(template, form));
      for (const [index, words] of shows.entries()) {
        await look(page, words);
        if (index < shows.length - 1) await page.getByRole('button', { name: 'Next' }).click();
      }
    });
  }
}

test('a page with problems is accessible, in both themes', async ({ page, portal }) => {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await portal.open(formAddress('onboard-service', { service: { kind: 'new' } }));
    await page.getByLabel('Name', { exact: true }).waitFor();
    await page.getByRole('button', { name: 'Next' }).click();
    await look(page, 'things are missing or wrong');
  }
});

test('the form is filled in with the keyboard alone', async ({ page, portal }) => {
  await portal.open('/create/templates/default/onboard-service');
  const service = page.getByRole('combobox', { name: 'Service' });
  await service.focus();
  await page.keyboard.type('fraud');
  await expect(page.getByRole('option', { name: /Fraud guard/ })).toBeVisible();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(page.getByLabel('Region')).toHaveValue('eu-west-1');
  // Enter takes an option, and does not send the page away under a person's hands.
  await expect(service).toBeVisible();
  await tabTo(page, page.getByRole('button', { name: 'Next' }));
  await page.keyboard.press('Enter');

  await tabTo(page, page.getByRole('searchbox', { name: 'Events to receive: search' }));
  await page.keyboard.type('access granted');
  const granted = page.getByRole('checkbox', { name: /^Access Granted/ });
  await expect(granted).toBeVisible();
  await tabTo(page, granted);
  await page.keyboard.press('Space');
  await tabTo(page, page.getByRole('button', { name: 'Subscribe to it' }));
  await page.keyboard.press('Enter');
  const all = page.getByRole('radio', { name: 'All of them' });
  await tabTo(page, all);
  await page.keyboard.press('ArrowRight');
  await expect(page.getByRole('radio', { name: 'Those with certain values' })).toBeChecked();
  await tabTo(page, page.getByRole('combobox', { name: 'Field' }));
  await page.keyboard.type('channel');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await tabTo(page, page.getByLabel('Value', { exact: true }));
  await page.keyboard.type('push');
  await expect(page.getByText(/^Takes 1 of/)).toBeVisible();
});

/** Goes on with Tab until a control has the focus. */
async function tabTo(page: Page, control: ReturnType<Page['getByRole']>) {
  for (let press = 0; press < 60; press += 1) {
    if (await control.evaluate(element => element === document.activeElement)) return;
    await page.keyboard.press('Tab');
  }
  await expect(control).toBeFocused();
}
