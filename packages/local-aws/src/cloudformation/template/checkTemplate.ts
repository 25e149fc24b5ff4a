import { isObject } from '../../input';
import type { JsonObject, JsonValue } from '../../service';
import { notImplemented, validationError } from '../errors';
import { readParameters } from './parameters';
import { checkReferences } from './checkReferences';
import { readTemplate } from './readTemplate';
import type { DeletionPolicy, OutputDeclaration, ResourceDeclaration, Template } from './template';

const SECTIONS = new Set([
  ...['AWSTemplateFormatVersion', 'Description', 'Metadata', 'Parameters', 'Mappings', 'Conditions', 'Rules'],
  ...['Transform', 'Resources', 'Outputs', 'Hooks'],
]);
const RESOURCE_MEMBERS = new Set([
  ...['Type', 'Properties', 'DependsOn', 'Condition', 'Metadata', 'DeletionPolicy', 'UpdateReplacePolicy'],
  ...['CreationPolicy', 'UpdatePolicy'],
]);
const OUTPUT_MEMBERS = new Set(['Value', 'Description', 'Export', 'Condition']);
const POLICIES: readonly string[] = ['Delete', 'Retain', 'RetainExceptOnCreate', 'Snapshot'];
const LOGICAL_ID = /^[A-Za-z0-9]{1,255}$/;
/** "CloudFormation quotas" */
const MAX_RESOURCES = 500;
const MAX_OUTPUTS = 200;
const MAX_PARAMETERS = 200;

const parsed = new Map<string, Template>();
const MAX_PARSED = 200;

/**
 * Reads a template and checks its structure and everything that can be known without parameters.
 * @throws AwsError ValidationError, in AWS's words
 */
export function checkTemplate(text: string): Template {
  const known = parsed.get(text);
  if (known) return known;
  const template = templateOf(readTemplate(text));
  checkReferences(template);
  if (parsed.size >= MAX_PARSED) parsed.clear();
  parsed.set(text, template);
  return template;
}

function templateOf(root: JsonObject): Template {
  const unknown = Object.keys(root).filter(name => !SECTIONS.has(name));
  if (unknown.length > 0) {
    throw validationError(`Invalid template property or properties [${unknown.join(', ')}]`);
  }
  const version = root.AWSTemplateFormatVersion;
  if (version !== undefined && version !== '2010-09-09') {
    throw validationError(
      `Template format error: ${String(version)} is not a supported value for AWSTemplateFormatVersion.`,
    );
  }
  for (const name of ['Transform', 'Rules', 'Hooks']) {
    if (root[name] !== undefined) throw notImplemented(`the template section ${name}`);
  }
  const resources = section(root, 'Resources');
  if (resources.length === 0) {
    throw validationError('Template format error: At least one Resources member must be defined.');
  }
  limit(resources.length, MAX_RESOURCES, 'resources');
  const outputs = section(root, 'Outputs');
  limit(outputs.length, MAX_OUTPUTS, 'outputs');
  const parameters = section(root, 'Parameters');
  limit(parameters.length, MAX_PARAMETERS, 'parameters');
  return {
    description: optionalDescription(root),
    metadata: isObject(root.Metadata) ? root.Metadata : undefined,
    parameters: readParameters(parameters),
    mappings: Object.fromEntries(section(root, 'Mappings')),
    conditions: new Map(section(root, 'Conditions')),
    resources: new Map(resources.map(([id, value]) => [id, readResource(id, value)])),
    outputs: new Map(outputs.map(([id, value]) => [id, readOutput(id, value)])),
  };
}

function limit(count: number, most: number, what: string): void {
  if (count > most) {
    throw validationError(
      `Template format error: Number of ${what}, ${count}, is greater than maximum allowed, ${most}`,
    );
  }
}

function optionalDescription(root: JsonObject): string | undefined {
  const { Description: description } = root;
  if (description === undefined) return undefined;
  if (typeof description !== 'string') {
    throw validationError('Template format error: Description member must be a string.');
  }
  if (Buffer.byteLength(description) > 1024) {
    throw validationError("Template format error: 'Description' length is greater than 1024.");
  }
  return description;
}

function section(root: JsonObject, name: string): readonly (readonly [string, JsonValue])[] {
  const value = root[name];
  if (value === undefined) return [];
  if (!isObject(value)) throw validationError(`Template format error: ${name} must be an object.`);
  return Object.entries(value) as [string, JsonValue][];
}

function readResource(logicalId: string, value: JsonValue): ResourceDeclaration {
  if (!LOGICAL_ID.test(logicalId)) {
    throw validationError(`Template format error: Resource name ${logicalId} is non alphanumeric.`);
  }
  const path = `/Resources/${logicalId}`;
  if (!isObject(value)) {
    throw validationError(`Template format error: [${path}] resource definition is malformed`);
  }
  const { Type: type, Properties: properties, Condition: condition, Metadata: metadata } = value;
  if (typeof type !== 'string') {
    throw validationError(`Template format error: [${path}] Every Resources object must contain a Type member.`);
  }
  for (const member of Object.keys(value)) {
    if (!RESOURCE_MEMBERS.has(member)) throw validationError(`Invalid template resource property '${member}'`);
  }
  if (properties !== undefined && !isObject(properties)) {
    throw validationError(`Template format error: [${path}/Properties] 'null' values are not allowed in templates`);
  }
  refuseNulls(properties, `${path}/Properties`);
  return {
    logicalId,
    type,
    properties: properties ?? {},
    condition: conditionName(condition, path),
    dependsOn: readDependsOn(value.DependsOn, path),
    deletionPolicy: readPolicy(value.DeletionPolicy, 'DeletionPolicy', path),
    updateReplacePolicy: readPolicy(value.UpdateReplacePolicy, 'UpdateReplacePolicy', path),
    metadata: isObject(metadata) ? metadata : undefined,
  };
}

function refuseNulls(value: JsonValue | undefined, path: string): void {
  if (value === null) throw validationError(`[${path}] 'null' values are not allowed in templates`);
  if (typeof value !== 'object') return;
  for (const [key, child] of Object.entries(value)) refuseNulls(child as JsonValue, `${path}/${key}`);
}

function conditionName(value: JsonValue | undefined, path: string): string | undefined {
  if (value === undefined || typeof value === 'string') return value;
  throw validationError(`Template format error: [${path}/Condition] Every Condition member must be a string.`);
}

function readDependsOn(value: JsonValue | undefined, path: string): readonly string[] {
  if (value === undefined) return [];
  const names = Array.isArray(value) ? value : [value];
  if (names.every(name => typeof name === 'string')) return names as string[];
  throw validationError(`Template format error: [${path}/DependsOn] Every DependsOn value must be a string.`);
}

function readPolicy(value: JsonValue | undefined, member: string, path: string): DeletionPolicy {
  if (value === undefined) return 'Delete';
  if (typeof value === 'string' && POLICIES.includes(value)) return value as DeletionPolicy;
  throw validationError(
    `Template format error: Unrecognized ${member} ${JSON.stringify(value)} for resource at ${path}`,
  );
}

function readOutput(name: string, value: JsonValue): OutputDeclaration {
  const path = `/Outputs/${name}`;
  if (!LOGICAL_ID.test(name)) {
    throw validationError(`Template format error: Output name ${name} is non alphanumeric.`);
  }
  if (!isObject(value) || value.Value === undefined) {
    throw validationError(`Template format error: [${path}] Every Outputs member must contain a Value object`);
  }
  for (const member of Object.keys(value)) {
    if (!OUTPUT_MEMBERS.has(member)) {
      throw validationError(`Template format error: [${path}] Unresolved output property '${member}'`);
    }
  }
  const { Export: exported, Description: description } = value;
  if (exported !== undefined && (!isObject(exported) || exported.Name === undefined)) {
    throw validationError(
      `Template format error: Output ${name} is malformed. The Name field of every Export member must be specified.`,
    );
  }
  return {
    name,
    description: typeof description === 'string' ? description : undefined,
    condition: conditionName(value.Condition, path),
    value: value.Value,
    exportName: isObject(exported) ? exported.Name : undefined,
  };
}
