import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import type { APIRequestContext } from '@playwright/test';
import { call } from './api';
import { expect, test } from './portal';

const run = promisify(execFile);
const AWS = process.env.BUSLINE_AWS_ENDPOINT ?? 'http://127.0.0.1:4599';
const UNTIL_LIVE_MS = 120_000;
/** Packages come from a registry. */
const INSTALL_MS = 180_000;
const EXAMPLE = 'examples/key-suite/events/com.key.insights/risk-score-raised/1.0.0/examples';

const FRAUD_GUARD = { name: 'fraud-guard', account: 'insights-prod', accountId: '999900001111' };
const PLAN_SERVICE = { name: 'plan-service', account: 'billing-prod', accountId: '777788889999' };

/** Has a service subscribe, merges, and waits until the first event came. */
async function subscribe(
  request: APIRequestContext,
  service: { readonly name: string; readonly account: string },
  eventType: { readonly source: string; readonly detailType: string },
  queue: string,
): Promise<void> {
  const subscription = { name: queue, description: 'Of a browser test.', eventTypes: [eventType] };
  const { change } = await call<{ change: { id: string } }>(request, 'platform-engineer', 'POST', '/change-requests', {
    request: {
      kind: 'onboard',
      service: { kind: 'existing', name: service.name },
      environment: 'prod',
      account: service.account,
      region: 'eu-west-1',
      subscriptions: [{ ...subscription, target: { type: 'sqs', name: queue } }],
      publications: [],
    },
    key: `e2e ${queue}`,
  });
  const address = `/change-requests/${change.id}`;
  await call(request, 'platform-engineer', 'POST', `${address}/pull-requests`);
  await call(request, 'platform-engineer', 'POST', `${address}/merge`);
  const stateOf = async () => (await call<{ state: string }>(request, 'platform-engineer', 'GET', address)).state;
  await expect.poll(stateOf, { timeout: UNTIL_LIVE_MS, intervals: [1000] }).toBe('live');
}

test('a merged repository is cloned, its test passes, and what its client publishes arrives in a queue', async ({
  request,
  baseURL,
}) => {
  test.setTimeout(2 * UNTIL_LIVE_MS + INSTALL_MS + 120_000);
  const id = Date.now().toString(36);
  const queue = `risk-${id}`;
  // The first onboarding of a service brings its client; the second is whoever receives what it publishes.
  await subscribe(request, FRAUD_GUARD, { source: 'com.key.access', detailType: 'Access Granted' }, `grants-${id}`);
  await subscribe(request, PLAN_SERVICE, { source: 'com.key.insights', detailType: 'Risk Score Raised' }, queue);

  const folder = mkdtempSync(path.join(os.tmpdir(), 'busline-client-'));
  try {
    await run('git', ['clone', '--quiet', `${baseURL}/api/eventbridge/git/key/fraud-guard.git`, folder]);
    await run('npm', ['install', '--no-audit', '--no-fund'], { cwd: folder, timeout: INSTALL_MS });
    const tested = await run('npm', ['test'], { cwd: folder, timeout: INSTALL_MS });
    expect(tested.stdout).toMatch(/fail 0/);

    writeFileSync(
      path.join(folder, 'publish.ts'),
      `import { readFileSync } from 'node:fs';
import { createPublisher } from './busline/client/index.ts';
const data = JSON.parse(readFileSync(process.argv[2], 'utf8'));
const { id } = await createPublisher({ environment: 'prod' }).publishRiskScoreRaised(data);
process.stdout.write(id);
`,
    );
    const example = path.join(folder, 'example.json');
    writeFileSync(example, readFileSync(path.join(EXAMPLE, 'odd-provider.json')));
    const published = await run(
      process.execPath,
      ['--experimental-strip-types', '--no-warnings', 'publish.ts', example],
      {
        cwd: folder,
        env: {
          ...process.env,
          AWS_ENDPOINT_URL: AWS,
          AWS_ACCESS_KEY_ID: FRAUD_GUARD.accountId,
          AWS_SECRET_ACCESS_KEY: 'local',
        },
      },
    );
    await expect.poll(() => idsIn(queue), { timeout: 30_000 }).toContain(published.stdout);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

const received: string[] = [];

/** Ids of the events that the queue has handed out so far. */
async function idsIn(queue: string): Promise<readonly string[]> {
  const { accountId } = PLAN_SERVICE;
  const credentials = { accessKeyId: accountId, secretAccessKey: 'local' };
  const sqs = new SQSClient({ region: 'eu-west-1', endpoint: AWS, credentials });
  const { Messages = [] } = await sqs.send(
    new ReceiveMessageCommand({ QueueUrl: `${AWS}/${accountId}/${queue}`, MaxNumberOfMessages: 10 }),
  );
  for (const { Body } of Messages) received.push(JSON.parse(Body!).detail.metadata.id);
  return received;
}
