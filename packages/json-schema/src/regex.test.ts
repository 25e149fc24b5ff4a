import { boundedTester } from './regex';

describe('boundedTester', () => {
  it.each([
    ['^(?:[a-z.]+)$', 'com.key', true],
    ['^(?:[a-z.]+)$', 'com.Key', false],
    ['^(?:(?!aws)[a-z.]+)$', 'com.key', true],
    ['^(?:(?!aws)[a-z.]+)$', 'aws.s3', false],
    ['^(?:(a+)+b)$', `${'a'.repeat(23)}b`, true],
    ['^(?:(a|aa)+)$', 'a'.repeat(500), true],
  ])('%s takes %s: %s', (pattern, text, expected) => {
    const test = boundedTester(pattern);
    expect(typeof test === 'function' && test(text)).toBe(expected);
  });

  it.each(['^(?:(a+)+b)$', '^(?:(a|a)*b)$', '^(?:([a-z]+[0-9]*)*!)$', '^(?:(a*)*(a*)*b)$'])(
    'answers for %s with texts that backtrack for ever',
    pattern => {
      const test = boundedTester(pattern);
      expect(typeof test === 'function' && test('a'.repeat(24))).toBe(false);
      expect(typeof test === 'function' && test('a'.repeat(5000))).toBe(false);
    },
  );

  it.each(['^(?=a)(a+)+b$', '^(a+)+\\1b$'])('refuses %s, which only an engine that backtracks knows', pattern => {
    expect(boundedTester(pattern)).toBe('unbounded');
  });

  it.each(['(', '[z-a]'])('knows that %s is no regular expression', pattern => {
    expect(boundedTester(pattern)).toBeUndefined();
  });
});
