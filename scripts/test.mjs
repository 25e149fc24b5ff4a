// `npm test`: type check, lint, unit and integration tests, browser tests against the started portal. Every part runs, whatever
// failed before it; the last line counts.
import { mkdir, readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { bold, dim, main, say, step } from './lib/log.mjs';
import { findBrowser } from './lib/browser.mjs';
import { root } from './lib/paths.mjs';
import { prepare } from './lib/prepare.mjs';
import { start, stopAll, stopOnSignals, waitFor } from './lib/processes.mjs';

const REPORTS = path.join(root, 'node_modules/.cache/busline-reports');
/** Apart from the portal that a person may have open. */
const TEST_PORT = 3310;
const TEST_AWS_PORT = 4610;
/** The portal's own parts get their time to stop; then it stops itself. */
const PORTAL_GRACE_MS = 15_000;
/** Enough to meet an ordinary mistake; the long run is `npm run prove`. */
const SLICE = '1000';

const backstageCli = path.join(root, 'node_modules/@backstage/cli/bin/backstage-cli');

/** Runs a child and shows what it prints; gives its exit status. */
async function show(runtime, args, { quiet = false, ...options } = {}) {
  const { ended, tail } = start(runtime.node, args, {
    cwd: root,
    ...options,
    env: { ...runtime.env, ...options.env },
    onLine: line => quiet || say(`  ${line}`),
  });
  const { code } = await ended;
  if (code !== 0 && quiet) say(tail.join('\n'));
  return code;
}

const one = code => (code === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 });

async function typeCheck(runtime) {
  return one(
    await show(runtime, [
      path.join(root, 'node_modules/typescript/bin/tsc'),
      '--noEmit',
      '--emitDeclarationOnly',
      'false',
      '--incremental',
      'false',
      '--declaration',
      'false',
    ]),
  );
}

async function lint(runtime) {
  return one(await show(runtime, [backstageCli, 'repo', 'lint', '--max-warnings', '0']));
}

async function format(runtime) {
  return one(
    await show(runtime, [
      path.join(root, 'node_modules/prettier/bin-prettier.js'),
      '--check',
      '--loglevel',
      'warn',
      '.',
    ]),
  );
}

async function jest(runtime, seed) {
  const report = path.join(REPORTS, 'jest.json');
  await rm(report, { force: true });
  const code = await show(
    runtime,
    [backstageCli, 'repo', 'test', '--watchAll=false', '--maxWorkers=2', '--json', `--outputFile=${report}`],
    {
      env: {
        CI: 'true',
        PROVE_COUNT: SLICE,
        PROVE_SEED: String(seed),
        NODE_OPTIONS: '--max-old-space-size=4096',
      },
    },
  );
  const result = JSON.parse(await readFile(report, 'utf8').catch(() => '{}'));
  const passed = result.numPassedTests ?? 0;
  const failed = (result.numFailedTests ?? 0) + (result.numRuntimeErrorTestSuites ?? 0);
  return {
    passed,
    failed: failed === 0 && (code !== 0 || passed === 0) ? 1 : failed,
  };
}

/** Browser tests run against the portal as `npm start` starts it, on ports and state of their own. */
async function browser(runtime) {
  const executable = await findBrowser(runtime);
  const state = path.join(root, '.busline/test-state');
  await rm(state, { recursive: true, force: true });
  const env = {
    BUSLINE_PORT: String(TEST_PORT),
    BUSLINE_AWS_PORT: String(TEST_AWS_PORT),
    BUSLINE_STATE_DIR: state,
    BUSLINE_CHROMIUM: executable,
  };
  const url = `http://localhost:${TEST_PORT}`;
  let ready = false;
  const portal = start(runtime.node, [path.join(root, 'scripts/start.mjs')], {
    cwd: root,
    env: { ...runtime.env, ...env },
    onLine: line => {
      say(dim(`  ${line}`));
      if (line.includes(`is at`) && line.includes(url)) ready = true;
    },
  });
  try {
    await waitFor('The portal', async () => ready, {
      timeoutMs: 400_000,
      process: portal,
    });
    const report = path.join(REPORTS, 'playwright.json');
    await rm(report, { force: true });
    const code = await show(runtime, [path.join(root, 'node_modules/@playwright/test/cli.js'), 'test'], {
      env: {
        ...env,
        PLAYWRIGHT_URL: url,
        BUSLINE_AWS_ENDPOINT: `http://127.0.0.1:${TEST_AWS_PORT}`,
        PLAYWRIGHT_JSON_OUTPUT_NAME: report,
      },
    });
    const { stats } = JSON.parse(
      await readFile(report, 'utf8').catch(() => '{"stats":{"expected":0,"unexpected":1,"flaky":0}}'),
    );
    const failed = stats.unexpected + stats.flaky;
    return {
      passed: stats.expected,
      failed: failed === 0 && code !== 0 ? 1 : failed,
    };
  } finally {
    await stopAll(PORTAL_GRACE_MS);
  }
}

const PARTS = {
  types: { title: 'Type check', run: typeCheck },
  lint: { title: 'Lint', run: lint },
  format: { title: 'Format', run: format },
  unit: { title: 'Unit and integration tests', run: jest },
  browser: { title: 'Browser tests', run: browser },
};

await main(async () => {
  stopOnSignals();
  const wanted = process.argv.slice(2).filter(name => name in PARTS);
  const runtime = await prepare();
  await mkdir(REPORTS, { recursive: true });
  const seed = Number(process.env.PROVE_SEED ?? Math.floor(Math.random() * 2 ** 31));
  say(`Seed of the generated cases: ${seed} ${dim('(PROVE_SEED repeats them)')}`);
  let passed = 0;
  let failed = 0;
  for (const [name, part] of Object.entries(PARTS)) {
    if (wanted.length > 0 && !wanted.includes(name)) continue;
    let result;
    try {
      result = await step(part.title, () => part.run(runtime, seed));
    } catch (error) {
      say(error.message);
      if (error.advice) say(error.advice);
      result = { passed: 0, failed: 1 };
    }
    say(`  ${part.title}: ${result.passed} passed, ${result.failed} failed`);
    passed += result.passed;
    failed += result.failed;
  }
  say();
  say(bold(`${passed} passed, ${failed} failed`));
  return failed === 0 ? 0 : 1;
});
