import schemas from './resourceSchemas.json';
import type { JsonValue } from '../service';

/** AWS's published schema of a resource type, as far as this server reads it; see scripts/resource-schemas.py. */
export interface ResourceSchema extends ValueSchema {
  readonly typeName: string;
  readonly definitions?: Readonly<Record<string, ValueSchema>>;
  /** JSON pointers: `/properties/Name`. */
  readonly createOnlyProperties?: readonly string[];
  readonly conditionalCreateOnlyProperties?: readonly string[];
  readonly readOnlyProperties?: readonly string[];
  /** At least one of these, or exactly one of those. */
  readonly requiredOr?: readonly string[];
  readonly requiredXor?: readonly string[];
}

export interface ValueSchema {
  readonly type?: string | readonly string[];
  readonly $ref?: string;
  readonly properties?: Readonly<Record<string, ValueSchema>>;
  readonly patternProperties?: Readonly<Record<string, ValueSchema>>;
  readonly additionalProperties?: boolean;
  readonly required?: readonly string[];
  readonly items?: ValueSchema;
  readonly enum?: readonly JsonValue[];
  readonly pattern?: string;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
}

const BY_TYPE: ReadonlyMap<string, ResourceSchema> = new Map(
  Object.entries(schemas as unknown as Readonly<Record<string, ResourceSchema>>),
);

/** The types that this server has, in alphabetical order. */
export const RESOURCE_TYPES: readonly string[] = [...BY_TYPE.keys()];

export function resourceSchema(type: string): ResourceSchema | undefined {
  return BY_TYPE.get(type);
}

/** What `Fn::GetAtt` gives beyond the read-only properties: "Return values" on each type's page. */
const FURTHER_ATTRIBUTES: ReadonlyMap<string, readonly string[]> = new Map([
  ['AWS::Events::EventBus', ['Name', 'Policy']],
  ['AWS::SNS::Topic', ['TopicName']],
  ['AWS::SQS::Queue', ['QueueName']],
]);

export function knownAttributes(type: string): readonly string[] {
  const readOnly = (BY_TYPE.get(type)?.readOnlyProperties ?? []).map(propertyOf);
  return [...readOnly, ...(FURTHER_ATTRIBUTES.get(type) ?? [])];
}

const propertyOf = (pointer: string) => pointer.split('/')[2];

/** Whether the stack's tags are put on resources of a type. */
export const isTaggable = (type: string) => BY_TYPE.get(type)?.properties?.Tags !== undefined;

/** What a change of a property does to the resource. */
export function requiresRecreation(type: string, property: string): 'Never' | 'Always' {
  const schema = BY_TYPE.get(type);
  // "EventBusName: Update requires: Replacement" on AWS's page for rules, where the schema says "conditionally".
  const fixed = [...(schema?.createOnlyProperties ?? []), ...(schema?.conditionalCreateOnlyProperties ?? [])];
  return fixed.map(propertyOf).includes(property) ? 'Always' : 'Never';
}
