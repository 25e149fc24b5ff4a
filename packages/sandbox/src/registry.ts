import {
  CreateDiscovererCommand,
  CreateRegistryCommand,
  CreateSchemaCommand,
  DescribeSchemaCommand,
  UpdateSchemaCommand,
} from '@aws-sdk/client-schemas';
import type { AwsClients, ClientsFor } from '@busline/aws-estate';
import { registrySchemaName, toRegistrySchema } from '@busline/codegen';
import type { EventRepository, EventType } from '@busline/event-repository';
import { deploymentsOf } from '@busline/infrastructure';

const TYPE = 'OpenApi3';
/** AWS's quota of schemas in one registry; it can be raised, but not on a laptop that shows what AWS does. */
const SCHEMAS_PER_REGISTRY = 100;

/** A registry with all schema versions beside each central bus, and a discoverer that watches the bus. */
export async function applyRegistry(
  repository: EventRepository,
  clientsFor: ClientsFor,
  signal: AbortSignal,
  onProgress: (message: string) => void,
): Promise<void> {
  const [environment] = repository.environments;
  const central = environment && deploymentsOf(repository, environment.name).buses[0]?.place;
  if (!central) return;
  if (repository.eventTypes.length > SCHEMAS_PER_REGISTRY) {
    onProgress(
      `No schema registry ${repository.name}: its event types are more than the ${SCHEMAS_PER_REGISTRY} that one holds`,
    );
    return;
  }
  onProgress(`Filling the schema registry ${repository.name} of bus ${central.name}`);
  const { schemas } = clientsFor(central.accountId, central.region);
  await unlessThere(schemas.send(new CreateRegistryCommand({ RegistryName: repository.name })));
  for (const eventType of repository.eventTypes) {
    signal.throwIfAborted();
    await applySchema(schemas, repository.name, eventType);
  }
  await unlessThere(
    schemas.send(
      new CreateDiscovererCommand({
        SourceArn: central.arn,
        Description: 'Watches the central bus',
        CrossAccount: true,
      }),
    ),
  );
}

/** Versions in the order of semver; the registry counts 1, 2, …, and takes no version twice. */
async function applySchema(schemas: AwsClients['schemas'], registry: string, eventType: EventType): Promise<void> {
  const at = { RegistryName: registry, SchemaName: registrySchemaName(eventType) };
  const present = await versionsThere(schemas, at);
  for (const version of eventType.versions.slice(present)) {
    const Content = JSON.stringify(toRegistrySchema(eventType, version));
    const input = { ...at, Type: TYPE, Content, Description: eventType.title } as const;
    if (version === eventType.versions[0]) await schemas.send(new CreateSchemaCommand(input));
    else await schemas.send(new UpdateSchemaCommand(input));
  }
}

async function versionsThere(
  schemas: AwsClients['schemas'],
  at: { readonly RegistryName: string; readonly SchemaName: string },
): Promise<number> {
  try {
    return Number((await schemas.send(new DescribeSchemaCommand(at))).SchemaVersion);
  } catch (error) {
    if ((error as Error).name === 'NotFoundException') return 0;
    throw error;
  }
}

async function unlessThere(create: Promise<unknown>): Promise<void> {
  await create.catch(error => {
    if ((error as Error).name !== 'ConflictException') throw error;
  });
}
