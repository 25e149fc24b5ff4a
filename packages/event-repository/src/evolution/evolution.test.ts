import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { EVENT_FOLDER, smallRepository } from '../testing/smallRepository';
import { COMPATIBILITY_MODES, formatProblem, LINT_RULES, renderEvolutionRules, RULES } from '../index';
import { judgeEventType, type JudgedStep } from './judge';
import { evolutionPolicyOf } from './policy';
import { endedExceptions, problemsOfStep } from './problems';
import { EVOLUTION_RULES } from './rules';

const EVENT = `${EVENT_FOLDER}/event.yaml`;
const HEAD = ['source: com.key.access', 'detailType: Access Granted', 'domain: access', 'owner: group:default/access'];
const TODAY = '2026-06-01';

const schema = (required: readonly string[], properties: object) => ({ type: 'object', properties, required });
const A = schema(['door'], { door: { type: 'string' } });
/** One more field, that may be left out. */
const B = schema(['door'], { door: { type: 'string' }, guest: { type: 'string' } });
/** One more field, that must be there: what was written before is not read. */
const C = schema(['door', 'guest'], { door: { type: 'string' }, guest: { type: 'string' } });
/** A field less: consumers of before wait for it. */
const D = schema([], { guest: { type: 'string' } });

interface World {
  readonly versions: Readonly<Record<string, object>>;
  readonly event?: readonly string[];
  readonly domain?: string;
  readonly busline?: string;
}

function world({ versions, event = [], domain, busline }: World) {
  const files: Record<string, string | object | undefined> = {
    [`${EVENT_FOLDER}/1.0.0/examples/front-door.json`]: undefined,
    [`${EVENT_FOLDER}/1.0.0/schema.json`]: undefined,
    [EVENT]: [...HEAD, ...event].join('\n'),
  };
  for (const [version, each] of Object.entries(versions)) files[`${EVENT_FOLDER}/${version}/schema.json`] = each;
  if (domain) files['domains/access.yaml'] = `title: Access\n${domain}`;
  if (busline) files['busline.yaml'] = `${smallRepository().files.read('busline.yaml')}\n${busline}`;
  const made = smallRepository(files);
  expect(made.problems.map(formatProblem)).toEqual([]);
  return made;
}

const words = ({ old, next, outcome }: JudgedStep) => `${old.version} > ${next.version} ${outcome}`;

function judged(now: World, released?: World): readonly string[] {
  const { repository, eventType } = world(now);
  const before = released && world(released).eventType;
  return [...judgeEventType(repository, eventType, before, { today: TODAY })].map(words);
}

const mode = (name: string) => `schemas: { compatibility: ${name} }`;

describe('the rules of an organisation', () => {
  it.each([
    ['nothing', {}, 'FULL_TRANSITIVE', 'default'],
    ['busline.yaml', { busline: mode('NONE') }, 'NONE', 'event repository'],
    ['the domain', { busline: mode('NONE'), domain: mode('FULL') }, 'FULL', 'domain'],
    [
      'event.yaml',
      { busline: mode('NONE'), domain: mode('FULL'), event: [mode('BACKWARD')] },
      'BACKWARD',
      'event type',
    ],
  ])('are what %s says', (_, files, expected, origin) => {
    const { repository, eventType } = world({ versions: { '1.0.0': A }, ...files });
    expect(evolutionPolicyOf(repository, eventType)).toEqual({ mode: expected, origin, contentModel: 'closed-world' });
  });

  it('refuse another mode, and an exception without a reason', () => {
    const { problems } = smallRepository({
      [EVENT]: [
        ...HEAD,
        'description: x',
        'schemas: { compatibility: FULLY, exceptions: [{ version: 1.0.0, by: ada, until: 2026-01-01 }] }',
      ].join('\n'),
    });
    expect(problems.map(({ rule, message }) => `${rule}: ${message}`)).toEqual([
      expect.stringMatching(/^wrong-value: `schemas.compatibility` must be .*did you mean "FULL"/),
      expect.stringMatching(/^missing-key: missing key `reason` in `schemas.exceptions\[0\]`/),
    ]);
  });
});

describe('modes', () => {
  // A new required field: backward breaks. A field gone: forward breaks.
  const outcomes = COMPATIBILITY_MODES.map(name => {
    const of = (next: object) => judged({ versions: { '1.0.0': A, '1.1.0': next }, event: [mode(name)] });
    return [name, of(B), of(C), of(D)];
  });

  it('ask for directions', () => {
    const kept = '1.0.0 > 1.1.0 kept';
    const broken = '1.0.0 > 1.1.0 broken';
    expect(outcomes).toEqual([
      ['NONE', [], [], []],
      ['BACKWARD', [kept], [broken], [kept]],
      ['FORWARD', [kept], [kept], [broken]],
      ['FULL', [kept], [broken], [broken]],
      ['BACKWARD_TRANSITIVE', [kept], [broken], [kept]],
      ['FORWARD_TRANSITIVE', [kept], [kept], [broken]],
      ['FULL_TRANSITIVE', [kept], [broken], [broken]],
    ]);
  });

  it('look at the version before, or at all of the major', () => {
    const versions = { '1.0.0': A, '1.1.0': A, '1.2.0': A, '2.0.0-rc.1': C, '2.0.0': C };
    expect(judged({ versions, event: [mode('FULL')] })).toEqual(['1.0.0 > 1.1.0 kept', '1.1.0 > 1.2.0 kept']);
    expect(judged({ versions })).toEqual(['1.0.0 > 1.1.0 kept', '1.1.0 > 1.2.0 kept', '1.0.0 > 1.2.0 kept']);
  });

  it('find what only a step further back shows', () => {
    const number = schema(['door'], { door: { type: 'string' }, guest: { type: 'integer' } });
    const versions = { '1.0.0': number, '1.1.0': A, '1.2.0': B };
    expect(judged({ versions, event: [mode('BACKWARD')] })).toContain('1.1.0 > 1.2.0 kept');
    expect(judged({ versions, event: [mode('BACKWARD_TRANSITIVE')] })).toContain('1.0.0 > 1.2.0 broken');
  });

  it('read the writing side open where asked to', () => {
    const versions = { '1.0.0': A, '1.1.0': B };
    expect(judged({ versions, event: ['schemas: { contentModel: open }'] })).toEqual(['1.0.0 > 1.1.0 broken']);
  });
});

describe('a change', () => {
  const released = { versions: { '1.0.0': A, '1.1.0': C } };

  it('is judged by what it brings, not by what is there', () => {
    expect(judged({ versions: { ...released.versions, '1.2.0': C } }, released)).toEqual([
      '1.1.0 > 1.2.0 kept',
      '1.0.0 > 1.2.0 broken',
    ]);
    expect(judged(released, released)).toEqual([]);
  });

  it('compares with versions as they were released, also with those that it takes away', () => {
    const sly = { versions: { '1.0.0': C, '1.2.0': C } };
    expect(judged(sly, { versions: { '1.0.0': A, '1.1.0': A } })).toEqual([
      '1.1.0 > 1.2.0 broken',
      '1.0.0 > 1.2.0 broken',
    ]);
  });
});

describe('an exception', () => {
  const excusing = (until: string, version = '1.1.0') => ({
    versions: { '1.0.0': A, '1.1.0': C },
    event: [
      'schemas:',
      '  exceptions:',
      `    - { version: ${version}, by: user:default/ada, reason: Nobody reads it yet., until: ${until} }`,
    ],
  });

  it.each([
    ['its last day', TODAY, 'excused'],
    ['the day after', '2026-05-31', 'broken'],
  ])('counts on %s', (_, until, outcome) => {
    expect(judged(excusing(until))).toEqual([`1.0.0 > 1.1.0 ${outcome}`]);
  });

  it('is for its version only', () => {
    const { versions, event } = excusing('2027-01-01', '1.1.0');
    expect(judged({ versions: { ...versions, '1.2.0': C }, event })).toContain('1.0.0 > 1.2.0 broken');
  });

  it('that ended makes the next change of the event type fail', () => {
    const ended = excusing('2026-05-31');
    expect(judged(ended, ended)).toEqual(['1.0.0 > 1.1.0 broken']);
    const { repository, files } = world(ended);
    expect(endedExceptions(repository, TODAY, files.read).map(formatProblem)).toEqual([
      `${EVENT}:7:84 the exception for 1.1.0 ended on 2026-05-31; take it out, or say until when it goes on (exception-ended)`,
    ]);
    expect(endedExceptions(repository, '2026-05-31', files.read)).toEqual([]);
  });
});

describe('problems', () => {
  function problems(now: World, compare?: Parameters<typeof judgeEventType>[3]['compare']) {
    const { repository, eventType, files } = world(now);
    return [...judgeEventType(repository, eventType, undefined, { today: TODAY, ...(compare && { compare }) })].flatMap(
      step => problemsOfStep(repository, eventType, step, { now: files.read }),
    );
  }

  it('point at both sides and carry an event that proves them', () => {
    expect(problems({ versions: { '1.0.0': A, '1.1.0': C } })).toEqual([
      {
        eventType: 'com.key.access/Access Granted',
        old: '1.0.0',
        next: '1.1.0',
        direction: 'backward',
        file: `${EVENT_FOLDER}/1.1.0/schema.json`,
        line: 11,
        column: 15,
        related: { file: `${EVENT_FOLDER}/1.0.0/schema.json`, line: 1, column: 1 },
        rule: 'field-missing',
        severity: 'error',
        message: expect.stringMatching(/guest.*\(1\.0\.0 to 1\.1\.0, backward; FULL_TRANSITIVE asks for it\)$/),
        counterexample: { door: '' },
      },
    ]);
  });

  it('name what is not decided, with the reason', () => {
    const unknown = { kind: 'unknown', reason: 'too much to look at' } as const;
    const found = problems({ versions: { '1.0.0': A, '1.1.0': B } }, () => ({
      backward: { kind: 'compatible' },
      forward: unknown,
      changes: [],
      semver: 'major',
    }));
    expect(found.map(({ rule, severity, message }) => [rule, severity, message])).toEqual([
      ['compatibility-undecided', 'warning', 'forward compatibility with 1.0.0 is not decided: too much to look at'],
    ]);
  });

  it('name a step that is too small', () => {
    expect(problems({ versions: { '1.0.0': A, '1.0.1': B } }).map(({ rule }) => rule)).toEqual([
      'version-step-too-small',
    ]);
    expect(problems({ versions: { '1.0.0': A, '1.1.0': B, '1.1.1': { ...B, title: 'B' } } })).toEqual([]);
  });

  it('stand in docs/schema-evolution.md as they are', () => {
    // eslint-disable-next-line no-restricted-syntax -- tests run where the sources are
    const page = readFileSync(join(__dirname, '../../../../docs/schema-evolution.md'), 'utf8');
    // The page's tables are lined up.
    const plain = (text: string) => text.replace(/ +\|/g, ' |').replace(/-{3,}/g, '---');
    expect(plain(page)).toContain(plain(`-->\n\n${renderEvolutionRules()}\n<!-- end of rules -->`));
  });

  it('have ids of their own', () => {
    const ids = [...EVOLUTION_RULES, ...LINT_RULES, ...RULES].map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });
});
