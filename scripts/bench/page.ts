import { existsSync } from 'node:fs';
import { chromium } from 'playwright-core';

const CANDIDATES = [
  process.env.BUSLINE_CHROMIUM,
  '/usr/bin/chromium',
  '/usr/bin/google-chrome',
  chromium.executablePath(),
];

/**
 * Milliseconds from opening /events until its first rows can be clicked, signed in already; the cache is warm, as it is for a person
 * who comes back. Undefined where there is no browser.
 */
export async function timeEventsPage(url: string, runs: number): Promise<number[] | undefined> {
  const executablePath = CANDIDATES.find(file => file && existsSync(file));
  if (!executablePath) return undefined;
  const browser = await chromium.launch({
    executablePath,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
  try {
    const context = await browser.newContext();
    await context.addInitScript(() => window.localStorage.setItem('busline-sample-user', 'platform-engineer'));
    const taken: number[] = [];
    for (let run = -1; run < runs; run += 1) {
      const page = await context.newPage();
      const from = performance.now();
      await page.goto(`${url}/events`);
      await page.locator('a[href*="/events/types/"]').first().waitFor();
      if (run >= 0) taken.push(performance.now() - from);
      await page.close();
    }
    return taken;
  } finally {
    await browser.close();
  }
}
