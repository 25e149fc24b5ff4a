import {
  CreateStackCommand,
  DescribeStackEventsCommand,
  waitUntilStackCreateComplete,
} from '@aws-sdk/client-cloudformation';
import { CreateRoleCommand, PutRolePolicyCommand } from '@aws-sdk/client-iam';
import { AssumeRoleCommand } from '@aws-sdk/client-sts';
import { createClients, type AwsClients } from '@busline/aws-estate';
import { startLocalAws, type LocalAws } from '@busline/local-aws';
import { deployerPolicy } from './deployerPolicy';

const ACCOUNT = '111111111111';
const REGION = 'eu-west-1';

let aws: LocalAws;
let deployer: AwsClients;

/** The role as docs/aws.md makes it, and whoever has taken it. */
beforeAll(async () => {
  aws = await startLocalAws();
  const { endpoint } = aws;
  const owner = createClients(REGION, { endpoint, credentials: { accessKeyId: ACCOUNT, secretAccessKey: 'local' } });
  const RoleName = 'busline-deployer';
  const trust = { Effect: 'Allow', Principal: { AWS: `arn:aws:iam::${ACCOUNT}:root` }, Action: 'sts:AssumeRole' };
  const AssumeRolePolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement: [trust] });
  await owner.iam.send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument }));
  const PolicyDocument = JSON.stringify(deployerPolicy({ accountId: ACCOUNT }));
  await owner.iam.send(new PutRolePolicyCommand({ RoleName, PolicyName: 'deploy', PolicyDocument }));
  const RoleArn = `arn:aws:iam::${ACCOUNT}:role/${RoleName}`;
  const { Credentials } = await owner.sts.send(new AssumeRoleCommand({ RoleArn, RoleSessionName: 'test' }));
  const { AccessKeyId, SecretAccessKey, SessionToken } = Credentials!;
  const credentials = { accessKeyId: AccessKeyId!, secretAccessKey: SecretAccessKey!, sessionToken: SessionToken! };
  deployer = createClients(REGION, { endpoint, credentials });
});
afterAll(() => aws.close());

/** A stack with a role of this name; gives why its role was not made, if it was not. */
async function makeRole(stack: string, role: string): Promise<string | undefined> {
  const { cloudformation } = deployer;
  const TemplateBody = JSON.stringify({
    Resources: {
      Role: {
        Type: 'AWS::IAM::Role',
        Properties: {
          RoleName: role,
          AssumeRolePolicyDocument: {
            Version: '2012-10-17',
            Statement: [{ Effect: 'Allow', Principal: { Service: 'events.amazonaws.com' }, Action: 'sts:AssumeRole' }],
          },
          Policies: [
            {
              PolicyName: 'deliver',
              PolicyDocument: {
                Version: '2012-10-17',
                Statement: [
                  {
                    Effect: 'Allow',
                    Action: 'events:PutEvents',
                    Resource: `arn:aws:events:${REGION}:${ACCOUNT}:event-bus/x`,
                  },
                ],
              },
            },
          ],
        },
      },
    },
  });
  await cloudformation.send(
    new CreateStackCommand({ StackName: stack, TemplateBody, Capabilities: ['CAPABILITY_NAMED_IAM'] }),
  );
  await waitUntilStackCreateComplete(
    { client: cloudformation, maxWaitTime: 30, minDelay: 1 },
    { StackName: stack },
  ).catch(() => undefined);
  const { StackEvents = [] } = await cloudformation.send(new DescribeStackEventsCommand({ StackName: stack }));
  return StackEvents.find(({ ResourceStatus }) => ResourceStatus === 'CREATE_FAILED')?.ResourceStatusReason;
}

it.each(['busline-forward-parcels-1a2b3c4d', 'busline-target-parcels-placed-1a2b3c4d'])(
  'makes the roles that are generated: %s',
  async role => {
    expect(await makeRole(`busline-${role}`, role)).toBeUndefined();
  },
);

it.each(['busline-admin', 'busline-reader', 'admin'])('makes no other role: %s', async role => {
  expect(await makeRole(`busline-makes-${role}`, role)).toMatch(
    new RegExp(`not authorized to perform: iam:CreateRole on resource: arn:aws:iam::${ACCOUNT}:role/${role}`),
  );
});
