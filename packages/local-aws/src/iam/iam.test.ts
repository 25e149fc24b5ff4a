import {
  CreateRoleCommand,
  DeleteRoleCommand,
  DeleteRolePolicyCommand,
  GetRoleCommand,
  GetRolePolicyCommand,
  ListRolePoliciesCommand,
  ListRolesCommand,
  ListRoleTagsCommand,
  PutRolePolicyCommand,
  TagRoleCommand,
  UntagRoleCommand,
  UpdateAssumeRolePolicyCommand,
  UpdateRoleCommand,
} from '@aws-sdk/client-iam';
import { AssumeRoleCommand } from '@aws-sdk/client-sts';
import { eventBridgeTrust, policyDocument, principalTrust } from '@busline/access-policy';
import { createVirtualClock } from '../clock';
import { clientsOf, DELIVERY, PLATFORM, start, stopAll } from '../testing/clients';
import { failure, roleArn, ruleArn, wording } from '../testing/fixture';

afterEach(stopAll);

const TRUST = JSON.stringify(eventBridgeTrust(ruleArn(PLATFORM, 'central', 'r')));
const POLICY = JSON.stringify(
  policyDocument([
    {
      Sid: "It's*(ok)!",
      Effect: 'Allow',
      Action: 'events:PutEvents',
      Resource: 'arn:aws:events:eu-west-1:111122223333:event-bus/central',
    },
  ]),
);

async function iamOf(options = {}) {
  const { endpoint } = await start(options);
  const { iam, sts } = clientsOf(endpoint, PLATFORM);
  const create = (RoleName = 'r', more = {}) =>
    iam.send(
      new CreateRoleCommand({
        RoleName,
        AssumeRolePolicyDocument: TRUST,
        ...more,
      }),
    );
  const putPolicy = (PolicyName = 'p', PolicyDocument = POLICY) =>
    iam.send(new PutRolePolicyCommand({ RoleName: 'r', PolicyName, PolicyDocument }));
  return { endpoint, iam, sts, create, putPolicy };
}
type Account = Awaited<ReturnType<typeof iamOf>>;

describe('roles', () => {
  it('are read as they were created', async () => {
    const clock = createVirtualClock(Date.UTC(2026, 10, 20, 12));
    const { iam, create } = await iamOf({ clock });
    await create('r', {
      Path: '/apps/',
      Description: 'a <b> & "c" é',
      MaxSessionDuration: 7200,
      Tags: [{ Key: 'team', Value: 'x + y' }],
    });
    const { Role } = await iam.send(new GetRoleCommand({ RoleName: 'r' }));
    expect(Role).toEqual({
      Path: '/apps/',
      RoleName: 'r',
      RoleId: expect.stringMatching(/^AROA[A-Z2-7]{17}$/),
      Arn: `arn:aws:iam::${PLATFORM}:role/apps/r`,
      CreateDate: new Date(Date.UTC(2026, 10, 20, 12)),
      AssumeRolePolicyDocument: encodeURIComponent(TRUST),
      Description: 'a <b> & "c" é',
      MaxSessionDuration: 7200,
      Tags: [{ Key: 'team', Value: 'x + y' }],
    });
  });

  it('are updated, tagged and deleted', async () => {
    const { iam, create } = await iamOf();
    await create();
    const RoleName = 'r';
    const trust = JSON.stringify(principalTrust(DELIVERY));
    await iam.send(
      new UpdateRoleCommand({
        RoleName,
        Description: 'new',
        MaxSessionDuration: 3600,
      }),
    );
    await iam.send(new UpdateAssumeRolePolicyCommand({ RoleName, PolicyDocument: trust }));
    await iam.send(
      new TagRoleCommand({
        RoleName,
        Tags: [
          { Key: 'a', Value: '1' },
          { Key: 'b', Value: '2' },
        ],
      }),
    );
    await iam.send(new TagRoleCommand({ RoleName, Tags: [{ Key: 'A', Value: '3' }] }));
    await iam.send(new UntagRoleCommand({ RoleName, TagKeys: ['b'] }));
    const { Role } = await iam.send(new GetRoleCommand({ RoleName }));
    expect(Role).toMatchObject({
      Description: 'new',
      AssumeRolePolicyDocument: encodeURIComponent(trust),
      Tags: [{ Key: 'A', Value: '3' }],
    });
    const { Tags } = await iam.send(new ListRoleTagsCommand({ RoleName }));
    expect(Tags).toEqual([{ Key: 'A', Value: '3' }]);
    await iam.send(new DeleteRoleCommand({ RoleName }));
    expect(await failure(iam.send(new GetRoleCommand({ RoleName })))).toEqual({
      name: 'NoSuchEntityException',
      message: 'The role with name r cannot be found.',
      status: 404,
    });
  });

  it('are listed in pages, by path', async () => {
    const { iam, create } = await iamOf();
    for (const name of ['c', 'a', 'b']) await create(name, { Path: '/apps/' });
    await create('d');
    const first = await iam.send(new ListRolesCommand({ PathPrefix: '/apps/', MaxItems: 2 }));
    const second = await iam.send(new ListRolesCommand({ PathPrefix: '/apps/', Marker: first.Marker }));
    expect(first.IsTruncated).toBe(true);
    expect(second.IsTruncated).toBe(false);
    expect([first, second].map(p => p.Roles!.map(r => r.RoleName))).toEqual([['a', 'b'], ['c']]);
  });

  it('have inline policies', async () => {
    const { iam, create, putPolicy } = await iamOf();
    await create();
    for (const name of ['b', 'a']) await putPolicy(name);
    const { PolicyNames } = await iam.send(new ListRolePoliciesCommand({ RoleName: 'r' }));
    expect(PolicyNames).toEqual(['a', 'b']);
    const { PolicyDocument } = await iam.send(new GetRolePolicyCommand({ RoleName: 'r', PolicyName: 'a' }));
    expect(PolicyDocument).toMatch(/^[A-Za-z0-9%._~-]+$/);
    expect(decodeURIComponent(PolicyDocument!)).toBe(POLICY);
    await iam.send(new DeleteRolePolicyCommand({ RoleName: 'r', PolicyName: 'a' }));
    expect(await failure(iam.send(new GetRolePolicyCommand({ RoleName: 'r', PolicyName: 'a' })))).toMatchObject({
      name: 'NoSuchEntityException',
    });
  });
});

describe('refused', () => {
  const trust = (principal: string) => JSON.stringify(principalTrust(principal));
  const long = (n: number) =>
    JSON.stringify(policyDocument([{ Effect: 'Allow', Action: 'a:b', Resource: `arn:${'x'.repeat(n)}` }]));
  // prettier-ignore
  it.each<[string, (a: Account) => Promise<unknown>, string, string | RegExp]>([
    ['a second role of a name, whatever its case', async a => { await a.create('Role'); return a.create('role'); }, 'EntityAlreadyExistsException', 'Role with name role already exists.'],
    ['more roles than the quota', async a => { await a.create('a'); await a.create('b'); return a.create('c'); }, 'LimitExceededException', 'Cannot exceed quota for RolesPerAccount: 2'],
    ['a name with a slash', a => a.create('a/b'), 'ValidationError', /at 'roleName' failed to satisfy constraint/],
    ['a trust policy that is not JSON', a => a.create('r', { AssumeRolePolicyDocument: '{' }), 'MalformedPolicyDocumentException', /not JSON/],
    ['a trust policy without a principal', a => a.create('r', { AssumeRolePolicyDocument: POLICY }), 'MalformedPolicyDocumentException', /needs Principal or NotPrincipal/],
    ['a trust policy that names a role that is none', a => a.create('r', { AssumeRolePolicyDocument: trust(roleArn(DELIVERY, 'none')) }), 'MalformedPolicyDocumentException', `Invalid principal in policy: "AWS":"${roleArn(DELIVERY, 'none')}"`],
    ['a trust policy that is too long', a => a.create('r', { AssumeRolePolicyDocument: JSON.stringify({ Id: 'x'.repeat(2_000), ...JSON.parse(TRUST) }) }), 'LimitExceededException', 'Cannot exceed quota for ACLSizePerRole: 2048'],
    ['a permissions boundary', a => a.create('r', { PermissionsBoundary: 'arn:aws:iam::aws:policy/AdministratorAccess' }), 'ValidationError', /does not implement PermissionsBoundary/],
    ['a policy with a principal', async a => { await a.create(); return a.putPolicy('p', JSON.stringify({ Statement: { ...JSON.parse(POLICY).Statement[0], Principal: '*' } })); }, 'MalformedPolicyDocumentException', /Principal: must not stand/],
    ['policies that are too long together', async a => { await a.create(); await a.putPolicy('a', long(5_000)); return a.putPolicy('b', long(5_200)); }, 'LimitExceededException', 'Maximum policy size of 10240 bytes exceeded for role r'],
    ['a policy of a role that is none', a => a.putPolicy(), 'NoSuchEntityException', 'The role with name r cannot be found.'],
    ['to delete a role with policies', async a => { await a.create(); await a.putPolicy(); return a.iam.send(new DeleteRoleCommand({ RoleName: 'r' })); }, 'DeleteConflictException', 'Cannot delete entity, must delete policies first.'],
    ['to delete a policy that is none', async a => { await a.create(); return a.iam.send(new DeleteRolePolicyCommand({ RoleName: 'r', PolicyName: 'p' })); }, 'NoSuchEntityException', 'The role policy with name p cannot be found.'],
  ])('%s', async (_name, run, name, message) => {
    const error = await failure(run(await iamOf({ quotas: { roles: 2 } })));
    expect(error.name).toBe(name);
    expect(error.message).toEqual(wording(message));
  });

  it('what the role of the caller does not allow', async () => {
    const { endpoint, iam, sts, create } = await iamOf();
    await create('reader', {
      AssumeRolePolicyDocument: JSON.stringify(principalTrust(PLATFORM)),
    });
    await iam.send(
      new PutRolePolicyCommand({
        RoleName: 'reader',
        PolicyName: 'read',
        PolicyDocument: JSON.stringify(
          policyDocument([
            {
              Effect: 'Allow',
              Action: 'iam:Get*',
              Resource: roleArn(PLATFORM, '*'),
            },
          ]),
        ),
      }),
    );
    const { Credentials } = await sts.send(
      new AssumeRoleCommand({
        RoleArn: roleArn(PLATFORM, 'reader'),
        RoleSessionName: 'me',
      }),
    );
    const reader = clientsOf(endpoint, Credentials!).iam;
    await reader.send(new GetRoleCommand({ RoleName: 'reader' }));
    expect(await failure(reader.send(new DeleteRoleCommand({ RoleName: 'reader' })))).toEqual({
      name: 'AccessDenied',
      message: `User: arn:aws:sts::${PLATFORM}:assumed-role/reader/me is not authorized to perform: iam:DeleteRole on resource: ${roleArn(
        PLATFORM,
        'reader',
      )} because no identity-based policy allows the iam:DeleteRole action`,
      status: 403,
    });
  });
});
