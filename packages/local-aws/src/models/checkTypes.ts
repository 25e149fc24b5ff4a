import { AwsError, type JsonObject, type JsonValue } from '../service';
import { ownMember } from './ownMember';
import type { Shape, StructureShape } from './shapes';

/** How a service's values look in the decoded input. */
export type InputForm =
  /** Numbers are numbers; times are seconds since 1970; blobs are base64 text. */
  | 'json'
  /** The query protocol: every scalar may be text. */
  | 'query';

/**
 * Checks types first, since AWS does so while it reads the request.
 * @throws AwsError SerializationException where a value has another type than the model's. Members that the model does
 *   not know are skipped, as AWS does: a newer client may know more than this server.
 */
export function checkTypes(shape: StructureShape, input: JsonObject, form: InputForm): void {
  checkStructure(shape, input, form);
}

function checkStructure(shape: StructureShape, input: JsonObject, form: InputForm): void {
  for (const member of shape.members()) {
    const value = ownMember(input, member.name);
    if (value !== undefined) checkType(member.shape, value, form);
  }
}

function checkType(shape: Shape, value: JsonValue, form: InputForm): void {
  if (value === null) return;
  switch (shape.kind) {
    case 'structure':
      checkStructure(shape, expectObject(value), form);
      return;
    case 'map':
      for (const entry of Object.values(expectObject(value))) {
        if (entry !== undefined) checkEntry(shape.value, entry, form);
      }
      return;
    case 'list':
      for (const entry of expectList(value, form)) {
        checkEntry(shape.member, entry, form);
      }
      return;
    case 'document':
      return;
    default:
      checkScalar(shape.kind, value, form);
  }
}

/** A member may be null and counts as missing then; an entry of a list or map may not. */
function checkEntry(shape: Shape, value: JsonValue, form: InputForm): void {
  if (value === null) throw serializationError('Unexpected null in a collection');
  checkType(shape, value, form);
}

const JAVA_TYPES = {
  string: 'String',
  blob: 'ByteBuffer',
  boolean: 'Boolean',
  number: 'Number',
  timestamp: 'Date',
} as const;

function checkScalar(kind: keyof typeof JAVA_TYPES, value: JsonValue, form: InputForm): void {
  if (Array.isArray(value)) {
    throw serializationError('Start of list found where not expected');
  }
  if (typeof value === 'object') {
    throw serializationError('Start of structure or map found where not expected.');
  }
  if (!scalarFits(kind, value, form)) {
    throw serializationError(`${tokenOf(value)} cannot be converted to ${JAVA_TYPES[kind]}`);
  }
}

function scalarFits(
  kind: keyof typeof JAVA_TYPES,
  value: string | number | boolean | null | object,
  form: InputForm,
): boolean {
  if (form === 'query' && typeof value === 'string') {
    if (kind === 'number') return value.trim() !== '' && !isNaN(Number(value));
    if (kind === 'boolean') return /^(true|false)$/i.test(value);
    return kind !== 'timestamp' || !isNaN(Date.parse(value));
  }
  switch (kind) {
    case 'number':
    case 'timestamp':
      return typeof value === 'number';
    case 'boolean':
      return typeof value === 'boolean';
    default:
      return typeof value === 'string';
  }
}

function tokenOf(value: unknown): string {
  if (typeof value === 'boolean') return value ? 'TRUE_VALUE' : 'FALSE_VALUE';
  return typeof value === 'number' ? 'NUMBER_VALUE' : 'STRING_VALUE';
}

function expectObject(value: JsonValue): JsonObject {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw serializationError(Array.isArray(value) ? 'Start of list found where not expected' : 'Unexpected field type');
  }
  return value as JsonObject;
}

function expectList(value: JsonValue, form: InputForm): readonly JsonValue[] {
  // The query protocol writes an empty list as an empty text.
  if (form === 'query' && value === '') return [];
  if (!Array.isArray(value)) {
    throw serializationError(
      typeof value === 'object' ? 'Start of structure or map found where not expected.' : 'Expected list or null',
    );
  }
  return value;
}

function serializationError(message: string): AwsError {
  return new AwsError('SerializationException', message);
}
