import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  CreateChangeSetCommand,
  CreateStackCommand,
  DeleteStackCommand,
  DescribeChangeSetCommand,
  UpdateStackCommand,
} from '@aws-sdk/client-cloudformation';
import { ListEventBusesCommand, ListRulesCommand } from '@aws-sdk/client-eventbridge';
import { ListQueuesCommand } from '@aws-sdk/client-sqs';
import { createVirtualClock } from '../clock';
import { clientsOf, DELIVERY, PLATFORM, start, stopAll } from '../testing/clients';
import { busArn } from '../testing/fixture';
import { busIn, queueIn, ruleIn, stacksOf, templateOf } from '../testing/stacks';

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

/** A chain of queues, so that there is always something left to do, and then a rule. */
const chain = (name: string, targets: unknown[] = []) =>
  templateOf({
    Bus: busIn(name),
    ...Object.fromEntries(
      Array.from({ length: 8 }, (_, i) => [
        `Q${i}`,
        queueIn({ QueueName: { 'Fn::Sub': `\${${i === 0 ? 'Bus' : `Q${i - 1}.QueueName`}}-${i}` } }),
      ]),
    ),
    R: { ...ruleIn({ Ref: 'Bus' }, targets), DependsOn: 'Q7' },
  });
const FORBIDDEN = [{ Id: 'bus', Arn: busArn(DELIVERY, 'theirs') }];

/** A server whose time only moves when it is told to, so that it can be stopped between any two steps. */
async function stoppedClock() {
  // The next run has the machine's time, which must not be months later.
  const clock = createVirtualClock(Date.now());
  const server = await start({ stateDir, clock });
  const clients = clientsOf(server.endpoint, PLATFORM);
  return { clock, server, ...stacksOf(clients), clients };
}

async function restarted() {
  const { endpoint } = await start({ stateDir });
  const clients = clientsOf(endpoint, PLATFORM);
  return { clients, ...stacksOf(clients) };
}

/** After none, some and nearly all of the steps. */
const MOMENTS = [0, 1, 3, 7, 12];

describe('an operation that was under way when the server was stopped', () => {
  it.each(MOMENTS)('is finished: a creation after %d steps', async steps => {
    const { clock, server, client } = await stoppedClock();
    await client.send(new CreateStackCommand({ StackName: 's', TemplateBody: chain('b') }));
    await clock.advance(steps * 5);
    await server.close();
    const { settled, clients, history } = await restarted();
    expect((await settled('s')).StackStatus).toBe('CREATE_COMPLETE');
    expect((await clients.sqs.send(new ListQueuesCommand({}))).QueueUrls).toHaveLength(8);
    const said = await history('s');
    expect(said.filter(line => line === 'Q3 CREATE_COMPLETE')).toHaveLength(1);
  });

  it.each(MOMENTS)('is finished: an update that replaces, after %d steps', async steps => {
    const { clock, server, client } = await stoppedClock();
    await client.send(new CreateStackCommand({ StackName: 's', TemplateBody: chain('before') }));
    await clock.advance(1_000);
    await client.send(new UpdateStackCommand({ StackName: 's', TemplateBody: chain('after') }));
    await clock.advance(steps * 5);
    await server.close();
    const { settled, clients } = await restarted();
    expect((await settled('s')).StackStatus).toBe('UPDATE_COMPLETE');
    expect((await clients.sqs.send(new ListQueuesCommand({ QueueNamePrefix: 'before' }))).QueueUrls).toBeUndefined();
    expect((await clients.sqs.send(new ListQueuesCommand({ QueueNamePrefix: 'after' }))).QueueUrls).toHaveLength(8);
    const { EventBuses } = await clients.events.send(new ListEventBusesCommand({}));
    expect(EventBuses!.map(({ Name }) => Name)).toEqual(['after', 'default']);
  });

  it.each([2, 9, 11, 13, 17])('is rolled back: an update that fails, after %d steps', async steps => {
    const { clock, server, client, resources } = await stoppedClock();
    await client.send(new CreateStackCommand({ StackName: 's', TemplateBody: chain('before') }));
    await clock.advance(1_000);
    const before = Object.keys(await resources('s'));
    await client.send(new UpdateStackCommand({ StackName: 's', TemplateBody: chain('after', FORBIDDEN) }));
    await clock.advance(steps * 5);
    await server.close();
    const again = await restarted();
    expect((await again.settled('s')).StackStatus).toBe('UPDATE_ROLLBACK_COMPLETE');
    expect(Object.keys(await again.resources('s'))).toEqual(before);
    const { sqs, events } = again.clients;
    expect((await sqs.send(new ListQueuesCommand({ QueueNamePrefix: 'after' }))).QueueUrls).toBeUndefined();
    expect((await sqs.send(new ListQueuesCommand({ QueueNamePrefix: 'before' }))).QueueUrls).toHaveLength(8);
    expect((await events.send(new ListRulesCommand({ EventBusName: 'before' }))).Rules).toHaveLength(1);
  });

  it.each(MOMENTS)('is finished: a deletion after %d steps', async steps => {
    const { clock, server, client, find } = await stoppedClock();
    await client.send(new CreateStackCommand({ StackName: 's', TemplateBody: chain('b') }));
    await clock.advance(1_000);
    const { StackId } = (await find('s'))!;
    await client.send(new DeleteStackCommand({ StackName: 's' }));
    await clock.advance(steps * 5);
    await server.close();
    const { settled, clients } = await restarted();
    expect((await settled(StackId!)).StackStatus).toBe('DELETE_COMPLETE');
    expect((await clients.sqs.send(new ListQueuesCommand({}))).QueueUrls).toBeUndefined();
  });

  it('is finished: a change set that was to be worked out', async () => {
    const { server, client } = await stoppedClock();
    const { Id: ChangeSetName } = await client.send(
      new CreateChangeSetCommand({
        StackName: 's',
        ChangeSetName: 'c',
        ChangeSetType: 'CREATE',
        TemplateBody: chain('b'),
      }),
    );
    await server.close();
    const { client: again } = await restarted();
    for (;;) {
      const { Status } = await again.send(new DescribeChangeSetCommand({ ChangeSetName }));
      if (Status === 'CREATE_COMPLETE') return;
      expect(Status).toBe('CREATE_PENDING');
      await new Promise(resolve => setTimeout(resolve, 5));
    }
  });
});

describe('a server that was killed', () => {
  it('finishes a hundred stacks', async () => {
    const child = fork(require.resolve('../testing/serve.ts'), [stateDir], {
      execArgv: ['--require', '@backstage/cli/config/nodeTransform.cjs'],
    });
    children.push(child);
    const endpoint = await new Promise<string>((resolve, reject) => {
      child.on('exit', code => reject(new Error(`The server ended: ${code}`)));
      child.on('message', (message: { endpoint?: string }) => {
        if (message.endpoint) resolve(message.endpoint);
      });
    });
    const { client } = stacksOf(clientsOf(endpoint, PLATFORM));
    const names = Array.from({ length: 100 }, (_, i) => `s${i}`);
    await Promise.all(
      names.map(StackName =>
        client.send(
          new CreateStackCommand({
            StackName,
            TemplateBody: templateOf({ A: queueIn(), B: { ...queueIn(), DependsOn: 'A' } }),
          }),
        ),
      ),
    );
    await kill(child);
    const { settled, clients } = await restarted();
    for (const name of names) expect((await settled(name)).StackStatus).toBe('CREATE_COMPLETE');
    expect((await clients.sqs.send(new ListQueuesCommand({}))).QueueUrls).toHaveLength(200);
  });
});
