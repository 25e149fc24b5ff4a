import {
  DeleteRuleCommand,
  DisableRuleCommand,
  PutRuleCommand,
  PutTargetsCommand,
  RemoveTargetsCommand,
} from '@aws-sdk/client-eventbridge';
import { CreateRegistryCommand, CreateSchemaCommand } from '@aws-sdk/client-schemas';
import { mockServices } from '@backstage/backend-test-utils';
import { DefaultAwsCredentialsManager } from '@backstage/integration-aws-node';
import { createClients } from '@busline/aws-estate';
import { deployStacks } from '@busline/deployment';
import { readEventRepository } from '@busline/event-repository';
import { stacksOf } from '@busline/infrastructure';
import { startLocalAws, type LocalAws } from '@busline/local-aws';
import request from 'supertest';
import { closeDatabases, DATABASES, openTestDatabase } from '../testing/databases';
import { createHarness, TestRepository, type Harness } from '../testing/harness';
import { keyRepositoryFiles } from '../testing/keyRepository';
import { AwsSource } from './AwsSource';

const REGION = 'eu-west-1';
const CENTRAL = '111111111111';
const DELIVERY = '333333333333';

afterAll(closeDatabases);

/** Credentials of the local server: the access key id is the account. */
const credentialsOf = (accounts: readonly string[]) =>
  DefaultAwsCredentialsManager.fromConfig(
    mockServices.rootConfig({
      data: {
        aws: {
          mainAccount: { accessKeyId: CENTRAL, secretAccessKey: 'local' },
          accounts: accounts.map(accountId => ({ accountId, accessKeyId: accountId, secretAccessKey: 'local' })),
        },
      },
    }),
  );

const ACCOUNTS = ['111111111111', '111122223333', '222222222222', '333333333333', '333344445555'];

describe.each(DATABASES)('AWS beside what is declared, on %s', kind => {
  let aws: LocalAws;
  let harness: Harness;
  let source: AwsSource;
  let repository: TestRepository;
  const clientsFor = (accountId: string, region: string) =>
    createClients(region, {
      endpoint: aws.endpoint,
      credentials: { accessKeyId: accountId, secretAccessKey: 'local' },
    });
  const get = async (path: string) => (await request(harness.app).get(path)).body;
  const subscription = async (name: string) =>
    (await get(`/subscriptions?environment=prod&q=${name}`)).items.find((item: { name: string }) => item.name === name);

  beforeAll(async () => {
    aws = await startLocalAws({ requestRates: { '*': 10_000 } });
    const files = keyRepositoryFiles();
    const { repository: declared } = readEventRepository({
      paths: () => Object.keys(files),
      read: file => files[file],
    });
    for (const environment of ['prod', 'dev']) {
      const file = { repository: 'key', path: '' };
      const stacks = stacksOf(declared, environment).map(stack => ({ stack, file, missing: [] }));
      const report = await deployStacks({ stacks }, { clientsFor });
      const left = report.stacks.filter(({ outcome }) => outcome !== 'deployed');
      if (left.length > 0) throw new Error(`Not deployed: ${JSON.stringify(left)}`);
    }
    repository = new TestRepository('key', files);
    source = AwsSource.create(
      {
        id: 'aws',
        title: 'AWS',
        regions: [REGION],
        endpoint: aws.endpoint,
        schemas: true,
        timeoutMs: 30_000,
        concurrency: 4,
        schedule: { frequency: { minutes: 10 }, timeout: { minutes: 10 } },
      },
      credentialsOf(ACCOUNTS),
    );
    harness = await createHarness({ knex: await openTestDatabase(kind), sources: [repository, source] });
    await harness.read(repository);
    await harness.read(source);
  });
  afterAll(() => aws?.close());

  it('is in sync once deployed', async () => {
    expect((await get('/sources')).items[1].reason).toBeUndefined();
    expect((await get('/sources')).items[1]).toMatchObject({
      id: 'aws',
      state: 'fresh',
      problemCount: 0,
      counts: { accounts: 5, rules: 8 },
    });
    const standings = (await get('/subscriptions')).items.map((item: { standing: string }) => item.standing);
    expect(standings).toEqual(standings.map(() => 'in-sync'));
    expect((await get('/event-types/com.key.access/Access%20Granted')).standing).toBe('in-sync');
    const central = (await get('/buses?environment=prod&q=key-central')).items[0];
    expect(central).toMatchObject({ standing: 'in-sync', role: 'central', ruleCount: 2 });
  });

  it('shows a rule that somebody switched off as drift, with the difference', async () => {
    const { events } = clientsFor(DELIVERY, REGION);
    const rule = { Name: 'delivery-service-access-granted', EventBusName: 'busline-delivery-service' };
    await events.send(new DisableRuleCommand(rule));
    await harness.read(source);
    const drifted = await subscription('access-granted');
    expect(drifted.standing).toBe('drifted');
    const { differences, hops } = await get(`/subscriptions/${drifted.id}`);
    expect(differences).toEqual([expect.objectContaining({ field: expect.stringContaining('state') })]);
    expect(hops.map((hop: { standing: string }) => hop.standing)).toEqual(['in-sync', 'drifted']);
    expect(await get('/event-types/com.key.access/Access%20Granted')).toMatchObject({
      standing: 'drifted',
      health: { level: 'warning', message: '1 subscription other than on AWS' },
    });
    expect((await get('/overview')).drifted).toBe(1);
  });

  it('shows a rule that is missing as declared only', async () => {
    const { events } = clientsFor(DELIVERY, REGION);
    const at = { EventBusName: 'busline-delivery-service', Rule: 'delivery-service-all-access' };
    await events.send(new RemoveTargetsCommand({ ...at, Ids: ['sqs'] }));
    await events.send(new DeleteRuleCommand({ EventBusName: at.EventBusName, Name: at.Rule }));
    await harness.read(source);
    const missing = await subscription('all-access');
    expect(missing.standing).toBe('drifted');
    const { hops } = await get(`/subscriptions/${missing.id}`);
    expect(hops.map((hop: { standing: string }) => hop.standing)).toContain('declared-only');
  });

  it('shows a rule that nobody declared as a subscription of its own', async () => {
    const { events } = clientsFor(DELIVERY, REGION);
    await events.send(
      new PutRuleCommand({
        Name: 'by-hand',
        EventBusName: 'busline-delivery-service',
        EventPattern: JSON.stringify({ source: ['com.key.delivery'], 'detail-type': ['Delivery Planned'] }),
      }),
    );
    await events.send(
      new PutTargetsCommand({
        Rule: 'by-hand',
        EventBusName: 'busline-delivery-service',
        Targets: [{ Id: 'queue', Arn: `arn:aws:sqs:${REGION}:${DELIVERY}:by-hand` }],
      }),
    );
    await harness.read(source);
    const observed = await subscription('by-hand');
    expect(observed).toMatchObject({
      standing: 'observed-only',
      origin: 'AWS',
      service: { name: 'delivery-service' },
      account: { name: 'delivery-prod' },
      target: { type: 'sqs', name: 'by-hand' },
      eventTypes: [{ detailType: 'Delivery Planned' }],
    });
    await harness.read(repository);
    expect((await subscription('by-hand')).standing).toBe('observed-only');

    await events.send(
      new RemoveTargetsCommand({ Rule: 'by-hand', EventBusName: 'busline-delivery-service', Ids: ['queue'] }),
    );
    await events.send(new DeleteRuleCommand({ Name: 'by-hand', EventBusName: 'busline-delivery-service' }));
    await harness.read(source);
    expect(await subscription('by-hand')).toBeUndefined();
  });

  it('finds event types in schema registries that nobody declared', async () => {
    const { schemas } = clientsFor(CENTRAL, REGION);
    await schemas.send(new CreateRegistryCommand({ RegistryName: 'found' }));
    const content = {
      openapi: '3.0.0',
      info: { version: '1.0.0', title: 'FoundEvent' },
      paths: {},
      components: {
        schemas: {
          AWSEvent: {
            type: 'object',
            'x-amazon-events-source': 'com.found',
            'x-amazon-events-detail-type': 'Something Found',
            properties: { detail: { $ref: '#/components/schemas/FoundEvent' } },
          },
          FoundEvent: { type: 'object', properties: { foundWhere: { type: 'string' } } },
        },
      },
    };
    await schemas.send(
      new CreateSchemaCommand({
        RegistryName: 'found',
        SchemaName: 'com.found@SomethingFound',
        Type: 'OpenApi3',
        Content: JSON.stringify(content),
      }),
    );
    await harness.read(source);
    await harness.read(source);
    const { items } = await get('/event-types?q=foundWhere');
    expect(items).toMatchObject([
      {
        source: 'com.found',
        detailType: 'Something Found',
        standing: 'observed-only',
        version: '1.0.0',
        origin: 'AWS',
      },
    ]);
    const version = await get('/event-types/com.found/Something%20Found/versions/1.0.0');
    expect(version.schema.properties).toEqual({ foundWhere: { type: 'string' } });
  });

  it('reads metrics from CloudWatch, and says when no source covers an account', async () => {
    const { id } = await subscription('secrets');
    const day = await get(`/subscriptions/${id}/metrics`);
    expect(day).toMatchObject({ period: 'hour', source: 'CloudWatch', matched: [], failed: [], deadLettered: [] });
  });
});

describe('AWS that cannot be read', () => {
  it.each([
    [
      'whose role may not be assumed',
      ['111111111111'],
      /2 of 2 .* Account 111111111111, eu-west-1: .*may not be assumed/,
    ],
  ])('%s is stale and says which account and role', async (_case, allowed, reason) => {
    const aws = await startLocalAws({ requestRates: { '*': 10_000 } });
    const knex = await openTestDatabase('SQLite');
    const config = {
      id: 'aws',
      title: 'AWS',
      accounts: ['111111111111', '333333333333'],
      regions: [REGION],
      roleArn: 'arn:aws:iam::{account}:role/busline-reader',
      endpoint: aws.endpoint,
      schemas: false,
      timeoutMs: 5000,
      concurrency: 4,
      schedule: { frequency: { minutes: 10 }, timeout: { minutes: 10 } },
    };
    const source = AwsSource.create(config, credentialsOf(allowed));
    const harness = await createHarness({ knex, sources: [source] });
    await harness.read(source);
    const { body } = await request(harness.app).get('/sources');
    expect(body.items[0]).toMatchObject({ state: 'stale', reason: expect.stringMatching(reason) });
    const problems = await request(harness.app).get('/sources/aws/problems');
    expect(problems.body.items[0]).toMatchObject({ rule: 'access-denied', severity: 'error' });
    await aws.close();
  });
});
