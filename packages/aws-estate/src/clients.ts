import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { IAMClient } from '@aws-sdk/client-iam';
import { SchemasClient } from '@aws-sdk/client-schemas';
import { SQSClient } from '@aws-sdk/client-sqs';
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import type { AwsCredentialIdentity, AwsCredentialIdentityProvider } from '@aws-sdk/types';
import { AssumeRoleError } from './errors';

/** SDK clients for one account in one Region; each is made when it is first asked for. */
export interface AwsClients {
  readonly events: EventBridgeClient;
  readonly schemas: SchemasClient;
  readonly cloudwatch: CloudWatchClient;
  readonly sqs: SQSClient;
  readonly iam: IAMClient;
  readonly cloudformation: CloudFormationClient;
  readonly sts: STSClient;
}

export type ClientsFor = (accountId: string, region: string) => AwsClients;

export interface ClientOptions {
  /** Who calls; the SDK's default chain if left out. */
  readonly credentials?: AwsCredentialIdentity | AwsCredentialIdentityProvider;
  /** Instead of AWS's own endpoints. */
  readonly endpoint?: string;
}

/** Tries are counted by the caller, outside of the SDK: its own would hold a slot while it waits. */
const SDK_ATTEMPTS = 1;
const SESSION_NAME = 'busline';
/** Credentials are renewed this long before they end. */
const RENEW_BEFORE_MS = 300_000;

/** Clients with given credentials. */
export function createClients(region: string, options: ClientOptions = {}): AwsClients {
  const config = { region, ...options, maxAttempts: SDK_ATTEMPTS };
  return lazily({
    events: () => new EventBridgeClient(config),
    schemas: () => new SchemasClient(config),
    cloudwatch: () => new CloudWatchClient(config),
    sqs: () => new SQSClient(config),
    iam: () => new IAMClient(config),
    cloudformation: () => new CloudFormationClient(config),
    sts: () => new STSClient(config),
  });
}

export interface AssumeRoleOptions {
  /** Who assumes the roles; for every account the same, or by account. The SDK's default chain if left out. */
  readonly credentials?: AwsCredentialIdentity | AwsCredentialIdentityProvider;
  readonly credentialsFor?: (accountId: string) => AwsCredentialIdentityProvider;
  /** ARN of the role to assume, in which `{account}` stands for the account id; none is assumed if left out. */
  readonly roleArn?: string;
  readonly externalId?: string;
  readonly endpoint?: string;
}

/** Clients that act as a role in each account. One set for each account and Region, made when first asked for. */
export function assumeRoleClients(options: AssumeRoleOptions): ClientsFor {
  const known = new Map<string, AwsClients>();
  return (accountId, region) => {
    const key = `${accountId} ${region}`;
    const clients =
      known.get(key) ??
      createClients(region, {
        credentials: credentialsOf(options, accountId, region),
        endpoint: options.endpoint,
      });
    known.set(key, clients);
    return clients;
  };
}

function credentialsOf(options: AssumeRoleOptions, accountId: string, region: string): ClientOptions['credentials'] {
  const own = options.credentialsFor?.(accountId) ?? options.credentials;
  if (options.roleArn === undefined) return own;
  const roleArn = options.roleArn.replaceAll('{account}', accountId);
  const sts = new STSClient({ region, credentials: own, endpoint: options.endpoint });
  return remembered(async () => {
    try {
      const { Credentials: given } = await sts.send(
        new AssumeRoleCommand({ RoleArn: roleArn, RoleSessionName: SESSION_NAME, ExternalId: options.externalId }),
      );
      return {
        accessKeyId: given!.AccessKeyId!,
        secretAccessKey: given!.SecretAccessKey!,
        sessionToken: given!.SessionToken,
        expiration: given!.Expiration,
      };
    } catch (error) {
      throw new AssumeRoleError(roleArn, error);
    }
  });
}

/** The clients of an account share its credentials: one AssumeRole, not one for each service. */
function remembered(provide: () => Promise<AwsCredentialIdentity>): AwsCredentialIdentityProvider {
  let current: Promise<AwsCredentialIdentity> | undefined;
  let renewAt = Infinity;
  return async () => {
    if (current === undefined || Date.now() >= renewAt) {
      renewAt = Infinity;
      const asked = provide();
      current = asked;
      asked.then(
        ({ expiration }) => {
          renewAt = (expiration?.getTime() ?? Infinity) - RENEW_BEFORE_MS;
        },
        () => {
          if (current === asked) current = undefined;
        },
      );
    }
    return current;
  };
}

function lazily(makers: { readonly [K in keyof AwsClients]: () => AwsClients[K] }): AwsClients {
  const clients = {} as AwsClients;
  for (const name of Object.keys(makers) as (keyof AwsClients)[]) {
    Object.defineProperty(clients, name, {
      configurable: true,
      enumerable: true,
      get() {
        const value = makers[name]();
        Object.defineProperty(clients, name, { value, enumerable: true });
        return value;
      },
    });
  }
  return clients;
}
