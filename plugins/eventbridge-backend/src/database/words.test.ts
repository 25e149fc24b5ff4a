import { matchesWords, toQueryWords, toWords } from './words';

it.each([
  ['Access Granted', ['access', 'granted']],
  ['accessGranted', ['access', 'granted', 'accessgranted']],
  ['HTTPServerError', ['http', 'server', 'error', 'httpservererror']],
  ['com.key.access', ['com', 'key', 'access']],
  ['drop-off_at', ['drop', 'off', 'at']],
  ['data.items[].sku2', ['data', 'items', 'sku2']],
  ['Zürich façade', ['zürich', 'façade']],
  ['', []],
  ['"; DROP TABLE x; --', ['drop', 'table', 'x']],
  ['x'.repeat(100), ['x'.repeat(40)]],
])('%j has the words %j', (text, words) => {
  expect(toWords(text)).toEqual(words);
});

it('takes each word of a search once, and not too many', () => {
  expect(toQueryWords('Access access ACCESS')).toEqual(['access']);
  expect(toQueryWords(Array.from({ length: 50 }, (_, index) => `word${index}`).join(' '))).toHaveLength(12);
});

it.each([
  ['guestEmail', ['ema'], true],
  ['guestEmail', ['mail'], false],
  ['guestEmail', ['guestem'], true],
])('%s is found by %j: %s', (text, words, expected) => {
  expect(matchesWords(text, words)).toBe(expected);
});

it('leaves out words that say nothing, unless there are no others', () => {
  expect(toQueryWords('a door that was opened for the courier')).toEqual(['door', 'opened', 'courier']);
  expect(toQueryWords('to be')).toEqual(['be']);
  expect(toQueryWords('from')).toEqual(['from']);
});
