import { CreateRoleCommand, PutRolePolicyCommand } from '@aws-sdk/client-iam';
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { createClients } from '@busline/aws-estate';
import { deployerPolicy } from '@busline/deployment';
import { startLocalAws, type LocalAws } from '@busline/local-aws';
import { busline, git, read, removeFolders, temporaryFolder, write } from '../testing/busline';

const PLATFORM = '111111111111';
const ACCOUNTS = [PLATFORM, '222222222222', '333333333333'];
const ROLE = 'busline-deployer';

let aws: LocalAws;
beforeAll(async () => {
  aws = await startLocalAws();
  for (const accessKeyId of ACCOUNTS) {
    const { iam } = createClients('eu-west-1', {
      endpoint: aws.endpoint,
      credentials: { accessKeyId, secretAccessKey: 'local' },
    });
    const trust = { Effect: 'Allow', Principal: { AWS: `arn:aws:iam::${PLATFORM}:root` }, Action: 'sts:AssumeRole' };
    const AssumeRolePolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement: [trust] });
    await iam.send(new CreateRoleCommand({ RoleName: ROLE, AssumeRolePolicyDocument }));
    const PolicyDocument = JSON.stringify(deployerPolicy({ accountId: accessKeyId }));
    await iam.send(new PutRolePolicyCommand({ RoleName: ROLE, PolicyName: 'deploy', PolicyDocument }));
  }
});
afterAll(() => aws.close());
afterEach(removeFolders);

/** An event repository and the subscriber's repository, both generated, committed and cloned as CI clones them. */
async function cloned() {
  const root = temporaryFolder();
  const events = join(root, 'events');
  const checkouts = join(root, 'checkouts');
  const service = join(checkouts, 'shipping-service');
  await busline(['init', events]);
  write(events, {
    'services/shipping-service.yaml': `${read(
      events,
      'services/shipping-service.yaml',
    )}repository: https://github.com/example/shipping-service\n`,
  });
  mkdirSync(service, { recursive: true });
  expect((await busline(['generate', events, '--service-repositories', checkouts])).code).toBe(0);
  const clone = join(root, 'clone');
  for (const [from, to] of [
    [events, join(clone, 'events')],
    [service, join(clone, 'checkouts', 'shipping-service')],
  ]) {
    git(from, 'init', '-q', '-b', 'main');
    git(from, 'add', '.');
    git(from, 'commit', '-q', '-m', 'All of it');
    git(root, 'clone', '-q', from, to);
  }
  return { events: join(clone, 'events'), checkouts: join(clone, 'checkouts') };
}

const deploy = (...args: readonly string[]) =>
  busline(['deploy', ...args, '--endpoint', aws.endpoint, '--role-name', ROLE], {
    env: { AWS_ACCESS_KEY_ID: PLATFORM, AWS_SECRET_ACCESS_KEY: 'local', AWS_SESSION_TOKEN: '' },
  });

describe('busline deploy', () => {
  it('shows, deploys, waits for the other repository, and prunes, by a role in each account', async () => {
    const { events, checkouts } = await cloned();
    const shown = await deploy(events, '--plan-only');
    expect(shown.code).toBe(0);
    expect(shown.out.split('\n')).toEqual([
      'busline-prod-platform (111111111111, eu-west-1) is new:',
      '  + AWS::Events::EventBus CentralBus',
      'busline-prod-central-order-service (111111111111, eu-west-1) is new:',
      expect.stringMatching(/^ {2}\+ AWS::Events::EventBusPolicy BuslineOrderService\w+$/),
      'busline-prod-central-shipping-service (111111111111, eu-west-1) waits for the subscriber bus busline-shipping-service in account 333333333333',
      '3 stacks: 2 new, 0 to change, 1 waiting, 0 unchanged',
    ]);

    // A pipeline cannot answer.
    expect(await deploy(events)).toMatchObject({
      code: 2,
      note: expect.stringContaining('--yes deploys it, --plan-only only shows it'),
    });

    const half = await deploy(events, '--yes');
    expect(half.code).toBe(0);
    expect(half.out.split('\n').slice(-2)).toEqual([
      'busline-prod-central-shipping-service waits for the subscriber bus busline-shipping-service in account 333333333333',
      '3 stacks: 2 deployed, 1 waiting',
    ]);

    const whole = await deploy(events, '--yes', '--service-repositories', checkouts);
    expect([whole.code, whole.out.split('\n').at(-1)]).toEqual([0, '4 stacks: 2 deployed, 2 unchanged']);
    expect(whole.note).toMatch(/^\[\d\/4\] busline-prod-shipping-service making$/m);
    const again = await deploy(events, '--service-repositories', checkouts);
    expect([again.code, again.out.split('\n').at(-1)]).toEqual([0, '4 stacks: 4 unchanged']);

    rmSync(join(events, 'subscriptions'), { recursive: true });
    rmSync(join(events, 'services/shipping-service.yaml'));
    expect((await busline(['generate', events])).code).toBe(0);
    const pruned = await deploy(events, '--yes', '--prune');
    expect(pruned.code).toBe(0);
    expect(pruned.out.split('\n').slice(-3)).toEqual([
      'busline-prod-central-shipping-service (111111111111, eu-west-1) is no longer on main: it is deleted with all it holds',
      'busline-prod-shipping-service (333333333333, eu-west-1) is no longer on main: it is deleted with all it holds',
      '2 stacks deleted',
    ]);
  }, 120_000);

  it('says what it cannot deploy', async () => {
    const { events } = await cloned();
    expect(await deploy(events, '--environment', 'dev')).toMatchObject({
      code: 2,
      note: `busline: There is no environment dev in ${events}`,
    });
    expect(await deploy(events, '--yes', '--wait', 'long')).toMatchObject({
      code: 2,
      note: expect.stringContaining('It is no number of minutes'),
    });
    write(events, { 'stacks/prod/broken.yaml': 'a: [' });
    expect(await deploy(events, '--yes')).toMatchObject({
      code: 1,
      note: expect.stringContaining('stacks/prod/broken.yaml is no YAML'),
    });
    rmSync(join(events, 'stacks'), { recursive: true });
    expect(await deploy(events, '--yes')).toMatchObject({
      code: 2,
      note: `busline: ${events} has no stacks; busline generate ${events} writes them`,
    });
  }, 120_000);
});
