import AxeBuilder from '@axe-core/playwright';
import { expect, test as base, type Page } from '@playwright/test';

export type SampleUser = 'platform-engineer' | 'access-owner' | 'billing-owner' | 'reader';

/** What the browser may say on its own without anything being wrong. */
const NOT_OURS = [
  // Backstage's own icons, registered the old way by its default plugins.
  /registered as IconComponent/,
];

interface Portal {
  /** Opens a path of the portal as one of the sample users. */
  open(path: string, user?: SampleUser): Promise<void>;
  /** Everything that went wrong in the browser so far. */
  readonly errors: readonly string[];
}

/** Every test fails when the browser's console has an error at its end. */
export const test = base.extend<{ portal: Portal }>({
  portal: async ({ page }, use) => {
    const errors: string[] = [];
    page.on('console', message => {
      const text = message.text();
      if (message.type() === 'error' && !NOT_OURS.some(known => known.test(text))) {
        errors.push(`${text} (${message.location().url})`);
      }
    });
    page.on('pageerror', error => errors.push(error.message));
    let signedInAs: SampleUser | undefined;
    await use({
      errors,
      async open(path, user = 'platform-engineer') {
        if (signedInAs !== user) {
          signedInAs = user;
          await page.addInitScript(name => window.localStorage.setItem('busline-sample-user', name), user);
        }
        await page.goto(path);
      },
    });
    expect(errors).toEqual([]);
  },
});

/** Nothing on the page that axe calls serious or critical. */
export async function expectAccessible(page: Page) {
  const { violations } = await new AxeBuilder({ page })
    // Only what the portal itself draws: the frame around it is Backstage's.
    .include('[data-busline-page]')
    .analyze();
  const serious = violations.filter(({ impact }) => ['serious', 'critical'].includes(impact ?? ''));
  expect(serious.map(({ id, nodes }) => `${id}: ${nodes.map(node => node.target).join(', ')}`)).toEqual([]);
}

/** Nothing sticks out to the right: the page itself does not scroll sideways. */
export async function expectNoSidewaysScroll(page: Page) {
  const overflow = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  expect(overflow).toBeLessThanOrEqual(0);
}

export { expect };
