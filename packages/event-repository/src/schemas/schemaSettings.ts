import { COMPATIBILITY_MODES, type JsonObject } from '../types';
import { date, text } from './shared';

const common: JsonObject = {
  compatibility: {
    type: 'string',
    enum: COMPATIBILITY_MODES,
    description:
      'What versions of one major keep. BACKWARD: the new version reads what the old one wrote. FORWARD: the old version reads what the new one writes. FULL: both. _TRANSITIVE: towards all earlier versions, not only the one before. FULL_TRANSITIVE where nothing says otherwise.',
  },
  contentModel: {
    type: 'string',
    enum: ['closed-world', 'open'],
    description:
      'How the writing side is read when versions are compared. closed-world: it writes only the fields that its schema describes. open: it may write any other field too. closed-world where nothing says otherwise.',
  },
  objects: {
    type: 'string',
    enum: ['open', 'closed'],
    description:
      'Whether objects in schemas should allow fields that they do not describe. open where nothing says otherwise.',
  },
  off: {
    type: 'object',
    description: 'Lint rules of schemas that do not hold here, by id, each with the reason; * for all of them.',
    additionalProperties: { type: 'string', minLength: 1, description: 'Why the rule does not hold here.' },
  },
};

/** What busline.yaml and a domain say of schemas. */
export const schemaSettings: JsonObject = {
  type: 'object',
  description: 'How schemas may change from version to version, and which lint rules hold.',
  additionalProperties: false,
  properties: common,
};

/** The same for one event type, where a version may be excused. */
export const schemaSettingsOfEvent: JsonObject = {
  ...schemaSettings,
  properties: {
    ...common,
    exceptions: {
      type: 'array',
      description: 'Versions that may break what the mode asks for, each with who decided so, why, and until when.',
      items: {
        type: 'object',
        additionalProperties: false,
        required: ['version', 'by', 'reason', 'until'],
        properties: {
          version: text('The version that breaks, such as 1.3.0.'),
          by: {
            type: 'string',
            minLength: 1,
            maxLength: 200,
            description: 'Who decided so, such as user:default/ada.',
          },
          reason: { type: 'string', minLength: 1, description: 'Why nobody is harmed, or why it must be. Markdown.' },
          until: {
            ...date,
            description: 'Last day, as YYYY-MM-DD, on which it excuses.',
          },
        },
      },
    },
  },
};
