import type { JsonObject, JsonValue } from '../../service';
import {
  documentText,
  mergedTags,
  resourceExists,
  unlessMissing,
  type HandlerContext,
  type ResourceHandler,
} from './handler';
import { syncTags } from './eventsTags';

const TYPE = 'AWS::Events::EventBus';
const SETTINGS = ['Description', 'KmsKeyIdentifier', 'DeadLetterConfig', 'LogConfig'];

/** Source: "AWS::Events::EventBus" in the CloudFormation template reference. */
export const eventBus: ResourceHandler = {
  type: TYPE,
  nameProperty: 'Name',
  async create(context, properties) {
    const name = String(properties.Name);
    if (await describe(context, name)) throw resourceExists(TYPE, name);
    await context.call('events', 'CreateEventBus', {
      Name: name,
      EventSourceName: properties.EventSourceName,
      ...settingsOf(properties),
      Tags: mergedTags(context, properties.Tags) as unknown as JsonValue,
    });
    context.made(name);
    await putPolicy(context, name, properties.Policy);
    return physical(context, name, properties);
  },
  async update(context, name, properties, old) {
    const emptied = Object.fromEntries(
      SETTINGS.filter(setting => old[setting] !== undefined).map(setting => [setting, empty(old[setting])]),
    );
    await context.call('events', 'UpdateEventBus', { Name: name, ...emptied, ...settingsOf(properties) });
    await syncTags(context, arnOf(context, name), properties.Tags);
    if (JSON.stringify(properties.Policy) !== JSON.stringify(old.Policy)) {
      if (properties.Policy === undefined) await removePolicy(context, name);
      else await putPolicy(context, name, properties.Policy);
    }
    return physical(context, name, properties);
  },
  async delete(context, name) {
    await context.call('events', 'DeleteEventBus', { Name: name });
  },
};

const describe = (context: HandlerContext, name: string) =>
  unlessMissing(context.call('events', 'DescribeEventBus', { Name: name }), 'ResourceNotFoundException');

function settingsOf(properties: JsonObject): JsonObject {
  return Object.fromEntries(SETTINGS.map(name => [name, properties[name]]).filter(([, value]) => value !== undefined));
}

const empty = (value: JsonValue | undefined): JsonValue => (typeof value === 'string' ? '' : {});

async function putPolicy(context: HandlerContext, name: string, policy: JsonValue | undefined): Promise<void> {
  if (policy === undefined) return;
  await context.call('events', 'PutPermission', { EventBusName: name, Policy: documentText(policy) });
}

async function removePolicy(context: HandlerContext, name: string): Promise<void> {
  await context.call('events', 'RemovePermission', { EventBusName: name, RemoveAllPermissions: true });
}

const arnOf = ({ account, region }: HandlerContext, name: string) =>
  `arn:aws:events:${region}:${account}:event-bus/${name}`;

function physical(context: HandlerContext, name: string, { Policy: policy }: JsonObject) {
  return { id: name, attributes: { Name: name, Arn: arnOf(context, name), ...(policy ? { Policy: policy } : {}) } };
}
