import {
  CreateChangeSetCommand,
  DeleteChangeSetCommand,
  DescribeChangeSetCommand,
  ExecuteChangeSetCommand,
  type Change,
  type DescribeChangeSetOutput,
} from '@aws-sdk/client-cloudformation';
import { AwsCallError } from '@busline/aws-estate';
import { templateText, type Stack } from '@busline/infrastructure';
import { poll, type Place } from './stackState';

/** One resource that a change set adds, changes or takes away. */
export interface ResourceChange {
  readonly action: 'add' | 'modify' | 'remove' | 'import' | 'dynamic';
  readonly logicalId: string;
  /** `AWS::Events::Rule` */
  readonly type: string;
  /** Whether it is made anew, and the old one taken away. */
  readonly replacement: 'yes' | 'maybe' | 'no';
  /** Properties that change. */
  readonly properties: readonly string[];
}

export interface ChangeSet {
  readonly id: string;
  readonly changes: readonly ResourceChange[];
}

/** Roles have names of their own, so that policies can name them. */
const CAPABILITY = 'CAPABILITY_NAMED_IAM';
const CHANGE_SET_NAME = 'busline';
/** Tags that tell whose a stack is. They do not change with the template: stack tags go on to every resource. */
export const REPOSITORY_TAG = 'busline:repository';
export const ENVIRONMENT_TAG = 'busline:environment';
export const SIDE_TAG = 'busline:side';
export const SERVICE_TAG = 'busline:service';

export function tagsOf({ repository, environment, owner }: Stack): readonly { Key: string; Value: string }[] {
  return [
    { Key: REPOSITORY_TAG, Value: repository },
    { Key: ENVIRONMENT_TAG, Value: environment },
    { Key: SIDE_TAG, Value: owner.side },
    ...('service' in owner ? [{ Key: SERVICE_TAG, Value: owner.service }] : []),
  ];
}

/**
 * Asks CloudFormation what would change. A change set that an earlier attempt left behind is replaced.
 * @returns undefined where nothing would change
 */
export async function createChangeSet(
  place: Place,
  stack: Stack,
  type: 'CREATE' | 'UPDATE',
): Promise<ChangeSet | undefined> {
  const { caller, clients } = place;
  const at = { StackName: stack.name, ChangeSetName: CHANGE_SET_NAME };
  const create = () =>
    caller.call('cloudformation:CreateChangeSet', options =>
      clients.cloudformation.send(
        new CreateChangeSetCommand({
          ...at,
          ChangeSetType: type,
          TemplateBody: templateText(stack),
          Capabilities: [CAPABILITY],
          Tags: [...tagsOf(stack)],
        }),
        options,
      ),
    );
  let created;
  try {
    created = await create();
  } catch (error) {
    if (!(error instanceof AwsCallError) || error.code !== 'AlreadyExistsException') throw error;
    await deleteChangeSet(place, at.ChangeSetName, at.StackName);
    created = await create();
  }
  const id = created.Id!;
  const made = await poll(async () => {
    const answer = await describe(place, id);
    return /_(PENDING|IN_PROGRESS)$/.test(answer.Status ?? '') ? undefined : answer;
  }, caller.signal);
  if (made.Status === 'FAILED') {
    await deleteChangeSet(place, id);
    if (/didn't contain changes|No updates are to be performed/i.test(made.StatusReason ?? '')) return undefined;
    throw new AwsCallError(
      { ...placeOf(place), operation: 'CreateChangeSet', action: 'cloudformation:CreateChangeSet' },
      'unexpected',
      `CloudFormation refuses the template of ${stack.name}: ${made.StatusReason}`,
    );
  }
  return { id, changes: await changesOf(place, id, made) };
}

/** Executes a change set and waits until CloudFormation is done with it; the stack tells how that went. */
export async function executeChangeSet(place: Place, id: string): Promise<void> {
  const { caller, clients } = place;
  await caller.call('cloudformation:ExecuteChangeSet', options =>
    clients.cloudformation.send(new ExecuteChangeSetCommand({ ChangeSetName: id }), options),
  );
  // The stack may still show what it was: whoever looked at it at once would take the last deployment for this one.
  await poll(async () => {
    const status = await describe(place, id).then(answer => answer.ExecutionStatus, gone);
    return status === undefined || /^EXECUTE_(COMPLETE|FAILED)$|^OBSOLETE$/.test(status) ? true : undefined;
  }, caller.signal);
}

/** CloudFormation forgets change sets of stacks that it deletes. */
function gone(error: unknown): undefined {
  if (error instanceof AwsCallError && /^ChangeSetNotFound|^ValidationError$/.test(error.code ?? '')) return undefined;
  throw error;
}

/** @param stackName - where the change set is given by name */
export async function deleteChangeSet({ caller, clients }: Place, id: string, stackName?: string): Promise<void> {
  await caller.call('cloudformation:DeleteChangeSet', options =>
    clients.cloudformation.send(new DeleteChangeSetCommand({ ChangeSetName: id, StackName: stackName }), options),
  );
}

function placeOf({ caller }: Place) {
  return { accountId: caller.accountId, region: caller.region };
}

function describe({ caller, clients }: Place, id: string, NextToken?: string): Promise<DescribeChangeSetOutput> {
  return caller.call('cloudformation:DescribeChangeSet', options =>
    clients.cloudformation.send(new DescribeChangeSetCommand({ ChangeSetName: id, NextToken }), options),
  );
}

async function changesOf(place: Place, id: string, first: DescribeChangeSetOutput): Promise<readonly ResourceChange[]> {
  const changes = [...(first.Changes ?? [])];
  for (let next = first.NextToken; next; ) {
    const page = await describe(place, id, next);
    changes.push(...(page.Changes ?? []));
    next = page.NextToken;
  }
  return changes.flatMap(changeFrom);
}

const REPLACEMENTS = new Map([
  ['True', 'yes'],
  ['Conditional', 'maybe'],
] as const);

function changeFrom({ ResourceChange: change }: Change): ResourceChange[] {
  if (!change) return [];
  const details = change.Details ?? [];
  return [
    {
      action: (change.Action ?? 'dynamic').toLowerCase() as ResourceChange['action'],
      logicalId: change.LogicalResourceId ?? '',
      type: change.ResourceType ?? '',
      replacement: REPLACEMENTS.get(change.Replacement as 'True' | 'Conditional') ?? 'no',
      properties: [...new Set(details.flatMap(({ Target }) => Target?.Name ?? Target?.Attribute ?? []))].sort(),
    },
  ];
}

/** What making a stack for the first time adds: all of its template. */
export function additionsOf({ template }: Stack): readonly ResourceChange[] {
  return Object.entries(template.Resources as Readonly<Record<string, { readonly Type?: string }>>).map(
    ([logicalId, { Type = '' }]) => ({ action: 'add', logicalId, type: Type, replacement: 'no', properties: [] }),
  );
}
