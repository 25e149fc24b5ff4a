import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { DescribeRuleCommand, EnableRuleCommand, ListRulesCommand } from '@aws-sdk/client-eventbridge';
import { GetQueueUrlCommand, ReceiveMessageCommand } from '@aws-sdk/client-sqs';
import { createClients } from '@busline/aws-estate';
import { deployStacks } from '@busline/deployment';
import { createLocalForge, createMemoryPullRequestStore, type LocalForge } from '@busline/forge';
import { stacksOf } from '@busline/infrastructure';
import { seedForge } from './seedForge';
import { startSandbox } from './startSandbox';
import {
  DECLARATIONS,
  DEPOT,
  filesOf,
  PLATFORM,
  REGION,
  repositoryOf,
  subscription,
  writeFiles,
} from './testing/example';

// Each test starts the server several times.
jest.setTimeout(60_000);

const EVENTS = 'small/events';
const AUTHOR = { name: 'x', email: 'x@example.com' };

let folder: string;
let forge: LocalForge;
let told: string[];
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'busline-sandbox-'));
  forge = createLocalForge({ root: path.join(folder, 'forge'), store: createMemoryPullRequestStore() });
  await writeExample(DECLARATIONS);
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const example = () => path.join(folder, 'example');
async function writeExample(declarations: typeof DECLARATIONS): Promise<void> {
  const { events, services } = filesOf(declarations);
  await rm(example(), { recursive: true, force: true });
  await writeFiles(example(), events);
  for (const [name, files] of Object.entries(services)) await writeFiles(path.join(folder, 'services', name), files);
}

const started: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of started.splice(0)) await close();
});

/** As `npm start` does. */
async function start({ eventsPerSecond = 0 } = {}) {
  told = [];
  const onProgress = (line: string) => told.push(line);
  const events = { folder: example(), repository: EVENTS };
  await seedForge({ directory: path.join(folder, 'forge'), events, servicesFolder: path.join(folder, 'services') });
  const sandbox = await startSandbox({
    stateDir: path.join(folder, 'aws'),
    port: 0,
    repositories: [{ forge: path.join(folder, 'forge'), repository: EVENTS }],
    drifts: [{ kind: 'disabled rule', subscription: 'depot/order-placed' }],
    eventsPerSecond,
    onProgress,
  });
  started.push(sandbox.close);
  const credentials = { accessKeyId: PLATFORM, secretAccessKey: 'local' };
  const { events: client } = createClients(REGION, { endpoint: sandbox.endpoint, credentials });
  const rules = async () => {
    const { Rules = [] } = await client.send(new ListRulesCommand({ EventBusName: 'central' }));
    return Rules.map(rule => rule.Name).sort();
  };
  return { ...sandbox, client, rules };
}

/** What a merge leaves. */
async function merge(repository: string, files: Readonly<Record<string, string>>): Promise<void> {
  const changes = Object.entries(files).map(([file, content]) => ({ path: file, content }));
  const main = { branch: 'main', base: 'main', message: 'Merged', author: AUTHOR };
  await forge.commitFiles({ repository, ...main, changes });
}

const read = (file: string) => DECLARATIONS[file]!;
const MERGED = filesOf({
  ...DECLARATIONS,
  'subscriptions/archive/order-placed.yaml': subscription('archive-orders'),
});
const BEFORE = ['depot-order-placed'];
const AFTER = ['archive-order-placed', 'depot-order-placed'];

describe('the sandbox beside a forge', () => {
  it('keeps what was merged, over restarts, a changed example, and a lost state', async () => {
    const first = await start();
    expect([first.deployed, await first.rules(), told.filter(line => /waits|failed/.test(line))]).toEqual([
      true,
      BEFORE,
      [],
    ]);
    await first.close();

    // The portal was stopped before it deployed.
    await merge(EVENTS, MERGED.events);
    await merge('small/archive', MERGED.services.archive);
    const second = await start();
    expect(await second.rules()).toEqual(AFTER);
    await second.close();

    await writeExample({ ...DECLARATIONS, 'subscriptions/depot/order-placed.yaml': subscription('other') });
    const third = await start();
    expect([third.deployed, await third.rules()]).toEqual([false, AFTER]);
    await third.close();

    await rm(path.join(folder, 'aws'), { recursive: true });
    const fourth = await start();
    expect([fourth.deployed, await fourth.rules()]).toEqual([true, AFTER]);
  });

  it('starts where only one of two pull requests is merged, and says for what the stack waits', async () => {
    await (await start()).close();
    await merge(EVENTS, MERGED.events);
    const again = await start();
    expect(await again.rules()).toEqual(BEFORE);
    expect(told).toContainEqual(expect.stringMatching(/^busline-prod-central-archive waits for /));
  });

  it('publishes examples of an event type that is merged while it runs', async () => {
    const { endpoint } = await start({ eventsPerSecond: 20 });
    const shop = read('services/shop.yaml');
    const folderOf = 'events/com.example.orders/order-packed';
    const event = read('events/com.example.orders/order-placed/event.yaml').replace(/Placed/g, 'Packed');
    const files = {
      ...DECLARATIONS,
      'services/shop.yaml': shop.replace('}]', '}, { source: com.example.orders, detailType: Order Packed }]'),
      'subscriptions/depot/packed.yaml': subscription('depot-packed').replace('Order Placed', 'Order Packed'),
      [`${folderOf}/event.yaml`]: event,
      [`${folderOf}/1.0.0/schema.json`]: read('events/com.example.orders/order-placed/1.0.0/schema.json'),
      [`${folderOf}/1.0.0/examples/one.json`]: JSON.stringify({ orderId: 'o-2' }),
    };
    const { events } = filesOf(files);
    await merge(EVENTS, events);
    // What the portal does after the merge.
    const credentials = (accessKeyId: string) => ({ accessKeyId, secretAccessKey: 'local' });
    const clientsFor = (accountId: string, region: string) =>
      createClients(region, { endpoint, credentials: credentials(accountId) });
    const stacks = stacksOf(repositoryOf(files), 'prod').map(stack => ({
      stack,
      file: { repository: 'small', path: '' },
      missing: [],
    }));
    await deployStacks({ stacks }, { clientsFor });
    const { sqs } = clientsFor(DEPOT, REGION);
    const { QueueUrl } = await sqs.send(new GetQueueUrlCommand({ QueueName: 'depot-packed' }));
    const sent = new Set<unknown>();
    // More than the first events that any new rule gets.
    while (sent.size < 5) {
      const { Messages = [] } = await sqs.send(new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10 }));
      for (const { Body } of Messages) sent.add(JSON.parse(Body!).id);
      await new Promise(resolve => setTimeout(resolve, 50));
    }
    expect(told).toContainEqual(expect.stringContaining('small/events has moved on'));
    expect(told.filter(line => line.includes('may not send'))).toEqual([]);
  });

  it('undoes by hand only once', async () => {
    const stateOf = async ({ client }: Awaited<ReturnType<typeof start>>) =>
      (await client.send(new DescribeRuleCommand({ EventBusName: 'central', Name: BEFORE[0] }))).State;
    const first = await start();
    expect(await stateOf(first)).toBe('DISABLED');
    await first.client.send(new EnableRuleCommand({ EventBusName: 'central', Name: BEFORE[0] }));
    await first.close();
    expect(await stateOf(await start())).toBe('ENABLED');
  });
});
