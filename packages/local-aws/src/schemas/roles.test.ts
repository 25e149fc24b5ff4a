import { ListMetricsCommand } from '@aws-sdk/client-cloudwatch';
import { CreateRegistryCommand, DescribeRegistryCommand, ListRegistriesCommand } from '@aws-sdk/client-schemas';
import { ListQueuesCommand } from '@aws-sdk/client-sqs';
import { AssumeRoleCommand } from '@aws-sdk/client-sts';
import { clientsOf, PLATFORM, start, stopAll } from '../testing/clients';
import { accountOf } from '../testing/fixture';

afterEach(stopAll);

/** A session that may list registries, and nothing else. */
async function startReader() {
  const { endpoint } = await start();
  const platform = accountOf(endpoint, PLATFORM);
  await platform.schemas.send(new CreateRegistryCommand({ RegistryName: 'events' }));
  await platform.role(
    'reader',
    {
      Version: '2012-10-17',
      Statement: [
        {
          Effect: 'Allow',
          Principal: { AWS: PLATFORM },
          Action: 'sts:AssumeRole',
        },
      ],
    },
    [{ Effect: 'Allow', Action: 'schemas:ListRegistries', Resource: '*' }],
  );
  const { Credentials } = await platform.sts.send(
    new AssumeRoleCommand({
      RoleArn: `arn:aws:iam::${PLATFORM}:role/reader`,
      RoleSessionName: 'portal',
    }),
  );
  return clientsOf(endpoint, Credentials!);
}

describe('a role', () => {
  it('may do what its policy allows', async () => {
    const { schemas } = await startReader();
    const { Registries } = await schemas.send(new ListRegistriesCommand({}));
    expect(Registries).toMatchObject([{ RegistryName: 'events' }]);
  });

  it('is told which allow is missing, by every service', async () => {
    const { schemas, sqs, cloudwatch } = await startReader();
    const who = `User: arn:aws:sts::${PLATFORM}:assumed-role/reader/portal is not authorized to perform:`;
    const why = 'because no identity-based policy allows the';
    await expect(schemas.send(new DescribeRegistryCommand({ RegistryName: 'events' }))).rejects.toMatchObject({
      name: 'AccessDeniedException',
      message: `${who} schemas:DescribeRegistry on resource: arn:aws:schemas:eu-west-1:${PLATFORM}:registry/events ${why} schemas:DescribeRegistry action`,
      $metadata: { httpStatusCode: 403 },
    });
    await expect(sqs.send(new ListQueuesCommand({}))).rejects.toMatchObject({
      name: 'AccessDenied',
      message: expect.stringContaining(`${why} sqs:ListQueues action`),
      $metadata: { httpStatusCode: 403 },
    });
    await expect(cloudwatch.send(new ListMetricsCommand({}))).rejects.toMatchObject({
      name: 'AccessDenied',
      message: expect.stringContaining(`${why} cloudwatch:ListMetrics action`),
      $metadata: { httpStatusCode: 403 },
    });
  });
});
