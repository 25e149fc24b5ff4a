import { impactOf } from './impact';
import { publishersOf, subscribersOf } from './lookups';
import { readEventRepository } from './reading/readEventRepository';

const FILES: Readonly<Record<string, string>> = {
  'busline.yaml': 'name: key\nenvironments: { prod: { buses: [{ name: c, account: p, region: eu-west-1 }] } }\n',
  'services/a.yaml': 'owner: unknown\npublishes: [{ source: com.key, detailType: Opened }]\n',
  'events/com.key/opened/event.yaml': 'source: com.key\ndetailType: Opened\nowner: unknown\n',
  'events/com.key/opened/1.0.0/schema.json': '{}',
  'events/com.key/closed/event.yaml': 'source: com.key\ndetailType: Closed\nowner: unknown\n',
  'subscriptions/a/exact.yaml': 'pattern: { source: [com.key], detail-type: [Opened] }\n',
  'subscriptions/a/source.yaml': 'pattern: { source: [com.key] }\n',
  'subscriptions/a/prefix.yaml': 'pattern: { source: [{ prefix: com. }], detail-type: [{ anything-but: Opened }] }\n',
  'subscriptions/a/any.yaml': 'pattern: { account: ["111111111111"] }\n',
  'subscriptions/a/either.yaml': 'pattern: { source: [com.key, com.other], detail-type: [Opened, Closed] }\n',
  'subscriptions/a/invalid.yaml': 'pattern: { source: [] }\n',
};

const read = (changes: Readonly<Record<string, string | undefined>> = {}) => {
  const texts = new Map(
    Object.entries({ ...FILES, ...changes }).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
  return readEventRepository({
    paths: () => [...texts.keys()],
    read: path => texts.get(path),
  }).repository;
};

describe('impactOf', () => {
  const before = read();

  it('finds nothing where nothing changed', () => {
    const none = { added: [], removed: [], changed: [] };
    expect(impactOf(before, read())).toEqual({
      eventTypes: none,
      subscriptions: none,
      services: none,
      accounts: none,
      domains: none,
      environments: none,
      settings: [],
    });
  });

  it('tells what was added, removed and changed, and in what', () => {
    const after = read({
      'busline.yaml': FILES['busline.yaml'].replace('name: key', 'name: key\ntitle: Keys'),
      'events/com.key/opened/1.0.0/schema.json': '{ "type": "object" }',
      'events/com.key/opened/1.1.0/schema.json': '{}',
      'events/com.key/closed/event.yaml': undefined,
      'subscriptions/a/any.yaml': 'pattern: { account: ["222222222222"] }\n',
      'subscriptions/a/source.yaml': undefined,
      'subscriptions/a/new.yaml': 'pattern: { source: [x] }\n',
    });
    const impact = impactOf(before, after);
    expect(impact.settings).toEqual(['title']);
    expect(impact.eventTypes.removed.map(({ detailType }) => detailType)).toEqual(['Closed']);
    expect(impact.eventTypes.changed).toHaveLength(1);
    const [{ fields, versions }] = impact.eventTypes.changed;
    expect(fields).toEqual(['versions']);
    expect(versions.added.map(({ version }) => version)).toEqual(['1.1.0']);
    expect(versions.changed.map(change => change.fields)).toEqual([['schema', 'size']]);
    expect(impact.subscriptions.added.map(({ name }) => name)).toEqual(['new']);
    expect(impact.subscriptions.removed.map(({ name }) => name)).toEqual(['source']);
    expect(impact.subscriptions.changed.map(({ after: { name }, fields: changed }) => [name, changed])).toEqual([
      ['any', ['pattern']],
    ]);
  });

  it('does not mind where a thing is written', () => {
    const moved = read({
      'events/com.key/opened/event.yaml': undefined,
      'events/com.key/opened/1.0.0/schema.json': undefined,
      'events/com.key/opened-2/event.yaml': FILES['events/com.key/opened/event.yaml'],
      'events/com.key/opened-2/1.0.0/schema.json': '{ }',
    });
    expect(impactOf(before, moved).eventTypes).toMatchObject({
      added: [],
      removed: [],
    });
  });
});

describe('subscribersOf and publishersOf', () => {
  const names = (detailType: string, source = 'com.key') =>
    subscribersOf(read(), { source, detailType })
      .map(({ name }) => name)
      .sort();

  it('follow source and detail-type', () => {
    expect(names('Opened')).toEqual(['any', 'either', 'exact', 'source']);
    expect(names('Closed')).toEqual(['any', 'either', 'prefix', 'source']);
    expect(names('Opened', 'com.third')).toEqual(['any']);
  });

  it('know who publishes', () => {
    expect(publishersOf(read(), { source: 'com.key', detailType: 'Opened' }).map(({ name }) => name)).toEqual(['a']);
    expect(publishersOf(read(), { source: 'com.key', detailType: 'Closed' })).toEqual([]);
  });
});
