import { spawn } from 'node:child_process';
import { access, mkdtemp, mkdir, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import {
  assumeRoleClients,
  createCallLimits,
  createPace,
  readEstates,
  readMetrics,
  readSchemas,
  type ClientsFor,
} from '@busline/aws-estate';
import { compareEstates, declaredEstate, type Drift } from '@busline/infrastructure';
import { readFolder } from './readFolder';
import { startSandbox } from './startSandbox';

const ROOT = path.resolve(__dirname, '../../..');
const KEY_SUITE = path.join(ROOT, 'examples/key-suite');
const PORTAL = '111111111111';
const REGION = 'eu-west-1';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'busline-sandbox-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** As the portal reads: by the reader roles. */
const portalClients = (endpoint: string): ClientsFor =>
  assumeRoleClients({
    credentials: { accessKeyId: PORTAL, secretAccessKey: 'local' },
    roleArn: 'arn:aws:iam::{account}:role/busline-reader',
    endpoint,
  });

async function driftAt(endpoint: string): Promise<readonly Drift[]> {
  const repository = await readFolder(KEY_SUITE);
  const accounts = repository.accounts.map(account => ({ accountId: account.id, region: REGION }));
  const limits = createCallLimits({ pace: createPace() });
  const { reads } = await readEstates({ accounts, clientsFor: portalClients(endpoint), limits });
  const observed = reads.map(read => {
    if (read.outcome === 'failed') throw read.error;
    return read.snapshot.estate;
  });
  const declared = repository.environments.map(environment => declaredEstate(repository, environment.name));
  const together = (estates: typeof observed) => ({
    buses: estates.flatMap(estate => estate.buses),
    rules: estates.flatMap(estate => estate.rules),
  });
  return compareEstates(together(declared), together(observed), { read: accounts });
}

const inWords = (drift: Drift) =>
  `${drift.kind} ${drift.resource.type} ${drift.resource.name}${
    drift.kind === 'different' ? `: ${drift.differences.map(d => d.field).join()}` : ''
  }`;

/** What the README tells. */
const TOLD = [
  'different rule entry-log-proof-captured: pattern',
  'different rule notification-service-battery-low: state',
  'missing rule support-desk-urgent-tickets',
  'unexpected policy-statement AllowContractorTesting',
  'unexpected rule debug-payments-tmp',
];

async function until<T>(what: () => Promise<T | undefined>): Promise<T> {
  for (;;) {
    const found = await what();
    if (found !== undefined) return found;
    await new Promise(resolve => setTimeout(resolve, 200));
  }
}

describe('the sandbox with the key suite', () => {
  it('deploys what is declared, but for the drifts that the README tells, and keeps it over a restart', async () => {
    const told: string[] = [];
    const options = { stateDir: path.join(folder, 'key-suite'), port: 0, repositories: [KEY_SUITE] };
    const cold = await startSandbox({ ...options, eventsPerSecond: 40, onProgress: line => told.push(line) });
    expect(cold.deployed).toBe(true);
    expect((await driftAt(cold.endpoint)).map(inWords).sort()).toEqual(TOLD);

    // Counted, by the server, from events that were sent.
    const clients = portalClients(cold.endpoint)(PORTAL, REGION);
    const at = { clients, accountId: PORTAL, region: REGION };
    const matched = await until(async () => {
      const subjects = [{ bus: 'key-central', rule: 'audit-archive-everything' }];
      const { series } = await readMetrics({ ...at, subjects, metrics: ['MatchedEvents'], until: Date.now() });
      return series[0].points[0]?.value;
    });
    expect(matched).toBeGreaterThan(0);

    const { schemas } = await readSchemas({ ...at, isKnown: () => true });
    const repository = await readFolder(KEY_SUITE);
    expect(schemas.filter(schema => schema.registry === 'key-suite')).toHaveLength(repository.eventTypes.length);
    await cold.close();
    // Every publisher may send what it declares, and every drift found its rule.
    expect(told.filter(line => /may not send|failed|finds no rule/.test(line))).toEqual([]);

    const warm = await startSandbox({ ...options, eventsPerSecond: 0 });
    expect(warm.deployed).toBe(false);
    expect((await driftAt(warm.endpoint)).map(inWords).sort()).toEqual(TOLD);
    await warm.close();
  }, 120_000);
});

describe('starting', () => {
  it('makes a state again that an older version made', async () => {
    const stateDir = path.join(folder, 'older');
    await mkdir(stateDir);
    await writeFile(path.join(stateDir, 'deployed.json'), '{"hash":"of another form"}');
    await writeFile(path.join(stateDir, 'leftover'), '');
    const told: string[] = [];
    const sandbox = await startSandbox({ stateDir, port: 0, repositories: [], onProgress: line => told.push(line) });
    await sandbox.close();
    expect(told[0]).toBe('The local AWS state is of an older version, and is made again');
    await expect(access(path.join(stateDir, 'leftover'))).rejects.toThrow('ENOENT');
  });

  it('says that the port is taken', async () => {
    const taken = createServer();
    await new Promise<void>(resolve => taken.listen(0, '127.0.0.1', resolve));
    const { port } = taken.address() as { port: number };
    const starting = startSandbox({ stateDir: path.join(folder, 'taken'), port, repositories: [] });
    await expect(starting).rejects.toThrow(new RegExp(`Port ${port}.* is taken`));
    await new Promise(resolve => taken.close(resolve));
  });

  it('says which folder is no event repository', async () => {
    const empty = path.join(folder, 'empty');
    await mkdir(empty);
    const start = (repository: string) =>
      startSandbox({ stateDir: path.join(folder, 's'), port: 0, repositories: [repository] });
    await expect(start(empty)).rejects.toThrow(`${empty} is no event repository: it has no busline.yaml`);
    await expect(start(path.join(folder, 'nowhere'))).rejects.toThrow('nowhere cannot be read');
  });

  it('runs in a process of its own, and stops on SIGTERM', async () => {
    const repository = path.join(folder, 'small');
    await mkdir(repository);
    await writeFile(
      path.join(repository, 'busline.yaml'),
      'name: small\ntitle: Small\nowner: group:default/x\nenvironments: {}\n',
    );
    const child = spawn(
      process.execPath,
      [
        '--require',
        '@backstage/cli/config/nodeTransform.cjs',
        path.join(__dirname, 'main.ts'),
        ...['--port', '0', '--state', path.join(folder, 'process'), '--repository', repository],
      ],
      { cwd: ROOT, stdio: ['ignore', 'pipe', 'inherit'] },
    );
    let output = '';
    child.stdout.on('data', data => {
      output += data;
    });
    const exited = new Promise(resolve => child.once('exit', resolve));
    const ready = await until(
      async () => /^\{"ready":true,"endpoint":"http:\/\/127\.0\.0\.1:\d+"\}$/m.exec(output)?.[0],
    );
    const health = await fetch(JSON.parse(ready).endpoint);
    expect(health.status).toBe(200);
    child.kill('SIGTERM');
    expect(await exited).toBe(0);
  }, 60_000);
});
