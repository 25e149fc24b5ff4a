import type { JsonObject } from '../types';
import { schemaSettings } from './schemaSettings';
import {
  classification,
  delivery,
  DRAFT_07,
  eventPaths,
  lifecycle,
  NAME_PATTERN,
  name,
  owner,
  region,
  SCHEMA_BASE_URL,
  text,
  title,
} from './shared';

const bus: JsonObject = {
  type: 'object',
  additionalProperties: false,
  required: ['name', 'account', 'region'],
  properties: {
    name: {
      type: 'string',
      pattern: '^[/.A-Za-z0-9_-]{1,256}$',
      description: 'Name of the event bus on AWS.',
    },
    account: name('Name of an account in accounts.yaml.'),
    region,
    description: text('What the bus is for.'),
    additionalPolicyStatements: {
      type: 'array',
      description: 'Statements of the bus policy beyond those that Busline derives.',
      items: { type: 'object' },
    },
    kmsKeyIdentifier: text('Customer managed key that encrypts the bus.'),
  },
};

export const buslineFileSchema: JsonObject = {
  $schema: DRAFT_07,
  $id: `${SCHEMA_BASE_URL}/busline.schema.json`,
  title: 'busline.yaml',
  description: 'What holds for the whole event repository.',
  type: 'object',
  additionalProperties: false,
  required: ['name', 'environments'],
  properties: {
    name: name('Short name of the event repository.'),
    title: title('Name for people.'),
    description: text('What the events are about. Markdown.'),
    owner,
    environments: {
      type: 'object',
      description: 'Environments by name, each with its buses.',
      minProperties: 1,
      propertyNames: { pattern: NAME_PATTERN },
      additionalProperties: {
        type: 'object',
        additionalProperties: false,
        required: ['buses'],
        properties: {
          buses: {
            type: 'array',
            minItems: 1,
            description: 'Event buses; the first one is the central bus.',
            items: bus,
          },
        },
      },
    },
    event: eventPaths,
    naming: {
      type: 'object',
      description: 'Regular expressions (ECMAScript) that names match as a whole.',
      additionalProperties: false,
      properties: {
        source: {
          type: 'string',
          format: 'regex',
          description: 'For sources.',
        },
        detailType: {
          type: 'string',
          format: 'regex',
          description: 'For detail-types.',
        },
        service: {
          type: 'string',
          format: 'regex',
          description: 'For names of services.',
        },
        field: {
          type: 'string',
          format: 'regex',
          description: 'For names of fields in schemas.',
        },
      },
    },
    schemas: schemaSettings,
    defaults: {
      type: 'object',
      description: 'What holds where a file does not say.',
      additionalProperties: false,
      properties: { delivery, lifecycle, classification },
    },
  },
};
