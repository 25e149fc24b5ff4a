import { planDeployment, type PlannedStack } from '@busline/deployment';
import { readEventRepository, type EventRepository } from '@busline/event-repository';
import { createLocalForge, createMemoryPullRequestStore } from '@busline/forge';
import { stacksOf } from '@busline/infrastructure';
import { forgeNameOf } from './forgeNames';
import { readFolder } from './readFolder';

/** Where an event repository lies: a folder, or the laptop's forge, where people merge. */
export type RepositoryPlace =
  | string
  | {
      /** Folder of the forge's bare repositories. */
      readonly forge: string;
      /** `owner/name` */
      readonly repository: string;
    };

/** An event repository, and the stacks that make it stand, in an order in which they can be deployed. */
export interface Declared {
  readonly repository: EventRepository;
  readonly stacks: readonly PlannedStack[];
  /** On a forge, what stands on main is what people merged; the portal deploys it too. */
  readonly isOnForge: boolean;
}

/** @throws Error when the folder is no event repository, or the forge has none of that name */
export function readDeclared(place: RepositoryPlace): Promise<Declared> {
  return typeof place === 'string' ? declaredIn(place) : declaredOn(place.forge, place.repository);
}

/** A folder declares; its stacks are worked out. */
async function declaredIn(folder: string): Promise<Declared> {
  const repository = await readFolder(folder);
  const stacks = repository.environments.flatMap(environment => stacksOf(repository, environment.name));
  const file = { repository: repository.name, path: '' };
  return { repository, stacks: stacks.map(stack => ({ stack, file, missing: [] })), isOnForge: false };
}

/** The files on main, of the event repository and of the services' repositories, as the portal deploys them. */
async function declaredOn(root: string, name: string): Promise<Declared> {
  const forge = createLocalForge({ root, store: createMemoryPullRequestStore() });
  const onMain = async (repository: string) => ({
    name: repository,
    files: await forge.files(repository, await forge.defaultBranch(repository)),
  });
  const events = await onMain(name);
  const { repository } = readEventRepository(events.files);
  const known = new Set(await forge.repositories());
  const names = new Set(repository.services.flatMap(service => forgeNameOf(service) ?? []));
  const services = await Promise.all([...names].filter(each => known.has(each)).map(onMain));
  const { stacks } = planDeployment({ events, services }, { repository: repository.name });
  return { repository, stacks, isOnForge: true };
}
