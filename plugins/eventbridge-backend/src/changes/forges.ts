import path from 'node:path';
import type { UrlReaderService } from '@backstage/backend-plugin-api';
import { InputError } from '@backstage/errors';
import { DefaultGithubCredentialsProvider, type ScmIntegrations } from '@backstage/integration';
import type { RepositoryFiles } from '@busline/event-repository';
import {
  cloneUrlOf,
  createGithubForge,
  createLocalForge,
  repositoryOfUrl,
  type CheckContext,
  type Check,
  type Forge,
  type LocalForge,
  type ProtectionRule,
  type PullRequestStore,
} from '@busline/forge';
import { readUrlFiles } from '../sources/urlFiles';
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
  /** What `git clone` takes. */
  readonly cloneUrlOf: (repository: string) => string;
  readonly filesAt: (repository: string, commit: string, signal?: AbortSignal) => Promise<RepositoryFiles>;
}

export interface ForgeParts {
  readonly store: PullRequestStore;
  readonly protection: ProtectionRule;
  readonly checks: (context: CheckContext) => Promise<readonly Check[]>;
  readonly urlReader: UrlReaderService;
  readonly integrations: ScmIntegrations;
  /** Where the portal's own forge is cloned from. */
  readonly gitUrl: string;
}

/** The forge that the configuration names. */
export function createPortalForge(config: ForgeConfig, parts: ForgeParts): PortalForge {
  return config.type === 'local' ? localForge(config, parts) : githubForge(config, parts);
}

function localForge(
  config: Extract<ForgeConfig, { type: 'local' }>,
  { store, protection, checks, gitUrl }: ForgeParts,
): PortalForge {
  const forge = createLocalForge({ root: path.resolve(config.directory), store, protection, checks });
  const [base] = config.insteadOf;
  return {
    forge,
    local: forge,
    repositoryOf: url => repositoryOfUrl(url, { insteadOf: config.insteadOf }),
    urlOf: repository => cloneUrlOf(repository, base).replace(/\.git$/, ''),
    cloneUrlOf: repository => cloneUrlOf(repository, `${gitUrl}/`),
    filesAt: (repository, commit, signal) => forge.files(repository, commit, { signal }),
  };
}

/** Credentials, GitHub Apps included, are those of Backstage's own integration for the host. */
function githubForge(
  { host }: Extract<ForgeConfig, { type: 'github' }>,
  { integrations, urlReader }: ForgeParts,
): PortalForge {
  const base = `https://${host}/`;
  const integration = integrations.github.byHost(host);
  if (!integration) throw new InputError(`eventbridge.changes.forge: integrations.github has no entry for ${host}`);
  const { apiBaseUrl } = integration.config;
  return {
    forge: createGithubForge({
      credentialsProvider: DefaultGithubCredentialsProvider.fromIntegrations(integrations),
      host,
      ...(apiBaseUrl !== undefined && { apiBaseUrl }),
    }),
    repositoryOf: url => repositoryOfUrl(url, { insteadOf: base }),
    urlOf: repository => `${base}${repository}`,
    cloneUrlOf: repository => cloneUrlOf(repository, base),
    async filesAt(repository, commit, signal = new AbortController().signal) {
      const read = await readUrlFiles(`${base}${repository}/tree/${commit}`, urlReader, { signal });
      const texts = read === 'unchanged' ? new Map<string, string>() : read.texts;
      return { paths: () => [...texts.keys()], read: file => texts.get(file) };
    },
  };
}
