import { readFile } from 'node:fs/promises';
import { Parser } from '@asyncapi/parser';
import { expect, test } from './portal';

const ACCESS_GRANTED = '/events/types/com.key.access/Access%20Granted';

test('two versions are compared: what changed as a list, and side by side', async ({ page, portal }) => {
  await portal.open(`${ACCESS_GRANTED}/versions`);
  await page.getByRole('link', { name: 'what changed' }).first().click();
  await expect(page).toHaveURL(/from=1\.1\.0.*to=2\.0\.0/);
  const changes = page.getByRole('list', { name: 'Changes from 1.1.0 to 2.0.0' });
  await expect(changes.getByText('guest', { exact: false }).first()).toBeVisible();
  await expect(changes.getByText('removed').first()).toBeVisible();

  await page.getByRole('combobox', { name: 'From' }).selectOption('1.0.0');
  await expect(page.getByRole('list', { name: 'Changes from 1.0.0 to 2.0.0' })).toBeVisible();
  await page.getByRole('button', { name: 'Side by side' }).click();
  const text = page.getByRole('region', { name: '1.0.0 beside 2.0.0' });
  await expect(text.locator('[data-kind=added]').first()).toBeVisible();
  await expect(text.locator('[data-kind=removed]').first()).toBeVisible();

  await page.reload();
  await expect(text.locator('[data-kind=added]').first()).toBeVisible();
});

test('its AsyncAPI 3 document is downloaded, and AsyncAPI’s own parser finds nothing wrong with it', async ({
  page,
  portal,
}) => {
  await portal.open(ACCESS_GRANTED);
  await page.getByRole('button', { name: 'Export' }).click();
  const downloading = page.waitForEvent('download');
  await page.getByRole('menuitem', { name: 'AsyncAPI 3 as YAML' }).click();
  const download = await downloading;
  expect(download.suggestedFilename()).toBe('com-key-access-access-granted.asyncapi.yaml');
  const text = await readFile(await download.path(), 'utf8');

  const { document, diagnostics } = await new Parser().parse(text);
  // Severity 0 is an error; the rest is advice on style.
  expect(
    diagnostics.filter(({ severity }) => severity === 0).map(({ path, message }) => `${path.join('.')}: ${message}`),
  ).toEqual([]);
  expect(document?.version()).toBe('3.0.0');
  expect(document?.allMessages().all().length).toBeGreaterThanOrEqual(3);
  const actions = document
    ?.allOperations()
    .all()
    .map(operation => operation.action());
  expect(new Set(actions)).toEqual(new Set(['send', 'receive']));
});
