import type { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';

export type ForgeConfig =
  | {
      readonly type: 'local';
      /** Folder of the bare repositories. */
      readonly directory: string;
      /** What addresses of repositories begin with for which this forge stands in. */
      readonly insteadOf: readonly string[];
    }
  | { readonly type: 'github'; readonly host: string };

export interface DeploymentConfig {
  /** With `{account}` for the account id. */
  readonly roleArn?: string;
  readonly externalId?: string;
  readonly endpoint?: string;
}

export interface ChangesConfig {
  readonly forge: ForgeConfig;
  /** Undefined: a workflow on the forge deploys. */
  readonly deployment?: DeploymentConfig;
  readonly followSeconds: number;
}

const GITHUB = 'github.com';
const FOLLOW_SECONDS = { local: 5, github: 60 } as const;

/** Reads `eventbridge.changes`; undefined where the portal opens no change requests. Throws `InputError` that names the key. */
export function readChangesConfig(root: Config): ChangesConfig | undefined {
  const config = root.getOptionalConfig('eventbridge.changes');
  if (!config) return undefined;
  const forge = readForge(config.getConfig('forge'));
  const deployment = config.getOptionalConfig('deployment');
  return {
    forge,
    ...(deployment && { deployment: readDeployment(deployment) }),
    followSeconds: config.getOptionalNumber('followSeconds') ?? FOLLOW_SECONDS[forge.type],
  };
}

function readForge(config: Config): ForgeConfig {
  const type = config.getString('type');
  if (type === 'github') return { type, host: config.getOptionalString('host') ?? GITHUB };
  if (type !== 'local') throw new InputError(`eventbridge.changes.forge.type is "${type}"; expected local or github`);
  const insteadOf = config.getOptional<string | string[]>('insteadOf') ?? `https://${GITHUB}/`;
  return { type, directory: config.getString('directory'), insteadOf: [insteadOf].flat() };
}

function readDeployment(config: Config): DeploymentConfig {
  const roleName = config.getOptionalString('roleName');
  const roleArn = config.getOptionalString('roleArn') ?? (roleName && `arn:aws:iam::{account}:role/${roleName}`);
  const externalId = config.getOptionalString('externalId');
  const endpoint = config.getOptionalString('endpoint');
  return {
    ...(roleArn !== undefined && { roleArn }),
    ...(externalId !== undefined && { externalId }),
    ...(endpoint !== undefined && { endpoint }),
  };
}
