import { isObject } from '../declarations/values';
import { parsePointer, type Pointer } from '../text/position';
import type { Json, JsonObject } from '../types';
import { isIdName, isPersonalName, isTimeName, type NameStyle, styleOf } from './names';
import type { LintRule, LintSubject } from './rule';
import { isField, type SchemaPlace } from './schemaView';

/** Turns every lint rule off where it stands under `off`. */
export const ALL_LINT_RULES = '*';

/** Fields below fields; what is deeper nobody finds in a pattern. */
export const MAX_LINT_DEPTH = 8;
/** An event is at most 1 MB, and people read the schema. */
export const MAX_LINT_BYTES = 100_000;
/** More than a client's type or a page can show in a way that somebody reads. */
export const MAX_LINT_FIELDS = 300;

const at = ({ node }: SchemaPlace): Pointer => parsePointer(node.pointer);
const fields = ({ places }: LintSubject) => places.filter(isField);
const quoted = ({ node }: SchemaPlace) => `\`${node.path}\``;

/** Whether text is among the types that a place's words name. */
const isText = ({ node }: SchemaPlace) => /\bstring\b/.test(node.type);
const isNumber = ({ node }: SchemaPlace) => /\b(integer|number)\b/.test(node.type);
const isAny = ({ node }: SchemaPlace) => node.type === 'any';
const isHash = (name: string) => /(Hash|Digest|Token|_hash|_digest|_token)$/.test(name);

/** The style that most names of a schema have. */
function commonStyle(places: readonly SchemaPlace[]): NameStyle | undefined {
  const counts = new Map<NameStyle, number>();
  for (const { node } of places) {
    const style = styleOf(node.name);
    if (style !== undefined && style !== 'other') counts.set(style, (counts.get(style) ?? 0) + 1);
  }
  return [...counts].sort(([, a], [, b]) => b - a)[0]?.[0];
}

/** Schemas of objects that a document spells out, with their places; not those beside others in `allOf`, which are parts of one. */
function objectSchemas(root: Json): readonly { readonly schema: JsonObject; readonly pointer: Pointer }[] {
  const found: { schema: JsonObject; pointer: Pointer }[] = [];
  const values = new Set(['const', 'enum', 'examples', 'example', 'default']);
  const visit = (value: Json, pointer: Pointer, isPart: boolean) => {
    if (Array.isArray(value)) {
      value.forEach((child, index) => visit(child, [...pointer, index], isPart));
    } else if (isObject(value)) {
      const isSchema = isObject(value.properties) && pointer.at(-1) !== 'properties';
      if (isSchema && !isPart) found.push({ schema: value, pointer });
      const conditional = ['allOf', 'if', 'then', 'else', 'not', 'dependentSchemas'];
      for (const [key, child] of Object.entries(value)) {
        if (!values.has(key))
          visit(child, [...pointer, key], conditional.includes(key) || (isPart && key !== 'properties'));
      }
    }
  };
  visit(root, [], false);
  return found;
}

const isClosed = (schema: JsonObject) =>
  schema.additionalProperties === false || schema.unevaluatedProperties === false;

/** Whether a field, or one that it stands in, is named as personal data. */
function isClassified(path: string, personalData: readonly string[]): boolean {
  return personalData.some(named => {
    const plain = named.replace(/\[\]/g, '');
    const own = path.replace(/\[\]/g, '');
    return own === plain || own.startsWith(`${plain}.`);
  });
}

export const LINT_RULES: readonly LintRule[] = [
  {
    id: 'schema-without-description',
    purpose:
      'A schema without a description, and an event type without one, leave the reader to guess what has happened.',
    severity: 'warning',
    check({ eventType, schema }, { inSchema }) {
      if (eventType.description !== '' || !isObject(schema)) return;
      if (typeof schema.description !== 'string' || schema.description.trim() === '') {
        inSchema({ message: 'neither the schema nor event.yaml has a description; say what has happened' });
      }
    },
  },
  {
    id: 'field-without-description',
    purpose: 'A field without a description is read differently by everybody who reads it.',
    severity: 'warning',
    check(subject, { inSchema }) {
      for (const place of fields(subject)) {
        const { description, recursionOf, title } = place.node;
        if (description?.trim() || title?.trim() || recursionOf !== undefined) continue;
        inSchema({ pointer: at(place), at: 'key', message: `${quoted(place)} has no description` });
      }
    },
  },
  {
    id: 'field-without-type',
    purpose: 'A field without a type may hold anything, and no client can be generated that says what.',
    severity: 'warning',
    check(subject, { inSchema }) {
      for (const place of fields(subject)) {
        if (!isAny(place)) continue;
        inSchema({ pointer: at(place), at: 'key', message: `${quoted(place)} has no type: it may hold anything` });
      }
    },
  },
  {
    id: 'field-name-style',
    purpose: 'Names of fields follow busline.yaml (`naming.field`), or else the style of most names in their schema.',
    severity: 'warning',
    check(subject, { inSchema }) {
      const all = fields(subject);
      const { isFieldName } = subject;
      const common = isFieldName ? undefined : commonStyle(all);
      for (const place of all) {
        const { name } = place.node;
        const style = styleOf(name);
        const isFine = isFieldName ? isFieldName(name) : style === undefined || style === common;
        if (isFine) continue;
        const wanted = isFieldName
          ? 'is not named as `naming.field` of busline.yaml wants it'
          : `is not ${common ?? 'a plain name'} like the rest`;
        inSchema({ pointer: at(place), at: 'key', message: `${quoted(place)} ${wanted}` });
      }
    },
  },
  {
    id: 'id-not-text',
    purpose: 'An id is a text: JSON numbers lose digits beyond 2^53, and an id is never counted with.',
    severity: 'warning',
    check(subject, { inSchema }) {
      for (const place of fields(subject)) {
        if (!isIdName(place.node.name) || !isNumber(place) || isText(place)) continue;
        inSchema({ pointer: at(place), at: 'key', message: `${quoted(place)} is an id and a number; make it a text` });
      }
    },
  },
  {
    id: 'time-without-format',
    purpose: 'A time stamp says by its format how it is written (date-time, date): a text or a number does not.',
    severity: 'warning',
    check(subject, { inSchema }) {
      for (const place of fields(subject)) {
        const { name, type } = place.node;
        if (!isTimeName(name) || !(isText(place) || isNumber(place))) continue;
        if (/\((date-time|date|time)\)/.test(type)) continue;
        inSchema({
          pointer: at(place),
          at: 'key',
          message: `${quoted(place)} is a time stamp without \`format: date-time\` or \`date\``,
        });
      }
    },
  },
  {
    id: 'object-openness',
    purpose:
      'Subscribers that validate reject the next field where an object is closed; an organisation that wants them closed says `objects: closed`.',
    severity: 'warning',
    check({ schema, objects }, { inSchema }) {
      for (const { schema: object, pointer } of objectSchemas(schema)) {
        if (objects === 'open' && isClosed(object)) {
          const key = object.additionalProperties === false ? 'additionalProperties' : 'unevaluatedProperties';
          inSchema({
            pointer: [...pointer, key],
            at: 'key',
            message: 'closes the object: the next field will break whoever validates',
          });
        } else if (objects === 'closed' && !isClosed(object)) {
          inSchema({ pointer, at: 'key', message: 'leaves the object open; say `additionalProperties: false`' });
        }
      }
    },
  },
  {
    id: 'personal-data-unclassified',
    purpose: 'A field that by its name or format holds personal data stands under `personalData` of event.yaml.',
    severity: 'warning',
    check(subject, { inSchema }) {
      for (const place of fields(subject)) {
        const { name, path, type } = place.node;
        if (isHash(name) || !(isText(place) || isAny(place))) continue;
        const isPersonal = isPersonalName(name) || /\((idn-)?email\)/.test(type);
        if (!isPersonal || isClassified(path, subject.eventType.personalData)) continue;
        inSchema({
          pointer: at(place),
          at: 'key',
          message: `${quoted(place)} looks like personal data and is not named under \`personalData\` of event.yaml`,
        });
      }
    },
  },
  {
    id: 'personal-data-unknown',
    purpose: 'What `personalData` names is a field of the current schema: a wrong name protects nobody.',
    severity: 'warning',
    check({ eventType, places }, { inEvent }) {
      const paths = new Set(places.map(({ node }) => node.path.replace(/\[\]/g, '')));
      eventType.personalData.forEach((path, index) => {
        if (paths.has(path.replace(/\[\]/g, ''))) return;
        inEvent({ pointer: ['personalData', index], message: `the schema has no field \`${path}\`` });
      });
    },
  },
  {
    id: 'schema-too-deep',
    purpose: `Fields more than ${MAX_LINT_DEPTH} levels down are found by nobody, in no pattern and in no code.`,
    severity: 'warning',
    check({ places }, { inSchema }) {
      const deep = places.find(({ depth }) => depth > MAX_LINT_DEPTH);
      if (deep) inSchema({ pointer: at(deep), at: 'key', message: `${quoted(deep)} is ${deep.depth} levels down` });
    },
  },
  {
    id: 'schema-too-large',
    purpose: `A schema of more than ${MAX_LINT_FIELDS} fields or ${
      MAX_LINT_BYTES / 1000
    } KB describes several events, or what belongs into a document beside the event.`,
    severity: 'warning',
    check(subject, { inSchema }) {
      const { size } = subject.version;
      const count = fields(subject).length;
      if (size > MAX_LINT_BYTES) inSchema({ message: `the schema has ${size} bytes` });
      else if (count > MAX_LINT_FIELDS) inSchema({ message: `the schema has ${count} fields or more` });
    },
  },
];
