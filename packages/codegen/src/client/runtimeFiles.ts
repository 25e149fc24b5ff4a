/*
 * The part of a generated client that is the same for every service, as source text. It stands in the client, not in a package,
 * so that a service needs nothing that is not in the npm registry.
 */

export const EVENT_VERSION = `/** One version of an event type: what publishing and reading need to know of it. */
export interface EventVersion<Data> {
  readonly source: string;
  readonly detailType: string;
  /** semver */
  readonly version: string;
  /** Keys below \`detail\` that lead to the metadata; undefined for events that carry none. */
  readonly metadataPath: readonly string[] | undefined;
  /** Keys below \`detail\` that lead to the data; undefined where the whole detail is data. */
  readonly dataPath: readonly string[] | undefined;
  readonly draft: '2020-12' | '2019-09' | 'draft-07';
  /** JSON Schema of the data. */
  readonly schema: object | boolean;
  /** Only a type: what the schema describes. */
  readonly data?: Data;
}

/** What the client writes beside the data. */
export interface EventMetadata {
  /** The idempotency key: an event that is sent again has the same. */
  readonly id: string;
  readonly schemaVersion: string;
  /** Name of the service. */
  readonly publishedBy: string;
  /** W3C trace context. */
  readonly traceparent?: string;
}

export function majorOf(version: string): number {
  return Number(version.split('.')[0]);
}
`;

export const VALIDATION = `import { Ajv } from 'ajv';
import { Ajv2019 } from 'ajv/dist/2019.js';
import { Ajv2020 } from 'ajv/dist/2020.js';
import type { ErrorObject, ValidateFunction } from 'ajv';
import addFormats from 'ajv-formats';
import type { EventVersion } from './eventVersion.ts';

/** Why data is not as its schema has it. */
export interface InvalidField {
  /** JSON pointer into the data. */
  readonly path: string;
  readonly message: string;
  readonly keyword: string;
}

export class InvalidEventError extends Error {
  override readonly name = 'InvalidEventError';
  readonly event: string;
  readonly fields: readonly InvalidField[];

  constructor(event: string, fields: readonly InvalidField[]) {
    const said = fields.slice(0, 5).map(({ path, message }) => (path === '' ? 'the data' : path) + ' ' + message);
    super(event + ' is not valid: ' + said.join('; '));
    this.event = event;
    this.fields = fields;
  }
}

const OPTIONS = { allErrors: true, strict: false, logger: false } as const;
const compilers = new Map<string, Ajv | Ajv2019 | Ajv2020>();
const validators = new WeakMap<object, ValidateFunction>();

function compilerOf(draft: EventVersion<unknown>['draft']): Ajv | Ajv2019 | Ajv2020 {
  const known = compilers.get(draft);
  if (known) return known;
  const compiler = draft === '2020-12' ? new Ajv2020(OPTIONS) : draft === '2019-09' ? new Ajv2019(OPTIONS) : new Ajv(OPTIONS);
  addFormats.default(compiler as Ajv);
  compilers.set(draft, compiler);
  return compiler;
}

/** Everything that is wrong with the data; empty where it is valid. A schema is compiled when it is first needed. */
export function invalidFields(version: EventVersion<unknown>, data: unknown): readonly InvalidField[] {
  let validate = validators.get(version);
  if (!validate) {
    validate = compilerOf(version.draft).compile(version.schema);
    validators.set(version, validate);
  }
  return validate(data) ? [] : (validate.errors ?? []).map(toField);
}

function toField({ instancePath, message, keyword, params }: ErrorObject): InvalidField {
  const name = (params as { additionalProperty?: string }).additionalProperty;
  const said = message ?? 'is not valid';
  return { path: instancePath, message: name === undefined ? said : said + ': ' + name, keyword };
}
`;

export const PUBLISHING = `import { randomUUID } from 'node:crypto';
import type { EventMetadata, EventVersion } from './eventVersion.ts';
import { InvalidEventError, invalidFields } from './validation.ts';

/** PutEvents takes so many entries a call. */
const MAX_ENTRIES = 10;
/** And so many bytes: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-putevents.html */
export const MAX_BYTES = 1024 * 1024;
/** Tries of one entry, the first included. */
const DEFAULT_ATTEMPTS = 4;
const FIRST_PAUSE_MS = 100;
/** What another try may mend; everything else fails the same way again. */
const RETRYABLE = /throttl|internal|unavailable|timeout/i;

/** An entry as PutEvents takes it. */
export interface PutEventsEntry {
  readonly EventBusName: string;
  readonly Source: string;
  readonly DetailType: string;
  readonly Detail: string;
  readonly TraceHeader?: string;
}

/** PutEvents: the one thing that this client asks of AWS. \`eventBridge()\` makes one, tests bring their own. */
export type PutEvents = (entries: readonly PutEventsEntry[]) => Promise<readonly PutEventsResult[]>;

/** In the order of the entries. */
export interface PutEventsResult {
  readonly eventId?: string | undefined;
  readonly errorCode?: string | undefined;
  readonly errorMessage?: string | undefined;
}

/** Data to send, with the version that it follows. */
export interface OutgoingVersion {
  readonly version: EventVersion<unknown>;
  readonly data: unknown;
}

/** One event: in one version, or the same in several majors, which then share the id. */
export interface OutgoingEvent {
  readonly versions: readonly OutgoingVersion[];
}

export interface SendOptions {
  /** By default a new UUID. Give the same one when you send the same event again. */
  readonly id?: string;
  /** W3C trace context; by default what \`traceparent\` of the publisher gives. */
  readonly traceparent?: string;
}

export interface SentEvent {
  /** \`metadata.id\` */
  readonly id: string;
  /** Ids that EventBridge gave, one for each version. */
  readonly eventIds: readonly string[];
}

export interface PublisherSettings {
  readonly service: string;
  /** ARN or name of the bus. */
  readonly bus: string;
  readonly putEvents: PutEvents;
  readonly traceparent?: () => string | undefined;
  readonly attempts?: number;
  /** For tests. */
  readonly pause?: (milliseconds: number) => Promise<void>;
}

export interface FailedEntry {
  readonly id: string;
  readonly detailType: string;
  readonly version: string;
  readonly errorCode: string;
  readonly errorMessage: string;
}

/** Some entries were refused, or failed at every try. What is not listed has been sent. */
export class PublishError extends Error {
  override readonly name = 'PublishError';
  readonly failed: readonly FailedEntry[];

  constructor(failed: readonly FailedEntry[]) {
    const said = failed.slice(0, 5).map(each => each.detailType + ' ' + each.version + ' (' + each.errorCode + ': ' + each.errorMessage + ')');
    super(failed.length + ' of the events could not be published: ' + said.join('; '));
    this.failed = failed;
  }
}

export class EventTooLargeError extends Error {
  override readonly name = 'EventTooLargeError';

  constructor(detailType: string, bytes: number) {
    super(detailType + ' has ' + bytes + ' bytes; EventBridge takes less than ' + MAX_BYTES + '. Put large data elsewhere and send where it is.');
  }
}

interface Pending {
  readonly id: string;
  readonly event: number;
  readonly place: number;
  readonly version: string;
  readonly entry: PutEventsEntry;
  readonly bytes: number;
}

/**
 * Validates everything, then sends it: at most ten entries and 1 MB a call; entries that fail for a while are tried again, those
 * alone. Nothing is sent where one event is not valid or too large.
 *
 * @throws InvalidEventError, EventTooLargeError, PublishError
 */
export async function publish(
  settings: PublisherSettings,
  events: readonly OutgoingEvent[],
  options: SendOptions = {},
): Promise<readonly SentEvent[]> {
  const ids = events.map((_, i) => (i === 0 ? options.id : undefined) ?? randomUUID());
  const pending = events.flatMap((event, i) => entriesOf(settings, event, i, ids[i]!, options));
  const eventIds = events.map(({ versions }) => versions.map(() => ''));
  const failed: FailedEntry[] = [];
  for (const batch of batches(pending)) {
    for (const { pending: each, result } of await sendBatch(settings, batch)) {
      if (result.eventId !== undefined && result.errorCode === undefined) eventIds[each.event]![each.place] = result.eventId;
      else failed.push(failedEntry(each, result));
    }
  }
  if (failed.length > 0) throw new PublishError(failed);
  return ids.map((id, i) => ({ id, eventIds: eventIds[i]! }));
}

function failedEntry({ id, version, entry }: Pending, result: PutEventsResult): FailedEntry {
  const { errorCode = 'Unknown', errorMessage = 'EventBridge gave no reason' } = result;
  return { id, detailType: entry.DetailType, version, errorCode, errorMessage };
}

function entriesOf(settings: PublisherSettings, event: OutgoingEvent, index: number, id: string, options: SendOptions): readonly Pending[] {
  const traceparent = options.traceparent ?? settings.traceparent?.();
  return event.versions.map(({ version, data }, place) => {
    const fields = invalidFields(version, data);
    if (fields.length > 0) throw new InvalidEventError(version.detailType + ' ' + version.version, fields);
    const metadata: EventMetadata = {
      id,
      schemaVersion: version.version,
      publishedBy: settings.service,
      ...(traceparent === undefined ? {} : { traceparent }),
    };
    const entry: PutEventsEntry = {
      EventBusName: settings.bus,
      Source: version.source,
      DetailType: version.detailType,
      Detail: JSON.stringify(detailOf(version, metadata, data)),
    };
    const bytes = entryBytes(entry);
    if (bytes >= MAX_BYTES) throw new EventTooLargeError(version.detailType + ' ' + version.version, bytes);
    return { id, event: index, place, version: version.version, entry, bytes };
  });
}

function detailOf(version: EventVersion<unknown>, metadata: EventMetadata, data: unknown): unknown {
  if (version.dataPath === undefined) return data;
  const detail = version.metadataPath === undefined ? {} : placed({}, version.metadataPath, metadata);
  return placed(detail, version.dataPath, data);
}

function placed(value: unknown, keys: readonly string[], inner: unknown): unknown {
  const [key, ...rest] = keys;
  if (key === undefined) return inner;
  const object = typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  return { ...object, [key]: placed(object[key], rest, inner) };
}

/** As EventBridge counts: the UTF-8 bytes of source, detail-type and detail. */
export function entryBytes({ Source, DetailType, Detail }: PutEventsEntry): number {
  return Buffer.byteLength(Source) + Buffer.byteLength(DetailType) + Buffer.byteLength(Detail);
}

function batches(pending: readonly Pending[]): readonly (readonly Pending[])[] {
  const all: Pending[][] = [];
  let bytes = 0;
  for (const each of pending) {
    const last = all[all.length - 1];
    if (last && last.length < MAX_ENTRIES && bytes + each.bytes < MAX_BYTES) {
      last.push(each);
      bytes += each.bytes;
    } else {
      all.push([each]);
      bytes = each.bytes;
    }
  }
  return all;
}

interface Outcome {
  readonly pending: Pending;
  readonly result: PutEventsResult;
}

async function sendBatch(settings: PublisherSettings, batch: readonly Pending[]): Promise<readonly Outcome[]> {
  const attempts = settings.attempts ?? DEFAULT_ATTEMPTS;
  const pause = settings.pause ?? (milliseconds => new Promise(resolve => setTimeout(resolve, milliseconds)));
  const done: Outcome[] = [];
  let open = batch;
  for (let attempt = 1; open.length > 0; attempt++) {
    const results = await putEvents(settings, open);
    const again: Pending[] = [];
    open.forEach((pending, i) => {
      const result = results[i] ?? { errorCode: 'NoAnswer', errorMessage: 'EventBridge did not answer for this entry' };
      const isFailed = result.errorCode !== undefined;
      if (isFailed && attempt < attempts && RETRYABLE.test(result.errorCode!)) again.push(pending);
      else done.push({ pending, result });
    });
    open = again;
    // Half of the pause is chance, so that many processes do not come back at once.
    if (open.length > 0) await pause(FIRST_PAUSE_MS * 2 ** (attempt - 1) * (0.5 + Math.random() / 2));
  }
  return done;
}

/** A call that fails as a whole counts for each of its entries: those of earlier calls have been sent. */
async function putEvents({ putEvents: put }: PublisherSettings, batch: readonly Pending[]): Promise<readonly PutEventsResult[]> {
  try {
    return await put(batch.map(({ entry }) => entry));
  } catch (error) {
    const errorCode = error instanceof Error ? error.name : 'Error';
    return batch.map(() => ({ errorCode, errorMessage: error instanceof Error ? error.message : String(error) }));
  }
}
`;

export const EVENT_BRIDGE = `import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import type { PutEvents } from './publishing.ts';

/** PutEvents by AWS's SDK. The Region must be the bus's. */
export function eventBridge(region: string, client: EventBridgeClient = new EventBridgeClient({ region })): PutEvents {
  return async entries => {
    const { Entries = [] } = await client.send(new PutEventsCommand({ Entries: [...entries] }));
    return Entries.map(({ EventId, ErrorCode, ErrorMessage }) => ({
      eventId: EventId,
      errorCode: ErrorCode,
      errorMessage: ErrorMessage,
    }));
  };
}
`;

export const RECEIVING = `import { type EventMetadata, type EventVersion, majorOf } from './eventVersion.ts';
import { InvalidEventError, invalidFields } from './validation.ts';

/** An event as EventBridge delivers it. */
export interface EventEnvelope {
  readonly id: string;
  readonly source: string;
  readonly 'detail-type': string;
  readonly time: string;
  readonly account: string;
  readonly region: string;
  readonly resources: readonly string[];
  readonly detail: unknown;
}

/** An event that was validated. */
export interface ReceivedEvent<Data> {
  /**
   * The idempotency key: delivery is at least once, and the same event in two majors has one id.
   */
  readonly id: string;
  readonly data: Data;
  /** Undefined for events that carry none. */
  readonly metadata: EventMetadata | undefined;
  readonly time: Date;
  readonly envelope: EventEnvelope;
}

export type EventHandler<Data> = (event: ReceivedEvent<Data>) => Promise<void> | void;

/** A version with who handles it. */
export interface Route {
  readonly version: EventVersion<unknown>;
  readonly handle: EventHandler<never>;
}

/** Remembers what has been handled. For more than one process it belongs into a database: a conditional put in DynamoDB. */
export interface HandledEvents {
  /** False where the event has been handled, or is being handled. */
  begin(id: string): Promise<boolean> | boolean;
  /** Handling failed: it may be tried again. */
  forget(id: string): Promise<void> | void;
}

export interface ReceivingOptions {
  readonly handled?: HandledEvents;
  /** An event that no handler is for; by default it is ignored, since a pattern may take more than a service reads. */
  readonly onUnknown?: (envelope: EventEnvelope) => Promise<void> | void;
}

/** The last ids of this process: enough for a Lambda function that is warm, and for tests. */
export function rememberInMemory(limit: number = 10_000): HandledEvents {
  const ids = new Set<string>();
  return {
    begin(id) {
      if (ids.has(id)) return false;
      ids.add(id);
      if (ids.size > limit) ids.delete(ids.values().next().value!);
      return true;
    },
    forget: id => void ids.delete(id),
  };
}

/**
 * Takes one event to its handler: by source, detail-type and major.
 *
 * @throws InvalidEventError where it is no event, or its data is not as its version's schema has it; whatever the handler throws
 */
export async function receive(routes: readonly Route[], value: unknown, options: ReceivingOptions = {}): Promise<void> {
  const envelope = toEnvelope(value);
  const ofType = routes.filter(({ version }) => version.source === envelope.source && version.detailType === envelope['detail-type']);
  const route = ofType.find(({ version }) => isOfMajor(version, envelope));
  if (!route) {
    await options.onUnknown?.(envelope);
    return;
  }
  const { version } = route;
  const data = at(envelope.detail, version.dataPath ?? []);
  const metadata = version.metadataPath === undefined ? undefined : (at(envelope.detail, version.metadataPath) as EventMetadata);
  const fields = invalidFields(version, data).filter(each => !isAddition(each.keyword, version, metadata));
  if (fields.length > 0) throw new InvalidEventError(version.detailType + ' ' + (metadata?.schemaVersion ?? version.version), fields);
  const id = metadata?.id ?? envelope.id;
  if (options.handled && !(await options.handled.begin(id))) return;
  try {
    await route.handle({ id, data: data as never, metadata, time: new Date(envelope.time), envelope });
  } catch (error) {
    await options.handled?.forget(id);
    throw error;
  }
}

function toEnvelope(value: unknown): EventEnvelope {
  const event = value as Partial<EventEnvelope> | null;
  if (typeof event !== 'object' || event === null || typeof event.source !== 'string' || typeof event['detail-type'] !== 'string') {
    throw new InvalidEventError('The message', [{ path: '', message: 'is no event of EventBridge', keyword: 'type' }]);
  }
  return event as EventEnvelope;
}

function isOfMajor({ metadataPath, version }: EventVersion<unknown>, { detail }: EventEnvelope): boolean {
  if (metadataPath === undefined) return true;
  const metadata = at(detail, metadataPath) as Partial<EventMetadata> | undefined;
  return typeof metadata?.schemaVersion === 'string' && majorOf(metadata.schemaVersion) === majorOf(version);
}

/** A later minor version may have fields that this client does not know yet. */
function isAddition(keyword: string, { version }: EventVersion<unknown>, metadata: EventMetadata | undefined): boolean {
  const isOther = metadata !== undefined && metadata.schemaVersion !== version;
  return isOther && (keyword === 'additionalProperties' || keyword === 'unevaluatedProperties');
}

function at(value: unknown, keys: readonly string[]): unknown {
  return keys.reduce<unknown>(
    (inner, key) => (typeof inner === 'object' && inner !== null && Object.hasOwn(inner, key) ? (inner as Record<string, unknown>)[key] : undefined),
    value,
  );
}

/** What Lambda gives a function that reads a queue. */
export interface SqsBatch {
  readonly Records: readonly { readonly messageId: string; readonly body: string }[];
}

/** Messages to be delivered again; set ReportBatchItemFailures on the event source mapping. */
export interface SqsBatchAnswer {
  readonly batchItemFailures: readonly { readonly itemIdentifier: string }[];
}

export interface SqsOptions extends ReceivingOptions {
  /** Told of every message that will come again, and at last goes to the dead-letter queue. By default it is logged. */
  readonly onFailure?: (error: unknown, message: { readonly messageId: string; readonly body: string }) => void;
}

/** Messages one after another; one that fails does not fail the others. */
export async function receiveBatch(routes: readonly Route[], batch: SqsBatch, options: SqsOptions = {}): Promise<SqsBatchAnswer> {
  const onFailure = options.onFailure ?? ((error, { messageId }) => console.error('Message ' + messageId + ' failed', error));
  const failed: { itemIdentifier: string }[] = [];
  for (const message of batch.Records) {
    try {
      await receiveMessage(routes, message.body, options);
    } catch (error) {
      onFailure(error, message);
      failed.push({ itemIdentifier: message.messageId });
    }
  }
  return { batchItemFailures: failed };
}

/** One message of a queue that you read yourself: delete it when this resolves, leave it when it rejects. */
export async function receiveMessage(routes: readonly Route[], body: string, options: ReceivingOptions = {}): Promise<void> {
  let value: unknown;
  try {
    value = JSON.parse(body);
  } catch {
    throw new InvalidEventError('The message', [{ path: '', message: 'is no JSON', keyword: 'type' }]);
  }
  await receive(routes, value, options);
}
`;
