import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import {
  DescribeEventBusCommand,
  ListEventBusesCommand,
  ListRulesCommand,
  ListTargetsByRuleCommand,
} from '@aws-sdk/client-eventbridge';
import { AssumeRoleCommand, GetCallerIdentityCommand, type Credentials } from '@aws-sdk/client-sts';
import { GetQueueUrlCommand, ReceiveMessageCommand } from '@aws-sdk/client-sqs';
import { policyDocument, principalTrust, publishStatement } from '@busline/access-policy';
import { createVirtualClock } from '../clock';
import { startLocalAws } from '../start';
import { clientsOf, DELIVERY, PLATFORM, start, stopAll } from '../testing/clients';
import { accountOf, busArn, queueArn, roleArn } from '../testing/fixture';

// Many calls in one test; a busy machine takes its time.
jest.setTimeout(60_000);

let stateDir: string;
const children: ChildProcess[] = [];

beforeEach(() => {
  stateDir = mkdtempSync(join(tmpdir(), 'local-aws-'));
});
afterEach(async () => {
  await stopAll();
  for (const child of children.splice(0)) await kill(child);
  rmSync(stateDir, { recursive: true, force: true });
});

async function kill(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, 'exit');
  child.kill('SIGKILL');
  await gone;
}

/** The loader of TypeScript sends messages of its own. */
function endpointOf(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    child.on('exit', code => reject(new Error(`The server ended: ${code}`)));
    child.on('message', (message: { endpoint?: string }) => {
      if (message.endpoint) resolve(message.endpoint);
    });
  });
}

/** Fills an account with one of everything; gives the credentials of a session. */
async function fill(endpoint: string): Promise<Credentials> {
  const account = accountOf(endpoint, PLATFORM);
  await account.bus(
    'central',
    policyDocument([
      publishStatement({
        busArn: busArn(PLATFORM, 'central'),
        principal: DELIVERY,
        source: 'com.key.delivery',
      }),
    ]),
  );
  const q = await account.queue('q');
  await account.rule('central', 'r', [{ Id: 'q', Arn: q.arn }]);
  await account.put('central');
  await account.role('reader', principalTrust(PLATFORM), []);
  const { Credentials } = await account.sts.send(
    new AssumeRoleCommand({
      RoleArn: roleArn(PLATFORM, 'reader'),
      RoleSessionName: 'me',
    }),
  );
  return Credentials!;
}

/** What the account holds, read with the credentials of before. */
async function readBack(endpoint: string, credentials: Credentials) {
  const { events, sqs } = clientsOf(endpoint, PLATFORM);
  const { Policy } = await events.send(new DescribeEventBusCommand({ Name: 'central' }));
  const { Rules } = await events.send(new ListRulesCommand({ EventBusName: 'central' }));
  const { Targets } = await events.send(new ListTargetsByRuleCommand({ Rule: 'r', EventBusName: 'central' }));
  const { Arn } = await clientsOf(endpoint, credentials).sts.send(new GetCallerIdentityCommand({}));
  const { QueueUrl } = await sqs.send(new GetQueueUrlCommand({ QueueName: 'q' }));
  const { Messages } = await sqs.send(new ReceiveMessageCommand({ QueueUrl }));
  return {
    policy: Policy,
    rules: Rules!.map(rule => rule.Name),
    targets: Targets!.map(target => target.Arn),
    session: Arn,
    messages: Messages!.map(message => JSON.parse(message.Body!).source),
  };
}

const FILLED = {
  policy: expect.stringContaining('com.key.delivery'),
  rules: ['r'],
  targets: [queueArn(PLATFORM, 'q')],
  session: `arn:aws:sts::${PLATFORM}:assumed-role/reader/me`,
  messages: ['com.key.access'],
};

describe('state on disk', () => {
  it('is there after a restart', async () => {
    const credentials = await fill((await start({ stateDir })).endpoint);
    await stopAll();
    const { endpoint } = await start({ stateDir });
    expect(await readBack(endpoint, credentials)).toEqual(FILLED);
  });

  it('is there after the process was killed: all that was answered', async () => {
    const child = fork(require.resolve('../testing/serve.ts'), [stateDir], {
      execArgv: ['--require', '@backstage/cli/config/nodeTransform.cjs'],
      env: { ...process.env, NODE_OPTIONS: '' },
    });
    children.push(child);
    const credentials = await fill(await endpointOf(child));
    await kill(child);
    const { endpoint } = await start({ stateDir });
    expect(await readBack(endpoint, credentials)).toEqual(FILLED);
  });

  it('takes up deliveries that waited for a retry', async () => {
    const received: string[] = [];
    let status = 503;
    const callback = createServer((request, response) => {
      received.push(request.url!);
      response.statusCode = status;
      response.end();
    });
    await new Promise<void>(resolve => {
      callback.listen(0, '127.0.0.1', resolve);
    });
    const { port } = callback.address() as AddressInfo;
    const arn = `arn:aws:lambda:eu-west-1:${PLATFORM}:function:f`;
    const options = {
      stateDir,
      lambdaUrls: { [arn]: `http://127.0.0.1:${port}/f` },
    };
    const clock = createVirtualClock();
    const first = await start({ ...options, clock });
    const account = accountOf(first.endpoint, PLATFORM);
    await account.bus('central');
    await account.rule('central', 'r', [{ Id: 'f', Arn: arn }]);
    await account.put('central');
    await first.idle();
    await stopAll();
    expect(received).toHaveLength(1);

    status = 200;
    const later = createVirtualClock(clock.now() + 60_000);
    const second = await start({ ...options, clock: later });
    await later.advance(0);
    await second.idle();
    expect(received).toHaveLength(2);
    await later.advance(600_000);
    await second.idle();
    expect(received).toHaveLength(2);
    await new Promise(resolve => {
      callback.close(resolve);
      callback.closeAllConnections();
    });
  });

  it('in memory only, without a folder', async () => {
    await fill((await start()).endpoint);
    await stopAll();
    const { events } = clientsOf((await start()).endpoint, PLATFORM);
    const { EventBuses } = await events.send(new ListEventBusesCommand({}));
    expect(EventBuses!.map(bus => bus.Name)).toEqual(['default']);
  });

  it('is used by one server at a time', async () => {
    await start({ stateDir });
    await expect(startLocalAws({ stateDir })).rejects.toThrow(
      /Cannot open the state in .*state\.db: another server is using it/,
    );
  });

  it('of a newer format is left alone', async () => {
    const database = new Database(join(stateDir, 'state.db'));
    database.pragma('user_version = 99');
    database.close();
    await expect(startLocalAws({ stateDir })).rejects.toThrow(/it has format 99, and this program reads format 1/);
  });

  it('that is no database is left alone', async () => {
    writeFileSync(join(stateDir, 'state.db'), 'notes to myself');
    await expect(startLocalAws({ stateDir })).rejects.toThrow(/Cannot open the state in .*file is not a database/);
  });
});
