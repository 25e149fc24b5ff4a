import { paint } from './paint';

const text = '{"a": 1}';

it('keeps every character, whatever is marked', () => {
  const marks = [
    { from: 1, to: 4, tone: 'chosen' },
    { from: 2, to: 3, tone: 'error' },
  ] as const;
  const pieces = paint(text, marks);
  expect(pieces.map(piece => piece.text).join('')).toBe(text);
  expect(pieces.filter(({ tone }) => tone === 'chosen').map(piece => piece.text)).toEqual(['"', 'a', '"']);
});

it('marks one character, in its colour', () => {
  expect(paint(text, [{ from: 6, to: 7, tone: 'error' }])).toContainEqual({ text: '1', kind: 'number', tone: 'error' });
});

it('shows a mistake at the end of the text behind its last character', () => {
  expect(paint('{', [{ from: 1, to: 2, tone: 'error' }])).toEqual([{ text: '{' }, { text: ' ', tone: 'error' }]);
});
