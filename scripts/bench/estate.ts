import { PutRuleCommand, PutTargetsCommand } from '@aws-sdk/client-eventbridge';
import { createClients, readEstates } from '@busline/aws-estate';
import { startLocalAws } from '@busline/local-aws';
import { median, quantile, table } from './statistics';

const REGION = 'eu-west-1';
const RULES_PER_ACCOUNT = 30;
const TARGET = 'arn:aws:sqs:eu-west-1:111111111111:queue';

/**
 * Reads an estate of many accounts with 30 rules each, behind AWS's request rates as the local server enforces them. The server and the
 * reader share the machine, so the time is an upper bound.
 */
export async function benchEstate(accountCount: number): Promise<string> {
  const server = await startLocalAws();
  try {
    const accounts = Array.from({ length: accountCount }, (_, i) => ({
      accountId: String(100_000_000_000 + i),
      region: REGION,
    }));
    const clientsFor = clientsAt(server.endpoint);
    // Accounts are filled side by side: each has its own request rate.
    await Promise.all(
      Array.from({ length: 20 }, async (_, lane) => {
        for (let i = lane; i < accounts.length; i += 20) await fill(clientsFor(accounts[i].accountId));
      }),
    );
    const from = performance.now();
    const doneAt: number[] = [];
    const { reads, callCount } = await readEstates({
      accounts,
      clientsFor,
      onRead: () => void doneAt.push(performance.now() - from),
    });
    const total = performance.now() - from;
    const failed = reads.filter(read => read.outcome === 'failed').length;
    const rules = reads.reduce(
      (sum, read) => sum + (read.outcome === 'read' ? read.snapshot.estate.rules.length : 0),
      0,
    );
    const durations = reads.map(read => read.milliseconds);
    const seconds = (value: number) => `${(value / 1000).toFixed(1)} s`;
    return table([
      [
        'accounts',
        'rules',
        'full read',
        'calls',
        'calls a second',
        'accounts that failed',
        'an account (median / slowest)',
        'first / last account done',
      ],
      [
        String(accountCount),
        rules.toLocaleString('en'),
        seconds(total),
        callCount.toLocaleString('en'),
        (callCount / (total / 1000)).toFixed(0),
        String(failed),
        `${seconds(median(durations))} / ${seconds(quantile(durations, 1))}`,
        `${seconds(doneAt[0])} / ${seconds(doneAt[doneAt.length - 1])}`,
      ],
    ]);
  } finally {
    await server.close();
  }
}

type Clients = ReturnType<typeof createClients>;

function clientsAt(endpoint: string): (accountId: string) => Clients {
  const known = new Map<string, Clients>();
  return accountId => {
    const clients =
      known.get(accountId) ??
      createClients(REGION, {
        endpoint,
        credentials: { accessKeyId: accountId, secretAccessKey: 'local' },
      });
    known.set(accountId, clients);
    return clients;
  };
}

async function fill({ events }: Clients) {
  for (let i = 0; i < RULES_PER_ACCOUNT; i += 1) {
    const rule = `rule-${i}`;
    await retried(() =>
      events.send(
        new PutRuleCommand({
          Name: rule,
          EventPattern: JSON.stringify({ source: [`com.bench.${i}`] }),
        }),
      ),
    );
    await retried(() =>
      events.send(
        new PutTargetsCommand({
          Rule: rule,
          Targets: [{ Id: 'queue', Arn: TARGET }],
        }),
      ),
    );
  }
}

/** Filling is not what is measured: a throttled call is tried again. */
async function retried(call: () => Promise<unknown>): Promise<void> {
  for (;;) {
    try {
      await call();
      return;
    } catch (error) {
      if (!(error instanceof Error) || error.name !== 'ThrottlingException') throw error;
      await new Promise(resolve => setTimeout(resolve, 100));
    }
  }
}
