import { ForgeError, isPassing, safeText } from './errors';

describe('Errors of a forge', () => {
  it.each([
    ['ghs_0123456789abcdef', '(token)'],
    ['github_pat_11ABC_def', '(token)'],
    ['Authorization: Bearer abc.def-ghi123', 'Authorization: Bearer (hidden)'],
    ['authorization: token 0123456789abcdef', 'authorization: token (hidden)'],
    ['https://x-access-token:secret@github.com/key/events', 'https://github.com/key/events'],
    ['?access_token=secret&x=1', '?access_token=(hidden)&x=1'],
    ['{"password":"secret"}', '{"password":"(hidden)"}'],
    ['eyJhbGciOi.eyJpc3Mi.c2ln', '(token)'],
    ['key/events has no branch main', 'key/events has no branch main'],
  ])('say %j without what is secret', (text, shown) => {
    expect(safeText(text)).toBe(shown);
    expect(new ForgeError('failed', text).message).toBe(shown);
  });

  it('tell what may pass by itself', () => {
    expect(isPassing(new ForgeError('rate-limited', ''))).toBe(true);
    expect(isPassing(new ForgeError('conflict', ''))).toBe(false);
    expect(isPassing(new Error('timeout'))).toBe(false);
  });
});
