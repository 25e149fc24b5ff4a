import { execFileSync } from 'node:child_process';
import type { CommitRequest } from '../forge';
import { failure } from '../testing/failure';
import { type GithubHarness, NOW, startGithub } from '../testing/githubHarness';
import { type Fault, TOKEN } from '../testing/githubServer/githubServer';
import { ADA, BRANCH, removeTemplate, REPOSITORY, seed } from '../testing/harness';
import { createGithubForge } from './githubForge';

jest.setTimeout(60_000);
afterAll(removeTemplate);

describe('GitHub', () => {
  let harness: GithubHarness;
  beforeEach(async () => {
    harness = await startGithub();
    await seed(harness);
  });
  afterEach(() => harness.stop());

  const commit: CommitRequest = {
    repository: REPOSITORY,
    branch: BRANCH,
    base: 'main',
    message: 'Subscribe',
    author: ADA,
    changes: [
      { path: 'subscriptions/a.yaml', content: 'a: 1\n' },
      { path: 'picture.png', content: Uint8Array.from([0, 255]) },
    ],
  };
  const opening = { repository: REPOSITORY, head: BRANCH, base: 'main', title: 'Subscribe', body: 'Why' };
  /** The first requests meet this, those behind them nothing. */
  const firstMeet = (fault: Fault, times = 1) => {
    harness.github.fault = (_, index) => (index < times ? fault : undefined);
  };
  const answer = (status: number, message: string, headers: Record<string, string> = {}): Fault => ({
    kind: 'answer',
    status,
    message,
    headers,
  });
  const read = () => harness.forge.defaultBranch(REPOSITORY);

  describe('limits', () => {
    it.each([
      ['429 with retry-after', answer(429, 'Too many requests', { 'retry-after': '7' }), [7_000]],
      [
        '403 with retry-after',
        answer(403, 'You have exceeded a secondary rate limit', { 'retry-after': '30' }),
        [30_000],
      ],
      ['a secondary limit without a header', answer(403, 'You have exceeded a secondary rate limit'), [60_000]],
      [
        'the primary limit until its reset',
        answer(403, 'API rate limit exceeded', {
          'x-ratelimit-remaining': '0',
          'x-ratelimit-reset': String(NOW / 1_000 + 20),
        }),
        [21_000],
      ],
      ['a failing GitHub', answer(502, 'Bad gateway'), [500]],
      ['a broken connection', { kind: 'cut-before' } as const, [500]],
      ['a lost answer', { kind: 'cut-after' } as const, [500]],
    ])('waits and tries again: %s', async (_, fault, waits) => {
      firstMeet(fault);
      expect(await read()).toBe('main');
      expect(harness.waits).toEqual(waits);
    });

    it('waits longer each time, and then gives up', async () => {
      firstMeet(answer(503, 'Unicorn'), 4);
      expect(await failure(read())).toMatchObject({
        kind: 'failed',
        status: 503,
        message: 'GitHub answered GET for key/events: Unicorn (503)',
      });
      expect(harness.waits).toEqual([500, 1_000, 2_000]);
      expect(harness.github.requests).toHaveLength(4);
    });

    it('does not wait longer than a call may, and says when to come back', async () => {
      const reset = { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': String(NOW / 1_000 + 1_799) };
      firstMeet(answer(403, 'API rate limit exceeded for installation', reset));
      expect(await failure(read())).toMatchObject({
        kind: 'rate-limited',
        retryAfter: 1_800,
        message: "GitHub's rate limit is used up for key/events; try again in 1800 seconds",
      });
      expect(harness.waits).toEqual([]);
    });

    it('shares its patience among the requests of one call', async () => {
      harness.github.fault = ({ method }) =>
        method === 'GET' && harness.waits.length < 9 ? answer(429, 'Slow down', { 'retry-after': '25' }) : undefined;
      expect(await failure(read())).toMatchObject({ kind: 'rate-limited', retryAfter: 25 });
      expect(harness.waits).toEqual([25_000, 25_000]);
    });

    it('gives up on an answer that does not come', async () => {
      harness.github.fault = () => ({ kind: 'hang' });
      const forge = harness.connect({ retry: { timeout: 400, attempts: 2 } });
      expect(await failure(forge.defaultBranch(REPOSITORY))).toMatchObject({
        kind: 'timeout',
        message: 'GitHub gave no answer within 0.4 seconds',
      });
      expect(harness.github.requests).toHaveLength(2);
    });

    it('stops waiting for an answer when it is cancelled', async () => {
      const controller = new AbortController();
      harness.github.fault = () => {
        controller.abort();
        return { kind: 'hang' };
      };
      const work = harness.forge.defaultBranch(REPOSITORY, { signal: controller.signal });
      expect(await failure(work)).toMatchObject({ kind: 'cancelled' });
      expect(harness.github.requests).toHaveLength(1);
    });
  });

  describe('a repository without a commit', () => {
    const fresh = { ...commit, repository: 'key/fresh' };
    const paths = async (ref: string) => (await harness.forge.listFiles('key/fresh', ref)).map(({ path }) => path);
    beforeEach(() => {
      const folder = harness.disk.directoryOf('key/fresh');
      execFileSync('git', ['init', '--quiet', '--bare', '--initial-branch=main', folder]);
    });

    it('gets a README on main first, so that there is something to open a pull request against', async () => {
      expect(await harness.forge.headOf('key/fresh', 'main')).toBeUndefined();
      expect((await harness.forge.commitFiles(fresh)).status).toBe('committed');
      expect(await paths('main')).toEqual(['README.md']);
      expect(await paths(BRANCH)).toEqual(['README.md', 'picture.png', 'subscriptions/a.yaml']);
      expect(await harness.forge.readFile('key/fresh', 'main', 'README.md')).toBe('# fresh\n');
      const { pullRequest } = await harness.forge.openPullRequest({ ...opening, repository: 'key/fresh' });
      expect(pullRequest).toMatchObject({ number: 1, state: 'open', base: { branch: 'main' } });
      expect((await harness.forge.commitFiles(fresh)).status).toBe('unchanged');
    });

    it('gets one README though the answer to it was lost, or somebody else was faster', async () => {
      let times = 0;
      harness.github.fault = ({ operation }) =>
        operation === 'repos/create-or-update-file-contents' && times++ === 0 ? { kind: 'cut-after' } : undefined;
      expect((await harness.forge.commitFiles(fresh)).status).toBe('committed');
      expect(await paths('main')).toEqual(['README.md']);
    });

    it('is told as it is where the App may not write, or the branch asked for is no default branch', async () => {
      expect(await failure(harness.forge.commitFiles({ ...fresh, base: 'release' }))).toMatchObject({
        kind: 'not-found',
        message: 'key/fresh has no branch or commit release',
      });
      harness.github.fault = ({ operation }) =>
        operation === 'repos/create-or-update-file-contents'
          ? answer(403, 'Resource not accessible by integration')
          : undefined;
      expect(await failure(harness.forge.commitFiles(fresh))).toMatchObject({
        kind: 'forbidden',
        message: expect.stringContaining('Resource not accessible by integration'),
      });
    });
  });

  describe('refusals', () => {
    it.each([
      [answer(401, 'Bad credentials'), 'forbidden', 'GitHub answered GET for key/events: Bad credentials (401)'],
      [
        answer(403, 'Resource not accessible by integration'),
        'forbidden',
        'GitHub answered GET for key/events: Resource not accessible by integration (403)',
      ],
      [answer(404, 'Not Found'), 'not-found', 'There is no repository key/events'],
    ])('says them as they are: %j', async (fault, kind, message) => {
      firstMeet(fault);
      expect(await failure(read())).toMatchObject({ kind, message });
      expect(harness.waits).toEqual([]);
    });

    it('tells a protected branch', async () => {
      harness.github.state.protectedBranches = ['main'];
      expect(await failure(harness.forge.commitFiles({ ...commit, branch: 'main' }))).toMatchObject({
        kind: 'protected',
        status: 422,
        message: expect.stringContaining('Protected branch update failed for refs/heads/main.'),
      });
    });

    it('tells a rule that refuses a new branch, at once', async () => {
      harness.github.fault = ({ operation }) =>
        operation === 'git/create-ref' ? answer(422, 'Repository rule violations found') : undefined;
      expect(await failure(harness.forge.commitFiles(commit))).toMatchObject({ kind: 'protected' });
      expect(harness.github.requests.filter(({ operation }) => operation === 'git/create-ref')).toHaveLength(1);
    });

    it('starts again when the base moves under a merge', async () => {
      await harness.forge.commitFiles(commit);
      await harness.forge.openPullRequest(opening);
      let refused = 0;
      harness.github.fault = ({ operation }) => {
        if (operation !== 'pulls/merge' || refused >= 2) return undefined;
        refused += 1;
        return answer(405, 'Base branch was modified. Review and try the merge again.');
      };
      expect(await harness.forge.merge({ repository: REPOSITORY, number: 1, by: 'ada' })).toMatchObject({
        state: 'merged',
      });
      expect(refused).toBe(2);
    });

    it('never says a token', async () => {
      const texts: string[] = [];
      const faults = [answer(401, `Bad credentials ${TOKEN}`), answer(500, `x-access-token:${TOKEN}@github.com`)];
      for (const fault of [...faults, { kind: 'cut-before' } as const]) {
        harness.github.fault = () => fault;
        const error = await failure(read());
        texts.push(error.message, JSON.stringify(error), String(error.stack), String(error.cause));
      }
      const badProvider = harness.connect({
        credentialsProvider: {
          getCredentials: async () => {
            throw new Error(`cannot sign with ${TOKEN}`);
          },
        },
      });
      const error = await failure(badProvider.defaultBranch(REPOSITORY));
      expect(error).toMatchObject({ kind: 'forbidden' });
      expect([...texts, error.message, String(error.stack)].filter(text => text.includes(TOKEN))).toEqual([]);
    });

    it('does not follow a next page to another host', async () => {
      const link = '<http://evil.example/api/v3/repos/key/events/pulls?page=2>; rel="next"';
      firstMeet({ kind: 'headers', headers: { link } });
      expect(await failure(harness.forge.listPullRequests(REPOSITORY))).toMatchObject({
        message: 'GitHub named a page on another host',
      });
    });

    it('leaves reviews to GitHub', async () => {
      const review = { repository: REPOSITORY, number: 1, by: 'grace', verdict: 'approved' } as const;
      expect(await failure(harness.forge.review(review))).toMatchObject({ kind: 'unsupported' });
    });
  });

  describe('size', () => {
    it('reads all pages', async () => {
      await harness.forge.commitFiles(commit);
      await harness.forge.openPullRequest(opening);
      for (let number = 0; number < 101; number += 1) {
        const verdict = 'commented';
        await harness.review({ repository: REPOSITORY, number: 1, by: 'grace', verdict, comment: `${number}` });
      }
      expect(await harness.forge.reviewsOf(REPOSITORY, 1)).toHaveLength(101);
      const reviews = harness.github.requests.filter(({ operation }) => operation === 'pulls/list-reviews');
      expect(reviews).toHaveLength(2);
      const checks = Array.from({ length: 250 }, (_, index) => `check ${String(index).padStart(3, '0')}`);
      harness.report(checks.map((name, index) => ({ name, state: index % 2 === 0 ? 'passed' : 'pending' })));
      expect((await harness.forge.checksOf(REPOSITORY, 1)).map(({ name }) => name)).toEqual(checks);
    });

    it('lists a tree that GitHub cuts off, folder by folder', async () => {
      const files = Array.from({ length: 12 }, (_, index) => `events/${index % 3}/${index}.yaml`);
      await harness.forge.commitFiles({ ...commit, changes: files.map(path => ({ path, content: path })) });
      harness.github.state.maxTreeEntries = 6;
      const listed = await harness.forge.listFiles(REPOSITORY, BRANCH);
      expect(listed.map(({ path }) => path)).toEqual([...files, 'README.md', 'services/access.yaml'].sort());
    });

    it('reads only the folders that a commit touches', async () => {
      const files = Array.from({ length: 30 }, (_, index) => `services/${index}/a.yaml`);
      await harness.disk.commitFiles({
        ...commit,
        branch: 'main',
        changes: files.map(path => ({ path, content: path })),
      });
      await harness.forge.commitFiles({ ...commit, changes: [{ path: 'services/7/a.yaml', content: 'new\n' }] });
      expect(harness.github.requests.map(({ operation }) => operation)).toEqual([
        'git/get-ref',
        'git/get-ref',
        'git/get-commit',
        'git/get-tree',
        'git/get-tree',
        'git/get-tree',
        'git/create-tree',
        'git/create-commit',
        'git/create-ref',
      ]);
    });
  });

  it('is finished by doing it again, wherever it was cut off', async () => {
    const { github } = harness;
    const steps = async (forge: GithubHarness['forge']) => {
      await forge.commitFiles(commit);
      const { pullRequest } = await forge.openPullRequest(opening);
      return forge.merge({ repository: REPOSITORY, number: pullRequest.number, by: 'ada', deleteBranch: true });
    };
    // The answer to the n-th request is lost, and this process with it; each further one gets one request further.
    let cuts = 0;
    for (let after = 0; ; after += 1) {
      const last = github.requests.length + after;
      github.fault = (_, index) => (index >= last ? { kind: 'cut-after' } : undefined);
      const merged = await steps(harness.connect({ retry: { attempts: 1 } })).catch(() => undefined);
      if (merged?.state === 'merged') break;
      cuts += 1;
    }
    expect(cuts).toBeGreaterThan(6);
    expect(await harness.disk.listPullRequests(REPOSITORY)).toEqual([
      expect.objectContaining({ number: 1, state: 'merged' }),
    ]);
    expect(await harness.disk.readFile(REPOSITORY, 'main', 'subscriptions/a.yaml')).toBe('a: 1\n');
    expect(await harness.disk.headOf(REPOSITORY, BRANCH)).toBeUndefined();
    const writes = github.requests.filter(
      ({ operation }) => operation === 'pulls/create' || operation === 'git/create-ref',
    );
    expect(writes.map(({ operation }) => operation)).toEqual(['git/create-ref', 'pulls/create']);
  });

  it('asks GitHub Enterprise Server and github.com where they are', async () => {
    const asked: string[] = [];
    const credentialsProvider = {
      getCredentials: async ({ url }: { url: string }) => {
        asked.push(url);
        throw new Error('enough');
      },
    };
    for (const host of ['github.com', 'ghe.example']) {
      await failure(createGithubForge({ host, credentialsProvider }).defaultBranch(REPOSITORY));
    }
    expect(asked).toEqual(['https://github.com/key/events', 'https://ghe.example/key/events']);
  });
});
