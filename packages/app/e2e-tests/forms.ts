import { expect, type APIRequestContext, type Page } from '@playwright/test';
import { call } from './api';

/** From the merge until AWS has everything and the first event matched; the sandbox sends an example of every type. */
export const UNTIL_LIVE_MS = 120_000;
/** A plan is read from the forge, and made over the whole event repository. */
export const PLAN_MS = 60_000;

/** Address of a template's form, filled in. */
export function formAddress(template: string, form: object): string {
  return `/create/templates/default/${template}?${new URLSearchParams({ formData: JSON.stringify(form) })}`;
}

/** Turns to the next page of the form, once this one shows something that is there only when it has read its data. */
export async function nextPage(page: Page, shows: ReturnType<Page['getByRole']>) {
  await expect(shows).toBeVisible();
  await page.getByRole('button', { name: 'Next' }).click();
}

/** From the plan to the page of the change request. */
export async function openPullRequests(page: Page, title: string | RegExp): Promise<string> {
  await expect(page.getByRole('heading', { name: title, level: 3 })).toBeVisible({ timeout: PLAN_MS });
  await page.getByRole('button', { name: 'Open', exact: true }).click();
  await page.getByRole('button', { name: 'Open the pull requests' }).click();
  await page.getByRole('link', { name: 'Follow the change request' }).click({ timeout: 60_000 });
  await expect(page).toHaveURL(/\/events\/changes\//);
  await expect(page.getByRole('heading', { name: title, level: 1 })).toBeVisible();
  return page.url().split('/').pop()!;
}

/** Merges on the page of the change request, and waits until it is live. */
export async function mergeUntilLive(page: Page) {
  const stands = page.getByRole('region', { name: 'Where it stands' });
  await stands.getByRole('button', { name: 'Merge' }).click();
  await expect(stands.getByText(/^Live .+ after the form was sent\.$/)).toBeVisible({ timeout: UNTIL_LIVE_MS });
}

/** Takes back what a test asked for, so that the next run may ask again. */
export async function close(request: APIRequestContext, id: string) {
  await call(request, 'platform-engineer', 'POST', `/change-requests/${id}/close`);
}
