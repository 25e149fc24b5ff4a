import type { JsonObject } from '../types';
import { schemaSettingsOfEvent } from './schemaSettings';
import {
  classification,
  date,
  detailType,
  DRAFT_07,
  eventPaths,
  eventTypeReference,
  lifecycle,
  name,
  owner,
  SCHEMA_BASE_URL,
  source,
  text,
  title,
} from './shared';

export const eventFileSchema: JsonObject = {
  $schema: DRAFT_07,
  $id: `${SCHEMA_BASE_URL}/event.schema.json`,
  title: 'events/<source>/<slug>/event.yaml',
  description: 'An event type. Its schema versions and examples stand in folders beside this file.',
  type: 'object',
  additionalProperties: false,
  required: ['source', 'detailType', 'owner'],
  properties: {
    source,
    detailType,
    title: title('Name for people; the detail-type when left out.'),
    description: text('What has happened when the event is sent. Markdown; the first sentence is shown in lists.'),
    domain: name('Domain that it belongs to.'),
    owner,
    lifecycle,
    classification,
    event: eventPaths,
    tags: {
      type: 'array',
      items: { type: 'string', minLength: 1, maxLength: 100 },
      description: 'Words to find it by.',
    },
    links: {
      type: 'array',
      description: 'Further reading.',
      items: {
        type: 'object',
        additionalProperties: false,
        required: ['title', 'url'],
        properties: {
          title: title('What is found there.'),
          url: {
            type: 'string',
            pattern: '^(https?|mailto):\\S+$',
            description: 'Where it is found: http, https or mailto.',
          },
        },
      },
    },
    personalData: {
      type: 'array',
      items: { type: 'string', minLength: 1 },
      description: 'Fields that hold personal data, as paths below the data.',
    },
    deprecation: {
      type: 'object',
      description: 'Since when, why, and what to use instead.',
      additionalProperties: false,
      required: ['since', 'reason'],
      properties: {
        since: date,
        sunset: date,
        reason: text('Why it goes away. Markdown.'),
        replacement: eventTypeReference,
      },
    },
    schemas: schemaSettingsOfEvent,
    versions: {
      type: 'object',
      description: 'Notes on schema versions, by version.',
      additionalProperties: {
        type: 'object',
        additionalProperties: false,
        properties: {
          released: date,
          notes: text('What changed. Markdown.'),
        },
      },
    },
  },
};
