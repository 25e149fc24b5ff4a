import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { IAMClient } from '@aws-sdk/client-iam';
import { SchemasClient } from '@aws-sdk/client-schemas';
import { SQSClient } from '@aws-sdk/client-sqs';
import { STSClient, type Credentials } from '@aws-sdk/client-sts';
import { startLocalAws, type LocalAws, type LocalAwsOptions } from '../start';

export const REGION = 'eu-west-1';

/** The central account and two others, as the tests use them. */
export const PLATFORM = '111122223333';
export const DELIVERY = '444455556666';
export const ACCESS = '777788889999';

/** Real SDK clients of one account, or of a role's session. */
export function clientsOf(endpoint: string, as: string | Credentials, region = REGION) {
  const config = {
    endpoint,
    region,
    maxAttempts: 1,
    credentials:
      typeof as === 'string'
        ? { accessKeyId: as, secretAccessKey: 'any' }
        : {
            accessKeyId: as.AccessKeyId!,
            secretAccessKey: as.SecretAccessKey!,
            sessionToken: as.SessionToken,
          },
  };
  return {
    cloudformation: new CloudFormationClient(config),
    cloudwatch: new CloudWatchClient(config),
    events: new EventBridgeClient(config),
    iam: new IAMClient(config),
    schemas: new SchemasClient(config),
    sqs: new SQSClient(config),
    sts: new STSClient(config),
  };
}

export type Clients = ReturnType<typeof clientsOf>;

const started: LocalAws[] = [];
const unheard: string[] = [];

/** A server that `stopAll` stops. */
export async function start(options: LocalAwsOptions = {}): Promise<LocalAws> {
  const server = await startLocalAws({
    logError: (message, error) => {
      unheard.push(`${message}: ${(error as Error).stack}`);
    },
    ...options,
  });
  started.push(server);
  return server;
}

/** Stops what `start` started, and throws where something failed that no client was told about. */
export async function stopAll(): Promise<void> {
  await Promise.all(started.splice(0).map(server => server.close()));
  const failures = unheard.splice(0);
  if (failures.length > 0) throw new Error(failures.join('\n'));
}
