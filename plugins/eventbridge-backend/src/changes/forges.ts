import path from 'node:path';
import type { UrlReaderService } from '@backstage/backend-plugin-api';
import type { RepositoryFiles } from '@busline/event-repository';
import {
  cloneUrlOf,
  createLocalForge,
  repositoryOfUrl,
  type CheckContext,
  type Check,
  type Forge,
  type LocalForge,
  type ProtectionRule,
  type PullRequestStore,
} from '@busline/forge';
import type { ForgeConfig } from './config';

/** A forge, and what only the portal needs to know of it. */
export interface PortalForge {
  readonly forge: Forge;
  /** The forge as the portal's own, where it is. */
  readonly local?: LocalForge;
  /** `owner/name` by the URL that a service declares. Throws `ForgeError` for one that leads elsewhere. */
  readonly repositoryOf: (url: string) => string;
  /** Where people find a repository, as declarations spell it. */
  readonly urlOf: (repository: string) => string;
  readonly filesAt: (repository: string, commit: string, signal?: AbortSignal) => Promise<RepositoryFiles>;
}

export interface ForgeParts {
  readonly store: PullRequestStore;
  readonly protection: ProtectionRule;
  readonly checks: (context: CheckContext) => Promise<readonly Check[]>;
  readonly urlReader: UrlReaderService;
}

/** The forge that the configuration names. */
export function createPortalForge(config: ForgeConfig, parts: ForgeParts): PortalForge {
  if (config.type !== 'local') throw new Error('GitHub is not wired yet');
  const { store, protection, checks } = parts;
  const forge = createLocalForge({ root: path.resolve(config.directory), store, protection, checks });
  const [base] = config.insteadOf;
  return {
    forge,
    local: forge,
    repositoryOf: url => repositoryOfUrl(url, { insteadOf: config.insteadOf }),
    urlOf: repository => cloneUrlOf(repository, base).replace(/\.git$/, ''),
    filesAt: (repository, commit, signal) => forge.files(repository, commit, { signal }),
  };
}
