import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { StepError, step } from './log.mjs';
import { root } from './paths.mjs';
import { run } from './processes.mjs';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome'];
const FIXED = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
];

function systemBrowser() {
  const onPath = (process.env.PATH ?? '').split(path.delimiter).flatMap(dir => NAMES.map(name => path.join(dir, name)));
  return [process.env.BUSLINE_CHROMIUM, ...onPath, ...FIXED].find(file => file && existsSync(file));
}

function playwrightBrowser() {
  const { chromium } = createRequire(path.join(root, 'package.json'))('playwright-core');
  const file = chromium.executablePath();
  return existsSync(file) ? file : undefined;
}

/** The browser for the tests: the system's, else Playwright's, else Debian's package where this is root. */
export async function findBrowser({ node, env }) {
  const found = systemBrowser() ?? playwrightBrowser();
  if (found) return found;
  return step('Bringing a browser for the tests', async note => {
    try {
      await run(node, [path.join(root, 'node_modules/playwright-core/cli.js'), 'install', 'chromium-headless-shell'], {
        cwd: root,
        env,
      });
      const brought = playwrightBrowser();
      if (brought) return brought;
    } catch {
      note('Playwright could not download its browser.');
    }
    if (process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')) {
      note('Installing Debian’s chromium.');
      await run('apt-get', ['update', '-qq'], { env });
      await run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'chromium'], {
        env: { ...env, DEBIAN_FRONTEND: 'noninteractive' },
      });
      const installed = systemBrowser();
      if (installed) return installed;
    }
    throw new StepError(
      'No browser was found for the browser tests.',
      'Install Chromium or Chrome, or name one: BUSLINE_CHROMIUM=/path/to/chrome npm test',
    );
  });
}
