/**
 * `npm run bench [-- --sizes 100,1000,10000] [--evolution 10000] [--out FILE]`: the figures of docs/figures.md, from one run on one machine. The portal's own backend
 * runs as `npm start` runs it, on a database on disk; everything is measured over HTTP or in a browser.
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { benchEstate } from './estate';
import { benchEvolution, evolutionTable } from './evolution';
import { generatedTypeName, writeGeneratedRepository } from './generate';
import { benchOnboarding } from './onboarding';
import { timeEventsPage } from './page';
import { benchPatterns } from './patterns';
import { startPostgres } from './postgres';
import { startBenchPortal, type BenchPortal, type BenchPortalOptions } from './portal';
import { benchSchemaVersions } from './schemaVersions';
import { median, quantile, table, times } from './statistics';

const SUBSCRIPTIONS_PER_TYPE = 10;
const REQUESTS = 200;
const PAGE_RUNS = 5;
const PORT = 3399;

interface Figures {
  readonly eventTypes: number;
  readonly files: number;
  readonly fullReadMs: number;
  readonly oneChangeMs: number;
  readonly list: readonly number[];
  readonly search: readonly number[];
  readonly facets: readonly number[];
  /** The same lists while the catalog and the search take in all event types. */
  readonly listWhileFeeding: readonly number[];
  readonly memoryGrowthMb: number;
  readonly page?: readonly number[];
}

interface Source {
  readonly id: string;
  readonly state: string;
  readonly reason?: string;
  readonly lastReadAt?: string;
  readonly lastReadMs?: number;
  readonly counts: Readonly<Record<string, number>>;
}

async function source(portal: BenchPortal): Promise<Source> {
  const { items } = await portal.get<{ items: readonly Source[] }>('/sources');
  return items.find(item => item.id === 'bench')!;
}

/** Waits for a read that ended after `since`; gives what it says of itself. */
async function nextRead(portal: BenchPortal, since?: string): Promise<Source> {
  for (;;) {
    const now = await source(portal);
    if (now.state === 'stale') throw new Error(`The read failed: ${now.reason}`);
    if (now.state === 'fresh' && now.lastReadAt !== since) return now;
    await new Promise(resolve => setTimeout(resolve, 50));
  }
}

/** Changes one sentence of one event type and waits until the API gives it. */
async function timeOneChange(portal: BenchPortal, dir: string): Promise<number> {
  const { source: name, slug, detailType } = generatedTypeName(3);
  const file = path.join(dir, 'events', name, slug, 'event.yaml');
  const marker = `Changed at ${Date.now()}`;
  writeFileSync(file, readFileSync(file, 'utf8').replace('Sent when', `${marker}. Sent when`));
  const from = performance.now();
  await portal.post('/sources/bench/refresh');
  const route = `/event-types/${encodeURIComponent(name)}/${encodeURIComponent(detailType)}`;
  for (;;) {
    const { description } = await portal.get<{ description: string }>(route);
    if (description.includes(marker)) return performance.now() - from;
    await new Promise(resolve => setTimeout(resolve, 20));
  }
}

const QUERIES = ['order', 'parcel deliv', 'guest expired', 'invoiceDevice', 'account refund', 'door'];

async function measure(eventTypes: number, root: string, server: string | undefined): Promise<Figures> {
  const dir = path.join(root, `repository-${eventTypes}`);
  const stateDir = path.join(root, `state-${eventTypes}`);
  const files = writeGeneratedRepository(dir, {
    eventTypes,
    subscriptionsPerType: SUBSCRIPTIONS_PER_TYPE,
  });
  const empty = path.join(root, `empty-${eventTypes}`);
  writeGeneratedRepository(empty, { eventTypes: 1, subscriptionsPerType: 0 });

  const postgres = (name: string) =>
    server === undefined ? {} : { postgres: { server, prefix: `bench_${name}_${eventTypes}_` } };
  // What the backend needs without a catalog is not the catalog's growth.
  const idle = await startBenchPortal({
    port: PORT,
    stateDir: path.join(root, `idle-${eventTypes}`),
    repositories: { bench: empty },
    ...postgres('idle'),
  });
  await nextRead(idle);
  const before = idle.memory();
  await idle.stop();

  const portal = await startBenchPortal({
    port: PORT,
    stateDir,
    repositories: { bench: dir },
    ...postgres('full'),
  });
  try {
    const full = await nextRead(portal);
    const oneChangeMs = await timeOneChange(portal, dir);
    const list = await timeLists(portal);
    const search = await times(REQUESTS, run =>
      portal.get(`/event-types?limit=100&q=${encodeURIComponent(QUERIES[run % QUERIES.length])}`),
    );
    const facets = await times(REQUESTS, run => portal.get(`/event-types/facets?domain=domain${run % 20}`));
    const memoryGrowthMb = portal.memory() - before;
    const page = await timeEventsPage(portal.url, PAGE_RUNS);
    await portal.stop();
    return {
      listWhileFeeding: await timeWhileFeeding({
        port: PORT,
        stateDir,
        repositories: { bench: dir },
        ...postgres('full'),
      }),
      eventTypes,
      files,
      fullReadMs: full.lastReadMs ?? NaN,
      oneChangeMs,
      list,
      search,
      facets,
      memoryGrowthMb,
      ...(page ? { page } : {}),
    };
  } finally {
    await portal.stop();
  }
}

function timeLists(portal: BenchPortal): Promise<number[]> {
  return times(REQUESTS, run => portal.get(`/event-types?limit=100&domain=domain${run % 20}`));
}

/** The modules begin some seconds after the portal has started. */
const FEEDING_BEGINS_MS = 20_000;

async function timeWhileFeeding(options: BenchPortalOptions): Promise<number[]> {
  const portal = await startBenchPortal({ ...options, modules: true });
  try {
    await new Promise(resolve => setTimeout(resolve, FEEDING_BEGINS_MS));
    return await timeLists(portal);
  } finally {
    await portal.stop();
  }
}

const ms = (value: number) => `${value.toFixed(value < 10 ? 1 : 0)} ms`;
const seconds = (value: number) => `${(value / 1000).toFixed(1)} s`;
const pair = (values: readonly number[]) => `${ms(median(values))} / ${ms(quantile(values, 0.95))}`;

function catalogTable(all: readonly Figures[]): string {
  return table([
    [
      'event types',
      'subscriptions',
      'files',
      'full read',
      'after one change',
      'list (median / p95)',
      'list while catalog and search take all in',
      'search (median / p95)',
      'facets (median / p95)',
      'memory growth',
      '/events usable (median)',
    ],
    ...all.map(f => [
      f.eventTypes.toLocaleString('en'),
      (f.eventTypes * SUBSCRIPTIONS_PER_TYPE).toLocaleString('en'),
      f.files.toLocaleString('en'),
      seconds(f.fullReadMs),
      seconds(f.oneChangeMs),
      pair(f.list),
      pair(f.listWhileFeeding),
      pair(f.search),
      pair(f.facets),
      Number.isNaN(f.memoryGrowthMb) ? 'unknown' : `${f.memoryGrowthMb.toFixed(0)} MB`,
      f.page ? seconds(median(f.page)) : 'no browser',
    ]),
  ]);
}

async function main() {
  const { values } = parseArgs({
    allowNegative: true,
    options: {
      sizes: { type: 'string', default: '100,1000,10000' },
      accounts: { type: 'string', default: '300' },
      onboardings: { type: 'string', default: '5' },
      patterns: { type: 'boolean', default: true },
      postgres: { type: 'boolean', default: false },
      versions: { type: 'boolean', default: true },
      evolution: { type: 'string', default: '10000' },
      out: { type: 'string' },
    },
  });
  const root = mkdtempSync(path.join(os.tmpdir(), 'busline-bench-'));
  const postgres = values.postgres ? await startPostgres() : undefined;
  try {
    const figures: Figures[] = [];
    for (const size of values.sizes.split(',').map(Number).filter(Boolean)) {
      process.stderr.write(`▸ ${size} event types\n`);
      figures.push(await measure(size, root, postgres?.server));
      process.stderr.write(`${catalogTable(figures)}\n`);
    }
    const parts = [
      `${os.cpus().length} cores (${os.cpus()[0].model}), ${(os.totalmem() / 2 ** 30).toFixed(0)} GiB, Node ${
        process.version
      }, ${postgres ? 'Postgres' : 'SQLite on disk'}`,
    ];
    if (figures.length > 0) parts.push('## The catalog', catalogTable(figures));
    if (Number(values.accounts) > 0) {
      process.stderr.write(`▸ ${values.accounts} AWS accounts\n`);
      parts.push('## Reading AWS', await benchEstate(Number(values.accounts)));
    }
    if (Number(values.onboardings) > 0) {
      process.stderr.write(`▸ ${values.onboardings} onboardings\n`);
      const largest = figures.at(-1)?.eventTypes;
      const planningIn =
        largest === undefined ? undefined : { eventTypes: largest, subscriptionsPerType: SUBSCRIPTIONS_PER_TYPE };
      parts.push('## Onboarding', await benchOnboarding(root, planningIn, Number(values.onboardings)));
    }
    if (Number(values.evolution) > 0) {
      process.stderr.write(`▸ busline check --against, ${values.evolution} event types\n`);
      const runs = benchEvolution(path.join(root, 'evolution'), Number(values.evolution));
      parts.push('## Schema evolution', evolutionTable(runs));
    }
    if (values.patterns) parts.push('## Event patterns', benchPatterns());
    if (values.versions) parts.push('## Schema versions', benchSchemaVersions());
    const report = `${parts.join('\n\n')}\n`;
    process.stdout.write(report);
    if (values.out) writeFileSync(values.out, report);
  } finally {
    await postgres?.stop();
    rmSync(root, { recursive: true, force: true });
  }
}

main().catch(error => {
  process.stderr.write(`${error instanceof Error ? error.stack : error}\n`);
  process.exitCode = 1;
});
