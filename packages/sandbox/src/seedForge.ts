import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Service } from '@busline/event-repository';
import { createLocalForge, createMemoryPullRequestStore, type LocalForge } from '@busline/forge';
import { forgeNameOf } from './forgeNames';
import { listFolder, readFolder } from './readFolder';

export interface SeedForgeOptions {
  /** Folder of the forge's bare repositories. */
  readonly directory: string;
  /** Folder of the event repository, and what it is called on the forge: `owner/name`. */
  readonly events: { readonly folder: string; readonly repository: string };
  /** Has a folder for each service's repository, named as the repository. */
  readonly servicesFolder: string;
  readonly onProgress?: (message: string) => void;
}

/** What belongs to the portal's own catalog rather than to the event repository. */
const NOT_ON_THE_FORGE = /^(org\/|README\.md$)/;
const AUTHOR = { name: 'busline', email: 'busline@users.busline.invalid' };

/**
 * Fills the laptop's forge, once: the event repository, and one repository for every service that declares one. What is
 * there already is left as it is, merges included.
 */
export async function seedForge(options: SeedForgeOptions): Promise<void> {
  const { directory, events, servicesFolder, onProgress = () => {} } = options;
  // Pull requests are the portal's; here only repositories are made.
  const forge = createLocalForge({ root: directory, store: createMemoryPullRequestStore() });
  const repository = await readFolder(events.folder);
  let made = Number(await seed(forge, events.repository, events.folder, file => !NOT_ON_THE_FORGE.test(file)));
  for (const service of repository.services) {
    const name = forgeNameOf(service);
    if (name === undefined) continue;
    made += Number(
      await seed(forge, name, path.join(servicesFolder, path.posix.basename(name)), () => true, readmeOf(service)),
    );
  }
  if (made > 0) onProgress(`Made ${made} git repositories in ${directory}`);
}

async function seed(
  forge: LocalForge,
  repository: string,
  folder: string,
  isWanted: (file: string) => boolean,
  readme?: string,
): Promise<boolean> {
  const paths = existsSync(folder) ? (await listFolder(folder)).filter(isWanted) : [];
  const files = await Promise.all(
    paths.map(async file => ({ path: file, content: await readFile(path.join(folder, file)) })),
  );
  const own = readme !== undefined && !paths.includes('README.md') ? [{ path: 'README.md', content: readme }] : [];
  const { created } = await forge.createRepository({
    repository,
    files: [...own, ...files],
    message: 'As it was when the portal was first started',
    author: AUTHOR,
  });
  return created;
}

function readmeOf({ title, description }: Service): string {
  return `# ${title}\n\n${description}\n`;
}
