import type { Knex } from 'knex';
import { closeDatabases, DATABASES, openTestDatabase } from '../testing/databases';
import { createHarness, TestRepository } from '../testing/harness';
import { keyRepositoryFiles } from '../testing/keyRepository';
import { listEventTypes } from './listEventTypes';
import { listSubscriptions } from './listSubscriptions';
import type { Visibility } from './visibility';

afterAll(closeDatabases);

const VISIBILITIES: readonly Visibility[] = [
  { kind: 'all' },
  { kind: 'none' },
  { kind: 'some', criteria: { not: { field: 'classification', values: ['restricted'] } } },
];

describe.each(DATABASES)('search on %s', kind => {
  let knex: Knex;
  let source: TestRepository;
  let read: () => Promise<void>;
  beforeAll(async () => {
    knex = await openTestDatabase(kind);
    source = new TestRepository('key', keyRepositoryFiles(), 'Key');
    const harness = await createHarness({ knex, sources: [source] });
    read = () => harness.read(source);
    await read();
  });

  /** All pages of two, and what each says of their number. */
  async function pages<T>(list: (page: { cursor?: string; limit: number }) => Promise<Paged<T>>) {
    const items: T[] = [];
    const totals = new Set<number>();
    for (let page = await list({ limit: 2 }); ; page = await list({ limit: 2, cursor: page.nextCursor })) {
      items.push(...page.items);
      totals.add(page.totalItems);
      if (page.nextCursor === undefined) return { items, totals: [...totals] };
    }
  }

  describe.each(VISIBILITIES.map(visibility => [visibility]))('seen by %j', visibility => {
    it.each(['a', 'access', 'de', 'delivery planned', 'door', 'email', 'opened', 'zzz'])(
      'finds the same event types of "%s" on one page and on several',
      async q => {
        for (const sort of ['relevance', 'name', 'subscribers'] as const) {
          const whole = await listEventTypes(knex, { q, sort }, visibility);
          // eslint-disable-next-line no-loop-func -- awaited before the loop goes on
          const paged = await pages(page => listEventTypes(knex, { q, sort, ...page }, visibility));
          expect(whole.totalItems).toBe(whole.items.length);
          expect(paged).toEqual({ items: whole.items, totals: [whole.items.length] });
        }
      },
    );

    it.each(['a', 'access', 'delivery', 'secret', 'zzz'])(
      'finds the same subscriptions of "%s" on one page and on several',
      async q => {
        const whole = await listSubscriptions(knex, { q }, visibility);
        const paged = await pages(page => listSubscriptions(knex, { q, ...page }, visibility));
        expect(whole.totalItems).toBe(whole.items.length);
        expect(paged).toEqual({ items: whole.items, totals: [whole.items.length] });
      },
    );
  });

  const found = async (q: string) =>
    (await listEventTypes(knex, { q }, { kind: 'all' })).items.map(item => item.detailType);

  it('puts what has the word in its name before what has it beside the name, and that before the rest', async () => {
    expect(await found('delivery')).toEqual(['Delivery Planned']);
    // The second by its tag `door`; by name it would come first.
    expect(await found('d')).toEqual(['Delivery Planned', 'Access Granted']);
  });

  it('forgets the words of a name that is no longer there', async () => {
    const file = 'events/com.key.access/secret-opened/event.yaml';
    const text = source.files.get(file)!;
    for (const name of source.files.keys()) {
      if (name.startsWith('events/com.key.access/secret-opened/')) source.files.delete(name);
    }
    await read();
    expect(await found('secret')).toEqual([]);
    source.files.set(file, text);
    await read();
    expect(await found('secret')).toEqual(['Secret Opened']);
  });
});

interface Paged<T> {
  readonly items: readonly T[];
  readonly totalItems: number;
  readonly nextCursor?: string;
}
