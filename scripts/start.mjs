// `npm start`: the portal on a laptop. Prepares what is missing, starts the local AWS server with the example estate and the
// portal beside it, says the URL once it answers, and stops everything on Ctrl-C.
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { bold, dim, main, say, sinceStart, step } from './lib/log.mjs';
import { nodeTransform, root, stateDir } from './lib/paths.mjs';
import { buildPages, prepare } from './lib/prepare.mjs';
import { assertPortFree, isStopping, start, stopAll, stopOnSignals, waitFor } from './lib/processes.mjs';
import { importGithubWebhooks } from './lib/githubWebhooks.mjs';

const port = Number(process.env.BUSLINE_PORT ?? 3000);
const awsPort = Number(process.env.BUSLINE_AWS_PORT ?? 4599);
const url = `http://localhost:${port}`;
const verbose = process.argv.includes('--verbose');

async function startSandbox({ node, env }) {
  let ready;
  const sandbox = start(
    node,
    [
      '--require',
      nodeTransform,
      'packages/sandbox/src/main.ts',
      '--port',
      String(awsPort),
      '--state',
      path.join(stateDir, 'aws'),
      '--repository',
      'examples/key-suite',
      '--repository',
      path.join(stateDir, 'github-webhooks'),
      '--forge',
      path.join(stateDir, 'forge'),
    ],
    {
      cwd: root,
      env: { ...env, AWS_EC2_METADATA_DISABLED: 'true' },
      onLine: line => {
        if (line.startsWith('{') && line.includes('"ready"')) ready = JSON.parse(line);
        else if (verbose) say(dim(`aws      ${line}`));
      },
    },
  );
  await waitFor('The local AWS server', async () => ready, {
    timeoutMs: 120_000,
    process: sandbox,
  });
  return sandbox;
}

async function startPortal({ node, env }) {
  const portal = start(
    node,
    [
      '--require',
      nodeTransform,
      '--enable-source-maps',
      'src/index.ts',
      '--config',
      path.join(root, 'app-config.yaml'),
    ],
    {
      cwd: path.join(root, 'packages/backend'),
      env: {
        ...env,
        NODE_ENV: 'development',
        BUSLINE_PORT: String(port),
        BUSLINE_STATE_DIR: stateDir,
        BUSLINE_AWS_ENDPOINT: `http://127.0.0.1:${awsPort}`,
        BUSLINE_GITHUB_DIR: path.join(stateDir, 'github-webhooks'),
        AWS_EC2_METADATA_DISABLED: 'true',
        // What a template's task does is told in its log, which takes this level too; the terminal shows errors only.
        LOG_LEVEL: 'info',
      },
      onLine: line => {
        if (verbose || /\b(error|fatal)\b/i.test(line)) say(dim(`portal   ${line}`));
      },
    },
  );
  await waitFor('The portal', answers, { timeoutMs: 180_000, process: portal });
  return portal;
}

/** Whether a person who opens the URL now can sign in and finds event types from both repositories. */
async function answers() {
  const health = await fetch(`${url}/.backstage/health/v1/readiness`);
  if (!health.ok) return false;
  const page = await fetch(`${url}/events`, {
    headers: { accept: 'text/html' },
  });
  if (!page.ok) return false;
  const session = await fetch(`${url}/api/auth/sample/refresh?env=development`, {
    headers: {
      'x-busline-sample-user': 'platform-engineer',
      'x-requested-with': 'XMLHttpRequest',
    },
  });
  if (!session.ok) return false;
  const { backstageIdentity } = await session.json();
  const sources = await fetch(`${url}/api/eventbridge/sources`, {
    headers: { authorization: `Bearer ${backstageIdentity.token}` },
  });
  if (!sources.ok) return false;
  const { items } = await sources.json();
  return items.length > 0 && items.every(source => source.lastAttemptAt);
}

await main(async () => {
  stopOnSignals();
  await assertPortFree(port, 'the portal', 'BUSLINE_PORT');
  await assertPortFree(awsPort, 'the local AWS server', 'BUSLINE_AWS_PORT');
  await mkdir(stateDir, { recursive: true });
  try {
    const runtime = await prepare();
    await importGithubWebhooks(runtime);
    const estate = step('Starting the local AWS server with the example estate', () => startSandbox(runtime));
    // Both are waited for, so that neither failure goes unseen.
    const [sandbox] = await Promise.all([estate, buildPages(runtime)]);
    const portal = await step('Starting the portal', () => startPortal(runtime));
    say();
    say(`${bold('Busline')} is at ${bold(url)}  ${dim(`(${sinceStart()}; local AWS at http://127.0.0.1:${awsPort})`)}`);
    say(dim('Ctrl-C stops it. What it keeps is in .busline/; npm run reset clears that.'));
    const { code } = await Promise.race([portal.ended, sandbox.ended]);
    if (isStopping()) return 0;
    say(
      `\nA part of the portal stopped with exit status ${code}:\n${[...portal.tail, ...sandbox.tail]
        .slice(-30)
        .join('\n')}`,
    );
    return 1;
  } finally {
    await stopAll();
  }
});
