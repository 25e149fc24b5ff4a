import { readEventRepository, type EventRepository, type ReadCache } from '@busline/event-repository';
import type { EventSource, SourceSnapshot } from '@busline/plugin-eventbridge-node';
import type { Knex } from 'knex';
import { closeDatabases, DATABASES, openTestDatabase } from '../testing/databases';
import { createHarness } from '../testing/harness';
import { keyRepositoryFiles } from '../testing/keyRepository';
import { changedFlow } from './changedFlow';
import { createDeclaredContext } from './declaredContext';

afterAll(closeDatabases);

/** Reads as the portal does: what did not change are the same objects. */
class RememberingRepository implements EventSource {
  readonly id = 'key';
  readonly kind = 'event-repository';
  readonly title = 'Key';
  readonly target = '/event-repository';
  readonly schedule = { frequency: { minutes: 1 }, timeout: { minutes: 1 } };
  readonly files = new Map(Object.entries(keyRepositoryFiles()));
  #cache: ReadCache | undefined;
  #reads = 0;

  now(): EventRepository {
    const { files } = this;
    const { repository, cache } = readEventRepository(
      { paths: () => [...files.keys()].sort(), read: file => files.get(file) },
      { previous: this.#cache },
    );
    this.#cache = cache;
    return repository;
  }

  async read(): Promise<SourceSnapshot> {
    this.#reads += 1;
    return { kind: 'event-repository', repository: this.now(), problems: [], fingerprint: String(this.#reads) };
  }
}

const PLANNED = 'subscriptions/access-service/planned.yaml';
const BOTH_PLANNED = `description: Two.
pattern: { source: [com.key.delivery], detail-type: [Delivery Planned, Another] }
target: { type: lambda, name: a-function }
`;

const CHANGES: readonly (readonly [string, (files: Map<string, string>) => void])[] = [
  ['changed', files => files.set(PLANNED, BOTH_PLANNED)],
  [
    'came, to share the rule of another',
    files => files.set('subscriptions/access-service/a-second.yaml', BOTH_PLANNED),
  ],
  ['went away', files => files.delete(PLANNED)],
  [
    'asks for the rule name of a subscription of another service',
    files => files.set(PLANNED, `${BOTH_PLANNED}rule: delivery-service-all-access\n`),
  ],
  [
    'moves to another service',
    files => {
      files.set('subscriptions/delivery-service/planned.yaml', files.get(PLANNED)!);
      files.delete(PLANNED);
    },
  ],
];

const ACCESS = 'services/access-service.yaml';
const replaceIn = (file: string, from: string, to: string) => (files: Map<string, string>) => {
  const text = files.get(file)!.replace(from, to);
  expect(text).not.toBe(files.get(file));
  files.set(file, text);
};
const AT_HOME = '{ account: access-prod, region: eu-west-1 }';

/** Of a service, which its subscriptions and buses follow. */
const SERVICE_CHANGES: readonly (readonly [string, (files: Map<string, string>) => void])[] = [
  ['says something else of itself', replaceIn(ACCESS, 'title: Access service', 'title: Access desk')],
  ['moves to another account', replaceIn(ACCESS, AT_HOME, '{ account: delivery-prod, region: eu-west-1 }')],
  [
    'has a bus of another name',
    replaceIn(ACCESS, AT_HOME, '{ account: access-prod, region: eu-west-1, subscriberBus: another }'),
  ],
  [
    'shares the bus of another service',
    replaceIn(
      ACCESS,
      AT_HOME,
      '{ account: delivery-prod, region: eu-west-1, subscriberBus: busline-delivery-service }',
    ),
  ],
  ['goes away', files => files.delete(ACCESS)],
  [
    'comes, and publishes what another one does',
    files => files.set('services/new-service.yaml', files.get(ACCESS)!.replace(/^title: .*$/m, 'title: New')),
  ],
];

async function contents(knex: Knex): Promise<Record<string, readonly unknown[]>> {
  const tables: Record<string, readonly unknown[]> = {};
  for (const [table, ...order] of [
    ['buses', 'id'],
    ['rules', 'id'],
    ['subscriptions', 'id'],
    ['subscription_documents', 'id'],
    ['subscription_rules', 'subscription_id', 'rule_id'],
    ['subscription_event_types', 'subscription_id', 'event_type_id'],
    ['event_types', 'id'],
    ['event_type_values', 'facet', 'value', 'event_type_id'],
  ] as const) {
    tables[table] = await knex(table).orderBy(order.map(column => ({ column })));
  }
  return tables;
}

describe.each(DATABASES)('a repository in which one thing is other than before, on %s', kind => {
  it.each([
    ...CHANGES.map(([name, change]) => [`a subscription ${name}`, change] as const),
    ...SERVICE_CHANGES.map(([name, change]) => [`a service ${name}`, change] as const),
  ])('gives the same as when it is read for the first time: %s', async (_name, change) => {
    const source = new RememberingRepository();
    const again = await createHarness({ knex: await openTestDatabase(kind), sources: [source] });
    await again.read(source);
    const before = await contents(again.knex);
    change(source.files);
    await again.read(source);

    const fresh = new RememberingRepository();
    change(fresh.files);
    const first = await createHarness({ knex: await openTestDatabase(kind), sources: [fresh] });
    await first.read(fresh);

    const after = await contents(again.knex);
    expect(after).toEqual(await contents(first.knex));
    expect(after).not.toEqual(before);
  });
});

describe('what has to be made again', () => {
  const partAfter = (change: (files: Map<string, string>) => void) => {
    const source = new RememberingRepository();
    const before = source.now();
    change(source.files);
    return changedFlow(createDeclaredContext(source.now(), { sourceId: 'key', sourceTitle: 'Key' }), before);
  };

  it('is nothing when no subscription changed', () => {
    expect(partAfter(() => undefined)).toMatchObject({ subscriptions: [] });
  });

  it('is one service, with its subscriber bus, when one of its subscriptions changed', () => {
    expect(partAfter(files => files.set(PLANNED, BOTH_PLANNED))).toMatchObject({
      services: new Set(['access-service']),
      subscriptions: [{ service: 'access-service', name: 'planned' }],
      buses: new Set(['arn:aws:events:eu-west-1:222222222222:event-bus/busline-access-service']),
    });
  });

  it('is both services that share a subscriber bus', () => {
    const file = 'services/access-service.yaml';
    const share = (files: Map<string, string>) => {
      files.set(
        file,
        files
          .get(file)!
          .replace(
            '{ account: access-prod, region: eu-west-1 }',
            '{ account: delivery-prod, region: eu-west-1, subscriberBus: busline-delivery-service }',
          ),
      );
    };
    const source = new RememberingRepository();
    share(source.files);
    const before = source.now();
    source.files.set(PLANNED, BOTH_PLANNED);
    const context = createDeclaredContext(source.now(), { sourceId: 'key', sourceTitle: 'Key' });
    expect(changedFlow(context, before)).toMatchObject({ services: new Set(['access-service', 'delivery-service']) });
  });

  it('is one service and the central bus when the service itself changed', () => {
    expect(partAfter(replaceIn(ACCESS, 'title: Access service', 'title: Access desk'))).toMatchObject({
      services: new Set(['access-service']),
      buses: new Set([
        'arn:aws:events:eu-west-1:222222222222:event-bus/busline-access-service',
        'arn:aws:events:eu-west-1:111111111111:event-bus/key-central',
        'arn:aws:events:eu-west-1:111122223333:event-bus/key-central',
      ]),
    });
  });

  it('is everything when an account or the naming of rules is concerned', () => {
    expect(partAfter(replaceIn('accounts.yaml', 'title: Platform,', 'title: Ours,'))).toBe('all');
    expect(partAfter(CHANGES[3][1])).toBe('all');
  });
});
