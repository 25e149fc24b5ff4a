import { formatProblem } from '../reading/places';
import { EVENT_FOLDER, smallRepository } from '../testing/smallRepository';
import { MAX_LINT_BYTES, MAX_LINT_DEPTH } from './rules';
import { LINT_RULES, lintSchemas } from '../index';

const EVENT = `${EVENT_FOLDER}/event.yaml`;
const SCHEMA = `${EVENT_FOLDER}/1.0.0/schema.json`;
const HEAD = ['source: com.key.access', 'detailType: Access Granted', 'domain: access', 'owner: group:default/access'];

const text = (description: string) => ({ type: 'string', description });
const schemaOf = (properties: object, more: object = {}) => ({ type: 'object', properties, ...more });

function found(schema: object, changes: Readonly<Record<string, string | object>> = {}): readonly string[] {
  const { repository, files, problems } = smallRepository({
    [`${EVENT_FOLDER}/1.0.0/examples/front-door.json`]: undefined,
    [SCHEMA]: schema,
    ...changes,
  });
  expect(problems.map(formatProblem)).toEqual([]);
  return lintSchemas(repository, { readText: files.read }).map(formatProblem);
}

const event = (...lines: readonly string[]) => ({ [EVENT]: [...HEAD, ...lines].join('\n') });

/** For each rule: a schema (and files beside it) that it is about, and what it says; and one that it lets be. */
interface Case {
  readonly bad: object;
  readonly files?: Readonly<Record<string, string>>;
  readonly says: readonly string[];
  readonly good: object;
}

const deep = (levels: number): object =>
  levels === 0 ? text('The end.') : { type: 'object', description: 'More.', properties: { x: deep(levels - 1) } };

const CASES: Readonly<Record<string, Case>> = {
  'schema-without-description': {
    bad: { type: 'object' },
    files: event(),
    says: [`${SCHEMA}:1:1 neither the schema nor event.yaml has a description; say what has happened`],
    good: { type: 'object', description: 'A door may be opened.' },
  },
  'field-without-description': {
    bad: schemaOf({ door: { type: 'string' }, guest: schemaOf({ room: { type: 'string' } }, { description: 'Who.' }) }),
    says: [`${SCHEMA}:4:5 \`door\` has no description`, `${SCHEMA}:10:9 \`guest.room\` has no description`],
    good: schemaOf({ door: { $ref: '#/$defs/door' } }, { $defs: { door: text('Number of the door.') } }),
  },
  'field-without-type': {
    bad: schemaOf({ door: { description: 'Something.' } }),
    says: [`${SCHEMA}:4:5 \`door\` has no type: it may hold anything`],
    good: schemaOf({ door: { enum: ['a', 'b'], description: 'One of two.' } }),
  },
  'field-name-style': {
    bad: schemaOf({ doorNumber: text('a'), guestRoom: text('b'), door_colour: text('c'), plain: text('d') }),
    says: [`${SCHEMA}:12:5 \`door_colour\` is not camelCase like the rest`],
    good: schemaOf({ door_number: text('a'), door_colour: text('b'), plain: text('c') }),
  },
  'id-not-text': {
    bad: schemaOf({ doorId: { type: 'integer', description: 'Number of the door.' } }),
    says: [`${SCHEMA}:4:5 \`doorId\` is an id and a number; make it a text`],
    good: schemaOf({ doorId: text('a'), paid: { type: 'integer', description: 'Cents.' } }),
  },
  'time-without-format': {
    bad: schemaOf({
      openedAt: text('When.'),
      due_date: { type: 'integer', description: 'When.' },
      timestamp: text('When.'),
    }),
    says: ['openedAt', 'due_date', 'timestamp'].map(name => expect.stringContaining(`\`${name}\` is a time stamp`)),
    good: schemaOf({
      openedAt: { type: ['string', 'null'], format: 'date-time', description: 'When.' },
      dueDate: { type: 'string', format: 'date', description: 'When.' },
      flat: text('No time.'),
      at: text('A place.'),
    }),
  },
  'object-openness': {
    bad: schemaOf({ guest: schemaOf({ room: text('a') }, { description: 'b', additionalProperties: false }) }),
    says: [`${SCHEMA}:13:7 closes the object: the next field will break whoever validates`],
    good: schemaOf({ additionalProperties: text('A field of that name.') }),
  },
  'personal-data-unclassified': {
    bad: schemaOf({ guestEmail: text('a'), first_name: text('b'), contact: { ...text('c'), format: 'email' } }),
    files: { ...event('personalData: [first_name]', 'description: x') },
    says: ['guestEmail', 'contact'].map(name => expect.stringContaining(`\`${name}\` looks like personal data`)),
    good: schemaOf({ emailHash: text('a'), phoneCount: { type: 'integer', description: 'b' }, nameplate: text('c') }),
  },
  'personal-data-unknown': {
    bad: schemaOf({ guests: { type: 'array', description: 'a', items: schemaOf({ room: text('b') }) } }),
    files: event('personalData: [guest, "guests[].room"]', 'description: x'),
    says: [`${EVENT}:5:16 the schema has no field \`guest\``],
    good: { type: 'object' },
  },
  'schema-too-deep': {
    bad: schemaOf({ x: deep(MAX_LINT_DEPTH) }),
    says: [expect.stringContaining('is 9 levels down')],
    good: schemaOf({ x: deep(MAX_LINT_DEPTH - 1) }),
  },
  'schema-too-large': {
    bad: schemaOf({}, { $comment: 'x'.repeat(MAX_LINT_BYTES) }),
    says: [expect.stringMatching(/the schema has 10\d{4} bytes/)],
    good: schemaOf({}, { $comment: 'x'.repeat(MAX_LINT_BYTES / 2) }),
  },
};

describe('lint rules', () => {
  it('have a case each', () => {
    expect(Object.keys(CASES)).toEqual(LINT_RULES.map(({ id }) => id));
  });

  it.each(Object.entries(CASES))('%s', (id, { bad, files, says, good }) => {
    const of = (lines: readonly string[]) =>
      lines.filter(line => line.endsWith(`(${id})`)).map(line => line.slice(0, -id.length - 3));
    expect(of(found(bad, files))).toEqual(says);
    expect(of(found(good))).toEqual([]);
  });
});

describe('turning rules off', () => {
  const BAD = schemaOf({ doorId: { type: 'integer' } });
  const off = (id: string) => `schemas: { off: { '${id}': Old names. } }`;

  it.each([
    ['in event.yaml', event('description: x', off('id-not-text'))],
    ['in the domain', { 'domains/access.yaml': `title: Access\n${off('id-not-text')}` }],
  ])('%s', (_, files) => {
    expect(found(BAD)).toHaveLength(2);
    expect(found(BAD, files)).toEqual([expect.stringContaining('(field-without-description)')]);
  });

  it('turns all off for imported catalogs', () => {
    const busline = smallRepository().files.read('busline.yaml');
    expect(found(BAD, { 'busline.yaml': `${busline}\n${off('*')}` })).toEqual([]);
  });
});

describe('what is looked at', () => {
  const BAD = schemaOf({ doorId: { type: 'integer', description: 'a' } });
  const GOOD = schemaOf({ doorId: text('a') });
  const next = { [`${EVENT_FOLDER}/1.1.0/schema.json`]: GOOD };

  it('is the current version only: what is released does not change', () => {
    expect(found(BAD, next)).toEqual([]);
    expect(found(GOOD, { [`${EVENT_FOLDER}/1.1.0/schema.json`]: BAD })).toHaveLength(1);
  });

  it('is what the caller asks for', () => {
    const { repository, files } = smallRepository({ [SCHEMA]: BAD, ...next });
    const looked = lintSchemas(repository, { readText: files.read, isLooked: (_, { version }) => version === '1.0.0' });
    expect(looked.map(({ rule }) => rule)).toEqual(['id-not-text']);
  });

  it('follows the names of busline.yaml', () => {
    const busline = `${smallRepository().files.read('busline.yaml')}\nnaming: { field: '[a-z_]+' }`;
    const fields = schemaOf({ door_number: text('a'), guestRoom: text('b') });
    expect(found(fields, { 'busline.yaml': busline })).toEqual([expect.stringContaining('guestRoom` is not named as')]);
  });

  it('wants closed objects where the organisation does', () => {
    const busline = `${smallRepository().files.read('busline.yaml')}\nschemas: { objects: closed }`;
    expect(found(GOOD, { 'busline.yaml': busline })).toEqual([expect.stringContaining('leaves the object open')]);
    expect(found({ ...GOOD, additionalProperties: false }, { 'busline.yaml': busline })).toEqual([]);
  });

  it.each([
    ['a boolean', 'true'],
    ['a schema that contains itself', { properties: { child: { $ref: '#', description: 'Again.' } } }],
    ['names of JavaScript', { properties: JSON.parse('{"__proto__":{"type":"string","description":"x"}}') }],
    ['no schema at all', '[1]'],
  ])('bears %s', (_, schema) => {
    const { repository, files } = smallRepository({ [SCHEMA]: schema });
    expect(() => lintSchemas(repository, { readText: files.read })).not.toThrow();
  });

  it('tells of many findings once', () => {
    const many = Object.fromEntries(Array.from({ length: 40 }, (_, i) => [`f${i}`, { type: 'string' }]));
    const lines = found(schemaOf(many));
    expect(lines).toHaveLength(6);
    expect(lines).toContainEqual(expect.stringContaining('and 35 more of this kind'));
  });
});
