import type { Json } from '@busline/json-schema';
import type { Environment, EventEnvelope, EventTap } from '../environment';
import { createEventsState, parseBusArn } from '../events/state';
import type { Scope } from '../store/store';
import { discoveredDocument } from './discoveredSchema';
import { MAX_DISCOVERED, MAX_VERSIONS } from './schemaOperations';
import { pascalCase, shapeOf } from './shape';
import type { SchemaPlace, SchemasState } from './state';
import { DISCOVERED } from './types';

/** The shapes that a discovered schema was made from. */
interface Shapes {
  readonly shapes: readonly Json[];
}

/** Shapes of one event type that are remembered; further ones no longer change its schema. */
const MAX_SHAPES = 200;
const MAX_NAME = 385;

/**
 * Watches the buses that have a started discoverer. An event of a shape that its type did not have before makes a new
 * version of the type's schema in `discovered-schemas`, under `source@DetailType`.
 */
export function createDiscovery(environment: Environment, state: SchemasState): EventTap {
  const { store, clock } = environment;
  const eventsState = createEventsState(store);
  const shapesIn = (scope: Scope) => store.collection<Shapes>('schemas/shapes', scope);
  /** Shapes as text, by schema, so that events of a known shape cost little. */
  const known = new Map<string, Set<string>>();

  function discover(place: SchemaPlace, event: EventEnvelope): void {
    const shape = shapeOf(event.detail);
    const text = JSON.stringify(shape);
    const existing = state.schemas(place, DISCOVERED).get(place.name);
    const seen = seenShapes(place, existing !== undefined);
    if (existing && (seen.has(text) || seen.size >= MAX_SHAPES)) return;
    seen.add(text);
    const shapes = [...seen].map(each => JSON.parse(each) as Json);
    shapesIn(place).set(place.name, { shapes });
    const content = discoveredDocument(event.source, event['detail-type'], shapes);
    register(place, content);
  }

  /** A schema that somebody deleted is discovered from nothing. */
  function seenShapes(place: SchemaPlace, exists: boolean): Set<string> {
    const key = `${place.account}/${place.region}/${place.name}`;
    const stored = exists ? shapesIn(place).get(place.name)?.shapes ?? [] : [];
    const seen = (exists ? known.get(key) : undefined) ?? new Set(stored.map(shape => JSON.stringify(shape)));
    known.set(key, seen);
    return seen;
  }

  function register(place: SchemaPlace, content: string): void {
    openDiscoveredRegistry(state, place);
    const schemas = state.schemas(place, DISCOVERED);
    const old = schemas.get(place.name);
    if (old ? old.versions.length >= MAX_VERSIONS : schemas.size >= MAX_DISCOVERED) {
      return;
    }
    if (old && state.version(place).content === content) return;
    const now = clock.now();
    state.addVersion(
      place,
      old ?? {
        name: place.name,
        type: 'OpenApi3',
        description: `Schema for event type ${place.name}, published by EventBridge`,
        tags: {},
        modified: now,
        versions: [],
        counter: 0,
      },
      { type: 'OpenApi3', content, created: now },
    );
  }

  return {
    seen(busArn, event) {
      const bus = parseBusArn(busArn);
      const discoverer = bus && state.discoverers(bus).get(`events-event-bus-${bus.bus}`);
      if (discoverer?.state !== 'STARTED') return;
      if (!discoverer.crossAccount && event.account !== bus?.account) return;
      // A customer managed key switches discovery off.
      if (!bus || eventsState.findBus(bus)?.kmsKeyIdentifier) return;
      try {
        const { account, region } = bus;
        discover({ account, region, registry: DISCOVERED, name: nameOf(event) }, event);
      } catch (error) {
        // An event that cannot be described is delivered all the same.
        if (error instanceof RangeError) return;
        environment.logError(`Discovery on ${busArn} failed`, error);
      }
    },
  };
}

export function openDiscoveredRegistry(state: SchemasState, scope: Scope): void {
  const registries = state.registries(scope);
  if (registries.has(DISCOVERED)) return;
  registries.set(DISCOVERED, {
    name: DISCOVERED,
    description: 'Schemas that discoverers found in events',
    tags: {},
  });
}

/** `com.key.access@AccessGranted`; characters that no schema name has are left out. */
function nameOf(event: EventEnvelope): string {
  return `${event.source}@${pascalCase(event['detail-type'])}`.replace(/[^.\-_A-Za-z0-9@]/g, '').slice(0, MAX_NAME);
}
