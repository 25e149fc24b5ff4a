import { spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { readEventRepository, type EventRepository, type Service } from '@busline/event-repository';
import { benchPlanning, type OnboardingRequest } from '@busline/onboarding';
import type { ChangeRequestAnswer, ChangeRequestDetail, OpenedPullRequests } from '@busline/plugin-eventbridge-common';
import { generateRepository, type GeneratedSize } from './generate';
import { startBenchPortal, type BenchPortal } from './portal';
import { median, table } from './statistics';

const ROOT = path.resolve(__dirname, '../..');
const KEY_SUITE = path.join(ROOT, 'examples/key-suite');
const PORT = 3398;
const AWS_PORT = 4598;
/** Somebody waits no longer than this for a figure. */
const DEADLINE_MS = 180_000;
const EVENT_TYPE = { source: 'com.key.deliveries', detailType: 'Delivery Completed' };

interface Run {
  readonly openMs: number;
  readonly liveMs: number;
}

/**
 * From the form to the first event, on the laptop's forge and AWS: services of the key suite subscribe to an event type
 * one after the other; and how long planning takes against a large event repository.
 */
export async function benchOnboarding(
  root: string,
  planningIn: GeneratedSize | undefined,
  runs: number,
): Promise<string> {
  const stop = await startSandbox(path.join(root, 'onboarding'));
  try {
    const portal = await startBenchPortal({
      port: PORT,
      stateDir: path.join(root, 'onboarding'),
      asConfigured: true,
      env: { BUSLINE_AWS_ENDPOINT: `http://127.0.0.1:${AWS_PORT}` },
    });
    try {
      await settled(portal);
      const done: Run[] = [];
      for (const request of requests(runs)) done.push(await onboard(portal, request));
      return report(done, planningIn);
    } finally {
      await portal.stop();
    }
  } finally {
    await stop();
  }
}

function report(runs: readonly Run[], planningIn: GeneratedSize | undefined): string {
  const seconds = (value: number) => `${(value / 1000).toFixed(1)} s`;
  const spread = (values: readonly number[]) => `${seconds(median(values))} / ${seconds(Math.max(...values))}`;
  const planning = planningIn === undefined ? undefined : timePlanning(planningIn);
  return table([
    ['what', 'runs', 'median / slowest'],
    ['form sent to pull requests open', String(runs.length), spread(runs.map(run => run.openMs))],
    ['merge to live', String(runs.length), spread(runs.map(run => run.liveMs))],
    ...(planning
      ? [
          [
            `planning against ${planning.eventTypes.toLocaleString(
              'en',
            )} event types, ${planning.subscriptions.toLocaleString('en')} subscriptions`,
            '5',
            `${seconds(planning.later)} (the first: ${seconds(planning.first)})`,
          ],
        ]
      : []),
  ]);
}

function timePlanning(size: GeneratedSize) {
  return benchPlanning(new Map(generateRepository(size)), () => performance.now());
}

async function onboard(portal: BenchPortal, request: OnboardingRequest): Promise<Run> {
  const sentAt = performance.now();
  const key = `bench ${JSON.stringify(request).length} ${sentAt}`;
  const answer = await portal.post<ChangeRequestAnswer>('/change-requests', { request, key });
  if (answer.kind === 'problems') throw new Error(JSON.stringify(answer.problems));
  const { id } = answer.change;
  await portal.post<OpenedPullRequests>(`/change-requests/${id}/pull-requests`);
  const openMs = performance.now() - sentAt;
  const mergedAt = performance.now();
  await portal.post(`/change-requests/${id}/merge`);
  for (;;) {
    const { state, waitsFor } = await portal.get<ChangeRequestDetail>(`/change-requests/${id}`);
    if (state === 'live') return { openMs, liveMs: performance.now() - mergedAt };
    if (state === 'failed' || state === 'closed' || performance.now() - mergedAt > DEADLINE_MS) {
      throw new Error(`${id} is ${state}: ${waitsFor}`);
    }
    await new Promise(resolve => setTimeout(resolve, 250));
  }
}

/** Waits until every source has been read, so that reading is not counted. */
async function settled(portal: BenchPortal): Promise<void> {
  for (;;) {
    const { items } = await portal.get<{ items: readonly { readonly lastReadAt?: string }[] }>('/sources');
    if (items.every(({ lastReadAt }) => lastReadAt !== undefined)) return;
    await new Promise(resolve => setTimeout(resolve, 250));
  }
}

/** Services that run in prod and do not publish the event type. */
function requests(count: number): readonly OnboardingRequest[] {
  const repository = readKeySuite();
  const isAsking = ({ environments, publishes }: Service) =>
    environments.some(({ environment }) => environment === 'prod') &&
    !publishes.some(({ detailType }) => detailType === EVENT_TYPE.detailType);
  return repository.services
    .filter(isAsking)
    .slice(0, count)
    .map((service): OnboardingRequest => {
      const { account, region } = service.environments.find(({ environment }) => environment === 'prod')!;
      return {
        kind: 'onboard',
        service: { kind: 'existing', name: service.name },
        environment: 'prod',
        account,
        region,
        subscriptions: [
          {
            name: 'bench',
            description: 'Follows deliveries, for the bench.',
            eventTypes: [EVENT_TYPE],
            target: { type: 'sqs', name: `${service.name}-bench` },
          },
        ],
        publications: [],
      };
    });
}

function readKeySuite(): EventRepository {
  const files = readdirSync(KEY_SUITE, { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile())
    .map(entry => path.relative(KEY_SUITE, path.join(entry.parentPath, entry.name)))
    .sort();
  return readEventRepository({ paths: () => files, read: file => readFileSync(path.join(KEY_SUITE, file), 'utf8') })
    .repository;
}

/** The laptop's AWS and forge in a process of their own, as `npm start` has them. */
async function startSandbox(stateDir: string): Promise<() => Promise<void>> {
  const child = spawn(
    process.execPath,
    [
      ...['--require', require.resolve('@backstage/cli/config/nodeTransform.cjs'), 'packages/sandbox/src/main.ts'],
      ...['--port', String(AWS_PORT), '--state', path.join(stateDir, 'aws')],
      ...['--repository', KEY_SUITE, '--forge', path.join(stateDir, 'forge')],
    ],
    { cwd: ROOT, env: { ...process.env, AWS_EC2_METADATA_DISABLED: 'true' }, stdio: ['ignore', 'pipe', 'pipe'] },
  );
  const ended = new Promise<void>(resolve => child.once('close', () => resolve()));
  let output = '';
  await new Promise<void>((resolve, reject) => {
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => {
        output += text;
        if (output.includes('"ready":true')) resolve();
      });
    }
    ended.then(() => reject(new Error(`The sandbox stopped:\n${output.slice(-4000)}`)));
  });
  return async () => {
    child.kill('SIGTERM');
    await ended;
  };
}
