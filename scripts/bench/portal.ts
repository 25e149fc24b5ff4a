import { spawn, type ChildProcess } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const ROOT = path.resolve(__dirname, '../..');
const TRANSFORM = require.resolve('@backstage/cli/config/nodeTransform.cjs');

const LATER = { frequency: { hours: 24 }, initialDelay: { hours: 12 }, timeout: { minutes: 10 } };

export interface BenchPortal {
  readonly url: string;
  readonly token: string;
  /** Megabytes of resident memory of the backend process. */
  memory(): number;
  get<T>(route: string): Promise<T>;
  post<T = unknown>(route: string, body?: unknown): Promise<T>;
  stop(): Promise<void>;
}

export interface BenchPortalOptions {
  readonly port: number;
  readonly stateDir: string;
  /** Folders with event repositories, by source id. */
  readonly repositories?: Readonly<Record<string, string>>;
  /** Leaves the sources as `npm start` has them, forge and AWS included; only the catalog and the search are held back. */
  readonly asConfigured?: boolean;
  /** Further configuration below `eventbridge.sources`. */
  readonly sources?: object;
  /** Whether the catalog and the search take in the event types too, as they do in a portal; false if left out. */
  readonly modules?: boolean;
  /** Connection string of a server on which databases may be created, and what their names begin with; SQLite if left out. */
  readonly postgres?: { readonly server: string; readonly prefix: string };
  readonly env?: NodeJS.ProcessEnv;
}

/** Starts the portal's own backend with other sources: the same code, database and HTTP server that `npm start` runs. */
export async function startBenchPortal(options: BenchPortalOptions): Promise<BenchPortal> {
  mkdirSync(options.stateDir, { recursive: true });
  const overlay = path.join(options.stateDir, 'app-config.bench.yaml');
  writeFileSync(
    overlay,
    JSON.stringify({
      // The catalog and the search take in every event type in the same process, a while after a read. Where the portal's own
      // cost is measured, they do so later.
      ...(!options.modules && {
        catalog: { providers: { eventbridge: { schedule: LATER } } },
        search: { collators: { eventbridge: { schedule: LATER } } },
      }),
      ...(options.postgres && {
        backend: {
          database: { client: 'pg', connection: options.postgres.server, prefix: options.postgres.prefix },
        },
      }),
      ...(!options.asConfigured && {
        eventbridge: {
          sources: {
            repositories: Object.entries(options.repositories ?? {}).map(([id, target]) => ({
              id,
              title: id,
              target,
              // Reads are asked for, so that the schedule does not run in between.
              schedule: { frequency: { hours: 24 }, timeout: { minutes: 10 } },
            })),
            aws: [],
            ...options.sources,
          },
        },
      }),
    }),
  );
  const log: string[] = [];
  const child = spawn(
    process.execPath,
    ['--require', TRANSFORM, 'src/index.ts', '--config', path.join(ROOT, 'app-config.yaml'), '--config', overlay],
    {
      cwd: path.join(ROOT, 'packages/backend'),
      env: {
        ...process.env,
        NODE_ENV: 'development',
        LOG_LEVEL: 'warn',
        BUSLINE_PORT: String(options.port),
        BUSLINE_STATE_DIR: options.stateDir,
        ...options.env,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8');
    stream.on('data', (text: string) => log.push(text));
  }
  const url = `http://localhost:${options.port}`;
  const token = await signIn(url, child, log);
  const headers = { authorization: `Bearer ${token}` };
  await answers(`${url}/api/eventbridge/sources`, headers, child, log);
  const request = async (route: string, init: RequestInit) => {
    const response = await fetchAgain(`${url}/api/eventbridge${route}`, init).catch(error => {
      const portal = isOver(child) ? `ended with ${child.exitCode ?? child.signalCode}` : 'runs';
      throw new Error(`${route}: ${reasonOf(error)}; the portal ${portal}:\n${log.join('').slice(-4000)}`);
    });
    if (!response.ok) throw new Error(`${route}: ${response.status} ${await response.text()}`);
    return response;
  };
  return {
    url,
    token,
    memory: () => residentMegabytes(child.pid!),
    async get<T>(route: string): Promise<T> {
      return (await (await request(route, { headers })).json()) as T;
    },
    async post<T>(route: string, body?: unknown): Promise<T> {
      const response = await request(route, {
        method: 'POST',
        headers: { ...headers, ...(body !== undefined && { 'content-type': 'application/json' }) },
        ...(body !== undefined && { body: JSON.stringify(body) }),
      });
      return (await response.json()) as T;
    },
    stop: () =>
      new Promise(resolve => {
        if (isOver(child)) {
          resolve();
          return;
        }
        child.once('close', () => resolve());
        child.kill('SIGTERM');
        setTimeout(() => child.kill('SIGKILL'), 8000).unref();
      }),
  };
}

/**
 * The server closes a connection that was idle for some seconds, and a process that was busy hears of it only when it
 * sends the next request over it. Such a request is sent again where sending it twice does no harm.
 */
async function fetchAgain(url: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(url, init);
  } catch (error) {
    if (init.body !== undefined || !CLOSED.test(reasonOf(error))) throw error;
    return fetch(url, init);
  }
}

const CLOSED = /ECONNRESET|EPIPE|UND_ERR_SOCKET/;

/** Undici's own message is no more than "fetch failed". */
function reasonOf(error: unknown): string {
  const { message, cause } = error as Error & { cause?: Error & { code?: string } };
  return cause ? `${message}: ${cause.code ?? ''} ${cause.message}` : message;
}

function isOver(child: ChildProcess): boolean {
  return child.exitCode !== null || child.signalCode !== null;
}

async function signIn(url: string, child: ChildProcess, log: readonly string[]): Promise<string> {
  const deadline = Date.now() + 120_000;
  while (Date.now() < deadline) {
    if (isOver(child)) {
      throw new Error(`The portal stopped:\n${log.join('').slice(-4000)}`);
    }
    const response = await fetch(`${url}/api/auth/sample/refresh?env=development`, {
      headers: {
        'x-busline-sample-user': 'platform-engineer',
        'x-requested-with': 'XMLHttpRequest',
      },
    }).catch(() => undefined);
    if (response?.ok) {
      const { backstageIdentity } = (await response.json()) as {
        backstageIdentity: { token: string };
      };
      return backstageIdentity.token;
    }
    await new Promise(resolve => setTimeout(resolve, 100));
  }
  throw new Error(`The portal did not answer:\n${log.join('').slice(-4000)}`);
}

/** On a fresh database one plugin may answer long before another one does. */
async function answers(
  url: string,
  headers: Readonly<Record<string, string>>,
  child: ChildProcess,
  log: readonly string[],
): Promise<void> {
  const deadline = Date.now() + 120_000;
  for (let status = 0; ; ) {
    status = (await fetch(url, { headers }).catch(() => undefined))?.status ?? 0;
    if (status === 200) return;
    if (isOver(child) || Date.now() > deadline) throw new Error(`${url}: ${status}\n${log.join('').slice(-4000)}`);
    await new Promise(resolve => setTimeout(resolve, 100));
  }
}

/** Linux only: elsewhere memory is not measured. */
function residentMegabytes(pid: number): number {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    return Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1] ?? NaN) / 1024;
  } catch {
    return NaN;
  }
}
