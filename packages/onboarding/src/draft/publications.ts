import {
  currentVersion,
  didYouMean,
  eventFile,
  eventTypeId,
  type EventType,
  type Json,
  type JsonObject,
  type JsonSchemaDocument,
  publishersOf,
  type Publication,
  schemaFile,
  type Service,
  slugOf,
  sourceFolderOf,
  contentHash,
} from '@busline/event-repository';
import { checkSchema, compileSchema, inferSchema } from '@busline/json-schema';
import { pointer } from '../request/pointer';
import type { ExistingPublicationRequest, NewPublicationRequest, PublicationRequest } from '../request/request';
import { type Drafting, type DraftFiles, eventTypesOf } from './draft';
import { eventTypeTexts, NOWHERE } from './newFiles';
import { majorsOf } from './subscriptionPattern';

const FIRST_VERSION = '1.0.0';
/** Problems shown of one schema or example; the reader has understood by then. */
const MAX_SHOWN = 5;

export interface DraftedPublications {
  readonly publishes: readonly Publication[];
  readonly eventTypes: readonly { readonly id: string; readonly field: string; readonly isNew: boolean }[];
}

export function draftPublications(
  drafting: Drafting,
  files: DraftFiles,
  requests: readonly PublicationRequest[],
  service: Service,
): DraftedPublications {
  const publishes: Publication[] = [];
  const eventTypes: { id: string; field: string; isNew: boolean }[] = [];
  const asked = new Set(service.publishes.map(eventTypeId));
  requests.forEach((request, i) => {
    const field = pointer('publications', i);
    const id = eventTypeId(request);
    if (asked.has(id)) {
      drafting.report({
        field,
        rule: 'publication-exists',
        message: `${service.name} publishes ${id} already`,
        wayOut: 'Take it out of the request.',
      });
      return;
    }
    asked.add(id);
    const isFine =
      request.kind === 'existing'
        ? checkExisting(drafting, request, field)
        : draftEventType(drafting, files, request, service, field);
    if (!isFine) return;
    const majors = request.kind === 'existing' ? request.majors ?? [] : [];
    publishes.push({ source: request.source, detailType: request.detailType, majors, place: NOWHERE });
    eventTypes.push({ id, field, isNew: request.kind === 'new' });
  });
  return { publishes, eventTypes };
}

function checkExisting({ repository, report }: Drafting, request: ExistingPublicationRequest, field: string): boolean {
  const known = eventTypesOf(repository);
  const id = eventTypeId(request);
  const eventType = known.get(id);
  if (!eventType) {
    report({
      field,
      rule: 'unknown-event-type',
      message: `there is no event type ${JSON.stringify(id)}${didYouMean(id, known.keys())}`,
      wayOut: 'Choose one of the event repository, or describe it as a new one.',
    });
    return false;
  }
  const majors = majorsOf(eventType);
  const unknown = (request.majors ?? []).filter(major => !majors.includes(major));
  if (unknown.length > 0) {
    report({
      field: `${field}/majors`,
      rule: 'unknown-major',
      message: `${id} has no major ${unknown.join(', ')}; it has ${majors.join(', ')}`,
      wayOut: 'Choose among those that there are.',
    });
  }
  if (eventType.lifecycle === 'retired') {
    report({
      field,
      rule: 'retired-event-type',
      message: `${id} is retired: nobody sends it any more`,
      wayOut: 'Choose its replacement, or describe a new event type.',
    });
  }
  return true;
}

function draftEventType(
  drafting: Drafting,
  files: DraftFiles,
  request: NewPublicationRequest,
  service: Service,
  field: string,
): boolean {
  const { repository, report, state } = drafting;
  const id = eventTypeId(request);
  const existing = eventTypesOf(repository).get(id);
  if (existing) {
    const by = publishersOf(repository, request).map(({ name }) => name);
    report({
      field: `${field}/detailType`,
      rule: 'event-type-exists',
      message: `there is an event type ${id} already${by.length > 0 ? `, published by ${by.join(', ')}` : ''}`,
      wayOut: 'Publish the existing one, or take another name.',
    });
    return false;
  }
  if (/^aws\./i.test(request.source)) {
    report({
      field: `${field}/source`,
      rule: 'unsafe-name',
      message: 'sources that begin with "aws." are reserved; PutEvents refuses them',
      wayOut: 'Begin the source with a domain name of your own, such as com.example.orders.',
    });
  }
  if (request.description.trim() === '') {
    report({
      field: `${field}/description`,
      rule: 'missing-description',
      message: 'say when the event is sent, and what it means',
      wayOut: 'One sentence is enough: whoever subscribes has nothing else to go by.',
    });
  }
  const schema = schemaOf(request, field, drafting);
  if (schema === undefined) return false;
  const version = request.version ?? FIRST_VERSION;
  const folder = freeFolder(request, path => state.files.read(path) !== undefined || files.files.has(path));
  const text = schemaText(schema);
  const eventType: EventType = {
    source: request.source,
    detailType: request.detailType,
    slug: folder.split('/')[1],
    title: request.title,
    description: request.description,
    domain: request.domain ?? service.domain,
    owner: request.owner ?? service.owner,
    lifecycle: 'production',
    classification: request.classification ?? 'internal',
    tags: request.tags ?? [],
    links: [],
    personalData: [],
    eventPaths: repository.eventPaths,
    versions: [
      {
        version,
        schema,
        examples: request.example === undefined ? [] : [{ name: 'example', value: request.example, file: '' }],
        notes: 'First version.',
        size: text.length,
        file: schemaFile(folder, version),
      },
    ],
    place: NOWHERE,
  };
  for (const [path, content] of eventTypeTexts(repository, eventType, folder)) {
    files.add(path, content, path.includes('/examples/') ? `${field}/example` : fieldOfFile(path, field, request));
  }
  return true;
}

function fieldOfFile(path: string, field: string, request: NewPublicationRequest): string {
  if (!path.endsWith('/schema.json')) return field;
  return request.schema === undefined ? `${field}/example` : `${field}/schema`;
}

const schemaText = (schema: JsonSchemaDocument) => `${JSON.stringify(schema, undefined, 2)}\n`;

/** Where the event type goes; two names with one slug are told apart by a hash. */
function freeFolder(request: NewPublicationRequest, isTaken: (path: string) => boolean): string {
  const folder = `${sourceFolderOf(request.source)}/${slugOf(request.detailType)}`;
  return isTaken(eventFile(folder)) ? `${folder}-${contentHash(eventTypeId(request)).slice(0, 8)}` : folder;
}

/** The schema that was given, or the one of the example; undefined, with problems, where neither will do. */
function schemaOf(request: NewPublicationRequest, field: string, { report }: Drafting): JsonSchemaDocument | undefined {
  const { schema, example } = request;
  if (schema === undefined && example === undefined) {
    report({
      field: `${field}/schema`,
      rule: 'invalid-schema',
      message: 'a new event type needs a schema or an example event',
      wayOut: 'Paste an event as you send it: the schema is made from it.',
    });
    return undefined;
  }
  if (schema === undefined) return inferred(request, field, report);
  const problems = checkSchema(schema);
  for (const problem of problems.slice(0, MAX_SHOWN)) {
    report({
      field: `${field}/schema`,
      rule: 'invalid-schema',
      message: `the schema is not valid at ${problem.path || 'its root'}: ${problem.message}`,
    });
  }
  if (problems.length > 0) return undefined;
  if (example !== undefined && !isValidExample(schema, example, `${field}/example`, report)) return undefined;
  return schema;
}

function inferred(request: NewPublicationRequest, field: string, report: Drafting['report']): JsonObject | undefined {
  if (request.example === null || typeof request.example !== 'object' || Array.isArray(request.example)) {
    report({
      field: `${field}/example`,
      rule: 'invalid-example',
      message: 'expected a JSON object: the data of one event',
    });
    return undefined;
  }
  const { type, ...rest } = inferSchema([request.example]);
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: request.title,
    ...(type === undefined ? {} : { type }),
    ...rest,
  };
}

function isValidExample(schema: JsonSchemaDocument, example: Json, field: string, report: Drafting['report']): boolean {
  try {
    const result = compileSchema(schema).validate(example);
    if (result.valid) return true;
    for (const error of result.errors.slice(0, MAX_SHOWN)) {
      report({
        field: field + error.instancePath,
        rule: 'invalid-example',
        message: `the example does not follow the schema: ${error.message}`,
      });
    }
  } catch (error) {
    report({
      field: field.replace(/\/example$/, '/schema'),
      rule: 'invalid-schema',
      message: error instanceof Error ? error.message : String(error),
    });
  }
  return false;
}

/** Version that subscribers of today see. */
export function versionNow(eventType: EventType): string | undefined {
  return currentVersion(eventType)?.version;
}
