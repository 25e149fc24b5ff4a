import { DescribeEventBusCommand } from '@aws-sdk/client-eventbridge';
import { ListRegistriesCommand } from '@aws-sdk/client-schemas';
import { type AwsClients, createClients } from '@busline/aws-estate';
import { UsageError } from '../errors';

/** Where to read. Credentials are those of the SDK's default chain. */
export interface AwsPlace {
  readonly region: string;
  /** Instead of AWS's own endpoints. */
  readonly endpoint?: string;
}

export function clientsOf({ region, endpoint }: AwsPlace): AwsClients {
  return createClients(region, endpoint === undefined ? {} : { endpoint });
}

/**
 * The account that a bus is in.
 * @throws UsageError when there is no such bus
 */
export async function accountOfBus(clients: AwsClients, bus: string, region: string): Promise<string> {
  try {
    const { Arn } = await clients.events.send(new DescribeEventBusCommand({ Name: bus }));
    return accountIn(Arn);
  } catch (error) {
    if ((error as Error).name === 'ResourceNotFoundException') {
      throw new UsageError(`There is no event bus ${bus} in ${region}: ${(error as Error).message}`);
    }
    throw error;
  }
}

/**
 * The account that a schema registry is in.
 * @throws UsageError when there is no such registry
 */
export async function accountOfRegistry(clients: AwsClients, registry: string, region: string): Promise<string> {
  let next: string | undefined;
  do {
    const page = await clients.schemas.send(
      new ListRegistriesCommand({
        RegistryNamePrefix: registry,
        NextToken: next,
      }),
    );
    const found = page.Registries?.find(({ RegistryName }) => RegistryName === registry);
    if (found) return accountIn(found.RegistryArn);
    next = page.NextToken;
  } while (next);
  throw new UsageError(`There is no schema registry ${registry} in ${region}`);
}

function accountIn(arn: string | undefined): string {
  const account = arn?.split(':')[4] ?? '';
  if (!/^\d{12}$/.test(account)) throw new Error(`AWS gave no account id in ${JSON.stringify(arn)}`);
  return account;
}
