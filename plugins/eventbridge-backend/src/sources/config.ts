import { readSchedulerServiceTaskScheduleDefinitionFromConfig } from '@backstage/backend-plugin-api';
import type { SchedulerServiceTaskScheduleDefinition } from '@backstage/backend-plugin-api';
import type { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';

export interface RepositoryConfig {
  readonly id: string;
  readonly title: string;
  readonly target: string;
  /** `owner/name` on the forge of `eventbridge.changes`: then `target` only says so. */
  readonly forge?: string;
  readonly schedule: SchedulerServiceTaskScheduleDefinition;
}

export interface AwsConfig {
  readonly id: string;
  readonly title: string;
  /** Undefined: those that the event repositories declare. */
  readonly accounts?: readonly string[];
  readonly regions: readonly string[];
  /** With `{account}` for the account id. */
  readonly roleArn?: string;
  readonly externalId?: string;
  readonly endpoint?: string;
  readonly schemas: boolean;
  readonly timeoutMs: number;
  readonly concurrency: number;
  readonly schedule: SchedulerServiceTaskScheduleDefinition;
}

export interface SourcesConfig {
  readonly repositories: readonly RepositoryConfig[];
  readonly aws: readonly AwsConfig[];
}

const DEFAULT_PART_TIMEOUT_MS = 120_000;
const DEFAULT_CONCURRENCY = 8;
const FOLDER_SCHEDULE: SchedulerServiceTaskScheduleDefinition = {
  frequency: { minutes: 1 },
  timeout: { minutes: 10 },
};
const URL_SCHEDULE: SchedulerServiceTaskScheduleDefinition = {
  frequency: { minutes: 5 },
  timeout: { minutes: 10 },
};
const AWS_SCHEDULE: SchedulerServiceTaskScheduleDefinition = {
  frequency: { minutes: 10 },
  timeout: { minutes: 30 },
  // The accounts are read from the event repositories, so those go first.
  initialDelay: { seconds: 10 },
};

/** Reads `eventbridge.sources`. Throws `InputError` that names the key. */
export function readSourcesConfig(config: Config): SourcesConfig {
  const sources = config.getOptionalConfig('eventbridge.sources');
  const repositories = (sources?.getOptionalConfigArray('repositories') ?? []).map(readRepository);
  const aws = (sources?.getOptionalConfigArray('aws') ?? []).map(readAws);
  const seen = new Set<string>();
  for (const { id } of [...repositories, ...aws]) {
    if (!/^[A-Za-z0-9_-]{1,64}$/.test(id)) {
      throw new InputError(
        `eventbridge.sources: the id "${id}" may only have letters, digits, "-" and "_", at most 64`,
      );
    }
    if (seen.has(id)) throw new InputError(`eventbridge.sources: two sources have the id "${id}"`);
    seen.add(id);
  }
  return { repositories, aws };
}

export function isUrl(target: string): boolean {
  return /^[a-z][a-z0-9+.-]*:\/\//i.test(target);
}

function readRepository(config: Config): RepositoryConfig {
  const id = config.getString('id');
  const forge = config.getOptionalString('forge');
  const target = forge === undefined ? config.getString('target') : config.getOptionalString('target') ?? forge;
  return {
    id,
    title: config.getOptionalString('title') ?? id,
    target,
    ...(forge !== undefined && { forge }),
    schedule: readSchedule(config, isUrl(target) ? URL_SCHEDULE : FOLDER_SCHEDULE),
  };
}

function readAws(config: Config): AwsConfig {
  const id = config.getString('id');
  const regions = config.getStringArray('regions');
  if (regions.length === 0) throw new InputError(`eventbridge.sources.aws "${id}": regions must name at least one`);
  const accounts = config.getOptionalStringArray('accounts');
  for (const account of accounts ?? []) {
    if (!/^\d{12}$/.test(account)) {
      throw new InputError(`eventbridge.sources.aws "${id}": the account "${account}" must be 12 digits in quotes`);
    }
  }
  const roleName = config.getOptionalString('roleName');
  const roleArn = config.getOptionalString('roleArn');
  if (roleName !== undefined && roleArn !== undefined) {
    throw new InputError(`eventbridge.sources.aws "${id}": give roleName or roleArn, not both`);
  }
  return {
    id,
    title: config.getOptionalString('title') ?? id,
    accounts,
    regions,
    roleArn: roleName === undefined ? roleArn : `arn:aws:iam::{account}:role/${roleName}`,
    externalId: config.getOptionalString('externalId'),
    endpoint: config.getOptionalString('endpoint'),
    schemas: config.getOptionalBoolean('schemas') ?? true,
    timeoutMs: config.getOptionalNumber('timeoutMs') ?? DEFAULT_PART_TIMEOUT_MS,
    concurrency: config.getOptionalNumber('concurrency') ?? DEFAULT_CONCURRENCY,
    schedule: readSchedule(config, AWS_SCHEDULE),
  };
}

function readSchedule(
  config: Config,
  fallback: SchedulerServiceTaskScheduleDefinition,
): SchedulerServiceTaskScheduleDefinition {
  return config.has('schedule')
    ? readSchedulerServiceTaskScheduleDefinitionFromConfig(config.getConfig('schedule'))
    : fallback;
}
