import { readEventRepository, type EventRepository } from '@busline/event-repository';
import { createLocalForge, createMemoryPullRequestStore } from '@busline/forge';
import type { RepositoryPlace } from './declared';

/** What event repositories declare by now: on a forge people merge while the sandbox runs. */
export interface Declarations {
  /** Of each place, in the order given. The same objects as long as nothing was merged. Never fails. */
  current(): Promise<readonly EventRepository[]>;
}

/** A look is a git process: that often is soon enough for whoever waits for a first event. */
const LOOK_EVERY_MS = 2_000;

/** Of repositories that stay as they are. */
export function fixedDeclarations(repositories: readonly EventRepository[]): Declarations {
  return { current: async () => repositories };
}

/** @param repositories - as they were read at the start, one for each place */
export function followedDeclarations(
  places: readonly RepositoryPlace[],
  repositories: readonly EventRepository[],
  options: { readonly onProgress: (message: string) => void; readonly lookEveryMs?: number },
): Declarations {
  const { onProgress, lookEveryMs = LOOK_EVERY_MS } = options;
  const mains = places.map((place, index) => followMain(place, repositories[index]!, onProgress));
  let known = repositories;
  let looking: Promise<void> | undefined;
  let lookedAt = 0;
  const look = async () => {
    const next = await Promise.all(mains.map(main => main()));
    if (next.some((repository, index) => repository !== known[index])) known = next;
    lookedAt = Date.now();
    looking = undefined;
  };
  return {
    async current() {
      if (Date.now() - lookedAt >= lookEveryMs) await (looking ??= look());
      return known;
    },
  };
}

/** Gives the newest that could be read: what is broken on main for a moment keeps nobody from publishing. */
function followMain(
  place: RepositoryPlace,
  first: EventRepository,
  onProgress: (message: string) => void,
): () => Promise<EventRepository> {
  if (typeof place === 'string') return async () => first;
  const { repository: name } = place;
  const forge = createLocalForge({ root: place.forge, store: createMemoryPullRequestStore() });
  let last = { commit: '', repository: first };
  return async () => {
    try {
      const commit = await forge.headOf(name, await forge.defaultBranch(name));
      if (commit === undefined || commit === last.commit) return last.repository;
      const isFirstLook = last.commit === '';
      const { repository } = readEventRepository(await forge.files(name, commit));
      last = { commit, repository };
      if (!isFirstLook) onProgress(`${name} has moved on: events are published as main declares them now`);
    } catch (error) {
      onProgress(`${name} could not be read again: ${(error as Error).message}`);
    }
    return last.repository;
  };
}
