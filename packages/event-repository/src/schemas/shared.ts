import type { JsonObject } from '../types';

/** Where the published schemas stand; editors load them from here. */
export const SCHEMA_BASE_URL =
  'https://raw.githubusercontent.com/busline/busline/main/packages/event-repository/schemas';

export const DRAFT_07 = 'http://json-schema.org/draft-07/schema#';

/**
 * Names become file names, AWS resource names and statement ids, so they hold
 * nothing that any of these would have to escape.
 */
export const NAME_PATTERN = '^[A-Za-z0-9][A-Za-z0-9._-]{0,127}$';

/** EventBridge: "source" and "detail-type" are at most 256 characters. */
export const MAX_EVENT_NAME_CHARACTERS = 256;

export const name = (description: string): JsonObject => ({
  type: 'string',
  pattern: NAME_PATTERN,
  description,
});

export const text = (description: string): JsonObject => ({
  type: 'string',
  description,
});

export const title = (description: string): JsonObject => ({
  type: 'string',
  minLength: 1,
  maxLength: 200,
  description,
});

export const owner: JsonObject = {
  type: 'string',
  pattern: '^(unknown|([a-zA-Z]+:)?([A-Za-z0-9_.-]+/)?[A-Za-z0-9_.-]+)$',
  description: 'Backstage entity that owns it, such as group:default/access, or unknown.',
};

export const region: JsonObject = {
  type: 'string',
  pattern: '^[a-z]{2,4}(-[a-z]+)+-[0-9]{1,2}$',
  description: 'AWS Region, such as eu-west-1.',
};

export const date: JsonObject = {
  type: 'string',
  pattern: '^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$',
  description: 'Date as YYYY-MM-DD.',
};

export const source: JsonObject = {
  type: 'string',
  minLength: 1,
  maxLength: MAX_EVENT_NAME_CHARACTERS,
  description: 'The `source` of the event, such as com.key.access.',
};

export const detailType: JsonObject = {
  type: 'string',
  minLength: 1,
  maxLength: MAX_EVENT_NAME_CHARACTERS,
  description: 'The `detail-type` of the event, such as Access Granted.',
};

export const lifecycle: JsonObject = {
  type: 'string',
  enum: ['experimental', 'production', 'deprecated', 'retired'],
  description: 'How far one may rely on it.',
};

export const classification: JsonObject = {
  type: 'string',
  enum: ['public', 'internal', 'confidential', 'restricted'],
  description: 'Who may read it: everybody, the company, named people, or only after the approval of its owner.',
};

export const arn = (description: string): JsonObject => ({
  type: 'string',
  pattern: '^arn:aws[a-z-]*:[a-z0-9-]+:[a-z0-9-]*:([0-9]{12})?:.+$',
  description,
});

/** SNS: names of up to 256 letters, digits, `-` and `_`. Alarms cannot notify FIFO topics. */
export const topic = (description: string): JsonObject => ({
  type: 'string',
  pattern: '^arn:aws[a-z-]*:sns:[a-z0-9-]+:[0-9]{12}:[A-Za-z0-9_-]{1,256}$',
  description,
});

/** https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_RetryPolicy.html */
export const retry: JsonObject = {
  type: 'object',
  description: 'How long and how often delivery is tried.',
  additionalProperties: false,
  properties: {
    maximumEventAgeSeconds: {
      type: 'integer',
      minimum: 60,
      maximum: 86400,
      description: 'Seconds for which an event is kept, 60 to 86400.',
    },
    maximumRetryAttempts: {
      type: 'integer',
      minimum: 0,
      maximum: 185,
      description: 'Number of retries, 0 to 185.',
    },
  },
};

export const delivery: JsonObject = {
  type: 'object',
  description: 'How events are delivered, and what happens when that fails.',
  additionalProperties: false,
  properties: {
    retry,
    deadLetterQueue: {
      type: ['boolean', 'string'],
      pattern: '^arn:aws[a-z-]*:sqs:[a-z0-9-]+:[0-9]{12}:[A-Za-z0-9_-]{1,80}$',
      description: 'Whether a dead-letter queue is made, or the ARN of an existing standard SQS queue.',
    },
  },
};

const eventPath = (description: string): JsonObject => ({
  type: 'string',
  pattern: '^detail(\\.[A-Za-z0-9_$-]+)*$',
  description,
});

/** `foreign`, or the paths of metadata and data. */
export const eventPaths: JsonObject = {
  type: ['string', 'object'],
  pattern: '^foreign$',
  description: 'Where metadata and data stand in an event; `foreign` when the schema describes the whole detail.',
  additionalProperties: false,
  properties: {
    metadata: eventPath('Path of the metadata, such as detail.metadata.'),
    data: eventPath('Path of what the schema describes, such as detail.data.'),
  },
};

export const eventTypeReference: JsonObject = {
  type: 'object',
  additionalProperties: false,
  required: ['source', 'detailType'],
  properties: { source, detailType },
};
