import type { JsonObject, JsonValue } from '../../service';
import { AwsError } from '../../service';
import { resourceExists, type HandlerContext, type Physical, type ResourceHandler } from './handler';

/**
 * Types of services that this server does not have: Lambda's permissions and SNS. They are kept, referred to and removed
 * like others, and do nothing.
 */
interface RecordedType {
  readonly type: string;
  readonly nameProperty?: string;
  /** @returns the physical id, unique in the account and Region */
  readonly idOf: (context: HandlerContext, properties: JsonObject) => string;
  readonly attributesOf: (id: string, properties: JsonObject) => Readonly<Record<string, JsonValue>>;
}

const MAX_NAME = 128;
const MAX_TOPIC_NAME = 256;

function recorded({ type, nameProperty, idOf, attributesOf }: RecordedType): ResourceHandler {
  const put = (context: HandlerContext, id: string, properties: JsonObject): Physical => {
    context.records.put(type, id, properties);
    return { id, attributes: attributesOf(id, properties) };
  };
  return {
    type,
    nameProperty,
    async create(context, properties) {
      const id = idOf(context, properties);
      if (context.records.has(type, id)) throw resourceExists(type, id);
      context.made(id);
      return put(context, id, properties);
    },
    update: async (context, id, properties) => put(context, id, properties),
    delete: async (context, id) => context.records.delete(type, id),
  };
}

function topicArn(context: HandlerContext, { TopicName: given, FifoTopic: fifo }: JsonObject): string {
  const suffix = fifo === true ? '.fifo' : '';
  const name = typeof given === 'string' ? given : context.generatedName(MAX_TOPIC_NAME - suffix.length) + suffix;
  if (!/^[\w-]{1,256}(\.fifo)?$/.test(name)) {
    throw new AwsError('InvalidParameter', 'Invalid parameter: Topic Name');
  }
  return `arn:aws:sns:${context.region}:${context.account}:${name}`;
}

export const recordedTypes: readonly ResourceHandler[] = [
  recorded({
    type: 'AWS::Lambda::Permission',
    idOf: context => context.generatedName(MAX_NAME),
    attributesOf: id => ({ Id: id }),
  }),
  recorded({
    type: 'AWS::SNS::Topic',
    nameProperty: 'TopicName',
    idOf: topicArn,
    attributesOf: id => ({ TopicArn: id, TopicName: id.slice(id.lastIndexOf(':') + 1) }),
  }),
  recorded({
    type: 'AWS::SNS::TopicPolicy',
    idOf: context => context.generatedName(MAX_NAME),
    attributesOf: id => ({ Id: id }),
  }),
  recorded({
    type: 'AWS::SNS::Subscription',
    idOf: (context, { TopicArn: topic }) => `${String(topic)}:${context.generatedName(MAX_NAME)}`,
    attributesOf: id => ({ Arn: id }),
  }),
];
