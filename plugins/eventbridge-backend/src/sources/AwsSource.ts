import { isError } from '@backstage/errors';
import type { AwsCredentialsManager } from '@backstage/integration-aws-node';
import {
  assumeRoleClients,
  readEstates,
  readMetrics,
  readSchemas,
  type ClientsFor,
  type EstateRead,
} from '@busline/aws-estate';
import { extractEnvelopeDetail } from '@busline/json-schema';
import type {
  EstatePart,
  EventSource,
  MetricSeries,
  MetricsRequest,
  ReadContext,
  RegistrySchema,
  SourceSnapshot,
} from '@busline/plugin-eventbridge-node';
import type { AwsConfig } from './config';

/** Accounts of an AWS partition. */
const ACCOUNT_ID = /^\d{12}$/;

interface Place {
  readonly accountId: string;
  readonly region: string;
}

/** What stands on AWS, by account and Region: buses, rules, targets, and schema registries. */
export class AwsSource implements EventSource {
  readonly kind = 'aws';
  readonly id: string;
  readonly title: string;
  readonly target: string;
  readonly schedule: EventSource['schedule'];
  readonly #config: AwsConfig;
  readonly #clientsFor: ClientsFor;

  static create(config: AwsConfig, credentials: AwsCredentialsManager): AwsSource {
    return new AwsSource(config, clientsOf(config, credentials));
  }

  private constructor(config: AwsConfig, clientsFor: ClientsFor) {
    this.id = config.id;
    this.title = config.title;
    this.schedule = config.schedule;
    const accounts = config.accounts ? `${config.accounts.length} accounts` : 'all declared accounts';
    this.target = `${accounts} in ${config.regions.join(', ')}${config.endpoint ? ` at ${config.endpoint}` : ''}`;
    this.#config = config;
    this.#clientsFor = clientsFor;
  }

  async read(context: ReadContext): Promise<SourceSnapshot> {
    const { regions, timeoutMs, concurrency } = this.#config;
    const all = (await this.#accounts(context)).flatMap(accountId => regions.map(region => ({ accountId, region })));
    const { only } = context;
    const covered = only ? all.filter(place => only.some(wanted => isSamePlace(wanted, place))) : all;
    await readEstates({
      accounts: covered,
      clientsFor: this.#clientsFor,
      signal: context.signal,
      timeoutMs,
      accountsAtOnce: concurrency,
      onRead: async read => context.onPart(await this.#toPart(read, context)),
    });
    return { kind: 'aws', covered };
  }

  async readMetrics(request: MetricsRequest): Promise<readonly MetricSeries[] | undefined> {
    const { accountId, region } = request;
    const { accounts, regions } = this.#config;
    if (!regions.includes(region) || (accounts && !accounts.includes(accountId))) return undefined;
    const { series } = await readMetrics({ ...request, clients: this.#clientsFor(accountId, region) });
    return series;
  }

  async #accounts(context: ReadContext): Promise<readonly string[]> {
    if (this.#config.accounts) return this.#config.accounts;
    const declared = await context.declaredAccounts();
    return [...new Set(declared.map(account => account.id))].filter(id => ACCOUNT_ID.test(id));
  }

  async #toPart(read: EstateRead, context: ReadContext): Promise<EstatePart> {
    if (read.outcome === 'failed') {
      const { accountId, region, error } = read;
      return { outcome: 'failed', accountId, region, reason: error.message, rule: error.failure };
    }
    const { accountId, region, estate } = read.snapshot;
    const part = { outcome: 'read', accountId, region, estate } as const;
    if (!this.#config.schemas || context.only) return part;
    try {
      return { ...part, registries: await this.#readRegistries(accountId, region, context) };
    } catch (error) {
      context.signal.throwIfAborted();
      return { ...part, warning: { rule: failureOf(error), reason: isError(error) ? error.message : String(error) } };
    }
  }

  async #readRegistries(accountId: string, region: string, context: ReadContext) {
    const known = await context.knownSchemaVersions(accountId, region);
    const { versions, schemas } = await readSchemas({
      clients: this.#clientsFor(accountId, region),
      accountId,
      region,
      isKnown: (registry, name, version) => known.has(`${registry}/${name}/${version}`),
      signal: AbortSignal.any([context.signal, AbortSignal.timeout(this.#config.timeoutMs)]),
    });
    const fresh = versions.map(({ registry, name, version, content, createdAt }): RegistrySchema => {
      const detail = detailOf(content);
      return { registry, name, version, createdAt, ...detail };
    });
    return { fresh, schemas };
  }
}

function isSamePlace(a: Place, b: Place): boolean {
  return a.accountId === b.accountId && a.region === b.region;
}

/** A schema that does not tell source and detail-type, or cannot be read, is no event type that a page could show. */
const NO_EVENT_TYPE = { source: '', detailType: '', schema: {} };

function detailOf(content: string): Pick<RegistrySchema, 'source' | 'detailType' | 'schema'> {
  try {
    const { source, detailType, schema } = extractEnvelopeDetail(JSON.parse(content));
    return source !== undefined && detailType !== undefined ? { source, detailType, schema } : NO_EVENT_TYPE;
  } catch {
    return NO_EVENT_TYPE;
  }
}

function failureOf(error: unknown): string {
  return error instanceof Error && 'failure' in error ? String(error.failure) : 'unexpected';
}

/** Clients that act in every account as the role that the configuration names. */
export function clientsOf(
  config: Pick<AwsConfig, 'roleArn' | 'externalId' | 'endpoint'>,
  credentials: AwsCredentialsManager,
): ClientsFor {
  return assumeRoleClients({
    // Who assumes roles is the main account; without roles every account has its own entry in the configuration.
    credentialsFor: accountId => async () => {
      const provider = await credentials.getCredentialProvider(config.roleArn === undefined ? { accountId } : {});
      return provider.sdkCredentialProvider();
    },
    roleArn: config.roleArn,
    externalId: config.externalId,
    endpoint: config.endpoint,
  });
}
