import { NormalizedSchema } from '@smithy/core/schema';
import type {
  ErrorModel,
  HttpBinding,
  Member,
  MemberLocation,
  OperationModel,
  ServiceModel,
  Shape,
  StructureShape,
} from './shapes';

// The first element of a table: see StaticSchemaId... in @smithy/types.
const OPERATION = 9;
const ERROR = -3;

/**
 * AWS generates its JavaScript clients from its own service models, and each client package carries the model as
 * tables that it exports under names ending in `$`: `PutRule$` (an operation), `PutRuleRequest$` (a structure),
 * `ConcurrentModificationException$` (an error). The tables hold members, types, HTTP bindings and error codes, and
 * list the required members first, with their count. They do not hold lengths, patterns or enum values: those stand in
 * `constraints/` and are compared with AWS's models by `npm run interop`.
 */
export function readModel(clientPackage: Readonly<Record<string, unknown>>): ServiceModel {
  const operations = new Map<string, OperationModel>();
  const errors = new Map<string, ErrorModel>();
  for (const [name, table] of Object.entries(clientPackage)) {
    if (!name.endsWith('$') || !Array.isArray(table)) continue;
    if (table[0] === OPERATION) {
      const operation = readOperation(table);
      operations.set(operation.name, operation);
    } else if (table[0] === ERROR) {
      const error = readError(table);
      errors.set(error.name, error);
    }
  }
  return { operations, errors };
}

type Table = readonly unknown[];
type SchemaRef = Parameters<typeof NormalizedSchema.of>[0];

function readOperation(table: Table): OperationModel {
  const [, , name, traits, input, output] = table;
  return {
    name: String(name),
    input: readRoot(input as SchemaRef),
    output: readRoot(output as SchemaRef),
    http: readHttp((traits as { readonly http?: unknown }).http),
  };
}

function readHttp(trait: unknown): HttpBinding | undefined {
  if (!Array.isArray(trait)) return undefined;
  const [method, path, status] = trait;
  return { method: String(method), path: String(path), status: Number(status) };
}

function readError(table: Table): ErrorModel {
  const traits = (table[3] || {}) as {
    readonly httpError?: number;
    readonly awsQueryError?: readonly [string, number];
    readonly error?: string;
  };
  return {
    name: String(table[2]),
    httpStatus: traits.httpError ?? (traits.error === 'server' ? 500 : 400),
    queryCode: traits.awsQueryError?.[0],
  };
}

const NO_MEMBERS: StructureShape = {
  kind: 'structure',
  name: 'Unit',
  members: () => [],
};

function readRoot(ref: SchemaRef): StructureShape {
  const shape = readShape(NormalizedSchema.of(ref));
  return shape.kind === 'structure' ? shape : NO_MEMBERS;
}

function readShape(schema: NormalizedSchema): Shape {
  if (schema.isStructSchema()) return readStructure(schema);
  if (schema.isListSchema()) {
    return { kind: 'list', member: readShape(schema.getValueSchema()) };
  }
  if (schema.isMapSchema()) {
    return { kind: 'map', value: readShape(schema.getValueSchema()) };
  }
  if (schema.isStringSchema()) return { kind: 'string' };
  if (schema.isBooleanSchema()) return { kind: 'boolean' };
  if (schema.isNumericSchema()) return { kind: 'number' };
  if (schema.isTimestampSchema()) return { kind: 'timestamp' };
  if (schema.isBlobSchema()) return { kind: 'blob' };
  return { kind: 'document' };
}

function readStructure(schema: NormalizedSchema): StructureShape {
  let members: readonly Member[] | undefined;
  return {
    kind: 'structure',
    name: schema.getName() ?? '',
    members: () => {
      members ??= readMembers(schema);
      return members;
    },
  };
}

function readMembers(schema: NormalizedSchema): readonly Member[] {
  const table = schema.getSchema() as unknown as Table;
  const requiredCount = Number(table[6] ?? 0);
  return [...schema.structIterator()].map(([name, member], index) => {
    const traits = member.getMergedTraits();
    return {
      name,
      shape: readShape(member),
      required: index < requiredCount,
      wireName: traits.jsonName ?? name,
      location: readLocation(traits),
    };
  });
}

function readLocation(traits: ReturnType<NormalizedSchema['getMergedTraits']>): MemberLocation {
  if (traits.httpLabel) return { kind: 'label' };
  if (traits.httpQuery) return { kind: 'query', name: traits.httpQuery };
  if (traits.httpHeader) {
    return { kind: 'header', name: traits.httpHeader.toLowerCase() };
  }
  if (traits.httpPayload) return { kind: 'payload' };
  if (traits.httpResponseCode) return { kind: 'status' };
  return { kind: 'body' };
}
