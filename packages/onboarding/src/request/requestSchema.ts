import type { JsonObject } from '@busline/event-repository';

/*
 * JSON Schemas of requests, by kind: what the HTTP API and the scaffolder's actions take. `x-expected` says what was
 * expected in words, for the message.
 */

const NAME = {
  type: 'string',
  pattern: '^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$',
  'x-expected': 'letters, digits, ".", "_" and "-", at most 64, beginning with a letter or digit',
};
/** What becomes the name of a file; a rule's name on AWS has 64 characters. */
const LOWER_NAME = {
  type: 'string',
  pattern: '^[a-z0-9][a-z0-9._-]{0,63}$',
  'x-expected': 'lower-case letters, digits, ".", "_" and "-", at most 64, beginning with a letter or digit',
};
const OWNER = {
  type: 'string',
  pattern: '^([a-zA-Z]+:)?([A-Za-z0-9_.-]+/)?[A-Za-z0-9_.-]+$',
  maxLength: 200,
  'x-expected': 'an entity reference such as group:default/deliveries',
};
const REGION = {
  type: 'string',
  pattern: '^[a-z]{2,4}(-[a-z]+)+-[0-9]{1,2}$',
  'x-expected': 'an AWS Region such as eu-west-1',
};
const LINE = {
  type: 'string',
  minLength: 1,
  maxLength: 200,
  pattern: '^[^\\u0000-\\u001f\\u007f]*$',
  'x-expected': 'one line of at most 200 characters',
};
const TEXT = {
  type: 'string',
  maxLength: 10_000,
  pattern: '^[^\\u0000-\\u0008\\u000b\\u000c\\u000e-\\u001f\\u007f]*$',
  'x-expected': 'a text of at most 10,000 characters without control characters',
};
const REASON = { ...TEXT, maxLength: 2_000, 'x-expected': 'a text of at most 2,000 characters' };
const EVENT_NAME = { ...LINE, maxLength: 256, 'x-expected': 'one line of at most 256 characters' };
const DATE = {
  type: 'string',
  pattern: '^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$',
  'x-expected': 'a date such as 2026-11-20',
};
const VERSION = {
  type: 'string',
  pattern: '^(0|[1-9][0-9]{0,5})\\.(0|[1-9][0-9]{0,5})\\.(0|[1-9][0-9]{0,5})$',
  'x-expected': 'a semantic version such as 1.0.0',
};
const MAJOR = { type: 'integer', minimum: 0, maximum: 999_999, 'x-expected': 'the number of a major version' };
const URL_TEXT = {
  type: 'string',
  pattern: '^https?://[A-Za-z0-9._-]+(:[0-9]{1,5})?(/[A-Za-z0-9._~-]+)+/?$',
  maxLength: 500,
  'x-expected': 'the URL of a git repository, such as https://github.com/key/delivery-service',
};
const ENTITY = {
  type: 'string',
  pattern: '^([a-zA-Z]+:)?([A-Za-z0-9_.-]+/)?[A-Za-z0-9_.-]+$',
  maxLength: 200,
  'x-expected': 'the name or reference of a catalog entity',
};
const ARN = {
  type: 'string',
  pattern: '^arn:aws[a-z-]*:[a-z0-9-]+:[a-z0-9-]*:([0-9]{12})?:[!-~]+$',
  maxLength: 1_600,
  'x-expected': 'the ARN of an existing target',
};

const object = (properties: JsonObject, required: readonly string[]): JsonObject => ({
  type: 'object',
  additionalProperties: false,
  properties,
  required,
});

const EVENT_TYPE = object({ source: EVENT_NAME, detailType: EVENT_NAME }, ['source', 'detailType']);
const EVENT_TYPE_CHOICE = object({ source: EVENT_NAME, detailType: EVENT_NAME, major: MAJOR }, [
  'source',
  'detailType',
]);

const TARGET: JsonObject = {
  type: 'object',
  properties: { type: { enum: ['sqs', 'lambda', 'step-functions', 'arn'] } },
  required: ['type'],
  if: { properties: { type: { const: 'arn' } } },
  then: object({ type: true, arn: ARN }, ['arn']),
  else: object(
    {
      type: true,
      name: {
        type: 'string',
        pattern: '^[A-Za-z0-9_-]{1,80}$',
        'x-expected': 'letters, digits, "_" and "-", at most 80: the name of the queue, function or state machine',
      },
    },
    ['name'],
  ),
};

const DELIVERY = object(
  {
    maximumEventAgeSeconds: { type: 'integer', minimum: 60, maximum: 86_400, 'x-expected': '60 to 86,400 seconds' },
    maximumRetryAttempts: { type: 'integer', minimum: 0, maximum: 185, 'x-expected': '0 to 185 attempts' },
    deadLetterQueue: {
      type: ['boolean', 'string'],
      pattern: '^arn:aws[a-z-]*:sqs:[a-z0-9-]+:[0-9]{12}:[A-Za-z0-9_-]{1,80}$',
      'x-expected': 'true, false, or the ARN of an existing standard SQS queue',
    },
  },
  [],
);

/** More would be a pattern that nobody reads; and EventBridge takes 2,048 characters. */
const MAX_TYPES_OF_SUBSCRIPTION = 50;
/** A pull request that a person can still review. */
const MAX_ITEMS = 50;

const SUBSCRIPTION_FIELDS: JsonObject = {
  description: TEXT,
  eventTypes: {
    type: 'array',
    items: EVENT_TYPE_CHOICE,
    maxItems: MAX_TYPES_OF_SUBSCRIPTION,
    'x-expected': `at most ${MAX_TYPES_OF_SUBSCRIPTION} event types`,
  },
  filter: { type: 'object' },
  pattern: { type: 'object' },
  target: TARGET,
  delivery: DELIVERY,
  path: { enum: ['subscriber-bus', 'direct'] },
  bus: { type: 'string', pattern: '^[/.A-Za-z0-9_-]{1,256}$', 'x-expected': 'the name of a bus' },
};
const SUBSCRIPTION = object({ name: LOWER_NAME, ...SUBSCRIPTION_FIELDS }, [
  'name',
  'description',
  'eventTypes',
  'target',
]);

const PUBLICATION: JsonObject = {
  type: 'object',
  properties: { kind: { enum: ['existing', 'new'] } },
  required: ['kind'],
  if: { properties: { kind: { const: 'existing' } } },
  then: object(
    {
      kind: true,
      source: EVENT_NAME,
      detailType: EVENT_NAME,
      majors: { type: 'array', items: MAJOR, maxItems: MAX_ITEMS },
    },
    ['source', 'detailType'],
  ),
  else: object(
    {
      kind: true,
      source: EVENT_NAME,
      detailType: EVENT_NAME,
      title: LINE,
      description: TEXT,
      domain: NAME,
      classification: { enum: ['public', 'internal', 'confidential', 'restricted'] },
      owner: OWNER,
      tags: { type: 'array', items: { ...LINE, maxLength: 100 }, maxItems: MAX_ITEMS },
      schema: { type: ['object', 'boolean'] },
      example: true,
      version: VERSION,
    },
    ['source', 'detailType', 'title', 'description'],
  ),
};

const SERVICE: JsonObject = {
  type: 'object',
  properties: { kind: { enum: ['existing', 'new'] } },
  required: ['kind'],
  if: { properties: { kind: { const: 'existing' } } },
  then: object({ kind: true, name: NAME }, ['name']),
  else: object(
    {
      kind: true,
      name: LOWER_NAME,
      title: LINE,
      description: TEXT,
      owner: OWNER,
      domain: NAME,
      system: ENTITY,
      component: ENTITY,
      repository: URL_TEXT,
    },
    ['name', 'title', 'description', 'owner', 'repository'],
  ),
};

const kind = (name: string): JsonObject => ({ const: name });

/** Schema of each kind of request. */
export const REQUEST_SCHEMAS: Readonly<Record<'onboard' | 'change-subscription' | 'leave' | 'deprecate', JsonObject>> =
  {
    onboard: object(
      {
        kind: kind('onboard'),
        service: SERVICE,
        environment: NAME,
        account: NAME,
        region: REGION,
        subscriptions: { type: 'array', items: SUBSCRIPTION, maxItems: MAX_ITEMS },
        publications: { type: 'array', items: PUBLICATION, maxItems: MAX_ITEMS },
        reason: REASON,
      },
      ['kind', 'service', 'environment', 'account', 'region', 'subscriptions', 'publications'],
    ),
    'change-subscription': object(
      {
        kind: kind('change-subscription'),
        service: NAME,
        subscription: NAME,
        changes: object({ ...SUBSCRIPTION_FIELDS, enabled: { type: 'boolean' } }, []),
        reason: REASON,
      },
      ['kind', 'service', 'subscription', 'changes'],
    ),
    leave: object(
      {
        kind: kind('leave'),
        service: NAME,
        subscriptions: { type: 'array', items: NAME, maxItems: 1_000 },
        publications: { type: 'array', items: EVENT_TYPE, maxItems: 1_000 },
        everything: { type: 'boolean' },
        reason: REASON,
      },
      ['kind', 'service'],
    ),
    deprecate: object(
      {
        kind: kind('deprecate'),
        eventType: EVENT_TYPE,
        since: DATE,
        sunset: DATE,
        reason: { ...REASON, minLength: 1 },
        replacement: EVENT_TYPE,
      },
      ['kind', 'eventType', 'since', 'reason'],
    ),
  };
