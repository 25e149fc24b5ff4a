import { branchProblem, pathProblem, repositoryProblem } from './names';

describe('Names of repositories', () => {
  it.each(['key/events', 'Key-Suite/delivery.service_2', 'a/b', 'company_emu/x'])('takes %s', name => {
    expect(repositoryProblem(name)).toBeUndefined();
  });
  it.each([
    '',
    'events',
    'a/b/c',
    '/b',
    'a/',
    '../x',
    'a/..',
    'a/.git',
    '-a/b',
    'a-/b',
    'a/-b',
    'a/b.git',
    'a/b.lock',
    'a b/c',
    'a/b\n',
    'ä/b',
    'a/b?x',
    `a/${'x'.repeat(101)}`,
    `${'x'.repeat(40)}/b`,
  ])('refuses %j', name => {
    expect(repositoryProblem(name)).toEqual(expect.any(String));
  });
});

describe('Names of branches', () => {
  it.each(['main', 'busline/order-service-7', 'ümlaut', 'v1.0', 'feature/a.b_c-d'])('takes %s', name => {
    expect(branchProblem(name)).toBeUndefined();
  });
  it.each([
    '',
    '-x',
    'HEAD',
    'refs/heads/x',
    'a..b',
    'a//b',
    '/a',
    'a/',
    '.a',
    'a/.b',
    'a.lock',
    'a.LOCK/b',
    'a.',
    'a b',
    'a~1',
    'a^',
    'a:b',
    'a?',
    'a*',
    'a[b',
    'a\\b',
    'a\0',
    'a\u007f',
    '@',
    'a@{1}',
    'a'.repeat(201),
    '0123456789012345678901234567890123456789',
    'a\ud800',
  ])('refuses %j', name => {
    expect(branchProblem(name)).toEqual(expect.any(String));
  });
});

describe('Paths', () => {
  it.each([
    'a',
    '.github/workflows/check.yaml',
    'events/Access Granted/1.0.0.json',
    'ü/ß',
    'a:b',
    '.gitignore',
    'x.git',
    '__proto__/constructor',
  ])('takes %s', path => {
    expect(pathProblem(path)).toBeUndefined();
  });
  it.each([
    '',
    '/a',
    'a/',
    'a//b',
    '.',
    '..',
    'a/../b',
    './a',
    '.git/config',
    'a/.GIT/x',
    '.git /x',
    '.git./x',
    '.git::$INDEX_ALLOCATION/x',
    'GIT~1/x',
    '.g\u200cit/x',
    'a\\b',
    'C:\\x',
    'a\nb',
    'a\0',
    'a\ud800',
    'x'.repeat(256),
    'a/'.repeat(600),
  ])('refuses %j', path => {
    expect(pathProblem(path)).toEqual(expect.any(String));
  });
});
