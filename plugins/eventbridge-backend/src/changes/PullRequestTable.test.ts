import { createMemoryPullRequestStore, type NewPullRequest, type PullRequestStore } from '@busline/forge';
import { closeDatabases, DATABASES, openTestDatabase } from '../testing/databases';
import { createPullRequestTable } from './PullRequestTable';

afterAll(closeDatabases);

const draft = (branch: string, repository = 'key/events'): NewPullRequest => ({
  repository,
  title: `Changes of ${branch}`,
  body: 'Text',
  author: 'user:default/mira',
  state: 'open',
  head: { branch, commit: 'a'.repeat(40) },
  base: { branch: 'main', commit: 'b'.repeat(40) },
  createdAt: '2026-11-20T10:00:00.000Z',
  updatedAt: '2026-11-20T10:00:00.000Z',
  reviews: [],
  mergeAttempts: [],
});

const stores: readonly (readonly [string, () => Promise<PullRequestStore>])[] = [
  ['memory', async () => createMemoryPullRequestStore()],
  ...DATABASES.map(kind => [kind, async () => createPullRequestTable(await openTestDatabase(kind))] as const),
];

describe.each(stores)('pull requests of the local forge in %s', (_kind, create) => {
  it('numbers each repository by itself and has one open pull request for a branch', async () => {
    const store = await create();
    const first = await store.open(draft('one'));
    const again = await store.open({ ...draft('one'), title: 'Another title' });
    const second = await store.open(draft('two'));
    const elsewhere = await store.open(draft('one', 'key/other'));
    expect([first, again, second, elsewhere].map(({ record, created }) => [record.number, created])).toEqual([
      [1, true],
      [1, false],
      [2, true],
      [1, true],
    ]);
    expect(again.record.title).toBe('Changes of one');
    expect((await store.list('key/events', {})).map(({ number }) => number)).toEqual([2, 1]);
    expect((await store.list('key/events', { head: 'one', state: 'open' })).map(({ number }) => number)).toEqual([1]);
  });

  it('gives a closed branch a new pull request', async () => {
    const store = await create();
    const { record } = await store.open(draft('one'));
    expect(await store.replace({ ...record, state: 'closed', version: 2 })).toBe(true);
    expect((await store.open(draft('one'))).record.number).toBe(2);
    expect((await store.get('key/events', 1))?.state).toBe('closed');
  });

  it('replaces only what has not changed since it was read', async () => {
    const store = await create();
    const { record } = await store.open(draft('one'));
    const results = await Promise.all(
      ['first', 'second'].map(title => store.replace({ ...record, title, version: record.version + 1 })),
    );
    expect(results.filter(Boolean)).toHaveLength(1);
    expect(await store.replace({ ...record, number: 9, version: 2 })).toBe(false);
  });

  it('gives twenty that open at once a number each, and one to those of the same branch', async () => {
    const store = await create();
    const branches = Array.from({ length: 20 }, (_, index) => `branch-${index % 10}`);
    const opened = await Promise.all(branches.map(branch => store.open(draft(branch))));
    expect(opened.filter(({ created }) => created)).toHaveLength(10);
    expect(new Set(opened.map(({ record }) => record.number))).toEqual(
      new Set(Array.from({ length: 10 }, (_, i) => i + 1)),
    );
  });
});
