import fc from 'fast-check';
import { readFileSync, readdirSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { sameDeclaration } from '../equal';
import { formatProblem } from '../reading/places';
import { readEventRepository } from '../reading/readEventRepository';
import { parseYaml } from '../text/yamlText';
import type { EventRepository } from '../types';
import { writeEventRepository } from './writeEventRepository';
import { toYaml } from './yaml';

const read = (files: ReadonlyMap<string, string>) =>
  readEventRepository({
    paths: () => [...files.keys()],
    read: path => files.get(path),
  });

function folder(root: string): Map<string, string> {
  const files = readdirSync(root, {
    recursive: true,
    withFileTypes: true,
  }).filter(entry => entry.isFile());
  return new Map(
    files.map(entry => {
      const path = join(entry.parentPath, entry.name);
      return [relative(root, path).split(sep).join('/'), readFileSync(path, 'utf8')];
    }),
  );
}

const base = read(folder(join(__dirname, '../rules/__fixtures__/base'))).repository;

/** Without where things are written. */
const plain = (repository: EventRepository) =>
  JSON.parse(JSON.stringify(repository, (key, value) => (key === 'place' || key === 'size' ? undefined : value)));

/** Texts that would do harm in a YAML file if they were not written as what they are. */
const NASTY = [
  'yes',
  'null',
  '~',
  '0123',
  '1e3',
  '2026-01-01',
  '- a',
  'a: b',
  '# no comment',
  'a #b',
  '*x',
  '&x',
  '!tag',
  '|',
  '>',
  '%',
  '@',
  '`',
  '{{ mustache }}',
  '${ expression }',
  "it's",
  '"quoted"',
  'tab\there',
  ' leading',
  'trailing ',
  'line\nbreak',
  '\n\nlines\n\n',
  'cr\rlf\r\n',
  '---',
  '...',
  '\u0000',
  '\u0085',
  '\u2028',
  '\ufeff',
  '\ud800',
  '😀',
  '<<',
  '=',
  '__proto__',
  '',
  ' ',
  '\t- x',
  'a\n  b: c\n',
  '? x',
  '[',
  '}',
  ',',
];

describe('toYaml', () => {
  it.each(NASTY)('carries %j as value and as key', text => {
    for (const value of [{ a: text }, { [text]: 1 }, { a: [text, text] }, { a: { b: [{ c: text }] } }]) {
      const yaml = toYaml(value);
      expect(parseYaml(yaml)).toEqual({
        value: JSON.parse(JSON.stringify(value)),
        errors: [],
      });
    }
  });

  it('quotes what YAML 1.1 takes for something else', () => {
    expect(toYaml({ numeric: ['=', 5, 'yes', '0x1F'] })).toBe("numeric: ['=', 5, 'yes', '0x1F']\n");
  });

  it('carries every JSON value', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string({ unit: 'binary' }), fc.jsonValue({ maxDepth: 4 })), value =>
        sameDeclaration(parseYaml(toYaml(value)).value, JSON.parse(JSON.stringify(value))),
      ),
      { numRuns: 300 },
    );
  });

  it('keeps comments on their line', () => {
    expect(toYaml({ a: 1 }, ['one\ntwo: 3'])).toBe('# one two: 3\na: 1\n');
  });
});

describe('writeEventRepository', () => {
  it('writes what reads back as the same', () => {
    const again = read(writeEventRepository(base));
    expect(again.problems.map(formatProblem)).toEqual([]);
    expect(plain(again.repository)).toEqual(plain(base));
  });

  it('writes the same files for the same repository', () => {
    expect(writeEventRepository(base)).toEqual(writeEventRepository(base));
  });

  it('writes every setting', () => {
    const repository: EventRepository = {
      ...base,
      eventPaths: {},
      naming: { source: '.*' },
      deliveryDefaults: {
        maximumEventAgeSeconds: 60,
        maximumRetryAttempts: 0,
        deadLetterQueue: false,
      },
      subscriptions: [
        {
          ...base.subscriptions[0],
          bus: 'key-central',
          rule: 'by-hand',
          path: 'direct',
          enabled: false,
          delivery: {
            maximumEventAgeSeconds: 120,
            maximumRetryAttempts: 3,
            deadLetterQueue: 'arn:aws:sqs:eu-west-1:222222222222:dlq',
          },
          targets: [
            {
              type: 'arn',
              arn: 'arn:aws:sqs:eu-west-1:222222222222:a',
              id: 'one',
            },
            {
              type: 'lambda',
              name: 'f',
              delivery: {
                maximumEventAgeSeconds: 120,
                maximumRetryAttempts: 5,
                deadLetterQueue: false,
              },
              inputPath: '$.detail',
              parameters: { SqsParameters: { MessageGroupId: 'g' } },
            },
          ],
        },
      ],
    };
    const again = read(writeEventRepository(repository, { comments: ['Generated.'] }));
    expect(again.problems.map(formatProblem)).toEqual([]);
    const eventTypes = base.eventTypes.map(type => ({
      ...type,
      eventPaths: { metadata: 'detail.metadata', data: 'detail.data' },
    }));
    expect(plain(again.repository)).toEqual(plain({ ...repository, eventTypes }));
  });

  it('says first what the file is', () => {
    const text = writeEventRepository(base, { comments: ['Generated.'] }).get('domains/access.yaml');
    expect(text).toMatch(
      /^# Generated\.\n# yaml-language-server: \$schema=https:\/\/\S+\/domain\.schema\.json\ntitle: Access\n/,
    );
  });

  it('keeps apart detail-types with one slug', () => {
    const [type] = base.eventTypes;
    const twins = {
      ...base,
      eventTypes: [type, { ...type, detailType: 'Access: Granted' }],
    };
    const again = read(writeEventRepository(twins));
    expect(again.repository.eventTypes.map(({ detailType }) => detailType)).toEqual([
      'Access: Granted',
      'Access Granted',
    ]);
  });

  it('lets no text leave its place', () => {
    const text = 'x\nowner: group:default/attacker\n---\n';
    const again = read(
      writeEventRepository({
        ...base,
        domains: [{ ...base.domains[0], description: text }],
      }),
    );
    expect(again.repository.domains[0]).toMatchObject({
      description: text,
      owner: 'group:default/access',
    });
  });
});
