import {
  DescribeSchemaCommand,
  ListRegistriesCommand,
  ListSchemasCommand,
  ListSchemaVersionsCommand,
} from '@aws-sdk/client-schemas';
import {
  createCallLimits,
  createCaller,
  listAll,
  mapBounded,
  type CallCounts,
  type Caller,
  type CallLimits,
} from './calls';
import type { AwsClients } from './clients';

const PAGE = 100;
const AT_ONCE = 4;
/** AWS's own registry describes the events of AWS services: none of them is published by anybody here. */
const SCOPE = 'LOCAL';

/** One version of a schema in a registry. */
export interface RegistrySchemaVersion {
  readonly registry: string;
  readonly name: string;
  /** As the registry counts: `1`, `2`, … */
  readonly version: string;
  /** `OpenApi3` or `JSONSchemaDraft4`. */
  readonly type: string;
  /** The document, as JSON text. */
  readonly content: string;
  /** ISO time. */
  readonly createdAt?: string;
}

export interface ReadSchemasOptions {
  readonly clients: Pick<AwsClients, 'schemas'>;
  /** 12 digits. */
  readonly accountId: string;
  readonly region: string;
  /** By default every registry of the account. */
  readonly registries?: readonly string[];
  /** Versions never change: those that are known already are not fetched again, and are left out of the result. */
  readonly isKnown?: (registry: string, name: string, version: string) => boolean;
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: { readonly schemas: number; readonly schemasRead: number }) => void;
  readonly limits?: CallLimits;
}

export interface SchemasRead {
  readonly accountId: string;
  readonly region: string;
  readonly versions: readonly RegistrySchemaVersion[];
  /** Every schema that is there, those whose versions are known included. */
  readonly schemas: readonly { readonly registry: string; readonly name: string }[];
  readonly calls: CallCounts;
}

/**
 * Reads all versions of all schemas in an account's registries, discovered ones included.
 * @throws AwsCallError
 */
export async function readSchemas(options: ReadSchemasOptions): Promise<SchemasRead> {
  const stop = new AbortController();
  const signal = options.signal ? AbortSignal.any([options.signal, stop.signal]) : stop.signal;
  const { accountId, region } = options;
  const caller = createCaller({ accountId, region, signal }, options.limits ?? createCallLimits());
  const client = options.clients.schemas;
  try {
    const registries = options.registries ?? (await readRegistries(caller, client));
    const schemas = (await mapBounded(registries, AT_ONCE, registry => listSchemas(caller, client, registry))).flat();
    let schemasRead = 0;
    const versions = await mapBounded(schemas, AT_ONCE, async schema => {
      const read = await readVersions(caller, client, schema, options.isKnown);
      schemasRead += 1;
      options.onProgress?.({ schemas: schemas.length, schemasRead });
      return read;
    });
    return { accountId, region, schemas, versions: versions.flat(), calls: caller.counts() };
  } finally {
    stop.abort();
  }
}

type SchemasClient = AwsClients['schemas'];

async function readRegistries(caller: Caller, client: SchemasClient): Promise<readonly string[]> {
  const registries = await listAll(caller, 'schemas:ListRegistries', async (NextToken, options) => {
    const page = await client.send(new ListRegistriesCommand({ Scope: SCOPE, NextToken, Limit: PAGE }), options);
    return { items: page.Registries, next: page.NextToken };
  });
  return registries.map(registry => registry.RegistryName!);
}

async function listSchemas(caller: Caller, client: SchemasClient, registry: string) {
  const schemas = await listAll(caller, 'schemas:ListSchemas', async (NextToken, options) => {
    const command = new ListSchemasCommand({ RegistryName: registry, NextToken, Limit: PAGE });
    const page = await client.send(command, options);
    return { items: page.Schemas, next: page.NextToken };
  });
  return schemas.map(schema => ({ registry, name: schema.SchemaName! }));
}

async function readVersions(
  caller: Caller,
  client: SchemasClient,
  { registry, name }: { readonly registry: string; readonly name: string },
  isKnown: ReadSchemasOptions['isKnown'],
): Promise<readonly RegistrySchemaVersion[]> {
  const listed = await listAll(caller, 'schemas:ListSchemaVersions', async (NextToken, options) => {
    const page = await client.send(
      new ListSchemaVersionsCommand({ RegistryName: registry, SchemaName: name, NextToken, Limit: PAGE }),
      options,
    );
    return { items: page.SchemaVersions, next: page.NextToken };
  });
  const wanted = listed.map(version => version.SchemaVersion!).filter(v => !isKnown?.(registry, name, v));
  return mapBounded(wanted, 1, async version => {
    const schema = await caller.call('schemas:DescribeSchema', options =>
      client.send(
        new DescribeSchemaCommand({ RegistryName: registry, SchemaName: name, SchemaVersion: version }),
        options,
      ),
    );
    return {
      registry,
      name,
      version,
      type: schema.Type!,
      content: schema.Content!,
      createdAt: schema.VersionCreatedDate?.toISOString(),
    };
  });
}
