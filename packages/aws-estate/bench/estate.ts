/**
 * Reads an estate of many accounts behind AWS's request rates, and prints what it took:
 *
 *     node --require @backstage/cli/config/nodeTransform.cjs packages/aws-estate/bench/estate.ts --accounts 300 --rules 30
 *
 * The local server runs in a process of its own, with the rates that AWS documents.
 */
import { fork } from 'node:child_process';
import { parseArgs } from 'node:util';
import { PutRuleCommand, PutTargetsCommand } from '@aws-sdk/client-eventbridge';
import { startLocalAws } from '@busline/local-aws';
import { createClients, createPace, createCallLimits, readEstates, type ClientsFor } from '../src';

const REGION = 'eu-west-1';
const FIRST_ACCOUNT = 100_000_000_000;
const SEEDERS = 32;

/** One row of the bench. Times in milliseconds. */
export interface EstateBench {
  readonly accounts: number;
  readonly rules: number;
  readonly readMs: number;
  readonly calls: number;
  /** Calls beyond those that an undisturbed read needs: retries after throttling. */
  readonly extraCalls: number;
  readonly failed: number;
  readonly slowestAccountMs: number;
  readonly medianAccountMs: number;
  readonly firstAccountMs: number;
}

/** Seeds a server with rules in accounts, and reads them as the portal does. */
export async function benchEstate(endpoint: string, accounts: number, rules: number): Promise<EstateBench> {
  const clientsFor: ClientsFor = (accountId, region) =>
    createClients(region, { endpoint, credentials: { accessKeyId: accountId, secretAccessKey: 'x' } });
  const all = Array.from({ length: accounts }, (_, i) => ({ accountId: String(FIRST_ACCOUNT + i), region: REGION }));
  let next = 0;
  await Promise.all(
    Array.from({ length: SEEDERS }, async () => {
      while (next < all.length) await seed(clientsFor, all[next++].accountId, rules);
    }),
  );
  const began = Date.now();
  let firstAccountMs = 0;
  const { reads, callCount } = await readEstates({
    accounts: all,
    clientsFor,
    limits: createCallLimits({ pace: createPace() }),
    onRead: () => {
      firstAccountMs ||= Date.now() - began;
    },
  });
  const times = reads.map(read => read.milliseconds).sort((a, b) => a - b);
  return {
    accounts,
    rules,
    readMs: Date.now() - began,
    calls: callCount,
    extraCalls: callCount - accounts * (3 + rules),
    failed: reads.filter(read => read.outcome === 'failed').length,
    slowestAccountMs: times.at(-1) ?? 0,
    medianAccountMs: times[Math.floor(times.length / 2)] ?? 0,
    firstAccountMs,
  };
}

/** As many rules as AWS lets an account make in a second are made at once; a rate of 50 is not reached with 30. */
async function seed(clientsFor: ClientsFor, accountId: string, rules: number): Promise<void> {
  const { events } = clientsFor(accountId, REGION);
  for (let i = 0; i < rules; i++) {
    const Rule = `rule-${i}`;
    await events.send(new PutRuleCommand({ Name: Rule, EventPattern: JSON.stringify({ source: [`com.bench.${i}`] }) }));
    const Arn = `arn:aws:sqs:${REGION}:${accountId}:queue-${i}`;
    await events.send(new PutTargetsCommand({ Rule, Targets: [{ Id: 'sqs', Arn }] }));
  }
}

async function serve(): Promise<void> {
  const aws = await startLocalAws();
  process.send!({ endpoint: aws.endpoint });
  process.once('disconnect', () => process.exit(0));
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      accounts: { type: 'string', default: '300' },
      rules: { type: 'string', default: '30' },
      serve: { type: 'boolean', default: false },
    },
  });
  if (values.serve) {
    await serve();
    return;
  }
  const server = fork(__filename, ['--serve'], { execArgv: ['--require', '@backstage/cli/config/nodeTransform.cjs'] });
  try {
    const { endpoint } = await new Promise<{ endpoint: string }>((resolve, reject) => {
      // Backstage's transform sends messages of its own.
      server.on('message', (message: { endpoint?: string }) => {
        if (message.endpoint !== undefined) resolve({ endpoint: message.endpoint });
      });
      server.once('exit', code => reject(new Error(`The local server ended with ${code}`)));
    });
    const result = await benchEstate(endpoint, Number(values.accounts), Number(values.rules));
    process.stdout.write(`${JSON.stringify(result)}\n`);
  } finally {
    server.disconnect();
  }
}

if (require.main === module) {
  main().catch(error => {
    process.stderr.write(`${error}\n`);
    process.exit(1);
  });
}
