import type { ContentModel, Direction } from '@busline/schema-evolution';
import { indexRepository } from '../lookups';
import type { CompatibilityMode, EventRepository, EventType, SchemaSettings } from '../types';

/** Who says what holds. */
export type SettingOrigin = 'event type' | 'domain' | 'event repository' | 'default';

/** What the versions of an event type keep. */
export interface EvolutionPolicy {
  readonly mode: CompatibilityMode;
  readonly contentModel: ContentModel;
  /** Who says the mode. */
  readonly origin: SettingOrigin;
}

/** Every consumer reads every version of its major, old events and new ones: what subscribers rely on where nobody thought about it. */
export const DEFAULT_MODE: CompatibilityMode = 'FULL_TRANSITIVE';
/** Publishers write what their schema describes. */
export const DEFAULT_CONTENT_MODEL: ContentModel = 'closed-world';

/** The files that speak of an event type's schemas, the nearest first. */
export function schemaSettingsFor(
  repository: EventRepository,
  { domain, schemas }: Pick<EventType, 'domain' | 'schemas'>,
): readonly { readonly origin: SettingOrigin; readonly settings: SchemaSettings }[] {
  const ofDomain = domain === undefined ? undefined : indexRepository(repository).domains.get(domain)?.schemas;
  return [
    ...(schemas ? [{ origin: 'event type', settings: schemas } as const] : []),
    ...(ofDomain ? [{ origin: 'domain', settings: ofDomain } as const] : []),
    ...(repository.schemas ? [{ origin: 'event repository', settings: repository.schemas } as const] : []),
  ];
}

/** What the versions of an event type keep, as event.yaml says, or else its domain, or else busline.yaml. */
export function evolutionPolicyOf(
  repository: EventRepository,
  eventType: Pick<EventType, 'domain' | 'schemas'>,
): EvolutionPolicy {
  const said = schemaSettingsFor(repository, eventType);
  const mode = said.find(({ settings }) => settings.compatibility !== undefined);
  const model = said.find(({ settings }) => settings.contentModel !== undefined);
  return {
    mode: mode?.settings.compatibility ?? DEFAULT_MODE,
    origin: mode?.origin ?? 'default',
    contentModel: model?.settings.contentModel ?? DEFAULT_CONTENT_MODEL,
  };
}

/** The directions that a mode asks for. */
export function directionsOf(mode: CompatibilityMode): readonly Direction[] {
  switch (mode) {
    case 'NONE':
      return [];
    case 'BACKWARD':
    case 'BACKWARD_TRANSITIVE':
      return ['backward'];
    case 'FORWARD':
    case 'FORWARD_TRANSITIVE':
      return ['forward'];
    default:
      return ['backward', 'forward'];
  }
}

/** Whether a mode looks at all earlier versions of the major. */
export const isTransitive = (mode: CompatibilityMode) => mode.endsWith('_TRANSITIVE');
