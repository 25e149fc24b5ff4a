import type { Estate } from '@busline/infrastructure';
import type { EstatePart, EventSource, ReadContext, SourceSnapshot } from '@busline/plugin-eventbridge-node';
import request from 'supertest';
import { closeDatabases, DATABASES, openTestDatabase } from '../testing/databases';
import { createHarness } from '../testing/harness';

afterAll(closeDatabases);

const REGION = 'eu-west-1';
const A = '111111111111';
const B = '222222222222';

const estateOf = (accountId: string, rules: readonly string[]): Estate => {
  const busArn = `arn:aws:events:${REGION}:${accountId}:event-bus/main`;
  return {
    buses: [{ arn: busArn, name: 'main', accountId, region: REGION }],
    rules: rules.map(name => ({
      arn: `arn:aws:events:${REGION}:${accountId}:rule/main/${name}`,
      name,
      busArn,
      accountId,
      region: REGION,
      enabled: true,
      pattern: { source: ['com.key'] },
      targets: [{ id: 'queue', arn: `arn:aws:sqs:${REGION}:${accountId}:${name}` }],
    })),
  };
};

const read = (accountId: string, rules: readonly string[]): EstatePart => ({
  outcome: 'read',
  accountId,
  region: REGION,
  estate: estateOf(accountId, rules),
});
const failed = (accountId: string, rule: string, reason: string): EstatePart => ({
  outcome: 'failed',
  accountId,
  region: REGION,
  rule,
  reason,
});

/** An AWS source that hands on what a test says. */
class TestEstate implements EventSource {
  readonly id = 'aws';
  readonly kind = 'aws';
  readonly title = 'AWS';
  readonly target = 'two accounts';
  readonly schedule = { frequency: { minutes: 1 }, timeout: { minutes: 1 } };
  parts: readonly (EstatePart | Error)[] = [];

  async read(context: ReadContext): Promise<SourceSnapshot> {
    const covered = [];
    for (const part of this.parts) {
      if (part instanceof Error) throw part;
      await context.onPart(part);
      covered.push({ accountId: part.accountId, region: part.region });
    }
    return { kind: 'aws', covered };
  }
}

describe.each(DATABASES)('an AWS source on %s', kind => {
  const setUp = async () => {
    const source = new TestEstate();
    const harness = await createHarness({ knex: await openTestDatabase(kind), sources: [source] });
    const get = async (path: string) => (await request(harness.app).get(path)).body;
    const readNow = async (...parts: (EstatePart | Error)[]) => {
      source.parts = parts;
      await harness.read(source);
    };
    const names = async () => (await get('/subscriptions?sort=name')).items.map((item: { name: string }) => item.name);
    return { get, readNow, names };
  };

  it.each([
    ['throttled', 'Account 222222222222, eu-west-1: AWS throttled ListRules for too long'],
    ['access-denied', 'Account 222222222222, eu-west-1: not allowed to call events:ListRules'],
    ['timed-out', 'Account 222222222222, eu-west-1: no answer within 120 seconds'],
  ])('keeps the account that is %s and goes on with the others', async (rule, reason) => {
    const { get, readNow, names } = await setUp();
    await readNow(read(A, ['a1']), read(B, ['b1', 'b2']));
    expect(await names()).toEqual(['a1', 'b1', 'b2']);
    await readNow(read(A, ['a1', 'a2']), failed(B, rule, reason));
    expect(await names()).toEqual(['a1', 'a2', 'b1', 'b2']);
    expect((await get('/sources')).items[0]).toMatchObject({
      state: 'stale',
      reason: `1 of 2 accounts and Regions could not be read and show older data. ${reason}`,
      problemCount: 1,
    });
    expect((await get('/sources/aws/problems')).items).toEqual([
      { file: `${B}/${REGION}`, line: 1, column: 1, rule, severity: 'error', message: reason },
    ]);
    await readNow(read(A, ['a1', 'a2']), read(B, ['b1']));
    expect(await names()).toEqual(['a1', 'a2', 'b1']);
    expect((await get('/sources')).items[0]).toMatchObject({ state: 'fresh', problemCount: 0 });
  });

  it('shows the default bus of an account as a drift only where somebody uses it', async () => {
    const { get, readNow } = await setUp();
    const arn = `arn:aws:events:${REGION}:${A}:event-bus/default`;
    const bus = { arn, name: 'default', accountId: A, region: REGION };
    const withDefault = (more: object, rules: readonly string[]): EstatePart => {
      const estate = estateOf(A, rules);
      return {
        outcome: 'read',
        accountId: A,
        region: REGION,
        estate: {
          buses: [...estate.buses, { ...bus, ...more }],
          rules: estate.rules.map(rule => ({ ...rule, busArn: arn })),
        },
      };
    };
    const standings = async () =>
      (await get('/buses')).items.map((each: { name: string; standing: string }) => `${each.name} ${each.standing}`);
    const policy = {
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Principal: { AWS: B }, Action: 'events:PutEvents', Resource: arn }],
    };

    await readNow(withDefault({}, []));
    expect(await standings()).toEqual(['default in-sync', 'main observed-only']);
    await readNow(withDefault({}, ['a1']));
    expect(await standings()).toEqual(['default observed-only', 'main observed-only']);
    await readNow(withDefault({}, []));
    expect(await standings()).toEqual(['default in-sync', 'main observed-only']);
    await readNow(withDefault({ policy }, []));
    expect(await standings()).toEqual(['default observed-only', 'main observed-only']);
    expect((await get('/buses?standing=observed-only')).totalItems).toBe(2);
  });

  it('keeps everything when the read breaks off', async () => {
    const { get, readNow, names } = await setUp();
    await readNow(read(A, ['a1']), read(B, ['b1']));
    await readNow(read(A, ['a2']), new Error('socket hang up'));
    expect(await names()).toContain('b1');
    expect((await get('/sources')).items[0]).toMatchObject({ state: 'stale', reason: 'socket hang up' });
  });

  it('lets go of an account that the configuration no longer has', async () => {
    const { get, readNow, names } = await setUp();
    await readNow(read(A, ['a1']), read(B, ['b1']));
    await readNow(read(A, ['a1']));
    expect(await names()).toEqual(['a1']);
    expect((await get('/buses')).items.map((bus: { account: { id: string } }) => bus.account.id)).toEqual([A]);
  });
});
