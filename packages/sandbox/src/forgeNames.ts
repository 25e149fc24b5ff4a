import type { Service } from '@busline/event-repository';
import { repositoryOfUrl } from '@busline/forge';

/** What a service's repository is called on the laptop's forge; undefined where it has none, or one that is nowhere on GitHub. */
export function forgeNameOf({ repository }: Service): string | undefined {
  try {
    return repository === undefined ? undefined : repositoryOfUrl(repository);
  } catch {
    return undefined;
  }
}
