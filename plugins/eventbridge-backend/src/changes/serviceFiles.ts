import type { Forge } from '@busline/forge';

/** Files of a service's repository, fetched as planning asks for them. */
export interface ServiceFiles {
  readonly isEmpty: boolean;
  /** Undefined for a file that is not there, and for one that `fetchMissing` has yet to fetch. */
  textOf(path: string): string | undefined;
  /** Fetches what was asked for in vain. False when there was nothing of the kind. */
  fetchMissing(): Promise<boolean>;
}

/** A repository that does not exist is one without files. */
export async function readServiceFiles(forge: Forge, repository: string, signal?: AbortSignal): Promise<ServiceFiles> {
  const commit = await headOf(forge, repository, signal);
  const there = new Set(
    commit === undefined ? [] : (await forge.listFiles(repository, commit, { signal })).map(({ path }) => path),
  );
  const texts = new Map<string, string | undefined>();
  const wanted = new Set<string>();
  return {
    isEmpty: there.size === 0,
    textOf(path) {
      if (there.has(path) && !texts.has(path)) wanted.add(path);
      return texts.get(path);
    },
    async fetchMissing() {
      if (wanted.size === 0 || commit === undefined) return false;
      for (const path of wanted) texts.set(path, await forge.readFile(repository, commit, path, { signal }));
      wanted.clear();
      return true;
    },
  };
}

async function headOf(forge: Forge, repository: string, signal?: AbortSignal): Promise<string | undefined> {
  try {
    return await forge.headOf(repository, await forge.defaultBranch(repository, { signal }), { signal });
  } catch (error) {
    if (error instanceof Error && 'kind' in error && error.kind === 'not-found') return undefined;
    throw error;
  }
}
