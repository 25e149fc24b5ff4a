import { optionalText, text, texts } from '../input';
import { sortedBy } from '../paging';
import type { JsonObject, Operation, ServiceRequest } from '../service';
import { allow, stackArn } from './authority';
import { pageFor, scopeOf, stackFor, type CloudFormationContext } from './context';
import { validationError } from './errors';
import { exportsOf, importersOf } from './exports';
import type { Stack, StackResource, StackSettings } from './stack';
import { checkTemplate } from './template/checkTemplate';

/** Operations that read. */
export function describeOperations(context: CloudFormationContext): readonly (readonly [string, Operation])[] {
  return [
    ['DescribeStacks', describeStacks(context)],
    ['ListStacks', listStacks(context)],
    ['DescribeStackEvents', describeStackEvents(context)],
    ['DescribeStackResource', describeStackResource(context)],
    ['DescribeStackResources', describeStackResources(context)],
    ['ListStackResources', listStackResources(context)],
    ['ListExports', listExports(context)],
    ['ListImports', listImports(context)],
  ];
}

/** Newest first; of two of one moment, the one with the greater id. */
const newestKey = (stack: Stack) => `${String(1e15 - stack.created).padStart(16, '0')} ${stack.id}`;

function describeStacks(context: CloudFormationContext): Operation {
  const { environment, stacks } = context;
  return (input, request) => {
    const name = optionalText(input, 'StackName');
    if (name !== undefined && name !== '') {
      return { Stacks: [describeStack(stackFor(context, request, name))] };
    }
    const scope = scopeOf(request);
    allow(environment, request, stackArn(scope, '*'));
    const present = [...stacks.all(scope).values()].filter(({ status }) => status !== 'DELETE_COMPLETE');
    const found = pageFor(input, sortedBy(present, newestKey), newestKey);
    return { Stacks: found.items.map(describeStack), NextToken: found.nextToken };
  };
}

/** What NoEcho parameters are shown as. */
const MASKED = '****';

/** Parameters with their values, save those that are secret. */
export function describeParameters({ templateBody, parameters }: StackSettings) {
  const declared = templateBody === '' ? undefined : checkTemplate(templateBody).parameters;
  return Object.entries(parameters).map(([name, value]) => ({
    ParameterKey: name,
    ParameterValue: declared?.get(name)?.noEcho ? MASKED : value,
  }));
}

function describeStack(stack: Stack) {
  return {
    StackId: stack.id,
    StackName: stack.name,
    ChangeSetId: stack.changeSetId,
    Description: stack.description ?? descriptionOf(stack),
    Parameters: describeParameters(stack),
    CreationTime: new Date(stack.created),
    LastUpdatedTime: dateOf(stack.updated),
    DeletionTime: dateOf(stack.deleted),
    RollbackConfiguration: stack.rollbackConfiguration ?? {},
    StackStatus: stack.status,
    StackStatusReason: stack.statusReason,
    DisableRollback: stack.disableRollback,
    NotificationARNs: stack.notificationArns,
    TimeoutInMinutes: stack.timeoutMinutes,
    Capabilities: stack.capabilities.length > 0 ? stack.capabilities : undefined,
    Outputs:
      stack.outputs.length > 0
        ? stack.outputs.map(({ key, value, description, exportName }) => ({
            OutputKey: key,
            OutputValue: value,
            Description: description,
            ExportName: exportName,
          }))
        : undefined,
    RoleARN: stack.roleArn,
    Tags: stack.tags,
    EnableTerminationProtection: stack.terminationProtection,
    RetainExceptOnCreate: stack.retainExceptOnCreate || undefined,
    DriftInformation: { StackDriftStatus: 'NOT_CHECKED' },
  };
}

const descriptionOf = ({ templateBody }: Stack) =>
  templateBody === '' ? undefined : checkTemplate(templateBody).description;

const dateOf = (time: number | undefined) => (time === undefined ? undefined : new Date(time));

function listStacks(context: CloudFormationContext): Operation {
  const { environment, stacks } = context;
  return (input, request) => {
    const scope = scopeOf(request);
    allow(environment, request, stackArn(scope, '*'));
    const wanted = texts(input, 'StackStatusFilter');
    const matching = [...stacks.all(scope).values()].filter(
      ({ status }) => wanted.length === 0 || wanted.includes(status),
    );
    const found = pageFor(input, sortedBy(matching, newestKey), newestKey);
    return {
      StackSummaries: found.items.map(stack => ({
        StackId: stack.id,
        StackName: stack.name,
        TemplateDescription: stack.description ?? descriptionOf(stack),
        CreationTime: new Date(stack.created),
        LastUpdatedTime: dateOf(stack.updated),
        DeletionTime: dateOf(stack.deleted),
        StackStatus: stack.status,
        StackStatusReason: stack.statusReason,
        DriftInformation: { StackDriftStatus: 'NOT_CHECKED' },
      })),
      NextToken: found.nextToken,
    };
  };
}

function describeStackEvents(context: CloudFormationContext): Operation {
  return (input, request) => {
    const stack = stackFor(context, request, text(input, 'StackName'), 'Stack [x]');
    const found = pageFor(input, context.events.list(stack), ([key]) => key);
    return {
      StackEvents: found.items.map(([, event]) => ({
        StackId: stack.id,
        EventId: event.id,
        StackName: stack.name,
        LogicalResourceId: event.logicalId,
        PhysicalResourceId: event.physicalId ?? '',
        ResourceType: event.type,
        Timestamp: new Date(event.time),
        ResourceStatus: event.status,
        ResourceStatusReason: event.reason,
        ResourceProperties: event.properties && JSON.stringify(event.properties),
        ClientRequestToken: event.token,
      })),
      NextToken: found.nextToken,
    };
  };
}

/** Resources as they stand; those that are gone are shown for a stack that is gone as well. */
function resourcesOf({ stacks }: CloudFormationContext, stack: Stack): readonly StackResource[] {
  return sortedBy(stacks.resources(stack).values(), ({ logicalId }) => logicalId);
}

function describeResource(stack: Stack, resource: StackResource) {
  return {
    StackName: stack.name,
    StackId: stack.id,
    LogicalResourceId: resource.logicalId,
    PhysicalResourceId: resource.physicalId,
    ResourceType: resource.type,
    Timestamp: new Date(resource.timestamp),
    ResourceStatus: resource.status,
    ResourceStatusReason: resource.statusReason,
    DriftInformation: { StackResourceDriftStatus: 'NOT_CHECKED' },
  };
}

function describeStackResource(context: CloudFormationContext): Operation {
  return (input, request) => {
    const name = text(input, 'StackName');
    const logicalId = text(input, 'LogicalResourceId');
    const stack = stackFor(context, request, name, 'Stack [x]');
    const resource = context.stacks.resources(stack).get(logicalId);
    if (!resource) throw validationError(`Resource ${logicalId} does not exist for stack ${name}`);
    const { Timestamp: LastUpdatedTimestamp, ...described } = describeResource(stack, resource);
    return {
      StackResourceDetail: {
        ...described,
        LastUpdatedTimestamp,
        Metadata: resource.metadata && JSON.stringify(resource.metadata),
      },
    };
  };
}

function describeStackResources(context: CloudFormationContext): Operation {
  return (input, request) => {
    const logicalId = optionalText(input, 'LogicalResourceId');
    const stack = describedStack(context, input, request);
    const found = resourcesOf(context, stack).filter(
      resource => logicalId === undefined || resource.logicalId === logicalId,
    );
    return { StackResources: found.slice(0, 100).map(resource => describeResource(stack, resource)) };
  };
}

function describedStack(context: CloudFormationContext, input: JsonObject, request: ServiceRequest): Stack {
  const name = optionalText(input, 'StackName');
  const physicalId = optionalText(input, 'PhysicalResourceId');
  if (name !== undefined && physicalId !== undefined) {
    throw validationError('StackName and PhysicalResourceId cannot be specified together.');
  }
  if (name !== undefined) return stackFor(context, request, name);
  if (physicalId === undefined) throw validationError('StackName or PhysicalResourceId must be specified.');
  const owner = [...context.stacks.all(scopeOf(request)).values()].find(
    stack =>
      stack.status !== 'DELETE_COMPLETE' &&
      [...context.stacks.resources(stack).values()].some(resource => resource.physicalId === physicalId),
  );
  if (!owner) throw validationError(`Stack for ${physicalId} does not exist`);
  return stackFor(context, request, owner.id);
}

function listStackResources(context: CloudFormationContext): Operation {
  return (input, request) => {
    const stack = stackFor(context, request, text(input, 'StackName'));
    const found = pageFor(input, resourcesOf(context, stack), ({ logicalId }) => logicalId);
    return {
      StackResourceSummaries: found.items.map(resource => {
        const { Timestamp, StackName: _name, StackId: _id, ...described } = describeResource(stack, resource);
        return { ...described, LastUpdatedTimestamp: Timestamp };
      }),
      NextToken: found.nextToken,
    };
  };
}

function listExports(context: CloudFormationContext): Operation {
  return (input, request) => {
    const scope = scopeOf(request);
    allow(context.environment, request, '*');
    const sorted = sortedBy(exportsOf(context.stacks, scope), ({ name }) => name);
    const found = pageFor(input, sorted, ({ name }) => name);
    return {
      Exports: found.items.map(({ name, value, stack }) => ({ ExportingStackId: stack.id, Name: name, Value: value })),
      NextToken: found.nextToken,
    };
  };
}

function listImports(context: CloudFormationContext): Operation {
  return (input, request) => {
    const scope = scopeOf(request);
    const name = text(input, 'ExportName');
    allow(context.environment, request, '*');
    const importers = importersOf(context.stacks, scope, name);
    if (importers.length === 0) throw validationError(`Export '${name}' is not imported by any stack.`);
    const found = pageFor(input, importers, importer => importer);
    return { Imports: found.items, NextToken: found.nextToken };
  };
}
