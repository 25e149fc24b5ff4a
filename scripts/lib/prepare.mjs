// What every command needs before it can run: Node, packages, the built pages.
import path from 'node:path';
import { readdirSync } from 'node:fs';
import { fingerprint, isCurrent, markCurrent } from './fingerprint.mjs';
import { nodeEnvironment } from './node.mjs';
import { step } from './log.mjs';
import { root, yarnRelease } from './paths.mjs';
import { run } from './processes.mjs';

const workspaces = () =>
  ['packages', 'plugins'].flatMap(group =>
    readdirSync(path.join(root, group), { withFileTypes: true })
      .filter(entry => entry.isDirectory())
      .map(entry => `${group}/${entry.name}`),
  );

/** Installs the packages when the lock file or a manifest changed since the last time. */
async function install({ node, env }) {
  const print = fingerprint(
    root,
    ['package.json', 'yarn.lock', '.yarnrc.yml', ...workspaces().map(dir => `${dir}/package.json`)],
    node,
  );
  const marker = path.join(root, 'node_modules/.busline-installed');
  if (isCurrent(marker, print)) return;
  await step('Installing packages (about two minutes the first time)', async note => {
    await run(node, [yarnRelease, 'install', '--immutable'], {
      cwd: root,
      env,
      onLine: line => {
        if (/ step$|Completed in/.test(line)) note(line.replace(/^➤ YN0000: [┌└] /, ''));
      },
      advice:
        'The lines above say which package failed. Native packages are compiled: they need python3, make and a C++ compiler ' +
        '(Debian: apt-get install python3 make g++; macOS: xcode-select --install). Then run the command again: it goes on where it stopped.',
    });
    markCurrent(marker, print);
  });
}

/** Sources that end up in the pages. */
const PAGE_SOURCES = [
  'packages/app/src',
  'packages/app/public',
  'packages/app/package.json',
  'plugins/eventbridge',
  'plugins/eventbridge-common',
  ...[
    'json-schema',
    'access-policy',
    'event-pattern',
    'schema-evolution',
    'event-repository',
    'infrastructure',
    'codegen',
    'onboarding',
  ].map(name => `packages/${name}/src`),
  'app-config.yaml',
  'yarn.lock',
];

/** Builds the pages when one of their sources changed since the last time. */
async function buildPages({ node, env }) {
  const print = fingerprint(root, PAGE_SOURCES);
  const marker = path.join(root, 'packages/app/dist/.busline-built');
  if (isCurrent(marker, print)) return;
  await step('Building the pages', async () => {
    await run(node, [path.join(root, 'node_modules/@backstage/cli/bin/backstage-cli'), 'package', 'build'], {
      cwd: path.join(root, 'packages/app'),
      env: { ...env, NODE_ENV: 'production' },
      advice: 'A page does not compile: the lines above name the file.',
    });
    markCurrent(marker, print);
  });
}

/** Gives the Node to run things with; packages are installed, and the pages built unless told otherwise. */
export async function prepare({ pages = false } = {}) {
  const runtime = await nodeEnvironment();
  await install(runtime);
  if (pages) await buildPages(runtime);
  return runtime;
}

export { buildPages, workspaces };
