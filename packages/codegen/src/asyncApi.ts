import type { Json, JsonObject } from '@busline/event-repository';
import { keysBelowDetail, nested } from './envelope';
import { inlineSchema } from './inlineSchema';
import { camelCase, pascalCase } from './names';
import type { DescribedBus, DescribedEventType, DescribedVersion } from './types';

/** An event type with who sends it, who receives it, and where. */
export interface AsyncApiEventType extends DescribedEventType {
  readonly versions: readonly DescribedVersion[];
  /** Names of services. */
  readonly publishers: readonly string[];
  readonly subscribers: readonly string[];
  readonly buses: readonly DescribedBus[];
  readonly tags?: readonly string[];
}

export interface AsyncApiOptions {
  readonly title: string;
  /** Version of the document. */
  readonly version: string;
  /** Markdown. */
  readonly description?: string;
}

/** Formats of AWS's envelope. Source: "AWS service event metadata" in the EventBridge user guide. */
const ENVELOPE_REQUIRED = [
  'version',
  'id',
  'detail-type',
  'source',
  'account',
  'time',
  'region',
  'resources',
  'detail',
];

/**
 * Event types as an AsyncAPI 3.0 document: a server for each bus, a channel for each event type, a message for each schema
 * version with the payload as it arrives, envelope included, and an operation for each service that sends or receives.
 * The document stands by itself: every reference leads inside it.
 *
 * Source: https://www.asyncapi.com/docs/reference/specification/v3.0.0
 */
export function toAsyncApi(eventTypes: readonly AsyncApiEventType[], options: AsyncApiOptions): JsonObject {
  const names = uniqueNames(eventTypes);
  const servers = serversOf(eventTypes);
  const channels: [string, Json][] = [];
  const operations: [string, Json][] = [];
  const messages: [string, Json][] = [];
  const schemas: [string, Json][] = [];
  eventTypes.forEach((eventType, i) => {
    const name = names[i];
    const versions = eventType.versions.map(version => ({ version, name: `${name}_${identifier(version.version)}` }));
    channels.push([name, channel(eventType, versions, servers)]);
    operations.push(...operationsOf(eventType, name, versions));
    for (const version of versions) {
      messages.push([version.name, message(eventType, version)]);
      schemas.push([version.name, inlineSchema(version.version.schema, `#/components/schemas/${version.name}`)]);
    }
  });
  return {
    asyncapi: '3.0.0',
    info: {
      title: options.title,
      version: options.version,
      ...(options.description ? { description: options.description } : {}),
    },
    defaultContentType: 'application/json',
    servers: Object.fromEntries([...servers.values()].map(({ name, server }) => [name, server])),
    channels: Object.fromEntries(channels),
    operations: Object.fromEntries(operations),
    components: { messages: Object.fromEntries(messages), schemas: Object.fromEntries(schemas) },
  };
}

interface NamedVersion {
  readonly version: DescribedVersion;
  readonly name: string;
}
type Servers = ReadonlyMap<string, { readonly name: string; readonly server: JsonObject }>;

function serversOf(eventTypes: readonly AsyncApiEventType[]): Servers {
  const servers = new Map<string, { name: string; server: JsonObject }>();
  const taken = new Set<string>();
  for (const bus of eventTypes.flatMap(eventType => eventType.buses)) {
    if (servers.has(bus.arn)) continue;
    const name = unused(identifier(bus.name), taken);
    const server = {
      host: `events.${bus.region}.amazonaws.com`,
      protocol: 'eventbridge',
      title: bus.name,
      description: `Amazon EventBridge bus ${bus.arn}`,
    };
    servers.set(bus.arn, { name, server });
  }
  return servers;
}

function channel(eventType: AsyncApiEventType, versions: readonly NamedVersion[], servers: Servers): JsonObject {
  const { source, detailType, title, description, buses, tags = [] } = eventType;
  const refs = buses.map(bus => ({ $ref: `#/servers/${servers.get(bus.arn)!.name}` }));
  return {
    address: `${source}/${detailType}`.replace(/[{}]/g, ''),
    title,
    description,
    ...(refs.length > 0 ? { servers: uniqueRefs(refs) } : {}),
    messages: Object.fromEntries(versions.map(({ name }) => [name, { $ref: `#/components/messages/${name}` }])),
    ...(tags.length > 0 ? { tags: [...new Set(tags)].map(tag => ({ name: tag })) } : {}),
    'x-eventbridge-source': source,
    'x-eventbridge-detail-type': detailType,
  };
}

function operationsOf(
  eventType: AsyncApiEventType,
  name: string,
  versions: readonly NamedVersion[],
): readonly [string, Json][] {
  const messages = versions.map(version => ({ $ref: `#/channels/${name}/messages/${version.name}` }));
  const operation = (action: 'send' | 'receive', service: string): [string, Json] => [
    `${identifier(service)}_${action}_${name}`,
    {
      action,
      channel: { $ref: `#/channels/${name}` },
      title: `${service} ${action === 'send' ? 'sends' : 'receives'} ${eventType.detailType}`,
      messages,
      'x-service': service,
    },
  ];
  return [
    ...[...new Set(eventType.publishers)].map(service => operation('send', service)),
    ...[...new Set(eventType.subscribers)].map(service => operation('receive', service)),
  ];
}

function message(eventType: AsyncApiEventType, { version, name }: NamedVersion): JsonObject {
  return {
    name,
    title: `${eventType.title} ${version.version}`,
    contentType: 'application/json',
    payload: envelope(eventType, version, { $ref: `#/components/schemas/${name}` }),
    ...(version.examples.length > 0
      ? { examples: version.examples.map(example => messageExample(eventType, version, example)) }
      : {}),
    'x-schema-version': version.version,
  };
}

function envelope(eventType: DescribedEventType, version: DescribedVersion, data: JsonObject): JsonObject {
  const text = { type: 'string' };
  return {
    type: 'object',
    required: ENVELOPE_REQUIRED,
    properties: {
      version: { type: 'string', const: '0' },
      id: { type: 'string', format: 'uuid' },
      'detail-type': { type: 'string', const: eventType.detailType },
      source: { type: 'string', const: eventType.source },
      account: { type: 'string', pattern: '^[0-9]{12}$' },
      time: { type: 'string', format: 'date-time' },
      region: text,
      resources: { type: 'array', items: text },
      detail: detailSchema(eventType, version, data),
    },
  };
}

function detailSchema(eventType: DescribedEventType, version: DescribedVersion, data: JsonObject): JsonObject {
  const dataKeys = keysBelowDetail(eventType.eventPaths.data);
  if (!dataKeys) return data;
  const text = { type: 'string' };
  const metadata = {
    type: 'object',
    required: ['id', 'schemaVersion', 'publishedBy'],
    properties: {
      id: { type: 'string', description: 'Idempotency key: the same id is the same event.' },
      schemaVersion: { type: 'string', const: version.version },
      publishedBy: text,
      traceparent: text,
    },
  };
  const withData = placed({}, dataKeys, data);
  const metadataKeys = keysBelowDetail(eventType.eventPaths.metadata);
  return metadataKeys ? placed(withData, metadataKeys, metadata) : withData;
}

/** An object schema in which a property stands below these keys. */
function placed(schema: JsonObject, keys: readonly string[], inner: JsonObject): JsonObject {
  if (keys.length === 0) return inner;
  const [key, ...rest] = keys;
  const properties = (schema.properties ?? {}) as JsonObject;
  const required = (schema.required ?? []) as readonly string[];
  const present = Object.hasOwn(properties, key) ? (properties[key] as JsonObject) : {};
  return {
    type: 'object',
    required: [...new Set([...required, key])],
    properties: Object.fromEntries([...Object.entries(properties), [key, placed(present, rest, inner)]]),
  };
}

function messageExample(
  eventType: DescribedEventType,
  version: DescribedVersion,
  example: DescribedVersion['examples'][number],
): JsonObject {
  const metadata = {
    id: '7d3f9a52-5c0e-4a8e-9d6b-2f6f0b8c1e11',
    schemaVersion: version.version,
    publishedBy: 'a-service',
  };
  const keys = keysBelowDetail(eventType.eventPaths.data);
  const metadataKeys = keysBelowDetail(eventType.eventPaths.metadata);
  const detail = keys
    ? nested([[keys, example.value], ...(metadataKeys ? [[metadataKeys, metadata] as const] : [])])
    : example.value;
  return {
    name: example.name,
    payload: {
      version: '0',
      id: '6a7e8feb-b491-4cf7-a9f1-bf3703467718',
      'detail-type': eventType.detailType,
      source: eventType.source,
      account: '111122223333',
      time: '2026-01-01T00:00:00Z',
      region: 'eu-west-1',
      resources: [],
      detail,
    },
  };
}

/** Names that are fit for a component, each once: two sources may send detail-types of one name. */
function uniqueNames(eventTypes: readonly AsyncApiEventType[]): readonly string[] {
  const taken = new Set<string>();
  const uses = new Map<string, number>();
  for (const { detailType } of eventTypes) {
    const name = camelCase(detailType);
    uses.set(name, (uses.get(name) ?? 0) + 1);
  }
  return eventTypes.map(({ source, detailType }) => {
    const name = camelCase(detailType);
    return unused(uses.get(name) === 1 ? name : `${camelCase(source)}${pascalCase(detailType)}`, taken);
  });
}

function unused(wanted: string, taken: Set<string>): string {
  let name = wanted;
  for (let n = 2; taken.has(name); n++) name = `${wanted}_${n}`;
  taken.add(name);
  return name;
}

/** What the specification takes as a key: letters, digits, `.`, `_` and `-`. */
function identifier(text: string): string {
  return text.replace(/[^\w.-]/g, '_');
}

function uniqueRefs(refs: readonly { readonly $ref: string }[]): readonly { readonly $ref: string }[] {
  return [...new Map(refs.map(ref => [ref.$ref, ref])).values()];
}
