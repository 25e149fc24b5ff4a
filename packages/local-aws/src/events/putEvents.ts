import { randomUUID } from 'node:crypto';
import type { EventEnvelope, EventsMetric } from '../environment';
import { objects, optionalNumber, optionalText, texts } from '../input';
import { AwsError, type JsonObject, type Operation, type ServiceRequest } from '../service';
import { mayPublish } from './authority';
import { placeOf, type EventsContext } from './context';
import { busArn, type BusPlace } from './state';

type EntryResult = { readonly EventId: string } | { readonly ErrorCode: string; readonly ErrorMessage: string };

/** An entry that nothing is wrong with. */
interface Entry {
  readonly source: string;
  readonly detailType: string;
  readonly detail: JsonObject;
  readonly time?: number;
  readonly resources: readonly string[];
  readonly bus: BusPlace;
}

/**
 * PutEvents: every entry is accepted or refused on its own, and the answers stand in the order of the entries.
 * Source: "PutEvents" and "PutEventsResultEntry" in the EventBridge API reference.
 */
export function putEvents(context: EventsContext): Operation {
  return (input, request) => {
    const entries = objects(input, 'Entries');
    const size = entries.reduce((sum, entry) => sum + entrySize(entry), 0);
    const count = counter(context, request);
    count('PutEventsApproximateCallCount', 1);
    count('PutEventsEntriesCount', entries.length);
    count('PutEventsRequestSize', size);
    try {
      checkRequest(context, entries.length, size);
      const answers = publishAll(context, entries, request);
      const failed = answers.filter(answer => 'ErrorCode' in answer).length;
      count('PutEventsApproximateSuccessCount', 1);
      count('PutEventsFailedEntriesCount', failed);
      return { FailedEntryCount: failed, Entries: answers };
    } catch (error) {
      count('PutEventsApproximateFailedCount', 1);
      throw error;
    }
  };
}

function counter({ environment, metrics }: EventsContext, { caller, region }: ServiceRequest) {
  const now = environment.clock.now();
  return (metric: EventsMetric, value: number) => {
    if (value === 0) return;
    metrics.count({ account: caller.account, region }, metric, value, now);
  };
}

/** Nothing is published before it is known that the call as a whole is allowed. */
function publishAll(
  context: EventsContext,
  entries: readonly JsonObject[],
  request: ServiceRequest,
): readonly EntryResult[] {
  const checked = entries.map(given => {
    const entry = readEntry(given, request);
    if ('ErrorCode' in entry) return entry;
    return refusal(context, entry, request) ?? entry;
  });
  return checked.map((entry): EntryResult => {
    if ('ErrorCode' in entry) return entry;
    const event = envelope(context, entry, request);
    // AWS takes an event for a bus that does not exist and drops it without a word.
    if (context.state.findBus(entry.bus)) context.publish(entry.bus, event);
    return { EventId: event.id };
  });
}

function checkRequest({ environment }: EventsContext, entries: number, size: number): void {
  const { putEventsEntries, putEventsSize } = environment.quotas;
  if (entries === 0 || entries > putEventsEntries) {
    throw new AwsError(
      'ValidationException',
      `1 validation error detected: Value at 'entries' failed to satisfy constraint: Member must have length ${
        entries === 0 ? 'greater than or equal to 1' : `less than or equal to ${putEventsEntries}`
      }`,
    );
  }
  if (size > putEventsSize) {
    throw new AwsError('ValidationException', 'Total size of the entries in the request is over the limit.');
  }
}

const TIME_BYTES = 14;

/**
 * 14 bytes where Time is set, and the UTF-8 bytes of Source, DetailType, Detail and each resource.
 * Source: "Calculating PutEvents event entry size".
 */
export function entrySize(entry: JsonObject): number {
  const bytes = (value: unknown) => (typeof value === 'string' ? Buffer.byteLength(value, 'utf8') : 0);
  return (
    (entry.Time === undefined || entry.Time === null ? 0 : TIME_BYTES) +
    bytes(entry.Source) +
    bytes(entry.DetailType) +
    bytes(entry.Detail) +
    texts(entry, 'Resources').reduce((sum, r) => sum + bytes(r), 0)
  );
}

function refuse(ErrorCode: string, ErrorMessage: string) {
  return { ErrorCode, ErrorMessage };
}

function readEntry(entry: JsonObject, request: ServiceRequest): Entry | { ErrorCode: string; ErrorMessage: string } {
  const [source, detailType, detailText] = [
    optionalText(entry, 'Source'),
    optionalText(entry, 'DetailType'),
    optionalText(entry, 'Detail'),
  ];
  if (!source) return missing('Source');
  if (!detailType) return missing('DetailType');
  if (!detailText) return missing('Detail');
  if (source.startsWith('aws.')) {
    return refuse('NotAuthorizedForSourceException', 'Not authorized for the source.');
  }
  const detail = parseDetail(detailText);
  if (!detail) return refuse('MalformedDetail', 'Detail is malformed.');
  try {
    return {
      source,
      detailType,
      detail,
      time: optionalNumber(entry, 'Time'),
      resources: texts(entry, 'Resources'),
      bus: placeOf(request, optionalText(entry, 'EventBusName')),
    };
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    return refuse('InvalidArgument', error.message);
  }
}

function missing(member: string) {
  return refuse('InvalidArgument', `Parameter ${member} is not valid. Reason: ${member} is a required argument.`);
}

/** Levels of a detail. AWS does not publish a limit; far beyond this, a program's stack ends. */
const MAX_DETAIL_DEPTH = 1_000;

function parseDetail(detail: string): JsonObject | undefined {
  try {
    const value: unknown = JSON.parse(detail);
    const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
    return isObject && !isDeeperThan(value, MAX_DETAIL_DEPTH) ? (value as JsonObject) : undefined;
  } catch {
    return undefined;
  }
}

/** Level by level, so that depth costs no stack. */
function isDeeperThan(value: object, limit: number): boolean {
  let level: object[] = [value];
  for (let depth = 1; level.length > 0; depth += 1) {
    if (depth > limit) return true;
    level = level.flatMap(node =>
      Object.values(node).filter((child): child is object => typeof child === 'object' && child !== null),
    );
  }
  return false;
}

/**
 * Why the caller may not publish this entry, if so.
 * @throws AwsError AccessDeniedException where the caller may publish nothing at all on the bus: that denies the call
 */
function refusal(context: EventsContext, entry: Entry, request: ServiceRequest) {
  const verdict = mayPublish(context, entry.bus, {
    principal: request.caller.principal,
    source: entry.source,
    detailType: entry.detailType,
    forwarded: false,
  });
  switch (verdict.kind) {
    case 'allowed':
      return undefined;
    case 'source-denied':
      return refuse(
        'NotAuthorizedForSourceException',
        `Not authorized for the source ${entry.source} ${verdict.because}.`,
      );
    case 'detail-type-denied':
      return refuse(
        'NotAuthorizedForDetailTypeException',
        `Not authorized for the detail type ${entry.detailType} ${verdict.because}.`,
      );
    default:
      throw new AwsError(
        'AccessDeniedException',
        `User: ${request.caller.arn} is not authorized to perform: events:PutEvents on resource: ${busArn(entry.bus)} ${
          verdict.because
        }`,
      );
  }
}

function envelope({ environment }: EventsContext, entry: Entry, request: ServiceRequest): EventEnvelope {
  const milliseconds = entry.time === undefined ? environment.clock.now() : entry.time * 1000;
  return {
    version: '0',
    id: randomUUID(),
    'detail-type': entry.detailType,
    source: entry.source,
    account: request.caller.account,
    time: new Date(milliseconds).toISOString().replace(/\.\d{3}Z$/, 'Z'),
    region: entry.bus.region,
    resources: entry.resources,
    detail: entry.detail,
  };
}
