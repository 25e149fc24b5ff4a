import type { ChangePullRequest } from '@busline/plugin-eventbridge-common';
import { shellWord, urlElsewhere } from './pullRequestUrl';

const pull = (url?: string): ChangePullRequest => ({
  role: 'service',
  repository: 'key/fraud-guard',
  branch: 'busline/x',
  state: 'open',
  approvals: [],
  awaited: [],
  checks: [],
  ...(url && { url }),
});

describe('the page of a pull request', () => {
  it('is on its forge, and none where it is the page of the change request itself', () => {
    expect(urlElsewhere(pull('https://github.com/key/events/pull/7'), 'abc')).toBe(
      'https://github.com/key/events/pull/7',
    );
    expect(urlElsewhere(pull('http://portal/events/changes/abc'), 'abc')).toBeUndefined();
    expect(urlElsewhere(pull('ftp://somewhere/pull/7'), 'abc')).toBeUndefined();
    expect(urlElsewhere(pull(), 'abc')).toBeUndefined();
  });
});

describe('a word in a shell', () => {
  it('is quoted where it must be', () => {
    expect(shellWord('busline/onboard-fraud-guard-7035a1')).toBe('busline/onboard-fraud-guard-7035a1');
    expect(shellWord(`a; rm -rf '~'`)).toBe(`'a; rm -rf '\\''~'\\'''`);
  });
});
