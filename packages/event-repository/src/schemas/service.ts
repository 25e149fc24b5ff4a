import type { JsonObject } from '../types';
import {
  detailType,
  DRAFT_07,
  NAME_PATTERN,
  name,
  owner,
  region,
  SCHEMA_BASE_URL,
  source,
  text,
  title,
  topic,
} from './shared';

export const serviceFileSchema: JsonObject = {
  $schema: DRAFT_07,
  $id: `${SCHEMA_BASE_URL}/service.schema.json`,
  title: 'services/<name>.yaml',
  description: 'A deployable; the name of the file is its name.',
  type: 'object',
  additionalProperties: false,
  required: ['owner'],
  properties: {
    title: title('Name for people.'),
    description: text('What it does. Markdown.'),
    owner,
    domain: name('Domain that it belongs to.'),
    system: {
      type: 'string',
      minLength: 1,
      description: 'Backstage system that it is part of.',
    },
    component: {
      type: 'string',
      minLength: 1,
      description: 'Backstage component, such as component:default/access-service.',
    },
    repository: {
      type: 'string',
      pattern: '^(https?|ssh|git)://\\S+$',
      description: 'URL of its git repository.',
    },
    environments: {
      type: 'object',
      description: 'Where it runs, by environment.',
      propertyNames: { pattern: NAME_PATTERN },
      additionalProperties: {
        type: 'object',
        additionalProperties: false,
        required: ['account', 'region'],
        properties: {
          account: name('Name of an account in accounts.yaml.'),
          region,
          subscriberBus: {
            type: 'string',
            pattern: '^[/.A-Za-z0-9_-]{1,256}$',
            description: 'Name of the subscriber bus when it is not busline-<service>.',
          },
          alarmTopic: topic("ARN of the team's SNS topic that alarms notify; by default the one of the account."),
        },
      },
    },
    publishes: {
      type: 'array',
      description: 'Event types that it sends.',
      items: {
        type: 'object',
        additionalProperties: false,
        required: ['source', 'detailType'],
        properties: {
          source,
          detailType,
          majors: {
            type: 'array',
            description: 'Major versions that it sends; all when left out.',
            items: { type: 'integer', minimum: 0 },
          },
        },
      },
    },
  },
};
