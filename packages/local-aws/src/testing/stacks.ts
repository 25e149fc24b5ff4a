import {
  CreateChangeSetCommand,
  CreateStackCommand,
  DeleteStackCommand,
  DescribeChangeSetCommand,
  DescribeStackEventsCommand,
  DescribeStackResourcesCommand,
  DescribeStacksCommand,
  UpdateStackCommand,
  type ChangeSetType,
  type CreateStackCommandInput,
  type Stack,
  type UpdateStackCommandInput,
} from '@aws-sdk/client-cloudformation';
import type { Clients } from './clients';

/** A template by its resources, or by whatever else is given. */
export const templateOf = (resources: object, more: object = {}) => JSON.stringify({ Resources: resources, ...more });

export const busIn = (name: string, more: object = {}) => ({
  Type: 'AWS::Events::EventBus',
  Properties: { Name: name, ...more },
});

export const queueIn = (properties: object = {}) => ({ Type: 'AWS::SQS::Queue', Properties: properties });

export const ruleIn = (bus: unknown, targets: unknown = [], more: object = {}) => ({
  Type: 'AWS::Events::Rule',
  Properties: { EventBusName: bus, EventPattern: { source: ['com.key.access'] }, Targets: targets, ...more },
});

/** Stacks as a client works with them: everything waits until nothing is in progress any more. */
export function stacksOf({ cloudformation: client }: Clients) {
  async function find(name: string): Promise<Stack | undefined> {
    const { Stacks } = await client.send(new DescribeStacksCommand({ StackName: name }));
    return Stacks?.[0];
  }

  async function settled(nameOrId: string): Promise<Stack> {
    for (;;) {
      const stack = (await find(nameOrId))!;
      if (!stack.StackStatus!.endsWith('_IN_PROGRESS') || stack.StackStatus === 'REVIEW_IN_PROGRESS') return stack;
      await new Promise(resolve => setTimeout(resolve, 5));
    }
  }

  async function create(
    StackName: string,
    TemplateBody: string,
    more: Partial<CreateStackCommandInput> = {},
  ): Promise<Stack> {
    const { StackId } = await client.send(new CreateStackCommand({ StackName, TemplateBody, ...more }));
    return settled(StackId!);
  }

  async function update(
    StackName: string,
    TemplateBody: string | undefined,
    more: Partial<UpdateStackCommandInput> = {},
  ): Promise<Stack> {
    const { StackId } = await client.send(new UpdateStackCommand({ StackName, TemplateBody, ...more }));
    return settled(StackId!);
  }

  async function remove(StackName: string): Promise<Stack> {
    const { StackId } = (await find(StackName))!;
    await client.send(new DeleteStackCommand({ StackName }));
    return settled(StackId!);
  }

  /** `Logical STATUS`, oldest first, each with its reason where that is asked for. */
  async function history(StackName: string): Promise<string[]> {
    const { StackEvents } = await client.send(new DescribeStackEventsCommand({ StackName }));
    return StackEvents!.map(event => `${event.LogicalResourceId} ${event.ResourceStatus}`).reverse();
  }

  /** The reasons that a resource's events give, oldest first. */
  async function reasons(StackName: string, logicalId: string): Promise<string[]> {
    const { StackEvents } = await client.send(new DescribeStackEventsCommand({ StackName }));
    return StackEvents!
      .filter(event => event.LogicalResourceId === logicalId && event.ResourceStatusReason !== undefined)
      .map(event => event.ResourceStatusReason!)
      .reverse();
  }

  /** Status and physical id by logical id. */
  async function resources(StackName: string): Promise<Record<string, string>> {
    const { StackResources } = await client.send(new DescribeStackResourcesCommand({ StackName }));
    return Object.fromEntries(
      StackResources!.map(r => [r.LogicalResourceId!, `${r.ResourceStatus} ${r.PhysicalResourceId}`]),
    );
  }

  async function changeSet(StackName: string, TemplateBody: string, type: ChangeSetType, more: object = {}) {
    const { Id } = await client.send(
      new CreateChangeSetCommand({
        StackName,
        TemplateBody,
        ChangeSetName: `c${Date.now()}`,
        ChangeSetType: type,
        ...more,
      }),
    );
    for (;;) {
      const found = await client.send(new DescribeChangeSetCommand({ ChangeSetName: Id, IncludePropertyValues: true }));
      if (found.Status !== 'CREATE_PENDING') return found;
      await new Promise(resolve => setTimeout(resolve, 5));
    }
  }

  return { client, find, settled, create, update, remove, history, reasons, resources, changeSet };
}
