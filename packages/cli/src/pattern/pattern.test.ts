import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { busline, removeFolders, temporaryFolder, write } from '../testing/busline';

afterEach(removeFolders);

const PATTERN = '{ "source": ["com.example.orders"], "detail": { "level": ["ERROR", "FATAL"] } }\n';
const event = (detail: object) => JSON.stringify({ source: 'com.example.orders', 'detail-type': 'Log', detail });

function folderWith(files: Readonly<Record<string, string>>): string {
  const folder = temporaryFolder();
  write(folder, {
    'pattern.json': PATTERN,
    'hit.json': event({ level: 'ERROR' }),
    'miss.json': event({ level: 'WARN' }),
    ...files,
  });
  return folder;
}
const run = (args: readonly string[], files: Readonly<Record<string, string>> = {}) =>
  busline(['pattern', ...args], { cwd: folderWith(files) });

describe('busline pattern test', () => {
  it('ends with 0 when the event matches, and 1 when it does not', async () => {
    expect(await run(['test', 'pattern.json', 'hit.json'])).toEqual({ code: 0, out: 'hit.json: matches', note: '' });
    expect(await run(['test', 'pattern.json', 'hit.json', 'miss.json'])).toEqual({
      code: 1,
      out: 'hit.json: matches\nmiss.json: does not match\n1 of 2 events match',
      note: '',
    });
  });

  it('reads an event of every line, and writes JSON for programs', async () => {
    const lines = `${event({ level: 'FATAL' })}\n\n${event({ level: 'INFO' })}\n`;
    const { code, out } = await run(['test', 'pattern.json', 'log.jsonl', '--format', 'json'], { 'log.jsonl': lines });
    expect([code, JSON.parse(out)]).toEqual([
      1,
      {
        pattern: 'pattern.json',
        events: [
          { file: 'log.jsonl', line: 1, matches: true },
          { file: 'log.jsonl', line: 3, matches: false },
        ],
        matching: 1,
      },
    ]);
  });

  it('reads the standard input, and the declaration of a subscription', () => {
    const folder = folderWith({
      'subscription.yaml':
        'description: Errors\npattern:\n  detail:\n    level: [ERROR]\ntarget: { type: sqs, name: q }\n',
    });
    // eslint-disable-next-line no-restricted-syntax -- tests run where the sources are
    const bin = join(__dirname, '../../bin/busline');
    const out = execFileSync(process.execPath, [bin, 'pattern', 'test', 'subscription.yaml', '-'], {
      cwd: folder,
      input: event({ level: 'ERROR' }),
      env: { ...process.env, NODE_OPTIONS: '' },
    });
    expect(String(out)).toBe('-: matches\n');
  });

  it.each([
    [
      'a pattern that EventBridge refuses',
      { 'pattern.json': '{\n  "detail": { "level": [{ "prefx": "E" }] }\n}' },
      /^busline: pattern\.json:2:27 Event pattern is not valid\. Reason: Unrecognized match type prefx/,
    ],
    [
      'a pattern that is no JSON',
      { 'pattern.json': '{\n  "source": [\n}' },
      /^busline: pattern\.json:3:1 Event pattern is not valid\. Reason: /,
    ],
    ['an event that is no JSON', { 'hit.json': '{\n  "source": x\n}' }, /^busline: hit\.json:2:13 /],
    ['an event that is a list', { 'hit.json': '[]' }, /^busline: hit\.json:1:1 an event is a JSON object$/],
    [
      'an event that is too deep',
      { 'hit.json': `${'{"a":'.repeat(1001)}1${'}'.repeat(1001)}` },
      /^busline: hit\.json:1:1 .*nesting depth \(1001\)/,
    ],
  ])('names file, line and column of %s', async (_, files, message) => {
    const { code, out, note } = await run(['test', 'pattern.json', 'hit.json'], files);
    expect([code, out, note]).toEqual([2, '', expect.stringMatching(message)]);
  });

  it('names the place in YAML', async () => {
    const { code, note } = await run(['test', 'p.yaml', 'hit.json'], {
      'p.yaml': 'pattern:\n  detail:\n    level:\n      - prefx: E\n',
    });
    expect([code, note]).toEqual([2, expect.stringMatching(/^busline: p\.yaml:4:\d+ Event pattern is not valid\./)]);
  });

  it.each([
    [['test', 'none.json', 'hit.json'], 'busline: There is no file none.json'],
    [['test', '-', '-'], 'busline: - stands for the standard input, which can be read once only'],
    [['test', 'pattern.json'], "error: missing required argument 'events'"],
  ])('%j', async (args, message) => {
    expect(await run(args)).toEqual({ code: 2, out: '', note: message });
  });
});

describe('busline pattern explain', () => {
  it('says clause by clause why an event does not match', async () => {
    const { code, out } = await run(['explain', 'pattern.json', 'miss.json']);
    expect([code, out.split('\n')]).toEqual([
      1,
      [
        'miss.json: The event does not match.',
        '  ✓ `source` is "com.example.orders"',
        '  ✗ `detail.level` is "WARN"; wanted: is `ERROR` or `FATAL`',
      ],
    ]);
  });

  it('writes the explanation as JSON', async () => {
    const { code, out } = await run(['explain', 'pattern.json', 'hit.json', '--format', 'json']);
    expect([code, JSON.parse(out)]).toMatchObject([
      0,
      {
        events: [
          { file: 'hit.json', matches: true, alternatives: [{ clauses: [{ field: 'source' }, { found: ['ERROR'] }] }] },
        ],
      },
    ]);
  });
});

describe('busline pattern analyse', () => {
  const SCHEMA = JSON.stringify({
    type: 'object',
    required: ['level'],
    properties: { level: { enum: ['WARN', 'ERROR'] } },
  });

  it.each([
    ['some', PATTERN, [], 0, 'schema.json: Some events of the schema match, others do not.'],
    ['every', '{ "detail": { "level": ["WARN", "ERROR"] } }', [], 0, 'schema.json: Every event of the schema matches.'],
    ['none', '{ "detail": { "level": ["FATAL"] } }', [], 1, 'schema.json: No event of the schema can match.'],
    [
      'none, of another source',
      PATTERN,
      ['--source', 'com.other'],
      1,
      'schema.json: No event of the schema can match.',
    ],
    [
      'none, of an unlisted field',
      '{ "detail": { "lvel": ["ERROR"] } }',
      [],
      1,
      'schema.json: No event of the schema can match.',
    ],
    [
      'some, where unlisted fields may be there',
      '{ "detail": { "lvel": ["ERROR"] } }',
      ['--content-model', 'open'],
      0,
      'schema.json: Some events of the schema match, others do not.',
    ],
    [
      'some, with the schema at its place',
      '{ "detail": { "data": { "level": ["ERROR"] }, "metadata": { "publishedBy": ["a"] } } }',
      ['--data', 'detail.data', '--metadata', 'detail.metadata'],
      0,
      'schema.json: Some events of the schema match, others do not.',
    ],
  ])('says that %s can match', async (_, pattern, options, expected, line) => {
    const files = { 'pattern.json': pattern, 'schema.json': SCHEMA };
    const { code, out } = await run(['analyse', 'pattern.json', 'schema.json', ...options], files);
    expect([code, out.split('\n')[0]]).toEqual([expected, line]);
  });

  it('judges every version of an event repository', async () => {
    const folder = folderWith({});
    await busline(['init', 'events'], { cwd: folder });
    const analyse = (pattern: object) => {
      write(folder, { 'p.json': JSON.stringify(pattern) });
      return busline(['pattern', 'analyse', 'p.json', '--repository', 'events'], { cwd: folder });
    };
    expect(await analyse({ source: ['com.example.orders'] })).toMatchObject({
      code: 0,
      out: expect.stringMatching(
        /"Order Placed" 1\.0\.0: Every event.*\n(?:.*\n)*Events of 1 of 1 version can match\.$/,
      ),
    });
    expect(await analyse({ source: ['com.example.orders'], detail: { data: { nope: [1] } } })).toMatchObject({
      code: 1,
    });
    expect(await analyse({ source: ['com.example.nobody'] })).toMatchObject({
      code: 1,
      out: 'No event type of events has the source and detail-type that the pattern asks for.',
    });
  });

  it.each([
    [['analyse', 'pattern.json'], 'busline: Give either a schema or --repository'],
    [
      ['analyse', 'pattern.json', 'miss.json', '--data', 'data'],
      'busline: --data data: expected a place in the event, such as detail.data',
    ],
    [['analyse', 'pattern.json', 'bad.json'], 'busline: bad.json:1:2 '],
  ])('%j', async (args, message) => {
    const { code, note } = await run(args, { 'bad.json': '{x' });
    expect([code, note]).toEqual([2, expect.stringContaining(message)]);
  });
});
