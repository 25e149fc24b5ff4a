import type { JsonObject } from '../types';
import { DRAFT_07, NAME_PATTERN, name, owner, SCHEMA_BASE_URL, text, title, topic } from './shared';

export const ACCOUNT_ID_PATTERN = '^[0-9]{12}$';

export const accountsFileSchema: JsonObject = {
  $schema: DRAFT_07,
  $id: `${SCHEMA_BASE_URL}/accounts.schema.json`,
  title: 'accounts.yaml',
  description: 'AWS accounts by name.',
  type: 'object',
  additionalProperties: false,
  required: ['accounts'],
  properties: {
    accounts: {
      type: 'object',
      propertyNames: { pattern: NAME_PATTERN },
      additionalProperties: {
        type: 'object',
        additionalProperties: false,
        required: ['id'],
        properties: {
          id: {
            type: 'string',
            pattern: ACCOUNT_ID_PATTERN,
            description: 'The 12 digits of the account, in quotes.',
          },
          title: title('Name for people.'),
          description: text('What runs there. Markdown.'),
          owner,
          environment: name('Environment that the account belongs to.'),
          alarmTopic: topic('ARN of the SNS topic that alarms of the services in this account notify.'),
        },
      },
    },
  },
};
