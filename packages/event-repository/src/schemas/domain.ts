import type { JsonObject } from '../types';
import { schemaSettings } from './schemaSettings';
import { DRAFT_07, owner, SCHEMA_BASE_URL, text, title } from './shared';

export const domainFileSchema: JsonObject = {
  $schema: DRAFT_07,
  $id: `${SCHEMA_BASE_URL}/domain.schema.json`,
  title: 'domains/<name>.yaml',
  description: 'A part of the business; the name of the file is its name.',
  type: 'object',
  additionalProperties: false,
  required: ['title'],
  properties: {
    title: title('Name for people.'),
    description: text('What belongs to it. Markdown.'),
    owner,
    schemas: schemaSettings,
  },
};
