import { AwsError } from '../service';
import type { Collection, Scope, Store } from '../store/store';
import type { Discoverer, RegisteredSchema, Registry, SchemaType, SchemaVersion } from './types';

export interface SchemasState {
  registries(scope: Scope): Collection<Registry>;
  schemas(scope: Scope, registry: string): Collection<RegisteredSchema>;
  discoverers(scope: Scope): Collection<Discoverer>;
  /** @throws AwsError NotFoundException */
  registry(scope: Scope, name: string): Registry;
  /** @throws AwsError NotFoundException */
  schema(scope: Scope, registry: string, name: string): RegisteredSchema;
  /** @throws AwsError NotFoundException */
  discoverer(scope: Scope, id: string): Discoverer;
  /**
   * The named version, or the newest.
   * @throws AwsError NotFoundException
   */
  version(place: SchemaPlace, version?: string): SchemaVersion;
  /** Adds a version to a schema and gives the schema as it is then. */
  addVersion(place: SchemaPlace, schema: RegisteredSchema, content: VersionContent): RegisteredSchema;
  deleteVersion(place: SchemaPlace, version: string): void;
  deleteSchema(place: SchemaPlace): void;
}

export interface SchemaPlace extends Scope {
  readonly registry: string;
  readonly name: string;
}

export interface VersionContent {
  readonly type: SchemaType;
  readonly content: string;
  readonly created: number;
}

export const registryArn = ({ account, region }: Scope, name: string) =>
  `arn:aws:schemas:${region}:${account}:registry/${name}`;

export const schemaArn = ({ account, region, registry, name }: SchemaPlace) =>
  `arn:aws:schemas:${region}:${account}:schema/${registry}/${name}`;

export const discovererArn = ({ account, region }: Scope, id: string) =>
  `arn:aws:schemas:${region}:${account}:discoverer/${id}`;

export const notFound = (message: string) => new AwsError('NotFoundException', message, { httpStatus: 404 });
export const conflict = (message: string) => new AwsError('ConflictException', message, { httpStatus: 409 });
export const badRequest = (message: string) => new AwsError('BadRequestException', message);
export const forbidden = (message: string) => new AwsError('ForbiddenException', message, { httpStatus: 403 });

/** Registries, schemas and discoverers in the store. Contents stand apart, as they are large. */
export function createSchemasState(store: Store): SchemasState {
  const registries = (scope: Scope) => store.collection<Registry>('schemas/registries', scope);
  const schemas = (scope: Scope, inRegistry: string) =>
    store.collection<RegisteredSchema>(`schemas/schemas/${inRegistry}`, scope);
  const discoverers = (scope: Scope) => store.collection<Discoverer>('schemas/discoverers', scope);
  const contents = (place: SchemaPlace) => store.collection<SchemaVersion>(`schemas/contents/${place.registry}`, place);
  const contentKey = (place: SchemaPlace, number: string) => `${place.name} ${number}`;

  function registry(scope: Scope, name: string): Registry {
    const found = registries(scope).get(name);
    if (found) return found;
    throw notFound(`Registry with name ${name} does not exist.`);
  }

  function schema(scope: Scope, inRegistry: string, name: string) {
    registry(scope, inRegistry);
    const found = schemas(scope, inRegistry).get(name);
    if (found) return found;
    throw notFound(`Schema with name ${name} does not exist.`);
  }

  function version(place: SchemaPlace, wanted?: string): SchemaVersion {
    const { versions } = schema(place, place.registry, place.name);
    const number = wanted ?? versions[versions.length - 1];
    const found = contents(place).get(contentKey(place, number));
    if (found) return found;
    throw notFound(`Schema with name ${place.name} and version ${number} does not exist.`);
  }

  return {
    registries,
    schemas,
    discoverers,
    registry,
    schema,
    version,
    discoverer(scope, id) {
      const found = discoverers(scope).get(id);
      if (found) return found;
      throw notFound(`Discoverer with id ${id} does not exist.`);
    },
    addVersion(place, old, content) {
      const counter = old.counter + 1;
      const added = String(counter);
      contents(place).set(contentKey(place, added), {
        version: added,
        ...content,
      });
      const changed: RegisteredSchema = {
        ...old,
        type: content.type,
        modified: content.created,
        versions: [...old.versions, added],
        counter,
      };
      schemas(place, place.registry).set(place.name, changed);
      return changed;
    },
    deleteVersion(place, gone) {
      const old = schema(place, place.registry, place.name);
      version(place, gone);
      contents(place).delete(contentKey(place, gone));
      schemas(place, place.registry).set(place.name, {
        ...old,
        versions: old.versions.filter(number => number !== gone),
      });
    },
    deleteSchema(place) {
      const { versions } = schema(place, place.registry, place.name);
      for (const number of versions) {
        contents(place).delete(contentKey(place, number));
      }
      schemas(place, place.registry).delete(place.name);
    },
  };
}
