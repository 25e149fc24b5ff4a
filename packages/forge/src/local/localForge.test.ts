import { utimes, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { readEventRepository } from '@busline/event-repository';
import type { CommitRequest } from '../forge';
import { type RunGit, runGit } from '../git/runGit';
import { failure } from '../testing/failure';
import { ADA, approvalOf, BRANCH, removeTemplate, REPOSITORY, seed, temporaryFolder } from '../testing/harness';
import { createLocalForge, type LocalForge, type LocalForgeOptions } from './localForge';
import { createMemoryPullRequestStore, type PullRequestStore } from './pullRequestStore';

jest.setTimeout(60_000);
afterAll(removeTemplate);

const commit: CommitRequest = {
  repository: REPOSITORY,
  branch: BRANCH,
  base: 'main',
  message: 'Subscribe',
  author: ADA,
  changes: [{ path: 'subscriptions/a.yaml', content: 'a: 1\n' }],
};
const opening = { repository: REPOSITORY, head: BRANCH, base: 'main', title: 'Subscribe', body: 'Why', author: 'ada' };

/** What stands for SIGKILL: nothing behind it happens. */
class Killed extends Error {}

/** Git commands that leave something on the disk. */
const WRITES = new Set(['init', 'fast-import', 'update-index', 'write-tree', 'commit-tree', 'update-ref']);

/** A process that ends right behind its n-th write, be it git's or the store's; counts from 1. */
function killedBehind(write: number) {
  let count = 0;
  const die = () => {
    count += 1;
    if (count === write) throw new Killed();
  };
  const run: RunGit = async call => {
    const answer = await runGit(call);
    if (WRITES.has(call.args[0])) die();
    return answer;
  };
  const store = (inner: PullRequestStore): PullRequestStore => ({
    ...inner,
    open: async draft => {
      const opened = await inner.open(draft);
      die();
      return opened;
    },
    replace: async record => {
      const done = await inner.replace(record);
      die();
      return done;
    },
  });
  return { run, store };
}

type Step = (at: LocalForge) => Promise<unknown>;

describe('The forge on disk', () => {
  let folder: string;
  let remove: () => Promise<void>;
  let store: PullRequestStore;
  let forge: LocalForge;
  beforeEach(async () => {
    ({ folder, remove } = await temporaryFolder());
    store = createMemoryPullRequestStore();
    forge = connect();
  });
  afterEach(() => remove());

  /** As another process has it: the same disk and the same store. */
  const connect = (options: Partial<LocalForgeOptions> = {}, run: RunGit = runGit) =>
    createLocalForge({ root: folder, store, ...options }, run);
  const history = async (branch: string) => {
    const { stdout } = await runGit({ directory: forge.directoryOf(REPOSITORY), args: ['log', '--format=%s', branch] });
    return stdout.toString().trim().split('\n');
  };

  describe('killed at any step', () => {
    const merging = { repository: REPOSITORY, number: 1, by: 'ada', deleteBranch: true };
    const creation = { repository: 'key/new', files: [{ path: 'a', content: '1' }], message: 'First', author: ADA };
    /** Before what is killed; what is killed; how many writes that has; what must hold once it was done again. */
    const cases: readonly [string, number, readonly Step[], Step, Step][] = [
      ['making a repository', 2, [], at => at.createRepository(creation), at => at.listFiles('key/new', 'main')],
      ['committing', 5, [], at => at.commitFiles(commit), at => at.listFiles(REPOSITORY, BRANCH)],
      [
        'opening',
        2,
        [at => at.commitFiles(commit)],
        at => at.openPullRequest(opening),
        async at => (await at.listPullRequests(REPOSITORY)).map(({ number, state }) => `${number} ${state}`),
      ],
      [
        'merging',
        5,
        [at => at.commitFiles(commit), at => at.openPullRequest(opening)],
        at => at.merge(merging),
        async at => [
          (await at.listPullRequests(REPOSITORY)).map(({ number, state }) => `${number} ${state}`),
          await history('main'),
          await at.headOf(REPOSITORY, BRANCH),
        ],
      ],
    ];

    it.each(cases)('while %s, is finished by doing it again', async (_, writes, before, work, look) => {
      const start = async () => {
        await remove();
        store = createMemoryPullRequestStore();
        forge = connect();
        await seed({ disk: forge });
        for (const step of before) await step(forge);
      };
      await start();
      await work(forge);
      const expected = await look(forge);
      for (let write = 1; write <= writes; write += 1) {
        await start();
        const killed = killedBehind(write);
        await expect(work(connect({ store: killed.store(store) }, killed.run))).rejects.toThrow(Killed);
        await work(forge);
        expect([write, await look(forge)]).toEqual([write, expected]);
      }
      const { run, store: killing } = killedBehind(writes + 1);
      await start();
      await work(connect({ store: killing(store) }, run));
    });

    it('is finished by looking at it, when the base has moved already', async () => {
      await seed({ disk: forge });
      await forge.commitFiles(commit);
      await forge.openPullRequest(opening);
      // Killed right behind the step that moves the base.
      const run: RunGit = async call => {
        const answer = await runGit(call);
        if (call.args[0] === 'update-ref' && call.args.includes('refs/heads/main')) throw new Killed();
        return answer;
      };
      await expect(connect({}, run).merge({ repository: REPOSITORY, number: 1, by: 'ada' })).rejects.toThrow(Killed);
      expect((await store.get(REPOSITORY, 1))?.state).toBe('open');
      const [listed] = await forge.listPullRequests(REPOSITORY, { state: 'merged' });
      expect(listed).toMatchObject({ number: 1, mergedBy: 'ada', mergeCommit: await forge.headOf(REPOSITORY, 'main') });
      await forge.merge({ repository: REPOSITORY, number: 1, by: 'ada' });
      expect(await history('main')).toEqual(['Subscribe (#1)', 'First']);
    });

    it('takes away the lock that a killed git left', async () => {
      await seed({ disk: forge });
      const lock = path.join(forge.directoryOf(REPOSITORY), 'refs/heads/main.lock');
      await writeFile(lock, '');
      const longAgo = new Date(Date.now() - 3_600_000);
      await utimes(lock, longAgo, longAgo);
      expect(await forge.commitFiles({ ...commit, branch: 'main' })).toMatchObject({ status: 'committed' });
    });
  });

  describe('several processes', () => {
    beforeEach(() => seed({ disk: forge }));

    it('commit to one branch without losing one', async () => {
      const numbers = [1, 2, 3, 4];
      await Promise.all(
        numbers.map(number =>
          connect().commitFiles({ ...commit, changes: [{ path: `services/${number}.yaml`, content: `${number}` }] }),
        ),
      );
      expect(await history(BRANCH)).toHaveLength(numbers.length + 1);
    });

    it('open one pull request and merge it once', async () => {
      await forge.commitFiles(commit);
      const opened = await Promise.all([1, 2, 3].map(() => connect().openPullRequest(opening)));
      expect(opened.map(({ created }) => created).sort()).toEqual([false, false, true]);
      await Promise.all(
        ['ada', 'grace', 'linus'].map(by =>
          connect().merge({ repository: REPOSITORY, number: 1, by, method: 'squash' }),
        ),
      );
      expect(await history('main')).toEqual(['Subscribe (#1)', 'First']);
    });

    it('make one repository', async () => {
      const request = { repository: 'key/new', files: [{ path: 'a', content: '1' }], message: 'First', author: ADA };
      const made = await Promise.all([1, 2, 3].map(() => connect().createRepository(request)));
      expect(made.map(({ created }) => created).sort()).toEqual([false, false, true]);
      expect(await forge.repositories()).toEqual(['key/events', 'key/new']);
    });
  });

  describe('protection', () => {
    beforeEach(async () => {
      await seed({ disk: forge });
      await forge.commitFiles(commit);
      await forge.openPullRequest(opening);
    });
    const merge = (at: LocalForge) => at.merge({ repository: REPOSITORY, number: 1, by: 'ada' });
    const review = (at: LocalForge, by: string, verdict: 'approved' | 'changes-requested') =>
      at.review({ repository: REPOSITORY, number: 1, by, verdict, comment: 'So it is' });

    it('forgets an approval when a commit is added', async () => {
      const guarded = connect({ protection: approvalOf(['grace']) });
      await review(guarded, 'grace', 'approved');
      await guarded.commitFiles({ ...commit, changes: [{ path: 'slipped-in.yaml', content: '' }] });
      expect(await failure(merge(guarded))).toMatchObject({ kind: 'protected', awaited: ['grace'] });
    });

    it('counts the last verdict of a reviewer, and none of the author', async () => {
      const guarded = connect({ protection: approvalOf(['grace']) });
      await review(guarded, 'grace', 'approved');
      await review(guarded, 'grace', 'changes-requested');
      expect(await failure(merge(guarded))).toMatchObject({ kind: 'protected' });
      expect(await failure(review(guarded, 'ada', 'approved'))).toMatchObject({
        kind: 'rejected',
        message: 'key/events: pull request 1 cannot be reviewed by its author, who may only comment',
      });
      await review(guarded, 'grace', 'approved');
      await review(guarded, 'grace', 'approved');
      expect(await guarded.reviewsOf(REPOSITORY, 1)).toHaveLength(3);
      expect(await merge(guarded)).toMatchObject({ state: 'merged' });
    });

    it('is told paths, checks and verdicts', async () => {
      const told: unknown[] = [];
      const guarded = connect({
        checks: async ({ head, files }) => [
          { name: 'files', state: 'passed', description: (await files(head)).read('subscriptions/a.yaml') },
        ],
        protection: context => {
          told.push(context);
          return { kind: 'allowed' };
        },
      });
      await guarded.getPullRequest(REPOSITORY, 1);
      expect(told).toEqual([
        expect.objectContaining({
          paths: ['subscriptions/a.yaml'],
          verdicts: [],
          checks: [{ name: 'files', state: 'passed', description: 'a: 1\n' }],
          pullRequest: expect.objectContaining({ number: 1 }),
        }),
      ]);
    });

    it('refuses reviews without a word or of what is over', async () => {
      const silent = { repository: REPOSITORY, number: 1, by: 'grace', verdict: 'changes-requested' } as const;
      expect(await failure(forge.review(silent))).toMatchObject({ kind: 'rejected' });
      expect(await failure(forge.review({ ...silent, by: '<script>' }))).toMatchObject({ kind: 'invalid' });
      await merge(forge);
      expect(await failure(review(forge, 'grace', 'approved'))).toMatchObject({
        message: 'key/events: pull request 1 is merged and takes no review',
      });
    });
  });

  describe('files', () => {
    it('gives an event repository to its reader, with git ids as content ids', async () => {
      await forge.createRepository({
        repository: REPOSITORY,
        files: [
          { path: 'busline.yaml', content: 'name: key\n' },
          { path: 'domains.yaml', content: 'domains: []\n' },
          ...Array.from({ length: 4_500 }, (_, index) => ({ path: `docs/${index}.md`, content: `Text ${index} ü\n` })),
        ],
        message: 'First',
        author: ADA,
      });
      const files = await forge.files(REPOSITORY, 'main');
      expect(files.paths()).toHaveLength(4_502);
      expect(files.read('docs/0.md')).toBe('Text 0 ü\n');
      expect(files.read('docs/4499.md')).toBe('Text 4499 ü\n');
      expect(files.read('docs/7.md')).toBe('Text 7 ü\n');
      expect(files.read('docs/none.md')).toBeUndefined();
      expect(files.read('__proto__')).toBeUndefined();
      expect(files.contentId('docs/none.md')).toBeUndefined();
      const listed = await forge.listFiles(REPOSITORY, 'main');
      expect(files.contentId('busline.yaml')).toBe(listed.find(each => each.path === 'busline.yaml')?.id);
      expect(files.commit).toBe(await forge.headOf(REPOSITORY, 'main'));

      const first = readEventRepository(files);
      await forge.commitFiles({
        ...commit,
        branch: 'main',
        changes: [{ path: 'busline.yaml', content: 'name: lock\n' }],
      });
      const later = await forge.files(REPOSITORY, 'main');
      const read: string[] = [];
      const counting = {
        paths: later.paths,
        contentId: later.contentId,
        read: (file: string) => {
          read.push(file);
          return later.read(file);
        },
      };
      readEventRepository(counting, { previous: first.cache });
      expect(read).toEqual(['busline.yaml']);
    });
  });

  it('stands beside what is no repository', async () => {
    await seed({ disk: forge });
    await writeFile(path.join(folder, 'notes.txt'), '');
    expect(await forge.repositories()).toEqual([REPOSITORY]);
    expect(await createLocalForge({ root: path.join(folder, 'nowhere'), store }).repositories()).toEqual([]);
  });
});
