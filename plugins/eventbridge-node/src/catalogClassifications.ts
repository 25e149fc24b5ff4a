import type { RootConfigService } from '@backstage/backend-plugin-api';
import { InputError } from '@backstage/errors';
import type { Classification } from '@busline/event-repository';

const KEY = 'catalog.providers.eventbridge.classifications';
const CLASSIFICATIONS: readonly Classification[] = ['public', 'internal', 'confidential', 'restricted'];
/** Restricted event types stay out until somebody whose permission policy hides their entities asks for them. */
const DEFAULT: readonly Classification[] = ['public', 'internal', 'confidential'];

/**
 * Event types of which classifications are entities in the catalog: what the catalog module gives it and what the API says of
 * an event type's entity both follow from this.
 * @returns `catalog.providers.eventbridge.classifications`; all but `restricted` if left out
 * @throws InputError that names the key where it lists what is no classification
 */
export function readCatalogClassifications(config: RootConfigService): readonly Classification[] {
  const names = config.getOptionalStringArray(KEY);
  if (names === undefined) return DEFAULT;
  return names.map(name => {
    const known = CLASSIFICATIONS.find(each => each === name);
    if (known === undefined) {
      throw new InputError(`${KEY}: "${name}" is no classification; there are ${CLASSIFICATIONS.join(', ')}`);
    }
    return known;
  });
}
