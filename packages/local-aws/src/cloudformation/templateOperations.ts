import { optionalText } from '../input';
import type { JsonObject, Operation, ServiceRequest } from '../service';
import { allow, stackArn } from './authority';
import { scopeOf, stackFor, type CloudFormationContext } from './context';
import { changeSetNotFound, validationError } from './errors';
import { neededCapabilities, refuseUnknownWishes, templateBodyOf } from './stackRequest';
import { checkTemplate } from './template/checkTemplate';
import type { ParameterDeclaration, Template } from './template/template';

/** Operations on templates as such. */
export function templateOperations(context: CloudFormationContext): readonly (readonly [string, Operation])[] {
  return [
    ['GetTemplate', getTemplate(context)],
    ['GetTemplateSummary', getTemplateSummary(context)],
    ['ValidateTemplate', validateTemplate(context)],
  ];
}

function getTemplate(context: CloudFormationContext): Operation {
  const { changeSets } = context;
  return (input, request) => {
    const name = optionalText(input, 'StackName');
    const changeSetName = optionalText(input, 'ChangeSetName');
    if (name === undefined && changeSetName === undefined) {
      throw validationError('Either StackName or ChangeSetName must be specified.');
    }
    const stack = name === undefined ? undefined : stackFor(context, request, name);
    if (changeSetName === undefined) return answer(stack?.templateBody ?? '');
    const found = changeSets.find(scopeOf(request), changeSetName, stack);
    if (!found) throw changeSetNotFound(changeSetName);
    if (!stack) stackFor(context, request, found.stackId);
    return answer(found.settings.templateBody);
  };
}

const answer = (templateBody: string) => ({
  TemplateBody: templateBody,
  StagesAvailable: ['Original', 'Processed'],
});

/** The template of a request that is about one only: given as text, or that of a stack. */
function templateFor(context: CloudFormationContext, input: JsonObject, request: ServiceRequest): Template {
  const { environment } = context;
  refuseUnknownWishes(input);
  const name = optionalText(input, 'StackName');
  if (name !== undefined) return checkTemplate(stackFor(context, request, name).templateBody);
  allow(environment, request, stackArn(scopeOf(request), '*'));
  return checkTemplate(templateBodyOf(environment, input, undefined));
}

function getTemplateSummary(context: CloudFormationContext): Operation {
  return (input, request) => {
    const template = templateFor(context, input, request);
    const types = [...template.resources.values()].map(({ type }) => type);
    return {
      Parameters: [...template.parameters.values()].map(declaration => ({
        ...describeParameter(declaration),
        ParameterType: declaration.type,
        ParameterConstraints: declaration.allowedValues ? { AllowedValues: declaration.allowedValues } : {},
      })),
      Description: template.description,
      ...describeCapabilities(template),
      ResourceTypes: types,
      Version: '2010-09-09',
      Metadata: template.metadata && JSON.stringify(template.metadata),
    };
  };
}

function validateTemplate(context: CloudFormationContext): Operation {
  return (input, request) => {
    const template = templateFor(context, input, request);
    return {
      Parameters: [...template.parameters.values()].map(describeParameter),
      Description: template.description,
      ...describeCapabilities(template),
    };
  };
}

function describeParameter({ name, default: given, noEcho, description }: ParameterDeclaration) {
  return { ParameterKey: name, DefaultValue: given, NoEcho: noEcho, Description: description };
}

function describeCapabilities(template: Template) {
  const { capability, types } = neededCapabilities(template);
  if (capability === undefined) return {};
  return {
    Capabilities: [capability],
    CapabilitiesReason: `The following resource(s) require capabilities: [${types.join(', ')}]`,
  };
}
