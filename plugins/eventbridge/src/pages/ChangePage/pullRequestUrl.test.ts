import type { ChangePullRequest } from '@busline/plugin-eventbridge-common';
import { cloneUrlOf, shellWord, urlElsewhere } from './cloneUrl';

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

describe('where a pull request is cloned from', () => {
  it('is the repository that it stands on, on GitHub', () => {
    expect(cloneUrlOf(pull('https://github.com/key/fraud-guard/pull/7'), 'http://portal/git')).toBe(
      'https://github.com/key/fraud-guard.git',
    );
  });
  it('is the portal, on its own forge', () => {
    expect(cloneUrlOf(pull('http://portal/events/changes/abc'), 'http://portal/git')).toBe(
      'http://portal/git/key/fraud-guard.git',
    );
    expect(cloneUrlOf(pull(), undefined)).toBeUndefined();
  });
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
