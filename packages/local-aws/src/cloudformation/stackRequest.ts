import type { Environment } from '../environment';
import { objects, optionalBoolean, optionalObject, optionalText, text, texts } from '../input';
import type { JsonObject } from '../service';
import { insufficientCapabilities, notImplemented, validationError } from './errors';
import type { Stack, StackSettings, Tag } from './stack';
import { checkTemplate } from './template/checkTemplate';
import { parameterValues, type GivenParameter } from './template/parameters';
import type { Template } from './template/template';

const NOT_IMPLEMENTED = [
  ...['TemplateURL', 'StackPolicyBody', 'StackPolicyURL', 'StackPolicyDuringUpdateBody', 'StackPolicyDuringUpdateURL'],
  ...['ResourcesToImport', 'ImportExistingResources', 'DeploymentMode', 'DeploymentConfig', 'StackSetName'],
];

/** Refuses what would otherwise be passed over in silence. */
export function refuseUnknownWishes(input: JsonObject): void {
  for (const member of NOT_IMPLEMENTED) {
    const value = input[member];
    if (value !== undefined && value !== '' && value !== 'false') throw notImplemented(member);
  }
}

const STACK_NAME = /^[a-zA-Z][-a-zA-Z0-9]*$/;
const MAX_NAME = 128;

/** @throws AwsError ValidationError for a name that AWS would not take for a new stack */
export function newStackName(input: JsonObject): string {
  const name = text(input, 'StackName');
  const problem = (constraint: string) =>
    validationError(
      `1 validation error detected: Value '${name}' at 'stackName' failed to satisfy constraint: ${constraint}`,
    );
  if (!STACK_NAME.test(name)) throw problem('Member must satisfy regular expression pattern: [a-zA-Z][-a-zA-Z0-9]*');
  if (name.length > MAX_NAME) throw problem(`Member must have length less than or equal to ${MAX_NAME}`);
  return name;
}

/**
 * The template of a request, checked for its structure.
 * @throws AwsError ValidationError where it is missing, too large or not valid
 */
export function templateBodyOf(environment: Environment, input: JsonObject, previous: Stack | undefined): string {
  const body = optionalText(input, 'TemplateBody');
  const usePrevious = optionalBoolean(input, 'UsePreviousTemplate') ?? false;
  if (body !== undefined && usePrevious) {
    throw validationError('You cannot specify both usePreviousTemplate and Template Body/Template URL.');
  }
  if (usePrevious && previous && previous.templateBody !== '') return previous.templateBody;
  if (body === undefined) throw validationError('Either Template URL or Template Body must be specified.');
  const limit = environment.quotas.templateBodySize;
  if (Buffer.byteLength(body) > limit) {
    throw validationError(
      `1 validation error detected: Value at 'templateBody' failed to satisfy constraint: Member must have length less than or equal to ${limit}`,
    );
  }
  return body;
}

/** What a request makes of a stack: template, parameters, tags and the rest, each as given or as before. */
export function settingsOf(environment: Environment, input: JsonObject, previous: Stack | undefined): StackSettings {
  refuseUnknownWishes(input);
  const templateBody = templateBodyOf(environment, input, previous);
  const template = checkTemplate(templateBody);
  const parameters = parameterValues(template.parameters, readGiven(input), previous?.parameters ?? {});
  const capabilities = texts(input, 'Capabilities');
  checkCapabilities(template, capabilities);
  return {
    templateBody,
    parameters,
    capabilities,
    tags: input.Tags === undefined && previous ? previous.tags : readTags(input),
    notificationArns:
      input.NotificationARNs === undefined && previous ? previous.notificationArns : texts(input, 'NotificationARNs'),
    rollbackConfiguration: optionalObject(input, 'RollbackConfiguration') ?? previous?.rollbackConfiguration,
  };
}

function readGiven(input: JsonObject): readonly GivenParameter[] {
  return objects(input, 'Parameters').map(parameter => ({
    key: optionalText(parameter, 'ParameterKey') ?? '',
    value: optionalText(parameter, 'ParameterValue'),
    usePrevious: optionalBoolean(parameter, 'UsePreviousValue') ?? false,
  }));
}

function readTags(input: JsonObject): readonly Tag[] {
  const tags = objects(input, 'Tags').map(tag => ({ Key: text(tag, 'Key'), Value: text(tag, 'Value') }));
  const repeated = tags.find((tag, index) => tags.findIndex(other => other.Key === tag.Key) !== index);
  if (repeated) throw validationError('Tags must be unique');
  if (tags.some(tag => tag.Key.toLowerCase().startsWith('aws:'))) {
    throw validationError('aws: prefixed tag key names are not allowed for external use.');
  }
  return tags;
}

const IAM_TYPES = new Set(['AWS::IAM::Policy', 'AWS::IAM::Role', 'AWS::IAM::RolePolicy']);

/** The capabilities that a template needs, and the types that need them. */
export function neededCapabilities(template: Template): {
  readonly capability?: 'CAPABILITY_IAM' | 'CAPABILITY_NAMED_IAM';
  readonly types: readonly string[];
} {
  const iam = [...template.resources.values()].filter(({ type }) => IAM_TYPES.has(type));
  if (iam.length === 0) return { types: [] };
  const named = iam.some(({ type, properties }) => type === 'AWS::IAM::Role' && properties.RoleName !== undefined);
  return {
    capability: named ? 'CAPABILITY_NAMED_IAM' : 'CAPABILITY_IAM',
    types: [...new Set(iam.map(({ type }) => type))],
  };
}

function checkCapabilities(template: Template, given: readonly string[]): void {
  const { capability } = neededCapabilities(template);
  if (capability === undefined || given.includes('CAPABILITY_NAMED_IAM') || given.includes(capability)) return;
  throw insufficientCapabilities([capability]);
}
