import type { JsonObject } from '../types';
import { arn, delivery, DRAFT_07, NAME_PATTERN, SCHEMA_BASE_URL, text } from './shared';

/** An existing ARN needs `arn`; everything that Busline makes needs `name`. */
const target: JsonObject = {
  type: 'object',
  additionalProperties: false,
  required: ['type'],
  properties: {
    type: {
      type: 'string',
      enum: ['sqs', 'lambda', 'step-functions', 'arn'],
      description: 'What receives the events; `arn` for what exists already.',
    },
    name: {
      type: 'string',
      pattern: '^[A-Za-z0-9_-]{1,80}$',
      description: 'Name of the queue, function or state machine.',
    },
    arn: arn('ARN of an existing target.'),
    id: {
      type: 'string',
      pattern: '^[.A-Za-z0-9_-]{1,64}$',
      description: 'Id of the target on the rule; by default its type.',
    },
    roleArn: arn('Role with which EventBridge calls the target.'),
    input: text('Constant JSON text sent instead of the event.'),
    inputPath: text('JSONPath of the part of the event that is sent.'),
    inputTransformer: {
      type: 'object',
      additionalProperties: false,
      required: ['inputTemplate'],
      properties: {
        inputPathsMap: {
          type: 'object',
          additionalProperties: { type: 'string' },
        },
        inputTemplate: { type: 'string', minLength: 1, maxLength: 8192 },
      },
    },
    parameters: {
      type: 'object',
      description: 'Parameters such as SqsParameters, as the AWS API names them.',
    },
    delivery: {
      ...delivery,
      description: 'Of this target alone, instead of those of the subscription.',
    },
  },
  if: { properties: { type: { const: 'arn' } } },
  then: { required: ['arn'] },
  else: { required: ['name'] },
};

export const subscriptionFileSchema: JsonObject = {
  $schema: DRAFT_07,
  $id: `${SCHEMA_BASE_URL}/subscription.schema.json`,
  title: 'subscriptions/<service>/<name>.yaml',
  description: 'Which events a service receives, and how; the folder names the service.',
  type: 'object',
  additionalProperties: false,
  required: ['pattern'],
  properties: {
    description: text('Why the service wants these events. Markdown.'),
    environments: {
      type: 'array',
      minItems: 1,
      items: { type: 'string', pattern: NAME_PATTERN },
      description: 'Environments in which it is deployed; all of the service when left out.',
    },
    pattern: {
      type: 'object',
      description: 'The EventBridge event pattern.',
    },
    target,
    targets: {
      type: 'array',
      minItems: 1,
      items: target,
      description: 'Several targets of one rule, instead of `target`.',
    },
    path: {
      type: 'string',
      enum: ['subscriber-bus', 'direct'],
      description: 'Through a bus in the account of the service, or directly from the central bus.',
    },
    delivery,
    enabled: { type: 'boolean', description: 'Whether the rule is enabled.' },
    rule: {
      type: 'string',
      pattern: '^[.A-Za-z0-9_-]{1,64}$',
      description: 'Name of the rule on AWS, for what was built by hand.',
    },
    bus: {
      type: 'string',
      pattern: '^[/.A-Za-z0-9_-]{1,256}$',
      description: 'Name of the bus when it is not the central bus.',
    },
  },
  not: { required: ['target', 'targets'] },
};
