import { execFileSync } from 'node:child_process';
import type { CommitRequest, FileChange, OpenRequest } from './forge';
import { failure } from './testing/failure';
import { ADA, BRANCH, type Harness, REPOSITORY, removeTemplate, seed, startLocal } from './testing/harness';
import { startGithub } from './testing/githubHarness';

/** Each test starts dozens of git processes, on machines that may have better things to do. */
jest.setTimeout(60_000);
afterAll(removeTemplate);

/** What both forges do alike. */
describe.each([
  ['local', startLocal],
  ['github', startGithub],
] as const)('A forge (%s)', (type, start) => {
  let harness: Harness;
  beforeEach(async () => {
    harness = await start();
    await seed(harness);
  });
  afterEach(() => harness.stop());

  const files = (...changes: FileChange[]): CommitRequest => ({
    repository: REPOSITORY,
    branch: BRANCH,
    base: 'main',
    message: 'Subscribe to Access Granted',
    author: ADA,
    changes,
  });
  const subscription = { path: 'subscriptions/access/granted.yaml', content: 'pattern: {}\n' };
  const opening = (more: Partial<OpenRequest> = {}): OpenRequest => ({
    repository: REPOSITORY,
    head: BRANCH,
    base: 'main',
    title: 'Subscribe',
    body: 'When this is merged…',
    author: 'user:default/ada',
    ...more,
  });
  const commit = (...changes: FileChange[]) => harness.forge.commitFiles(files(...changes));
  const opened = async () => {
    await commit(subscription);
    return (await harness.forge.openPullRequest(opening())).pullRequest;
  };
  const merging = (number: number, more = {}) => ({ repository: REPOSITORY, number, by: 'user:default/ada', ...more });
  const commitsOn = async (branch: string) => {
    const directory = harness.disk.directoryOf(REPOSITORY);
    return execFileSync('git', ['rev-list', '--count', branch], { cwd: directory, encoding: 'utf8' }).trim();
  };
  it('says what it is', () => {
    expect(harness.forge.type).toBe(type);
    expect(harness.forge.reviewsHere).toBe(type === 'local');
  });

  describe('reading', () => {
    it('knows the default branch and where refs stand', async () => {
      expect(await harness.forge.defaultBranch(REPOSITORY)).toBe('main');
      const head = await harness.forge.headOf(REPOSITORY, 'main');
      expect(head).toMatch(/^[0-9a-f]{40}$/);
      expect(await harness.forge.headOf(REPOSITORY, head!)).toBe(head);
      expect(await harness.forge.headOf(REPOSITORY, 'nowhere')).toBeUndefined();
      expect(await harness.forge.headOf(REPOSITORY, '0123456789012345678901234567890123456789')).toBeUndefined();
    });

    it('lists files with their content ids and reads them', async () => {
      const content = 'title: Zutritt gewährt 🔑\n';
      await commit({ path: 'events/Access Granted/meta+data #1%.yaml', content }, { path: 'copy.yaml', content });
      const listed = await harness.forge.listFiles(REPOSITORY, BRANCH);
      expect(listed.map(({ path }) => path)).toEqual([
        'README.md',
        'copy.yaml',
        'events/Access Granted/meta+data #1%.yaml',
        'services/access.yaml',
      ]);
      expect(listed[1].id).toBe(listed[2].id);
      expect(await harness.forge.readFile(REPOSITORY, BRANCH, 'events/Access Granted/meta+data #1%.yaml')).toBe(
        content,
      );
      expect(await harness.forge.readFile(REPOSITORY, 'main', 'copy.yaml')).toBeUndefined();
      expect(await harness.forge.readFile(REPOSITORY, 'main', 'services')).toBeUndefined();
      const head = await harness.forge.headOf(REPOSITORY, BRANCH);
      expect(await harness.forge.readFile(REPOSITORY, head!, 'copy.yaml')).toBe(content);
    });

    it('reads a file of several megabytes', async () => {
      const content = 'schema: "ü"\n'.repeat(200_000);
      await commit({ path: 'large.yaml', content });
      expect(await harness.forge.readFile(REPOSITORY, BRANCH, 'large.yaml')).toBe(content);
    });

    it('says what is not there', async () => {
      expect(await failure(harness.forge.defaultBranch('key/nothing'))).toMatchObject({ kind: 'not-found' });
      expect(await failure(harness.forge.headOf('key/nothing', 'main'))).toMatchObject({ kind: 'not-found' });
      expect(await failure(harness.forge.listFiles(REPOSITORY, 'nowhere'))).toMatchObject({
        kind: 'not-found',
        message: 'key/events has no branch or commit nowhere',
      });
      expect(await failure(harness.forge.readFile(REPOSITORY, 'nowhere', 'a'))).toMatchObject({ kind: 'not-found' });
      expect(await failure(harness.forge.getPullRequest(REPOSITORY, 7))).toMatchObject({
        kind: 'not-found',
        message: 'key/events has no pull request 7',
      });
    });
  });

  describe('committing', () => {
    it('makes a branch from its base, with one commit by its author', async () => {
      const main = await harness.forge.headOf(REPOSITORY, 'main');
      const result = await commit(subscription, { path: 'README.md', content: '# All events\n' });
      expect(result).toEqual({ status: 'committed', commit: await harness.forge.headOf(REPOSITORY, BRANCH) });
      expect(await commitsOn(BRANCH)).toBe('2');
      expect(await harness.forge.headOf(REPOSITORY, 'main')).toBe(main);
      expect(await harness.forge.readFile(REPOSITORY, BRANCH, 'README.md')).toBe('# All events\n');
      expect(await harness.forge.readFile(REPOSITORY, BRANCH, 'services/access.yaml')).toBe('name: access\n');
    });

    it('adds nothing the second time', async () => {
      const first = await commit(subscription);
      expect(await commit(subscription)).toEqual({ status: 'unchanged', commit: first.commit });
      expect(await commitsOn(BRANCH)).toBe('2');
    });

    it('makes no branch for what the base has already', async () => {
      const main = await harness.forge.headOf(REPOSITORY, 'main');
      expect(await commit({ path: 'README.md', content: '# Events\n' }, { path: 'gone.yaml', remove: true })).toEqual({
        status: 'same-as-base',
        commit: main,
      });
      expect(await harness.forge.headOf(REPOSITORY, BRANCH)).toBeUndefined();
    });

    it('puts a commit on top of a branch with other content, keeping what others did', async () => {
      await harness.disk.commitFiles(files({ path: 'by-hand.yaml', content: 'kept\n' }));
      expect((await commit(subscription)).status).toBe('committed');
      expect(await commitsOn(BRANCH)).toBe('3');
      expect(await harness.forge.readFile(REPOSITORY, BRANCH, 'by-hand.yaml')).toBe('kept\n');
    });

    it('changes, removes and replaces folders by files and files by folders', async () => {
      await commit({ path: 'a/one', content: '1' }, { path: 'b', content: '2' });
      await commit({ path: 'b', remove: true }, { path: 'b/inside', content: '3' }, { path: 'a/one', content: '4' });
      const listed = await harness.forge.listFiles(REPOSITORY, BRANCH);
      expect(listed.map(({ path }) => path)).toEqual(['README.md', 'a/one', 'b/inside', 'services/access.yaml']);
      await commit({ path: 'a/one', remove: true });
      expect(await harness.forge.readFile(REPOSITORY, BRANCH, 'a/one')).toBeUndefined();
    });

    it('keeps bytes and modes', async () => {
      const bytes = Uint8Array.from([0, 255, 128, 10, 13]);
      await commit({ path: 'picture.png', content: bytes }, { path: 'run', content: '#!/bin/sh\n', executable: true });
      await commit({ path: 'run', content: '#!/bin/bash\n' });
      const bare = harness.disk.directoryOf(REPOSITORY);
      expect([...execFileSync('git', ['cat-file', 'blob', `${BRANCH}:picture.png`], { cwd: bare })]).toEqual([
        ...bytes,
      ]);
      expect(execFileSync('git', ['ls-tree', BRANCH, 'run'], { cwd: bare, encoding: 'utf8' })).toMatch(/^100755 /);
      expect((await commit({ path: 'picture.png', content: bytes })).status).toBe('unchanged');
    });

    it('starts from a commit, when the base is one', async () => {
      const before = (await harness.forge.headOf(REPOSITORY, 'main'))!;
      await harness.disk.commitFiles({ ...files({ path: 'later', content: '' }), branch: 'main' });
      await harness.forge.commitFiles({ ...files(subscription), base: before });
      expect(await harness.forge.readFile(REPOSITORY, BRANCH, 'later')).toBeUndefined();
    });

    it('lets many commit to one branch at once without losing one', async () => {
      const numbers = Array.from({ length: type === 'local' ? 8 : 4 }, (_, index) => index);
      await Promise.all(numbers.map(number => commit({ path: `services/${number}.yaml`, content: `${number}` })));
      const listed = await harness.forge.listFiles(REPOSITORY, BRANCH);
      expect(listed).toHaveLength(numbers.length + 2);
      expect(await commitsOn(BRANCH)).toBe(String(numbers.length + 1));
    });

    it('refuses what stands in the way', async () => {
      expect(await failure(commit({ path: 'services', content: '' }))).toMatchObject({
        kind: 'rejected',
        message: 'services is a folder in the repository, not a file',
      });
      expect(await failure(commit({ path: 'README.md/inside', content: '' }))).toMatchObject({
        kind: 'rejected',
        message: 'README.md/inside cannot be made: README.md is no folder in the repository',
      });
      expect(await failure(harness.forge.commitFiles({ ...files(subscription), base: 'nowhere' }))).toMatchObject({
        kind: 'not-found',
        message: 'key/events has no branch or commit nowhere',
      });
      await commit(subscription);
      const beside = { ...files(subscription), branch: `${BRANCH}/more` };
      expect(await failure(harness.forge.commitFiles(beside))).toMatchObject({ kind: 'rejected' });
    });

    it.each([
      ['a path that leaves', { changes: [{ path: '../evil', content: '' }] }],
      ['an absolute path', { changes: [{ path: '/etc/passwd', content: '' }] }],
      ['.git in any spelling', { changes: [{ path: 'a/.GIT\u200c/hooks/pre-commit', content: '' }] }],
      ['a path with a line break', { changes: [{ path: 'a\nb', content: '' }] }],
      ['a path twice', { changes: [subscription, subscription] }],
      [
        'a file that is a folder',
        {
          changes: [
            { path: 'x', content: '' },
            { path: 'x/y', content: '' },
          ],
        },
      ],
      ['nothing', { changes: [] }],
      ['an option as a branch', { branch: '--upload-pack=evil' }],
      ['a branch that leaves', { branch: '../../config' }],
      ['an option as a base', { base: '-x' }],
      ['an expression as a base', { base: 'main~1' }],
      ['a repository that leaves', { repository: '../events' }],
      ['a repository with a query', { repository: 'key/events?x' }],
      ['an author who closes the brackets', { author: { name: 'Eve> 0 +0000\ncommitter x', email: 'e@example.com' } }],
      ['an empty message', { message: ' \n' }],
      ['a message with NUL', { message: 'a\0b' }],
    ])('refuses %s', async (_, more) => {
      const request = { ...files(subscription), ...more } as CommitRequest;
      expect(await failure(harness.forge.commitFiles(request))).toMatchObject({ kind: 'invalid' });
      expect(await harness.forge.headOf(REPOSITORY, BRANCH)).toBeUndefined();
    });
  });

  describe('opening', () => {
    it('opens a pull request', async () => {
      await commit(subscription);
      const { pullRequest, created } = await harness.forge.openPullRequest(opening());
      expect(created).toBe(true);
      expect(pullRequest).toMatchObject({
        repository: REPOSITORY,
        number: 1,
        title: 'Subscribe',
        body: 'When this is merged…',
        state: 'open',
        head: { branch: BRANCH, commit: await harness.forge.headOf(REPOSITORY, BRANCH) },
        base: { branch: 'main', commit: await harness.forge.headOf(REPOSITORY, 'main') },
      });
      expect(new Date(pullRequest.createdAt).getTime()).toBeGreaterThan(0);
      expect(pullRequest.url).toContain(`${REPOSITORY}/pull/1`);
    });

    it('finds it the second time, and at once', async () => {
      await commit(subscription);
      const both = await Promise.all(
        [opening(), opening({ title: 'Other' })].map(each => harness.forge.openPullRequest(each)),
      );
      expect(both.map(({ pullRequest }) => pullRequest.number)).toEqual([1, 1]);
      expect(both.filter(({ created }) => created)).toHaveLength(1);
      expect(await harness.forge.openPullRequest(opening())).toMatchObject({
        created: false,
        pullRequest: { number: 1 },
      });
      expect(await harness.forge.listPullRequests(REPOSITORY)).toHaveLength(1);
    });

    it('follows the branch', async () => {
      const { number, head } = await opened();
      await commit({ path: 'more.yaml', content: '' });
      const later = await harness.forge.getPullRequest(REPOSITORY, number);
      expect(later.head.commit).not.toBe(head.commit);
      expect(later.head.commit).toBe(await harness.forge.headOf(REPOSITORY, BRANCH));
    });

    it('finds the merged one again, while nothing was added to its branch', async () => {
      const { number } = await opened();
      await harness.forge.merge(merging(number));
      expect(await harness.forge.openPullRequest(opening())).toMatchObject({
        created: false,
        pullRequest: { number, state: 'merged' },
      });
      await commit({ path: 'later.yaml', content: 'more\n' });
      expect(await harness.forge.openPullRequest(opening())).toMatchObject({
        created: true,
        pullRequest: { number: 2 },
      });
    });

    it('finds the merged one again when its branch is gone', async () => {
      const { number } = await opened();
      await harness.forge.merge(merging(number, { deleteBranch: true }));
      expect(await harness.forge.headOf(REPOSITORY, BRANCH)).toBeUndefined();
      expect(await commit(subscription)).toMatchObject({ status: 'same-as-base' });
      expect(await harness.forge.openPullRequest(opening())).toMatchObject({
        created: false,
        pullRequest: { number, state: 'merged' },
      });
    });

    it('refuses what has nothing to merge', async () => {
      expect(await failure(harness.forge.openPullRequest(opening()))).toMatchObject({
        kind: 'rejected',
        message: `key/events has no branch ${BRANCH}`,
      });
      await commit(subscription);
      expect(await failure(harness.forge.openPullRequest(opening({ base: 'nowhere' })))).toMatchObject({
        kind: 'rejected',
        message: 'key/events has no branch nowhere',
      });
      await harness.disk.commitFiles({ ...files(subscription), branch: 'ahead', base: BRANCH });
      const { forge } = harness;
      expect(await failure(forge.openPullRequest(opening({ head: 'main', base: BRANCH })))).toMatchObject({
        kind: 'rejected',
        message: `key/events: main has no commit that ${BRANCH} lacks`,
      });
      expect(await failure(forge.openPullRequest(opening({ base: BRANCH })))).toMatchObject({ kind: 'invalid' });
      expect(await failure(forge.openPullRequest(opening({ title: '' })))).toMatchObject({ kind: 'invalid' });
      expect(await failure(forge.openPullRequest(opening({ body: 'x'.repeat(70_000) })))).toMatchObject({
        kind: 'invalid',
      });
    });

    it('lists pull requests, newest first, by state and branch', async () => {
      const numbers = [1, 2, 3];
      for (const number of numbers) {
        const branch = `busline/request-${number}`;
        await harness.forge.commitFiles({ ...files({ path: `${number}.yaml`, content: '' }), branch });
        await harness.forge.openPullRequest(opening({ head: branch }));
      }
      await harness.forge.merge(merging(1));
      await harness.forge.close(REPOSITORY, 2);
      const list = async (filter = {}) =>
        (await harness.forge.listPullRequests(REPOSITORY, filter)).map(({ number, state }) => `${number} ${state}`);
      expect(await list()).toEqual(['3 open', '2 closed', '1 merged']);
      expect(await list({ state: 'open' })).toEqual(['3 open']);
      expect(await list({ state: 'merged' })).toEqual(['1 merged']);
      expect(await list({ state: 'closed' })).toEqual(['2 closed']);
      expect(await list({ head: 'busline/request-2' })).toEqual(['2 closed']);
      expect(await list({ base: BRANCH })).toEqual([]);
    });
  });

  describe('looking at a pull request', () => {
    it('gives its files with their diff, from where the branch left the base', async () => {
      await harness.disk.commitFiles({
        ...files(
          { path: 'services/old-name.yaml', content: 'one\ntwo\nthree\nfour\nfive\n' },
          { path: 'gone.yaml', content: 'x\n' },
        ),
        branch: 'main',
      });
      await commit(
        { path: 'README.md', content: '# All events\n' },
        { path: 'added with "quotes" ü.yaml', content: 'a\nb\n' },
        { path: 'services/old-name.yaml', remove: true },
        { path: 'services/new-name.yaml', content: 'one\ntwo\nthree\nfour\nsix\n' },
        { path: 'gone.yaml', remove: true },
        { path: 'picture.png', content: Uint8Array.from([0, 1, 2]) },
      );
      await harness.disk.commitFiles({ ...files({ path: 'by-others.yaml', content: '' }), branch: 'main' });
      const { pullRequest } = await harness.forge.openPullRequest(opening());
      expect(await harness.forge.filesOf(REPOSITORY, pullRequest.number)).toEqual([
        {
          path: 'README.md',
          status: 'changed',
          additions: 1,
          deletions: 1,
          patch: '@@ -1 +1 @@\n-# Events\n+# All events',
        },
        {
          path: 'added with "quotes" ü.yaml',
          status: 'added',
          additions: 2,
          deletions: 0,
          patch: '@@ -0,0 +1,2 @@\n+a\n+b',
        },
        { path: 'gone.yaml', status: 'removed', additions: 0, deletions: 1, patch: '@@ -1 +0,0 @@\n-x' },
        { path: 'picture.png', status: 'added', additions: 0, deletions: 0 },
        {
          path: 'services/new-name.yaml',
          previousPath: 'services/old-name.yaml',
          status: 'renamed',
          additions: 1,
          deletions: 1,
          patch: '@@ -2,4 +2,4 @@ one\n two\n three\n four\n-five\n+six',
        },
      ]);
    });

    it('keeps its files when it is merged and the branch is gone', async () => {
      const { number } = await opened();
      const before = await harness.forge.filesOf(REPOSITORY, number);
      await harness.forge.merge(merging(number, { deleteBranch: true }));
      expect(await harness.forge.filesOf(REPOSITORY, number)).toEqual(before);
    });

    it('gives all of many files', async () => {
      await commit(
        ...Array.from({ length: 120 }, (_, index) => ({ path: `many/${index}.yaml`, content: `${index}\n` })),
      );
      const { pullRequest } = await harness.forge.openPullRequest(opening());
      expect(await harness.forge.filesOf(REPOSITORY, pullRequest.number)).toHaveLength(120);
    });

    it('gives reviews and checks', async () => {
      const { number, head } = await opened();
      const review = { repository: REPOSITORY, number, by: 'grace' };
      await harness.review({ ...review, verdict: 'changes-requested', comment: 'A dead-letter queue is missing' });
      await harness.review({ ...review, verdict: 'approved' });
      expect(await harness.forge.reviewsOf(REPOSITORY, number)).toEqual([
        expect.objectContaining({
          by: 'grace',
          verdict: 'changes-requested',
          comment: 'A dead-letter queue is missing',
        }),
        expect.objectContaining({ by: 'grace', verdict: 'approved', comment: '', commit: head.commit }),
      ]);
      harness.report([
        { name: 'lint', state: 'pending' },
        { name: 'check', state: 'passed', description: 'Nothing wrong' },
        { name: 'diff', state: 'failed', url: 'https://ci.example/2' },
        { name: 'docs', state: 'neutral' },
      ]);
      expect(await harness.forge.checksOf(REPOSITORY, number)).toEqual([
        { name: 'check', state: 'passed', description: 'Nothing wrong' },
        { name: 'diff', state: 'failed', url: 'https://ci.example/2' },
        { name: 'docs', state: 'neutral' },
        { name: 'lint', state: 'pending' },
      ]);
    });
  });

  describe('merging', () => {
    it.each(['squash', 'merge'] as const)('merges by %s', async method => {
      await commit({ path: 'first.yaml', content: '1\n' });
      const { number } = await opened();
      const merged = await harness.forge.merge(merging(number, { method }));
      expect(merged).toMatchObject({ state: 'merged', mergeCommit: await harness.forge.headOf(REPOSITORY, 'main') });
      expect(merged.mergedAt).toBeDefined();
      expect(merged.mergedBy).toBeDefined();
      expect(await harness.forge.readFile(REPOSITORY, 'main', subscription.path)).toBe(subscription.content);
      expect(await commitsOn('main')).toBe(method === 'squash' ? '2' : '4');
    });

    it('merges once', async () => {
      const { number } = await opened();
      const first = await harness.forge.merge(merging(number));
      expect(await harness.forge.merge(merging(number))).toEqual(first);
      expect(await commitsOn('main')).toBe('2');
    });

    it('keeps what others merged meanwhile', async () => {
      const { number } = await opened();
      await harness.disk.commitFiles({ ...files({ path: 'services/other.yaml', content: '' }), branch: 'main' });
      await harness.forge.merge(merging(number));
      const listed = await harness.forge.listFiles(REPOSITORY, 'main');
      expect(listed.map(({ path }) => path)).toEqual([
        'README.md',
        'services/access.yaml',
        'services/other.yaml',
        subscription.path,
      ]);
    });

    it('reports a conflict and changes nothing', async () => {
      await commit({ path: 'README.md', content: '# Mine\n' });
      const { pullRequest } = await harness.forge.openPullRequest(opening());
      await harness.disk.commitFiles({ ...files({ path: 'README.md', content: '# Theirs\n' }), branch: 'main' });
      const main = await harness.forge.headOf(REPOSITORY, 'main');
      expect(await harness.forge.getPullRequest(REPOSITORY, pullRequest.number)).toMatchObject({
        state: 'open',
        mergeability: { kind: 'conflicts', paths: type === 'local' ? ['README.md'] : [] },
      });
      expect(await failure(harness.forge.merge(merging(pullRequest.number)))).toMatchObject({
        kind: 'conflict',
        message: expect.stringContaining('conflicts with main'),
        paths: type === 'local' ? ['README.md'] : [],
      });
      expect(await harness.forge.headOf(REPOSITORY, 'main')).toBe(main);
    });

    it('waits for those who must approve, and says for whom', async () => {
      harness.awaitApprovalOf(['grace', 'linus']);
      const { number } = await opened();
      await harness.review({ repository: REPOSITORY, number, by: 'linus', verdict: 'approved' });
      expect((await harness.forge.getPullRequest(REPOSITORY, number)).mergeability).toMatchObject({
        kind: 'blocked',
        awaited: ['grace'],
      });
      expect(await failure(harness.forge.merge(merging(number)))).toMatchObject({
        kind: 'protected',
        awaited: ['grace'],
        message: expect.stringContaining('awaited: grace'),
      });
      await harness.review({ repository: REPOSITORY, number, by: 'grace', verdict: 'approved' });
      expect((await harness.forge.getPullRequest(REPOSITORY, number)).mergeability).toEqual({ kind: 'mergeable' });
      expect(await harness.forge.merge(merging(number))).toMatchObject({ state: 'merged' });
    });

    it('merges only the head that was looked at', async () => {
      const { number, head } = await opened();
      await commit({ path: 'slipped-in.yaml', content: '' });
      expect(await failure(harness.forge.merge(merging(number, { head: head.commit })))).toMatchObject({
        kind: 'conflict',
        message: expect.stringContaining('has moved on'),
      });
    });

    it('leaves the branch that somebody went on working on', async () => {
      const { number } = await opened();
      await harness.forge.merge(merging(number));
      await commit({ path: 'next.yaml', content: '' });
      await harness.forge.merge(merging(number, { deleteBranch: true }));
      expect(await harness.forge.readFile(REPOSITORY, BRANCH, 'next.yaml')).toBe('');
    });

    it('merges many, opened at once, in any order', async () => {
      const numbers = [1, 2, 3, 4, 5];
      for (const number of numbers) {
        const branch = `busline/request-${number}`;
        await harness.forge.commitFiles({
          ...files({ path: `services/${number}.yaml`, content: `${number}` }),
          branch,
        });
        await harness.forge.openPullRequest(opening({ head: branch }));
      }
      for (const number of [4, 1, 5, 3, 2]) await harness.forge.merge(merging(number, { deleteBranch: true }));
      expect(await harness.forge.listFiles(REPOSITORY, 'main')).toHaveLength(7);
    });
  });

  describe('closing', () => {
    it('closes once, and then merges no more', async () => {
      const { number } = await opened();
      const closed = await harness.forge.close(REPOSITORY, number);
      expect(closed).toMatchObject({ state: 'closed', closedAt: expect.any(String) });
      expect(closed.mergedAt).toBeUndefined();
      expect(await harness.forge.close(REPOSITORY, number)).toEqual(closed);
      expect(await failure(harness.forge.merge(merging(number)))).toMatchObject({
        kind: 'rejected',
        message: `key/events: pull request ${number} is closed`,
      });
    });

    it('does not close what is merged', async () => {
      const { number } = await opened();
      await harness.forge.merge(merging(number));
      expect(await failure(harness.forge.close(REPOSITORY, number))).toMatchObject({
        kind: 'rejected',
        message: `key/events: pull request ${number} is merged and cannot be closed`,
      });
    });
  });

  it('stops when it is cancelled', async () => {
    const controller = new AbortController();
    controller.abort();
    const cancelled = failure(harness.forge.commitFiles(files(subscription), { signal: controller.signal }));
    expect(await cancelled).toMatchObject({ kind: 'cancelled' });
    expect(await harness.forge.headOf(REPOSITORY, BRANCH)).toBeUndefined();
  });
});
