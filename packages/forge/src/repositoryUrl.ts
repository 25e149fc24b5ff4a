import { ForgeError } from './errors';
import { checkRepository } from './names';

export interface RepositoryUrlOptions {
  /**
   * What the address of a repository begins with, where `owner/name` on this forge stands in for it; git's own term
   * (`url.<base>.insteadOf`). `https://github.com/` by default.
   */
  readonly insteadOf?: string | readonly string[];
}

const GITHUB = 'https://github.com/';

/**
 * The repository that an address names: `https://github.com/key/access-service` -> `key/access-service`. Takes what
 * people copy: with `.git`, a slash at the end, `git@host:owner/name` and `ssh://`, and Backstage's `url:` in front.
 * @throws ForgeError `invalid` where the address leads elsewhere, holds credentials or names no repository
 */
export function repositoryOfUrl(url: string, options: RepositoryUrlOptions = {}): string {
  const bases = [options.insteadOf ?? GITHUB].flat();
  const address = withoutUser(url.trim().replace(/^url:/, ''));
  const rest = bases.map(base => behind(address, base)).find(found => found !== undefined);
  if (rest === undefined) {
    throw new ForgeError(
      'invalid',
      `${quote(url)} is no repository of this forge; its addresses begin with ${bases.join(' or ')}`,
    );
  }
  const repository = rest.replace(/\/+$/, '').replace(/\.git$/, '');
  checkRepository(repository);
  return repository;
}

/** The address to clone from: `https://github.com/` and `key/events` -> `https://github.com/key/events.git`. */
export function cloneUrlOf(repository: string, base: string = GITHUB): string {
  checkRepository(repository);
  return `${base.replace(/\/+$/, '')}/${repository}.git`;
}

/** What stands behind the base in the address, whether it goes by HTTP or by SSH. */
function behind(address: string, base: string): string | undefined {
  const prefix = base.endsWith('/') ? base : `${base}/`;
  const prefixes = [prefix, ...sshForms(prefix)];
  const found = prefixes.find(each => address.toLowerCase().startsWith(each.toLowerCase()));
  return found === undefined ? undefined : address.slice(found.length);
}

function sshForms(prefix: string): readonly string[] {
  const web = /^https?:\/\/([^/]+)\/(.*)$/.exec(prefix);
  if (!web) return [];
  const [, host, path] = web;
  const name = host.replace(/:\d+$/, '');
  return [
    `git@${name}:${path}`,
    `ssh://git@${name}/${path}`,
    `git+ssh://git@${name}/${path}`,
    `git+https://${host}/${path}`,
  ];
}

/** A password in an address is nobody's business, and no other address for it. `git@` belongs to SSH. */
function withoutUser(address: string): string {
  if (/^(?:git\+)?https?:\/\/[^/]*@/i.test(address)) {
    throw new ForgeError('invalid', 'The address of a repository must not hold a user or a password');
  }
  return address;
}

const MAX_SHOWN = 120;

function quote(url: string): string {
  return JSON.stringify(url.slice(0, MAX_SHOWN));
}
