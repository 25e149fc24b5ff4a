import { diffLines, type LineChange } from './diffLines';

const kinds = (changes: readonly LineChange[]) =>
  changes.map(change => ({ same: ' ', added: '+', removed: '-' }[change.kind])).join('');
const before = (changes: readonly LineChange[]) => changes.flatMap(c => (c.kind === 'added' ? [] : [c.before]));
const after = (changes: readonly LineChange[]) => changes.flatMap(c => (c.kind === 'removed' ? [] : [c.after]));

describe('diffLines', () => {
  it.each([
    ['', '', ' '],
    ['a b c', 'a b c', '   '],
    ['a b c', 'a c', ' - '],
    ['a c', 'a b c', ' + '],
    ['a b c', 'a x c', ' -+ '],
  ])('%s -> %s', (a, b, expected) => {
    const changes = diffLines(a.split(' '), b.split(' '));
    expect(kinds(changes)).toBe(expected);
    expect(before(changes)).toEqual(a.split(' '));
    expect(after(changes)).toEqual(b.split(' '));
  });

  it('gives both texts back whatever they are', () => {
    let seed = 7;
    const random = (below: number) => {
      seed = (seed * 48271) % 2147483647;
      return seed % below;
    };
    for (let round = 0; round < 300; round += 1) {
      const a = Array.from({ length: random(30) }, () => String(random(5)));
      const b = Array.from({ length: random(30) }, () => String(random(5)));
      const changes = diffLines(a, b);
      expect(before(changes)).toEqual(a);
      expect(after(changes)).toEqual(b);
    }
  });

  it('finds the shortest edit of a known case', () => {
    // The example of Myers' paper: five edits.
    const changes = diffLines([...'ABCABBA'], [...'CBABAC']);
    expect(changes.filter(({ kind }) => kind !== 'same')).toHaveLength(5);
  });

  it('calls a text replaced where too much differs, in bounded time', () => {
    const a = Array.from({ length: 20_000 }, (_, line) => `a${line}`);
    const b = Array.from({ length: 20_000 }, (_, line) => `b${line}`);
    const changes = diffLines(['same', ...a], ['same', ...b]);
    expect(changes[0].kind).toBe('same');
    expect(changes).toHaveLength(40_001);
  });
});
