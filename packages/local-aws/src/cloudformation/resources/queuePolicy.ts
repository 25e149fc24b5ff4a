import { texts } from '../../input';
import type { JsonObject } from '../../service';
import { documentText, unlessMissing, type HandlerContext, type ResourceHandler } from './handler';

const MAX_NAME = 128;

/** Source: "AWS::SQS::QueuePolicy" in the CloudFormation template reference. */
export const queuePolicy: ResourceHandler = {
  type: 'AWS::SQS::QueuePolicy',
  async create(context, properties) {
    const id = context.generatedName(MAX_NAME);
    context.made(id);
    await setPolicy(context, texts(properties, 'Queues'), documentText(properties.PolicyDocument));
    return { id, attributes: { Id: id } };
  },
  async update(context, id, properties, old) {
    await removePolicy(context, old, texts(properties, 'Queues'));
    await setPolicy(context, texts(properties, 'Queues'), documentText(properties.PolicyDocument));
    return { id, attributes: { Id: id } };
  },
  async delete(context, _id, properties) {
    await removePolicy(context, properties, []);
  },
};

async function removePolicy(context: HandlerContext, old: JsonObject, kept: readonly string[]): Promise<void> {
  for (const url of texts(old, 'Queues').filter(queue => !kept.includes(queue))) {
    await unlessMissing(setPolicy(context, [url], ''), 'QueueDoesNotExist');
  }
}

async function setPolicy(context: HandlerContext, urls: readonly string[], policy: string): Promise<void> {
  for (const url of urls) {
    await context.call('sqs', 'SetQueueAttributes', { QueueUrl: url, Attributes: { Policy: policy } });
  }
}
