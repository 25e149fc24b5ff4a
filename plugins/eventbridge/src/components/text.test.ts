import type { Json } from '@busline/plugin-eventbridge-common';
import { shortenMiddle } from './ArnText';
import { durationWords } from './duration';
import { isSafeUrl } from './ExternalLink';
import { filterSentence } from './FilterWords';
import { markedParts } from './Highlight';
import { tokensOf } from './highlightCode';
import { jsonLines } from './JsonView';
import { relativeTime } from './RelativeTime';
import { hourly } from './TinyLine';

describe('words of the pages', () => {
  it('shortens an ARN in its middle, keeping both ends', () => {
    const arn = 'arn:aws:events:eu-west-1:111111111111:rule/central/notification-service-welcome-guest';
    const short = shortenMiddle(arn, 44);
    expect(short).toHaveLength(44);
    expect(short.startsWith('arn:aws:events')).toBe(true);
    expect(short.endsWith('welcome-guest')).toBe(true);
    expect(shortenMiddle('short', 44)).toBe('short');
  });

  it.each([
    [30, '30 s'],
    [3600, '1 h'],
    [86_400, '24 h'],
    [5400, '1 h 30 min'],
    [0, '0 s'],
  ])('says %d seconds as %s', (seconds, words) => expect(durationWords(seconds)).toBe(words));

  it.each([
    [-5_000, 'just now'],
    [-3 * 60_000, '3 minutes ago'],
    [-26 * 3_600_000, 'yesterday'],
    [2 * 86_400_000, 'in 2 days'],
  ])('says a time %d ms away as %s', (distance, words) => expect(relativeTime(1e12 + distance, 1e12)).toBe(words));

  it('says a filter as a sentence', () => {
    expect(filterSentence([])).toBe('everything');
    expect(
      filterSentence([
        { field: 'detail.data.channel', words: 'is email or push' },
        { field: 'detail.data.amount', words: 'is above 100' },
      ]),
    ).toBe('only when data.channel is email or push and data.amount is above 100');
  });

  it('marks the words of a search, whatever stands in it', () => {
    const marked = (text: string, search: string) =>
      markedParts(text, search)
        .map(part => (part.marked ? `[${part.text}]` : part.text))
        .join('');
    expect(marked('Access Granted', 'grant acc')).toBe('[Acc]ess [Grant]ed');
    expect(marked('a.b*c', '. *')).toBe('a[.]b[*]c');
    expect(marked('nothing', '')).toBe('nothing');
    expect(marked('(a+)+$', '(a+)+$')).toBe('[(a+)+$]');
  });

  it.each([
    // eslint-disable-next-line no-script-url -- what must not be followed
    'javascript:alert(1)',
    ' JavaScript:alert(1)',
    'data:text/html,x',
    'vbscript:x',
  ])('does not follow %s', url => expect(isSafeUrl(url)).toBe(false));
  it.each(['https://example.com', 'http://a/b', '/relative', 'mailto:a@b.c'])('follows %s', url =>
    expect(isSafeUrl(url)).toBe(true),
  );

  it('keeps every character of a code that it colours', () => {
    const text = 'import { a } from "b"; // why\nconst c = `x ${1}` + 2.5;\n"unclosed';
    for (const language of ['json', 'yaml', 'typescript', 'python', 'java', 'shell', 'text'] as const) {
      expect(
        tokensOf(text, language)
          .map(token => token.text)
          .join(''),
      ).toBe(text);
    }
  });

  it('breaks JSON into lines as JSON.stringify does, each with its place', () => {
    const value: Json = { a: [{ b: 1 }, {}], c: null, 'd e': 'x', f: [] };
    const lines = jsonLines(value);
    const text = lines
      .map(
        line =>
          `${'  '.repeat(line.depth)}${line.key === undefined ? '' : `${JSON.stringify(line.key)}: `}${line.text}`,
      )
      .join('\n');
    expect(text).toBe(JSON.stringify(value, null, 2));
    expect(lines.find(line => line.key === 'b')?.path).toBe('a[].b');
  });

  it('leaves hours of which nothing is known unknown', () => {
    const until = '2026-11-20T13:00:00Z';
    const values = hourly(
      [
        { time: '2026-11-20T12:30:00Z', value: 4 },
        { time: '2026-11-18T12:30:00Z', value: 9 },
      ],
      until,
    );
    expect(values).toHaveLength(24);
    expect(values[23]).toBe(4);
    expect(values.filter(value => value !== undefined)).toEqual([4]);
  });
});
