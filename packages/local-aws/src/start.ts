import type { AddressInfo } from 'node:net';
import { systemClock, type Clock } from './clock';
import type { Environment } from './environment';
import { createHttpServer } from './http/server';
import { createRateLimiter } from './http/rateLimiter';
import { createIdentities } from './iam/identities';
import { defaultQuotas, type Quotas } from './quotas';
import type { RequestRates } from './rates';
import { createServices } from './services';
import { createMemoryStore } from './store/memoryStore';
import { openSqliteStore } from './store/sqliteStore';

export interface LocalAwsOptions {
  /** 0 (the default) takes any free port. */
  readonly port?: number;
  /** Defaults to 127.0.0.1: the server checks no secrets and must not be reached from outside. */
  readonly host?: string;
  /** Folder for the state; in memory only when left out. */
  readonly stateDir?: string;
  readonly clock?: Clock;
  /** Quotas that differ from AWS's defaults. */
  readonly quotas?: Partial<Quotas>;
  /** Requests a second that differ from what AWS documents: `{ "events:ListRules": 5, "events:*": 1000 }`. */
  readonly requestRates?: RequestRates;
  /** Where a Lambda function that is a target really runs: an HTTP URL by function ARN. */
  readonly lambdaUrls?: Readonly<Record<string, string>>;
  /** Where failures go that no client can be told about. Defaults to console.error. */
  readonly logError?: (message: string, error: unknown) => void;
}

export interface LocalAws {
  /** `http://127.0.0.1:4566` */
  readonly endpoint: string;
  readonly port: number;
  /** Resolves when every delivery that is under way (not those waiting for a retry) has ended. */
  idle(): Promise<void>;
  /** Stops accepting, ends open requests, writes the state and lets go of it. */
  close(): Promise<void>;
}

/**
 * Starts a server that unmodified AWS SDK clients use by `endpoint`. For laptops and tests: it checks no secrets.
 * @throws Error when the port is taken, or another server has the state folder open
 */
export async function startLocalAws(options: LocalAwsOptions = {}): Promise<LocalAws> {
  const clock = options.clock ?? systemClock;
  const host = options.host ?? '127.0.0.1';
  const logError =
    options.logError ??
    // eslint-disable-next-line no-console
    ((message: string, error: unknown) => console.error(message, error));
  const store = options.stateDir ? openSqliteStore(options.stateDir) : createMemoryStore();
  let endpoint = '';
  const identities = createIdentities(store, clock);
  const environment: Environment = {
    store,
    clock,
    quotas: { ...defaultQuotas, ...options.quotas },
    authorizer: identities,
    endpoint: () => endpoint,
    logError,
  };
  const { services, idle, onThrottled } = createServices(environment, options);
  const server = createHttpServer({
    services,
    rateLimiter: createRateLimiter(clock, options.requestRates ?? {}),
    identify: identities.identify,
    flush: store.flush,
    onThrottled,
    logError,
  });
  try {
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(options.port ?? 0, host, resolve);
    });
  } catch (error) {
    store.close();
    throw (error as { code?: string }).code === 'EADDRINUSE'
      ? new Error(`Port ${options.port} on ${host} is taken by another program. Stop it, or choose another port.`)
      : error;
  }
  const { port } = server.address() as AddressInfo;
  endpoint = `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
  for (const service of services) service.start?.();
  return {
    endpoint,
    port,
    idle,
    async close() {
      for (const service of services) await service.close?.();
      await new Promise(resolve => {
        server.close(resolve);
        server.closeAllConnections();
      });
      store.close();
    },
  };
}
