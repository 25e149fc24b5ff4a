import { changedLines, colouredLines, diffRows, foldedParts, languageOf } from './diffRows';

const numbered = (count: number) => Array.from({ length: count }, (_, index) => `line ${index + 1}`);
const text = (lines: readonly string[]) => `${lines.join('\n')}\n`;

describe('the rows of a diff', () => {
  it('pairs what goes with what comes and numbers both sides', () => {
    const rows = diffRows('a\nb\nc\n', 'a\nB\nC\nc\n', 'text');
    expect(rows.map(row => [row.kind, row.before?.number, row.after?.number])).toEqual([
      ['same', 1, 1],
      ['change', 2, 2],
      ['change', undefined, 3],
      ['same', 3, 4],
    ]);
    expect(changedLines(rows)).toEqual({ added: 2, removed: 1 });
  });

  it('has one side only for a file that is added or removed', () => {
    expect(changedLines(diffRows(undefined, 'a\nb\n', 'text'))).toEqual({ added: 2, removed: 0 });
    expect(changedLines(diffRows('a\nb\n', undefined, 'text'))).toEqual({ added: 0, removed: 2 });
    expect(diffRows(undefined, '', 'text')).toEqual([]);
  });

  it('folds what is far from any change, and nothing that is near', () => {
    const before = numbered(40);
    const after = before.map((line, index) => (index === 19 ? 'changed' : line));
    const parts = foldedParts(diffRows(text(before), text(after), 'text'));
    expect(parts.map(({ kind, rows }) => [kind, rows.length])).toEqual([
      ['folded', 16],
      ['rows', 7],
      ['folded', 17],
    ]);
  });

  it('keeps every character while it colours, also in comments of several lines', () => {
    const code = '/* one\n two */\nconst a = "x";\n';
    const lines = colouredLines(code, 'typescript');
    expect(lines.map(line => line.map(token => token.text).join('')).join('\n')).toBe(code);
    expect(lines[1][0]).toEqual({ text: ' two */', kind: 'comment' });
  });

  it.each([
    ['events/a/event.yaml', 'yaml'],
    ['schema.JSON', 'json'],
    ['handler.test.ts', 'typescript'],
    ['CODEOWNERS', 'text'],
  ])('reads the language of %s from its name', (path, language) => expect(languageOf(path)).toBe(language));
});
