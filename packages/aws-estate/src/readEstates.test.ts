import { PutRuleCommand } from '@aws-sdk/client-eventbridge';
import { createCallLimits } from './calls';
import { createPace } from './pace';
import { readEstates, type EstateRead } from './readEstates';
import { startTestServer, type TestServer } from './__testUtils__/testServer';

const REGION = 'eu-west-1';
const ACCOUNTS = 24;
const RULES = 4;
const accounts = Array.from({ length: ACCOUNTS }, (_, i) => ({
  accountId: String(100000000000 + i),
  region: REGION,
}));
const idOf = (read: EstateRead) => (read.outcome === 'read' ? read.snapshot.accountId : read.accountId);

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
  for (const { accountId } of accounts) {
    for (let i = 0; i < RULES; i++) {
      await server
        .clientsFor(accountId, REGION)
        .events.send(new PutRuleCommand({ Name: `r${i}`, EventPattern: '{"source":["a"]}' }));
    }
  }
});
afterAll(() => server.close());
beforeEach(() => {
  server.faults = () => undefined;
});

const limits = (options: Parameters<typeof createCallLimits>[0] = {}) =>
  createCallLimits({ pace: createPace(), attempts: 2, ...options });

describe('readEstates', () => {
  it('reads every account and says what it cost', async () => {
    const { reads, calls, callCount } = await readEstates({
      accounts,
      clientsFor: server.clientsFor,
      limits: limits(),
    });
    expect(reads.map(idOf)).toEqual(accounts.map(a => a.accountId));
    expect(reads.every(read => read.outcome === 'read' && read.snapshot.estate.rules.length === RULES)).toBe(true);
    expect(calls).toEqual({
      'events:ListEventBuses': ACCOUNTS,
      'events:DescribeEventBus': ACCOUNTS,
      'events:ListRules': ACCOUNTS,
      'events:ListTargetsByRule': ACCOUNTS * RULES,
    });
    expect(callCount).toBe(ACCOUNTS * (3 + RULES));
  });

  it('is not kept from the others by accounts that hang, are denied or are throttled', async () => {
    const [hanging, denied, throttled] = accounts.map(a => a.accountId);
    server.faults = ({ account }) => {
      if (account === hanging) return 'hang';
      if (account === denied) return { status: 400, error: 'AccessDeniedException', message: 'no' };
      if (account === throttled) return { status: 400, error: 'ThrottlingException', message: 'Rate exceeded' };
      return undefined;
    };
    const done: string[] = [];
    const { reads } = await readEstates({
      accounts,
      clientsFor: server.faultyClientsFor,
      limits: limits({ concurrency: 2, callTimeoutMs: 1500, attempts: 2 }),
      onRead: read => void done.push(idOf(read)),
    });
    const failures = reads.flatMap(read => (read.outcome === 'failed' ? [[read.accountId, read.error.failure]] : []));
    expect(failures).toEqual([
      [hanging, 'timed-out'],
      [denied, 'access-denied'],
      [throttled, 'throttled'],
    ]);
    expect(done).toHaveLength(ACCOUNTS);
    expect(done.indexOf(hanging)).toBeGreaterThan(0);
  });

  it('gives up an account that takes too long, and counts its calls', async () => {
    const [slow] = accounts;
    server.faults = ({ operation }) => (operation === 'ListRules' ? 'hang' : undefined);
    const { reads, callCount } = await readEstates({
      accounts: [slow],
      clientsFor: server.faultyClientsFor,
      limits: limits(),
      timeoutMs: 2000,
    });
    expect(reads).toEqual([
      expect.objectContaining({
        outcome: 'failed',
        accountId: slow.accountId,
        error: expect.objectContaining({
          failure: 'timed-out',
          message: `Account ${slow.accountId}, eu-west-1: the read took too long and was stopped during ListRules`,
        }),
      }),
    ]);
    expect(callCount).toBe(3);
  });

  it('gives small accounts their turn beside a large one', async () => {
    const large = { accountId: '200000000000', region: REGION };
    for (let i = 0; i < 40; i++) {
      await server
        .clientsFor(large.accountId, REGION)
        .events.send(new PutRuleCommand({ Name: `r${i}`, EventPattern: '{"source":["a"]}' }));
    }
    const done: string[] = [];
    await readEstates({
      accounts: [large, ...accounts],
      clientsFor: server.clientsFor,
      limits: limits({ concurrency: 1 }),
      onRead: read => void done.push(idOf(read)),
    });
    expect(done.at(-1)).toBe(large.accountId);
  });

  it('stops when it is cancelled, with what was told until then', async () => {
    const cancel = new AbortController();
    const done: string[] = [];
    const reading = readEstates({
      accounts,
      clientsFor: server.clientsFor,
      limits: limits({ concurrency: 1 }),
      accountsAtOnce: 1,
      signal: cancel.signal,
      onRead: read => {
        done.push(idOf(read));
        if (done.length === 2) cancel.abort(new Error('shutting down'));
      },
    });
    await expect(reading).rejects.toThrow('shutting down');
    expect(done).toEqual(accounts.slice(0, 2).map(a => a.accountId));
  });
});
