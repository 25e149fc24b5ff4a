import {
  getCompoundEntityRef,
  parseEntityRef,
  RELATION_API_CONSUMED_BY,
  RELATION_API_PROVIDED_BY,
  RELATION_CONSUMES_API,
  RELATION_PROVIDES_API,
  type CompoundEntityRef,
  type Entity,
} from '@backstage/catalog-model';
import { processingResult, type CatalogProcessor, type CatalogProcessorEmit } from '@backstage/plugin-catalog-node';
import { ANNOTATION_PUBLISHERS, ANNOTATION_SUBSCRIBERS, EVENT_TYPE_API_TYPE } from './toEntity';

/** Relates event types to the components that publish them and that subscribe to them, without a word in component files. */
export class EventTypeRelationsProcessor implements CatalogProcessor {
  getProcessorName(): string {
    return 'EventTypeRelationsProcessor';
  }

  async postProcessEntity(entity: Entity, _location: unknown, emit: CatalogProcessorEmit): Promise<Entity> {
    if (entity.kind !== 'API' || entity.spec?.type !== EVENT_TYPE_API_TYPE) return entity;
    const api = getCompoundEntityRef(entity);
    const relate = (component: CompoundEntityRef, toApi: string, fromApi: string) => {
      emit(processingResult.relation({ source: component, type: toApi, target: api }));
      emit(processingResult.relation({ source: api, type: fromApi, target: component }));
    };
    for (const component of refsIn(entity, ANNOTATION_PUBLISHERS)) {
      relate(component, RELATION_PROVIDES_API, RELATION_API_PROVIDED_BY);
    }
    for (const component of refsIn(entity, ANNOTATION_SUBSCRIBERS)) {
      relate(component, RELATION_CONSUMES_API, RELATION_API_CONSUMED_BY);
    }
    return entity;
  }
}

/** References of an annotation; what is no component reference is left out. */
function refsIn(entity: Entity, annotation: string): CompoundEntityRef[] {
  const text = entity.metadata.annotations?.[annotation];
  if (text === undefined) return [];
  try {
    const refs: unknown = JSON.parse(text);
    return Array.isArray(refs) ? refs.flatMap(toComponentRef) : [];
  } catch {
    return [];
  }
}

function toComponentRef(ref: unknown): CompoundEntityRef[] {
  if (typeof ref !== 'string') return [];
  try {
    return [parseEntityRef(ref, { defaultKind: 'component', defaultNamespace: 'default' })];
  } catch {
    return [];
  }
}
