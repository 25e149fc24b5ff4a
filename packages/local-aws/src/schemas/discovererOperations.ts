import { createEventsState, parseBusArn } from '../events/state';
import { optionalBoolean, optionalText, text, texts } from '../input';
import type { Operation } from '../service';
import { allow, pageBy, readTags, scopeOf, type SchemasContext } from './context';
import { discoveredSchema } from './discoveredSchema';
import { badRequest, conflict, discovererArn, forbidden, notFound, registryArn } from './state';
import { openDiscoveredRegistry } from './discovery';
import { exportAsDraft4 } from './exportSchema';
import { DISCOVERED, type Discoverer } from './types';

export function discovererOperations(context: SchemasContext): readonly (readonly [string, Operation])[] {
  const { environment, state } = context;
  const eventsState = createEventsState(environment.store);

  /** "Schema discovery isn't supported for event buses encrypted using a customer managed key." */
  function hasOwnKey(sourceArn: string): boolean {
    const place = parseBusArn(sourceArn);
    return Boolean(place && eventsState.findBus(place)?.kmsKeyIdentifier);
  }

  const show = (scope: ReturnType<typeof scopeOf>, discoverer: Discoverer) => ({
    CrossAccount: discoverer.crossAccount,
    Description: discoverer.description,
    DiscovererArn: discovererArn(scope, discoverer.id),
    DiscovererId: discoverer.id,
    SourceArn: discoverer.sourceArn,
    State: hasOwnKey(discoverer.sourceArn) ? 'STOPPED' : discoverer.state,
    Tags: discoverer.tags,
  });

  const refuseOwnKey = (sourceArn: string) => {
    if (hasOwnKey(sourceArn)) {
      throw badRequest(
        `Schema discovery is not supported for ${sourceArn}: the event bus is encrypted using a customer managed key.`,
      );
    }
  };

  const createDiscoverer: Operation = (input, request) => {
    const scope = scopeOf(request);
    const sourceArn = text(input, 'SourceArn');
    const place = parseBusArn(sourceArn);
    const id = `events-event-bus-${place?.bus}`;
    allow(context, request, discovererArn(scope, id));
    if (!place || place.account !== scope.account || place.region !== scope.region) {
      throw badRequest(`SourceArn ${sourceArn} must be the ARN of an event bus of this account and Region.`);
    }
    if (!eventsState.findBus(place)) {
      throw notFound(`Event bus ${place.bus} does not exist.`);
    }
    const discoverers = state.discoverers(scope);
    if (discoverers.has(id)) {
      throw conflict(`Discoverer for ${sourceArn} already exists.`);
    }
    if (discoverers.size >= environment.quotas.discoverers) {
      throw forbidden(`An account can have ${environment.quotas.discoverers} discoverers in a Region.`);
    }
    refuseOwnKey(sourceArn);
    const discoverer: Discoverer = {
      id,
      sourceArn,
      description: optionalText(input, 'Description'),
      state: 'STARTED',
      crossAccount: optionalBoolean(input, 'CrossAccount') ?? true,
      tags: readTags(context, input.Tags),
    };
    discoverers.set(id, discoverer);
    openDiscoveredRegistry(state, scope);
    return show(scope, discoverer);
  };

  /** An operation on one discoverer that changes it and answers with what `answer` picks. */
  const change =
    (
      changes: (input: Parameters<Operation>[0], old: Discoverer) => Partial<Discoverer>,
      answer: (shown: ReturnType<typeof show>) => object,
    ): Operation =>
    (input, request) => {
      const scope = scopeOf(request);
      const id = text(input, 'DiscovererId');
      allow(context, request, discovererArn(scope, id));
      const old = state.discoverer(scope, id);
      const discoverer = { ...old, ...changes(input, old) };
      state.discoverers(scope).set(id, discoverer);
      return answer(show(scope, discoverer));
    };

  const stateOnly = ({ DiscovererId, State }: ReturnType<typeof show>) => ({
    DiscovererId,
    State,
  });

  const listDiscoverers: Operation = (input, request) => {
    const scope = scopeOf(request);
    allow(context, request, discovererArn(scope, '*'));
    const idPrefix = optionalText(input, 'DiscovererIdPrefix') ?? '';
    const arnPrefix = optionalText(input, 'SourceArnPrefix') ?? '';
    const { items, nextToken } = pageBy(
      [...state.discoverers(scope).values()].filter(
        ({ id, sourceArn }) => id.startsWith(idPrefix) && sourceArn.startsWith(arnPrefix),
      ),
      ({ id }) => id,
      input,
    );
    return {
      Discoverers: items.map(discoverer => show(scope, discoverer)),
      NextToken: nextToken,
    };
  };

  const getDiscoveredSchema: Operation = (input, request) => {
    allow(context, request, registryArn(scopeOf(request), DISCOVERED));
    const events = texts(input, 'Events').map((event, index) => readEvent(event, index));
    const content = discoveredSchema(events);
    return {
      Content: text(input, 'Type') === 'OpenApi3' ? content : exportAsDraft4(content),
    };
  };

  return [
    ['CreateDiscoverer', createDiscoverer],
    [
      'DescribeDiscoverer',
      (input, request) => {
        const scope = scopeOf(request);
        const id = text(input, 'DiscovererId');
        allow(context, request, discovererArn(scope, id));
        return show(scope, state.discoverer(scope, id));
      },
    ],
    [
      'UpdateDiscoverer',
      change(
        (input, old) => ({
          description: optionalText(input, 'Description') ?? old.description,
          crossAccount: optionalBoolean(input, 'CrossAccount') ?? old.crossAccount,
        }),
        shown => shown,
      ),
    ],
    [
      'StartDiscoverer',
      change((_input, old) => {
        refuseOwnKey(old.sourceArn);
        return { state: 'STARTED' };
      }, stateOnly),
    ],
    ['StopDiscoverer', change(() => ({ state: 'STOPPED' }), stateOnly)],
    [
      'DeleteDiscoverer',
      (input, request) => {
        const scope = scopeOf(request);
        const id = text(input, 'DiscovererId');
        allow(context, request, discovererArn(scope, id));
        state.discoverer(scope, id);
        state.discoverers(scope).delete(id);
      },
    ],
    ['ListDiscoverers', listDiscoverers],
    ['GetDiscoveredSchema', getDiscoveredSchema],
  ];
}

function readEvent(event: string, index: number): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(event);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
      return value as Readonly<Record<string, unknown>>;
    }
  } catch {
    // Told below, with what is no object.
  }
  throw badRequest(`Events[${index}] is not a JSON object.`);
}
