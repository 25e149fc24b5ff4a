import fc from 'fast-check';
import { parseYaml } from '@busline/event-repository';
import { editYaml } from './editYaml';

const TEXT = `# Head
title: A   # short
environments:
  prod: { account: a, region: b }
  # behind prod
publishes:
  - { source: com.key, detailType: One }   # first
  # between

  - source: com.key
    detailType: Two
# End
`;

describe('editYaml', () => {
  it.each([
    [
      'adds to a list as its neighbours are written',
      { kind: 'append', path: ['publishes'], value: { source: 'x' } },
      ['+  - source: x'],
    ],
    [
      'adds to a mapping',
      { kind: 'set', path: ['environments', 'dev'], value: { account: 'c' } },
      ['+  dev: { account: c }'],
    ],
    ['adds a key', { kind: 'set', path: ['enabled'], value: false }, ['+enabled: false']],
    [
      'replaces a value and keeps its comment',
      { kind: 'set', path: ['title'], value: 'yes' },
      ['-title: A   # short', "+title: 'yes'   # short"],
    ],
    [
      'takes an entry away',
      { kind: 'remove', path: ['publishes', 0] },
      ['-  - { source: com.key, detailType: One }   # first'],
    ],
    [
      'makes what is missing on the way',
      { kind: 'set', path: ['delivery', 'retry', 'times'], value: 1 },
      ['+delivery:', '+  retry:', '+    times: 1'],
    ],
  ] as const)('%s', (_, edit, lines) => {
    const after = editYaml(TEXT, [edit as never]).split('\n');
    const before = TEXT.split('\n');
    const changed = [
      ...before.filter(line => !after.includes(line)).map(line => `-${line}`),
      ...after.filter(line => !before.includes(line)).map(line => `+${line}`),
    ];
    expect(changed).toEqual(lines);
  });

  it('keeps Windows line ends', () => {
    const text = 'a: 1\r\nb:\r\n  - x\r\n';
    expect(editYaml(text, [{ kind: 'append', path: ['b'], value: 'z' }])).toBe('a: 1\r\nb:\r\n  - x\r\n  - z\r\n');
  });

  it('takes a file without a last line end, an empty list, a list on one line', () => {
    expect(editYaml('a: 1', [{ kind: 'set', path: ['b'], value: 2 }])).toBe('a: 1\nb: 2\n');
    expect(editYaml('a: [1, 2]  # two\n', [{ kind: 'append', path: ['a'], value: 3 }])).toBe('a: [1, 2, 3]  # two\n');
    expect(parseYaml(editYaml('a: []\n', [{ kind: 'append', path: ['a'], value: 3 }])).value).toEqual({ a: [3] });
    expect(parseYaml(editYaml('a:\n', [{ kind: 'append', path: ['a'], value: 3 }])).value).toEqual({ a: [3] });
  });

  it('refuses what is no YAML', () => {
    expect(() => editYaml('a: [', [{ kind: 'set', path: ['b'], value: 1 }])).toThrow('is no YAML');
  });

  it('says what was asked, whatever the value', () => {
    const key = fc.stringMatching(/^[a-z]{1,5}$/);
    fc.assert(
      fc.property(
        fc.dictionary(key, fc.jsonValue({ maxDepth: 2 }), { minKeys: 1, maxKeys: 4 }),
        key,
        fc.jsonValue(),
        (object, name, value) => {
          const text = `# kept\n${JSON.stringify(object)}\n`;
          const plain = JSON.parse(JSON.stringify(value)) as never;
          const after = editYaml(text, [{ kind: 'set', path: [name], value: plain }]);
          expect(parseYaml(after).value).toEqual({ ...JSON.parse(JSON.stringify(object)), [name]: plain });
          expect(after).toContain('# kept');
        },
      ),
      { numRuns: 100 },
    );
  });
});
