import { optionalText, text } from '../input';
import type { JsonObject, Operation, ServiceRequest } from '../service';
import { allow, isoTime, pageBy, readTags, scopeOf, type SchemasContext } from './context';
import { checkContent } from './content';
import { exportAsDraft4 } from './exportSchema';
import { badRequest, conflict, forbidden, registryArn, schemaArn, type SchemaPlace } from './state';
import { DISCOVERED, type RegisteredSchema, type SchemaType, type SchemaVersion } from './types';

/** "Schema name: a maximum of 385 characters that contain lower case, upper case letters, ., -, _, @" */
const SCHEMA_NAME = /^[.\-_A-Za-z0-9@]{1,385}$/;
/** "Schema versions: 100" and "Discovered schemas: 200" in "Amazon EventBridge quotas". */
export const MAX_VERSIONS = 100;
export const MAX_DISCOVERED = 200;

/** `2` before `10`. */
const inNumericOrder = (version: string) => version.padStart(10, '0');

export function schemaOperations(context: SchemasContext): readonly (readonly [string, Operation])[] {
  const { environment, state } = context;

  function placeOf(input: JsonObject, request: ServiceRequest): SchemaPlace {
    const place = {
      ...scopeOf(request),
      registry: text(input, 'RegistryName'),
      name: text(input, 'SchemaName'),
    };
    allow(context, request, schemaArn(place));
    return place;
  }

  const show = (place: SchemaPlace, schema: RegisteredSchema, version: SchemaVersion) => ({
    Description: schema.description,
    LastModified: isoTime(schema.modified),
    SchemaArn: schemaArn(place),
    SchemaName: place.name,
    SchemaVersion: version.version,
    Tags: schema.tags,
    Type: version.type,
    VersionCreatedDate: isoTime(version.created),
  });

  const createSchema: Operation = (input, request) => {
    const place = placeOf(input, request);
    const schemas = state.schemas(place, place.registry);
    state.registry(place, place.registry);
    if (!SCHEMA_NAME.test(place.name)) {
      throw badRequest(`Schema name ${place.name} is not valid: up to 385 letters, digits, '.', '-', '_' and '@'.`);
    }
    if (schemas.has(place.name)) {
      throw conflict(`Schema with name ${place.name} already exists.`);
    }
    const limit = place.registry === DISCOVERED ? MAX_DISCOVERED : environment.quotas.schemasPerRegistry;
    if (schemas.size >= limit) {
      throw forbidden(`Registry ${place.registry} has reached its limit of ${limit} schemas.`);
    }
    const type = text(input, 'Type') as SchemaType;
    const content = text(input, 'Content');
    checkContent(type, content);
    const now = environment.clock.now();
    const schema = state.addVersion(
      place,
      {
        name: place.name,
        type,
        description: optionalText(input, 'Description'),
        tags: readTags(context, input.Tags),
        modified: now,
        versions: [],
        counter: 0,
      },
      { type, content, created: now },
    );
    return show(place, schema, state.version(place));
  };

  const updateSchema: Operation = (input, request) => {
    const place = placeOf(input, request);
    const old = state.schema(place, place.registry, place.name);
    const newest = state.version(place);
    const type = (optionalText(input, 'Type') ?? newest.type) as SchemaType;
    const content = optionalText(input, 'Content') ?? newest.content;
    checkContent(type, content);
    const now = environment.clock.now();
    const described: RegisteredSchema = {
      ...old,
      description: optionalText(input, 'Description') ?? old.description,
      modified: now,
    };
    // The same content again is no new version.
    if (content === newest.content && type === newest.type) {
      state.schemas(place, place.registry).set(place.name, described);
      return show(place, described, newest);
    }
    if (old.versions.length >= MAX_VERSIONS) {
      throw forbidden(`Schema ${place.name} has reached its limit of ${MAX_VERSIONS} versions.`);
    }
    const schema = state.addVersion(place, described, {
      type,
      content,
      created: now,
    });
    return show(place, schema, state.version(place));
  };

  const describeSchema: Operation = (input, request) => {
    const place = placeOf(input, request);
    const schema = state.schema(place, place.registry, place.name);
    const version = state.version(place, optionalText(input, 'SchemaVersion'));
    return { Content: version.content, ...show(place, schema, version) };
  };

  const exportSchema: Operation = (input, request) => {
    const place = placeOf(input, request);
    if (text(input, 'Type') !== 'JSONSchemaDraft4') {
      throw badRequest('The export type must be JSONSchemaDraft4.');
    }
    const { version, type, content } = state.version(place, optionalText(input, 'SchemaVersion'));
    return {
      Content: type === 'OpenApi3' ? exportAsDraft4(content) : content,
      SchemaArn: schemaArn(place),
      SchemaName: place.name,
      SchemaVersion: version,
      Type: 'JSONSchemaDraft4',
    };
  };

  const deleteSchemaVersion: Operation = (input, request) => {
    const place = placeOf(input, request);
    const gone = text(input, 'SchemaVersion');
    state.version(place, gone);
    const { versions } = state.schema(place, place.registry, place.name);
    if (versions.length === 1) {
      throw badRequest(`Version ${gone} is the only version of ${place.name}: delete the schema instead.`);
    }
    state.deleteVersion(place, gone);
  };

  const listSchemas: Operation = (input, request) => {
    const scope = scopeOf(request);
    const registry = text(input, 'RegistryName');
    allow(context, request, registryArn(scope, registry));
    state.registry(scope, registry);
    const prefix = optionalText(input, 'SchemaNamePrefix') ?? '';
    const { items, nextToken } = pageBy(
      [...state.schemas(scope, registry).values()].filter(({ name }) => name.startsWith(prefix)),
      ({ name }) => name,
      input,
    );
    return {
      Schemas: items.map(({ name, tags, modified, versions }) => ({
        LastModified: isoTime(modified),
        SchemaArn: schemaArn({ ...scope, registry, name }),
        SchemaName: name,
        Tags: tags,
        VersionCount: versions.length,
      })),
      NextToken: nextToken,
    };
  };

  const listSchemaVersions: Operation = (input, request) => {
    const place = placeOf(input, request);
    const { versions } = state.schema(place, place.registry, place.name);
    const { items, nextToken } = pageBy(versions, inNumericOrder, input);
    return {
      SchemaVersions: items.map(version => ({
        SchemaArn: schemaArn(place),
        SchemaName: place.name,
        SchemaVersion: version,
        Type: state.version(place, version).type,
      })),
      NextToken: nextToken,
    };
  };

  const searchSchemas: Operation = (input, request) => {
    const scope = scopeOf(request);
    const registry = text(input, 'RegistryName');
    allow(context, request, registryArn(scope, registry));
    state.registry(scope, registry);
    const words = text(input, 'Keywords').toLowerCase().split(/\s+/).filter(Boolean);
    if (words.length === 0) throw badRequest('Keywords must not be empty.');
    const matching = [...state.schemas(scope, registry).values()].flatMap(schema => {
      const place = { ...scope, registry, name: schema.name };
      const versions = schema.versions
        .map(number => state.version(place, number))
        .filter(({ content }) => words.every(word => `${schema.name} ${content}`.toLowerCase().includes(word)));
      return versions.length > 0 ? [{ place, versions }] : [];
    });
    const { items, nextToken } = pageBy(matching, m => m.place.name, input);
    return {
      Schemas: items.map(({ place, versions }) => ({
        RegistryName: registry,
        SchemaArn: schemaArn(place),
        SchemaName: place.name,
        SchemaVersions: versions.map(({ version, created, type }) => ({
          CreatedDate: isoTime(created),
          SchemaVersion: version,
          Type: type,
        })),
      })),
      NextToken: nextToken,
    };
  };

  return [
    ['CreateSchema', createSchema],
    ['UpdateSchema', updateSchema],
    ['DescribeSchema', describeSchema],
    ['ExportSchema', exportSchema],
    ['DeleteSchema', (input, request) => state.deleteSchema(placeOf(input, request))],
    ['DeleteSchemaVersion', deleteSchemaVersion],
    ['ListSchemas', listSchemas],
    ['ListSchemaVersions', listSchemaVersions],
    ['SearchSchemas', searchSchemas],
  ];
}
