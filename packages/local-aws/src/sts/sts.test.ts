import { ListEventBusesCommand, ListRulesCommand } from '@aws-sdk/client-eventbridge';
import { DeleteRoleCommand, DeleteRolePolicyCommand } from '@aws-sdk/client-iam';
import { AssumeRoleCommand, GetCallerIdentityCommand, type AssumeRoleCommandInput } from '@aws-sdk/client-sts';
import { principalTrust, type PolicyDocument } from '@busline/access-policy';
import { createVirtualClock } from '../clock';
import { ACCESS, clientsOf, DELIVERY, PLATFORM, start, stopAll } from '../testing/clients';
import { accountOf, failure, roleArn } from '../testing/fixture';

afterEach(stopAll);

const READER = roleArn(DELIVERY, 'reader');
const LIST = {
  Effect: 'Allow',
  Action: 'events:ListEventBuses',
  Resource: '*',
} as const;
const ASSUME = {
  Effect: 'Allow',
  Action: 'sts:AssumeRole',
  Resource: READER,
} as const;

/** A role in one account that another account's root may take. */
async function withRole(trust: PolicyDocument = principalTrust(PLATFORM)) {
  const clock = createVirtualClock();
  const { endpoint } = await start({ clock });
  const delivery = accountOf(endpoint, DELIVERY);
  const platform = accountOf(endpoint, PLATFORM);
  await delivery.role('reader', trust, [LIST]);
  const assume = (more: Partial<AssumeRoleCommandInput> = {}, client = platform.sts) =>
    client.send(
      new AssumeRoleCommand({
        RoleArn: READER,
        RoleSessionName: 'portal',
        ...more,
      }),
    );
  return { clock, endpoint, delivery, platform, assume };
}

describe('GetCallerIdentity', () => {
  it('of an account', async () => {
    const { platform } = await withRole();
    expect(await platform.sts.send(new GetCallerIdentityCommand({}))).toMatchObject({
      Account: PLATFORM,
      Arn: `arn:aws:iam::${PLATFORM}:root`,
      UserId: PLATFORM,
    });
  });

  it('of a session', async () => {
    const { endpoint, assume } = await withRole();
    const { Credentials, AssumedRoleUser } = await assume();
    const { sts } = clientsOf(endpoint, Credentials!);
    expect(await sts.send(new GetCallerIdentityCommand({}))).toMatchObject({
      Account: DELIVERY,
      Arn: `arn:aws:sts::${DELIVERY}:assumed-role/reader/portal`,
      UserId: AssumedRoleUser!.AssumedRoleId,
    });
  });
});

describe('AssumeRole', () => {
  it('gives credentials of the role, with its rights and no others', async () => {
    const { endpoint, delivery, assume } = await withRole();
    await delivery.bus('own');
    const { Credentials } = await assume();
    const { events } = clientsOf(endpoint, Credentials!);
    const { EventBuses } = await events.send(new ListEventBusesCommand({}));
    expect(EventBuses!.map(bus => bus.Name)).toEqual(['default', 'own']);
    expect(await failure(events.send(new ListRulesCommand({})))).toMatchObject({
      name: 'AccessDeniedException',
      message: expect.stringContaining('because no identity-based policy allows the events:ListRules action'),
    });
    await delivery.iam.send(new DeleteRolePolicyCommand({ RoleName: 'reader', PolicyName: 'inline' }));
    expect(await failure(events.send(new ListEventBusesCommand({})))).toMatchObject({
      name: 'AccessDeniedException',
      message: expect.stringContaining('because no identity-based policy allows the events:ListEventBuses action'),
    });
  });

  it('for the time that was asked for', async () => {
    const { clock, endpoint, assume } = await withRole();
    const { Credentials } = await assume({ DurationSeconds: 900 });
    expect(Credentials!.Expiration).toEqual(new Date(clock.now() + 900_000));
    const { events, sts } = clientsOf(endpoint, Credentials!);
    await clock.advance(899_999);
    await events.send(new ListEventBusesCommand({}));
    await clock.advance(1);
    expect(await failure(events.send(new ListEventBusesCommand({})))).toMatchObject({
      name: 'ExpiredTokenException',
      status: 403,
    });
    expect(await failure(sts.send(new GetCallerIdentityCommand({})))).toMatchObject({
      name: 'ExpiredToken',
      status: 403,
    });
  });

  it('from role to role, an hour at most', async () => {
    const { endpoint, delivery, platform, assume } = await withRole();
    await platform.role('hub', principalTrust(PLATFORM), [ASSUME]);
    const hub = roleArn(PLATFORM, 'hub');
    const { Credentials } = await assume({ RoleArn: hub });
    const asHub = clientsOf(endpoint, Credentials!).sts;
    const second = await assume({}, asHub);
    expect(second.AssumedRoleUser!.Arn).toBe(`arn:aws:sts::${DELIVERY}:assumed-role/reader/portal`);
    expect(await failure(assume({ DurationSeconds: 3601 }, asHub))).toMatchObject({
      message: expect.stringContaining('role chaining'),
    });
    await delivery.iam.send(new DeleteRolePolicyCommand({ RoleName: 'reader', PolicyName: 'inline' }));
    await delivery.iam.send(new DeleteRoleCommand({ RoleName: 'reader' }));
    expect(await failure(assume({}, asHub))).toMatchObject({
      name: 'AccessDenied',
      message: expect.stringContaining('there is no such role'),
    });
  });

  it('with the external id that the role wants', async () => {
    const { assume } = await withRole(principalTrust(PLATFORM, { StringEquals: { 'sts:ExternalId': 'x1' } }));
    await assume({ ExternalId: 'x1' });
    for (const ExternalId of ['x2', undefined]) {
      expect(await failure(assume({ ExternalId }))).toMatchObject({
        name: 'AccessDenied',
      });
    }
  });

  it('not into a role that does not trust the caller', async () => {
    const { endpoint, assume } = await withRole();
    expect(await failure(assume({}, clientsOf(endpoint, ACCESS).sts))).toEqual({
      name: 'AccessDenied',
      message: `User: arn:aws:iam::${ACCESS}:root is not authorized to perform: sts:AssumeRole on resource: ${READER} because the role trust policy does not allow the sts:AssumeRole action`,
      status: 403,
    });
  });

  // prettier-ignore
  it.each<[string, Partial<AssumeRoleCommandInput>, RegExp]>([
    ['a session name with a space', { RoleSessionName: 'a b' }, /at 'roleSessionName' failed to satisfy constraint/],
    ['a session name of one letter', { RoleSessionName: 'a' }, /at 'roleSessionName' failed to satisfy constraint/],
    ['fewer than 900 seconds', { DurationSeconds: 899 }, /at 'durationSeconds' failed to satisfy constraint/],
    ['more than the role allows', { DurationSeconds: 3601 }, /exceeds the MaxSessionDuration set for this role/],
    ['a session policy', { Policy: '{}' }, /does not implement Policy/],
  ])('refuses %s', async (_name, input, message) => {
    const { assume } = await withRole();
    expect(await failure(assume(input))).toMatchObject({
      name: 'ValidationError',
      message: expect.stringMatching(message),
    });
  });
});

describe('credentials that are nobody’s', () => {
  const error = async (accessKeyId: string, sessionToken?: string) => {
    const { endpoint } = await withRole();
    const { events } = clientsOf(endpoint, {
      AccessKeyId: accessKeyId,
      SecretAccessKey: 'any',
      SessionToken: sessionToken,
      Expiration: new Date(),
    });
    return failure(events.send(new ListEventBusesCommand({})));
  };
  it.each(['AKIAIOSFODNN7EXAMPLE', 'test', '11112222333', 'ASIAIOSFODNN7EXAMPLE'])('%s', async id => {
    expect(await error(id)).toMatchObject({
      name: 'UnrecognizedClientException',
      status: 403,
      message: expect.stringContaining('the 12-digit account'),
    });
  });

  it('a session with another token', async () => {
    const { endpoint, assume } = await withRole();
    const { Credentials } = await assume();
    const { events } = clientsOf(endpoint, {
      ...Credentials!,
      SessionToken: 'forged',
    });
    expect(await failure(events.send(new ListEventBusesCommand({})))).toMatchObject({
      name: 'UnrecognizedClientException',
    });
  });
});
