import { commentText, scriptText } from '../literals';
import type { ClientInput } from './clientInput';
import { type NamedEventType, namedOf, type NamedVersion, versionsOf } from './clientNames';

const keyText = (key: string) => (/^[A-Za-z_$][\w$]*$/.test(key) && key !== '__proto__' ? key : scriptText(key));

interface Published {
  readonly named: NamedEventType;
  readonly versions: readonly NamedVersion[];
}

export function publishedOf(input: ClientInput, names: ReadonlyMap<string, NamedEventType>): readonly Published[] {
  return input.publishes.map(eventType => {
    const named = namedOf(names, eventType);
    return { named, versions: versionsOf(named, eventType) };
  });
}

/** `publisher.ts`: a function for each event type that the service publishes. */
export function publisherModule(input: ClientInput, names: ReadonlyMap<string, NamedEventType>, mark: string): string {
  const published = publishedOf(input, names);
  const imports = published.map(({ named, versions }) => {
    const parts = versions.flatMap(({ valueName, typeName }) => [valueName, `type ${typeName}`]);
    return `import { ${parts.join(', ')} } from './events/${named.fileName}.ts';\n`;
  });
  return `// ${mark}
import { eventBridge } from './runtime/eventBridge.ts';
import { type OutgoingEvent, publish, type PutEvents, type SendOptions, type SentEvent } from './runtime/publishing.ts';
${imports.join('')}
/** Who sends: \`metadata.publishedBy\`. */
export const SERVICE = ${scriptText(input.service)};

/** The bus of each environment. */
export const BUSES = {
${input.buses
  .map(
    ({ environment, arn, region }) =>
      `  ${keyText(environment)}: { arn: ${scriptText(arn)}, region: ${scriptText(region)} },\n`,
  )
  .join('')}} as const;

export interface PublisherOptions {
  readonly environment: keyof typeof BUSES;
  /** By default AWS's SDK with the credentials of the process; in tests your own. */
  readonly putEvents?: PutEvents;
  /** W3C trace context of what is being done now. */
  readonly traceparent?: () => string | undefined;
  /** Tries of one entry; 4 by default. */
  readonly attempts?: number;
}

/** The events, to send several at once: \`publisher.publishAll([events.${
    published[0]?.named.valueName ?? 'something'
  }(…), …])\`. */
export const events = {
${published.map(eventFunction).join('')}};

export type Publisher = ReturnType<typeof createPublisher>;

/**
 * Every function validates, fills in the metadata, and sends. It throws \`InvalidEventError\` or \`EventTooLargeError\` before anything is
 * sent, and \`PublishError\` with those that EventBridge refused.
 */
export function createPublisher({ environment, putEvents, traceparent, attempts }: PublisherOptions) {
  const bus = BUSES[environment];
  const settings = {
    service: SERVICE,
    bus: bus.arn,
    putEvents: putEvents ?? eventBridge(bus.region),
    ...(traceparent === undefined ? {} : { traceparent }),
    ...(attempts === undefined ? {} : { attempts }),
  };
  const one = async (event: OutgoingEvent, options?: SendOptions): Promise<SentEvent> => (await publish(settings, [event], options))[0]!;
  return {
${published.map(publishFunction).join('')}    /** Several events, ten entries a call. */
    publishAll: (all: readonly OutgoingEvent[]): Promise<readonly SentEvent[]> => publish(settings, all),
  };
}
`;
}

/** Both majors where there are two: they share the id, and a subscriber reads the one that it pins. */
function parameter(versions: readonly NamedVersion[]): string {
  if (versions.length === 1) return `data: ${versions[0].typeName}`;
  return `data: { ${versions.map(({ major, typeName }) => `readonly v${major}: ${typeName}`).join('; ')} }`;
}

function eventFunction({ named, versions }: Published): string {
  const list = versions.map(
    ({ valueName, major }) => `{ version: ${valueName}, data: ${versions.length === 1 ? 'data' : `data.v${major}`} }`,
  );
  return `  ${named.valueName}: (${parameter(versions)}): OutgoingEvent => ({ versions: [${list.join(', ')}] }),\n`;
}

function publishFunction({ named, versions }: Published): string {
  const { title, deprecated } = named.eventType;
  const which = versions.map(({ version }) => version.version).join(' and ');
  const old = deprecated === undefined ? '' : ` @deprecated ${commentText(deprecated)}`;
  return `    /** ${commentText(title)}, version ${commentText(which)}.${old} */
    publish${named.typeName}: (${parameter(versions)}, options?: SendOptions): Promise<SentEvent> => one(events.${
    named.valueName
  }(data), options),
`;
}
