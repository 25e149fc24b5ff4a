import type { Page } from '@playwright/test';
import { call } from './api';
import { mergeUntilLive, nextPage, openPullRequests, PLAN_MS, UNTIL_LIVE_MS } from './forms';
import { expect, test } from './portal';

/** The catalog is given event types every minute. */
const CATALOG_MS = 120_000;

const EXAMPLE = { parcelId: 'parcel-4711', weightKg: 2.5, signed: true, items: [{ sku: 'bolt', count: 2 }] };
const SCHEMA = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  type: 'object',
  required: ['ticketId', 'stars'],
  properties: {
    ticketId: { type: 'string', description: 'The ticket that was answered.' },
    stars: { type: 'integer', minimum: 1, maximum: 5 },
    words: { type: 'string' },
  },
};

/** The event type is found by a field of its schema, and its page shows where the field stands. */
async function expectFound(page: Page, search: string, detailType: string, field: string) {
  await page.goto(`/events?q=${encodeURIComponent(search)}`);
  await page.getByRole('link', { name: detailType, exact: true }).first().click();
  await expect(page.getByRole('heading', { name: detailType, level: 1 })).toBeVisible();
  await page.getByRole('link', { name: 'Schema', exact: true }).click();
  await expect(page.getByText(field, { exact: true }).first()).toBeVisible();
}

test('a new publisher with a new event type, from an example: opened, merged, live, and found', async ({
  page,
  portal,
  request,
}) => {
  test.setTimeout(UNTIL_LIVE_MS + CATALOG_MS + 180_000);
  const id = Date.now().toString(36);
  // Names of event types begin with capitals, as the event repository has it.
  const [name, detailType, source] = [`parcels-${id}`, `Parcel Delivered E${id}`, `com.key.parcels-${id}`];
  await portal.open('/create/templates/default/publish-event');

  await page.getByRole('radio', { name: 'No, it is new' }).check();
  await page.getByLabel('Name', { exact: true }).fill(name);
  await page.getByLabel('What it does').fill('Knows where each parcel is.');
  await page.getByRole('combobox', { name: 'Owner' }).fill('deliveries');
  await page.getByRole('option', { name: /^Deliveries/ }).click();
  await page.getByLabel('Repository').fill(`https://github.com/key/${name}`);
  await page.getByLabel('Environment').selectOption('prod');
  // An account is found by its number too, as people have it at hand.
  await page.getByRole('combobox', { name: 'AWS account' }).fill('444455556666');
  await page.getByRole('option', { name: /deliveries-prod/ }).click();
  await expect(page.getByLabel('Region')).toHaveValue('eu-west-1');
  const describe = page.getByRole('button', { name: 'Describe a new event type' });
  await page.getByRole('button', { name: 'Next' }).click();

  // A form for publishing publishes something.
  await nextPage(page, describe);
  await expect(page.getByText('Choose an event type that exists, or describe a new one.')).toBeVisible();
  await describe.click();
  await page.getByRole('combobox', { name: 'Source' }).fill(source);
  await page.getByLabel('Detail-type').fill(detailType);
  await page.getByLabel('When it is sent, and what it means').fill('A parcel is at its door.');
  const example = page.getByRole('textbox', { name: 'Example of its data' });
  await example.fill('{"parcelId": }');
  await expect(page.getByText(/^Line 1, column 14/)).toBeVisible();
  // A whole event, as it was seen on a bus: the data is what counts.
  await example.fill(JSON.stringify({ source, 'detail-type': detailType, detail: { metadata: {}, data: EXAMPLE } }));
  await expect(example).toHaveValue(JSON.stringify(EXAMPLE, null, 2));
  await expect(page.getByText('weightKg', { exact: true })).toBeVisible();
  await page.getByRole('button', { name: 'Next' }).click();

  const title = `${name} publishes ${detailType}`;
  const letter = page.getByText(new RegExp(`When this is merged, ${name} .+ may publish ${detailType}`));
  await expect(letter).toBeVisible({ timeout: PLAN_MS });
  await expect(page.getByRole('heading', { name: 'Who may do what' })).toBeVisible();
  await expect(page.getByText(`services/${name}.yaml`).first()).toBeVisible();
  await openPullRequests(page, title);
  await mergeUntilLive(page);

  await expectFound(page, `parcel delivered e${id}`, detailType, 'weightKg');
  await expect(page.getByText('1.0.0').first()).toBeVisible();
  // The catalog has it as an API, once it was given what changed.
  const query = new URLSearchParams({
    filter: 'kind=api',
    fullTextFilterTerm: detailType,
    fullTextFilterFields: 'metadata.title',
  });
  const inCatalog = async () => {
    const path = `/api/catalog/entities/by-query?${query}`;
    const found = await call<{ totalItems: number }>(request, 'platform-engineer', 'GET', path);
    return found.totalItems;
  };
  await expect.poll(inCatalog, { timeout: CATALOG_MS, intervals: [2000] }).toBe(1);
});

test('a service that is on the bus publishes a new event type from its schema', async ({ page, portal }) => {
  test.setTimeout(UNTIL_LIVE_MS + 120_000);
  const id = Date.now().toString(36);
  const detailType = `Ticket Rated E${id}`;
  await portal.open('/catalog/default/component/support-desk');
  await page.getByRole('link', { name: 'Publish an event' }).click();

  // The service came with the link, and where it runs with the service.
  await expect(page.getByRole('combobox', { name: 'Service' })).toHaveValue(/Support desk/);
  await expect(page.getByLabel('Region')).toHaveValue('eu-west-1');
  await page.getByRole('button', { name: 'Next' }).click();
  await page.getByRole('button', { name: 'Describe a new event type' }).click();
  // The source under which it publishes already.
  await expect(page.getByRole('combobox', { name: 'Source' })).toHaveValue('com.key.support');
  await page.getByLabel('Detail-type').fill(detailType);
  await page.getByLabel('When it is sent, and what it means').fill('A customer said how the answer was.');
  await page.getByRole('radio', { name: 'I have a JSON Schema' }).check();
  const schema = page.getByRole('textbox', { name: 'JSON Schema of its data' });
  await schema.fill('{"type": "objekt"}');
  await expect(page.getByText(/^No valid schema/)).toBeVisible();
  await schema.fill(JSON.stringify(SCHEMA));
  await page.getByRole('textbox', { name: 'An example' }).fill('{"ticketId": "t-1", "stars": 6}');
  await expect(page.getByText(/^The example does not fit: \/stars/)).toBeVisible();
  await page.getByRole('textbox', { name: 'An example' }).fill('{"ticketId": "t-1", "stars": 5}');
  await expect(page.getByText('A valid schema, and the example fits it.')).toBeVisible();
  await page.getByRole('button', { name: 'Next' }).click();

  await openPullRequests(page, `support-desk publishes ${detailType}`);
  await mergeUntilLive(page);
  await expectFound(page, `ticket rated e${id}`, detailType, 'stars');
});
