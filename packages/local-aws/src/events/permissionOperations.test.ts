import { DescribeEventBusCommand, PutPermissionCommand, RemovePermissionCommand } from '@aws-sdk/client-eventbridge';
import { ACCESS, DELIVERY, PLATFORM, start, stopAll } from '../testing/clients';
import { accountOf, busArn, failure, policyDocument, wording } from '../testing/fixture';

afterEach(stopAll);

const EventBusName = 'central';
const CENTRAL = busArn(PLATFORM, EventBusName);

async function withBus(options = {}) {
  const { endpoint } = await start(options);
  const platform = accountOf(endpoint, PLATFORM);
  await platform.bus(EventBusName);
  const policy = async () => {
    const { Policy } = await platform.events.send(new DescribeEventBusCommand({ Name: EventBusName }));
    return Policy && JSON.parse(Policy);
  };
  const grant = (StatementId: string, Principal: string, more = {}) =>
    platform.events.send(
      new PutPermissionCommand({
        EventBusName,
        Action: 'events:PutEvents',
        StatementId,
        Principal,
        ...more,
      }),
    );
  const remove = (input: object) => platform.events.send(new RemovePermissionCommand({ EventBusName, ...input }));
  return { ...platform, endpoint, policy, grant, remove };
}
type Account = Awaited<ReturnType<typeof withBus>>;

const statement = (Sid: string, Principal: unknown) => ({
  Sid,
  Effect: 'Allow',
  Principal,
  Action: 'events:PutEvents',
  Resource: CENTRAL,
});

describe('permissions', () => {
  it('are statements of one policy, added and replaced by id', async () => {
    const { policy, grant } = await withBus();
    expect(await policy()).toBeUndefined();
    await grant('delivery', ACCESS);
    await grant('all', '*', {
      Condition: {
        Type: 'StringEquals',
        Key: 'aws:PrincipalOrgID',
        Value: 'o-1',
      },
    });
    await grant('delivery', DELIVERY);
    expect(await policy()).toEqual({
      Version: '2012-10-17',
      Statement: [
        {
          ...statement('all', '*'),
          Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-1' } },
        },
        statement('delivery', { AWS: `arn:aws:iam::${DELIVERY}:root` }),
      ],
    });
  });

  it('are removed by id, the last one with the policy', async () => {
    const { policy, grant, remove } = await withBus();
    await grant('a', DELIVERY);
    await grant('b', ACCESS);
    await remove({ StatementId: 'a' });
    expect((await policy()).Statement).toHaveLength(1);
    await remove({ StatementId: 'b' });
    expect(await policy()).toBeUndefined();
    await grant('a', DELIVERY);
    await remove({ RemoveAllPermissions: true });
    expect(await policy()).toBeUndefined();
  });

  it('a whole policy takes the place of the old one', async () => {
    const { events, policy, grant } = await withBus();
    await grant('a', DELIVERY);
    const whole = policyDocument([
      {
        Sid: 'b',
        Effect: 'Deny',
        Principal: '*',
        Action: 'events:PutEvents',
        Resource: CENTRAL,
      },
    ]);
    await events.send(new PutPermissionCommand({ EventBusName, Policy: JSON.stringify(whole) }));
    expect(await policy()).toEqual(whole);
  });
});

describe('refused', () => {
  const put = (a: Account, Policy: string) => a.events.send(new PutPermissionCommand({ EventBusName, Policy }));
  // prettier-ignore
  it.each<[string, (a: Account) => Promise<unknown>, string, string | RegExp]>([
    ['a bus that is none', a => a.events.send(new PutPermissionCommand({ EventBusName: 'none', StatementId: 'a', Principal: DELIVERY, Action: 'events:PutEvents' })), 'ResourceNotFoundException', 'Event bus none does not exist.'],
    ['a statement that is none', a => a.remove({ StatementId: 'none' }), 'ResourceNotFoundException', 'Statement with the provided id does not exist.'],
    ['a statement that is none, with all', a => a.remove({ StatementId: 'none', RemoveAllPermissions: true }), 'ResourceNotFoundException', 'Statement with the provided id does not exist.'],
    ['another action', a => a.grant('a', DELIVERY, { Action: 'events:PutRule' }), 'ValidationException', "Provided value in parameter 'action' is not supported."],
    ['a principal of 11 digits', a => a.grant('a', '44445555666'), 'ValidationException', /at 'principal' failed to satisfy constraint/],
    ['another condition', a => a.grant('a', '*', { Condition: { Type: 'StringEquals', Key: 'aws:PrincipalArn', Value: 'x' } }), 'ValidationException', /'condition' is not supported/],
    ['a policy that is not JSON', a => put(a, '{'), 'ValidationException', /^Parameter Policy is not valid\. Reason: the policy is not JSON/],
    ['a policy with problems, all named', a => put(a, '{"Statement":{"Effect":"allow"}}'), 'ValidationException', /Statement\.Effect: .*; Statement: needs Action or NotAction; Statement: needs Resource or NotResource; Statement: needs Principal or NotPrincipal/],
    ['a policy that is too long', async a => { for (let i = 0; ; i += 1) await a.grant(`statement-${i}`, DELIVERY); }, 'PolicyLengthExceededException', 'The event bus policy is too long. The limit is 1000 characters.'],
  ])('%s', async (_name, run, name, message) => {
    const error = await failure(run(await withBus({ quotas: { busPolicySize: 1000 } })));
    expect(error.name).toBe(name);
    expect(error.message).toEqual(wording(message));
  });
});
