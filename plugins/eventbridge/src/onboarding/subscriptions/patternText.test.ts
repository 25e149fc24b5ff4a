import { patternText } from './patternText';

describe('the text of a pattern', () => {
  it('has lists in one line and objects one key a line', () => {
    const pattern = {
      source: ['com.key.access'],
      detail: { metadata: {}, data: { minutes: [{ numeric: ['>', 0, '<=', 30] }], channel: ['push', null, true] } },
    };
    const text = patternText(pattern);
    expect(text).toBe(
      [
        '{',
        '  "source": ["com.key.access"],',
        '  "detail": {',
        '    "metadata": {},',
        '    "data": {',
        '      "minutes": [{ "numeric": [">", 0, "<=", 30] }],',
        '      "channel": ["push", null, true]',
        '    }',
        '  }',
        '}',
      ].join('\n'),
    );
    expect(JSON.parse(text)).toEqual(pattern);
  });

  it('breaks a list that is too long for a line', () => {
    const pattern = { $or: [{ source: ['a'.repeat(40)] }, { source: ['b'.repeat(40), '"\\'] }] };
    const text = patternText(pattern);
    expect(JSON.parse(text)).toEqual(pattern);
    expect(Math.max(...text.split('\n').map(line => line.length))).toBeLessThan(76);
  });
});
