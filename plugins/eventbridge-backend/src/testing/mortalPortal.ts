/**
 * The portal in a process of its own that dies (SIGKILL) at the first step at which it has not died before. Started by a
 * test, with what it needs in the environment; prints its port as a line of JSON.
 */
import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { createClients } from '@busline/aws-estate';
import type { Forge } from '@busline/forge';
import createKnex from 'knex';
import { createChangesHarness } from './changesHarness';

export interface MortalPortalOptions {
  readonly database: string;
  readonly migrations: string;
  readonly forgeDirectory: string;
  readonly endpoint: string;
  /** The steps at which it has died, a line each. */
  readonly deaths: string;
  /** Steps at which it dies: a regular expression. */
  readonly steps: string;
  /** Of those while stacks are made, how many. */
  readonly stackSteps: number;
}

const options = JSON.parse(process.env.MORTAL_PORTAL!) as MortalPortalOptions;
const FOLLOW_EVERY_MS = 50;

function mayDie(step: string): void {
  const died = existsSync(options.deaths) ? readFileSync(options.deaths, 'utf8').split('\n') : [];
  if (died.includes(step) || !new RegExp(options.steps).test(step)) return;
  const isOfStack = step.startsWith('while ');
  if (isOfStack && died.filter(each => each.startsWith('while ')).length >= options.stackSteps) return;
  appendFileSync(options.deaths, `${step}\n`);
  process.kill(process.pid, 'SIGKILL');
}

/** Dies before and after everything that changes something on the forge. */
function mortal(forge: Forge): Forge {
  const dying =
    <A extends { readonly repository: string }, R>(name: string, work: (request: A, more?: object) => Promise<R>) =>
    async (request: A, more?: object) => {
      mayDie(`before ${name} ${request.repository}`);
      const result = await work(request, more);
      mayDie(`after ${name} ${request.repository}`);
      return result;
    };
  return new Proxy(forge, {
    get(target, property) {
      const value = Reflect.get(target, property, target);
      if (typeof value !== 'function') return value;
      const bound = value.bind(target);
      const isWrite = ['commitFiles', 'openPullRequest', 'merge'].includes(String(property));
      return isWrite ? dying(String(property), bound) : bound;
    },
  });
}

async function main(): Promise<void> {
  const { database, migrations, forgeDirectory, endpoint } = options;
  const knex = createKnex({
    client: 'better-sqlite3',
    connection: database,
    useNullAsDefault: true,
    pool: { min: 1, max: 1 },
  });
  await knex.migrate.latest({ directory: migrations });
  const harness = await createChangesHarness({
    world: {
      folder: '',
      forgeDirectory,
      endpoint,
      clientsFor: (accountId, region) =>
        createClients(region, { endpoint, credentials: { accessKeyId: accountId, secretAccessKey: 'local' } }),
      close: async () => {},
    },
    knex,
    wrapForge: mortal,
    wrapDeployer: deployer => ({
      async deploy(record, { onProgress, ...more }) {
        const result = await deployer.deploy(record, {
          ...more,
          async onProgress(stacks) {
            await onProgress(stacks);
            for (const { name, state, detail } of stacks) if (state === 'running') mayDie(`while ${name}: ${detail}`);
          },
        });
        mayDie(`after the deployment, which is ${result.kind}`);
        return result;
      },
    }),
    notify: async ({ payload }) => mayDie(`telling ${payload.title}`),
  });
  const server = harness.app.listen(0, '127.0.0.1', () => {
    process.stdout.write(`${JSON.stringify({ port: (server.address() as AddressInfo).port })}\n`);
  });
  for (;;) {
    await knex('change_requests').whereNotNull('look_at').update({ look_at: '2000-01-01T00:00:00.000Z' });
    await harness.follow();
    await new Promise(resolve => setTimeout(resolve, FOLLOW_EVERY_MS));
  }
}

main().catch(error => {
  process.stderr.write(`${error.stack}\n`);
  process.exit(1);
});
