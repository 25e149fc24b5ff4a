import type { JsonObject, JsonValue } from '../../service';
import {
  documentText,
  mergedTags,
  resourceExists,
  unlessMissing,
  type HandlerContext,
  type ResourceHandler,
} from './handler';

const TYPE = 'AWS::SQS::Queue';
const MAX_NAME = 80;
const FIFO = '.fifo';

/** Properties that are queue attributes of the same name, and what each is set to where a template drops it. */
const ATTRIBUTES: ReadonlyMap<string, string> = new Map([
  ['DelaySeconds', '0'],
  ['MaximumMessageSize', '1048576'],
  ['MessageRetentionPeriod', '345600'],
  ['ReceiveMessageWaitTimeSeconds', '0'],
  ['VisibilityTimeout', '30'],
  ['RedrivePolicy', ''],
  ['RedriveAllowPolicy', ''],
  ['KmsMasterKeyId', ''],
  ['KmsDataKeyReusePeriodSeconds', '300'],
  ['SqsManagedSseEnabled', 'true'],
  ['ContentBasedDeduplication', 'false'],
  ['DeduplicationScope', 'queue'],
  ['FifoThroughputLimit', 'perQueue'],
]);

/** Source: "AWS::SQS::Queue" in the CloudFormation template reference. */
export const queue: ResourceHandler = {
  type: TYPE,
  nameProperty: 'QueueName',
  async create(context, properties) {
    const name = nameFor(context, properties);
    if (await urlOf(context, name)) throw resourceExists(TYPE, name);
    const { QueueUrl: url } = await context.call('sqs', 'CreateQueue', {
      QueueName: name,
      Attributes: { ...attributesOf(properties), ...(properties.FifoQueue === true ? { FifoQueue: 'true' } : {}) },
      tags: tagMap(context, properties),
    });
    context.made(String(url));
    return physical(context, String(url), name);
  },
  async update(context, url, properties, old) {
    const dropped = [...ATTRIBUTES].filter(([name]) => old[name] !== undefined && properties[name] === undefined);
    const changed = { ...Object.fromEntries(dropped), ...attributesOf(properties) };
    if (Object.keys(changed).length > 0) {
      await context.call('sqs', 'SetQueueAttributes', { QueueUrl: url, Attributes: changed });
    }
    await syncTags(context, url, properties);
    return physical(context, url, url.slice(url.lastIndexOf('/') + 1));
  },
  async delete(context, url) {
    await unlessMissing(context.call('sqs', 'DeleteQueue', { QueueUrl: url }), 'QueueDoesNotExist');
  },
};

function nameFor(context: HandlerContext, { QueueName: name, FifoQueue: fifo }: JsonObject): string {
  if (typeof name === 'string') return name;
  return fifo === true ? context.generatedName(MAX_NAME - FIFO.length) + FIFO : context.generatedName(MAX_NAME);
}

async function urlOf(context: HandlerContext, name: string): Promise<string | undefined> {
  const found = await unlessMissing(context.call('sqs', 'GetQueueUrl', { QueueName: name }), 'QueueDoesNotExist');
  return found && String(found.QueueUrl);
}

function attributesOf(properties: JsonObject): Readonly<Record<string, string>> {
  const given = [...ATTRIBUTES.keys()].filter(name => properties[name] !== undefined);
  return Object.fromEntries(given.map(name => [name, attributeText(properties[name])]));
}

function attributeText(value: JsonValue | undefined): string {
  return typeof value === 'object' ? documentText(value) : String(value);
}

function tagMap(context: HandlerContext, properties: JsonObject): Readonly<Record<string, string>> {
  return Object.fromEntries(mergedTags(context, properties.Tags).map(({ Key, Value }) => [Key, Value]));
}

async function syncTags(context: HandlerContext, url: string, properties: JsonObject): Promise<void> {
  const wanted = tagMap(context, properties);
  const { Tags: there } = await context.call('sqs', 'ListQueueTags', { QueueUrl: url });
  const gone = Object.keys((there ?? {}) as JsonObject).filter(key => !Object.hasOwn(wanted, key));
  if (gone.length > 0) await context.call('sqs', 'UntagQueue', { QueueUrl: url, TagKeys: gone });
  await context.call('sqs', 'TagQueue', { QueueUrl: url, Tags: wanted });
}

function physical({ account, region }: HandlerContext, url: string, name: string) {
  return {
    id: url,
    attributes: { Arn: `arn:aws:sqs:${region}:${account}:${name}`, QueueName: name, QueueUrl: url },
  };
}
