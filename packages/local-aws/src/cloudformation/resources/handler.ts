import type { JsonObject, JsonValue } from '../../service';
import { AwsError } from '../../service';
import type { Tag } from '../stack';

/** What a resource type's handler is given: the authority of the stack's caller, and who the resource is. */
export interface HandlerContext {
  readonly account: string;
  readonly region: string;
  readonly stackId: string;
  readonly stackName: string;
  readonly logicalId: string;
  /**
   * One operation of a service of this server, as the stack's caller, with every check that the public API makes.
   * @param service - its signing name
   * @throws AwsError
   */
  readonly call: (service: string, operation: string, input: JsonObject) => Promise<JsonObject>;
  /** A name for a resource whose template gives none. */
  readonly generatedName: (maxLength: number) => string;
  /** Notes the physical id as soon as something is there, so that a rollback finds it. */
  readonly made: (physicalId: string) => void;
  /** The stack's tags, and the three by which AWS marks a stack's resources. */
  readonly tags: readonly Tag[];
  /** Things that no service of this server has, and that are kept and can be read back by the stack only. */
  readonly records: RecordKeeper;
}

export interface RecordKeeper {
  has(kind: string, key: string): boolean;
  put(kind: string, key: string, value: JsonObject): void;
  delete(kind: string, key: string): void;
}

/** A resource that stands. */
export interface Physical {
  readonly id: string;
  readonly attributes: Readonly<Record<string, JsonValue>>;
}

/** How resources of a type are made, changed and removed. */
export interface ResourceHandler {
  readonly type: string;
  /** The property that names the resource, where there is one: two resources of a name cannot stand side by side. */
  readonly nameProperty?: string;
  create(context: HandlerContext, properties: JsonObject): Promise<Physical>;
  /**
   * Makes an existing resource what the properties say, whatever state an earlier attempt left it in.
   * @param old - what it was made with last
   */
  update(context: HandlerContext, physicalId: string, properties: JsonObject, old: JsonObject): Promise<Physical>;
  /** Removes it; a resource that is gone already is fine. */
  delete(context: HandlerContext, physicalId: string, properties: JsonObject): Promise<void>;
}

export function resourceExists(type: string, identifier: string): AwsError {
  return new AwsError('AlreadyExists', `Resource of type '${type}' with identifier '${identifier}' already exists.`);
}

/** The result, or nothing where the service says that the thing is not there. */
export async function unlessMissing<T>(call: Promise<T>, ...codes: readonly string[]): Promise<T | undefined> {
  try {
    return await call;
  } catch (error) {
    if (error instanceof AwsError && codes.includes(error.code)) return undefined;
    throw error;
  }
}

/** The resource's own tags over those of the stack, as AWS puts them together. */
export function mergedTags(context: HandlerContext, own: JsonValue | undefined): readonly Tag[] {
  const given = Array.isArray(own) ? (own as unknown as readonly Tag[]) : [];
  return [...new Map([...context.tags, ...given].map(({ Key, Value }) => [Key, { Key, Value }])).values()];
}

/** A policy document as the services want it: text, whether the template wrote an object or a text. */
export function documentText(value: JsonValue | undefined): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
