import { contentHash } from '../text/contentHash';
import type { RepositoryFiles } from '../types';
import { examineFile } from './entry';
import { formatProblem } from './places';
import { readEventRepository, readEventRepositoryInSteps } from './readEventRepository';

const FOLDER = 'events/com.key.access/access-granted';

const FILES: Readonly<Record<string, string>> = {
  'busline.yaml': `name: key
title: Key Suite
environments:
  prod:
    buses: [{ name: key-central, account: platform, region: eu-west-1 }]
  dev:
    buses: [{ name: key-central, account: access, region: eu-west-1 }]
defaults:
  delivery: { retry: { maximumRetryAttempts: 10 } }
  classification: confidential
`,
  'accounts.yaml': `accounts:
  platform: { id: '000000000001' }
  access: { id: '222222222222', owner: group:default/access }
`,
  'domains/access.yaml': 'title: Access\n',
  'services/access-service.yaml': `owner: group:default/access
environments:
  prod: { account: access, region: eu-west-1 }
  dev: { account: access, region: eu-west-1 }
publishes:
  - { source: com.key.access, detailType: Access Granted, majors: [2] }
`,
  [`${FOLDER}/event.yaml`]: `source: com.key.access
detailType: Access Granted
owner: group:default/access
versions:
  2.0.0: { released: 2026-03-01, notes: The guest is an object. }
`,
  [`${FOLDER}/2.0.0/schema.json`]: '{ "required": ["guest"] }',
  [`${FOLDER}/2.0.0/examples/one.json`]: '{ "guest": { "email": "a@b.example" } }',
  [`${FOLDER}/10.0.0/schema.json`]: 'true',
  [`${FOLDER}/1.9.0/schema.json`]: '{}',
  'subscriptions/access-service/all.yaml': `pattern: { source: [com.key.access] }
target: { type: sqs, name: all }
delivery: { retry: { maximumEventAgeSeconds: 60 } }
`,
  'subscriptions/access-service/prod-only.yaml': `environments: [prod]
pattern: { source: [com.key.access] }
targets:
  - { type: arn, arn: 'arn:aws:sqs:eu-west-1:222222222222:q', id: a, inputTransformer: { inputTemplate: '"x"' } }
path: direct
enabled: false
rule: by-hand
`,
};

/** Files in memory that count what is read. */
function inMemory(initial: Readonly<Record<string, string>>, withIds = false) {
  const texts = new Map(Object.entries(initial));
  const read: string[] = [];
  const files: RepositoryFiles = {
    paths: () => [...texts.keys()],
    read: path => {
      read.push(path);
      return texts.get(path);
    },
    ...(withIds ? { contentId: (path: string) => contentHash(texts.get(path) ?? '') } : {}),
  };
  return { files, texts, read };
}

describe('readEventRepository', () => {
  const { repository, problems } = readEventRepository(inMemory(FILES).files);

  it('has nothing to complain about', () => {
    expect(problems.map(formatProblem)).toEqual([]);
  });

  it('gives the declarations, defaults filled in', () => {
    expect(repository).toMatchObject({
      name: 'key',
      title: 'Key Suite',
      owner: 'unknown',
      eventPaths: { metadata: 'detail.metadata', data: 'detail.data' },
      deliveryDefaults: {
        maximumEventAgeSeconds: 86400,
        maximumRetryAttempts: 10,
        deadLetterQueue: true,
      },
    });
    expect(repository.environments.map(({ name }) => name)).toEqual(['prod', 'dev']);
    expect(repository.accounts[1]).toEqual({
      name: 'access',
      id: '222222222222',
      owner: 'group:default/access',
      place: { file: 'accounts.yaml', line: 3, column: 3 },
    });
    expect(repository.services[0].publishes[0]).toMatchObject({
      majors: [2],
      place: { file: 'services/access-service.yaml', line: 6, column: 5 },
    });
  });

  it('gives event types with their versions in the order of semver', () => {
    const [type] = repository.eventTypes;
    expect(type).toMatchObject({
      slug: 'access-granted',
      title: 'Access Granted',
      lifecycle: 'production',
      classification: 'confidential',
    });
    expect(type.versions.map(({ version }) => version)).toEqual(['1.9.0', '2.0.0', '10.0.0']);
    expect(type.versions[1]).toEqual({
      version: '2.0.0',
      schema: { required: ['guest'] },
      examples: [
        {
          name: 'one',
          value: { guest: { email: 'a@b.example' } },
          file: `${FOLDER}/2.0.0/examples/one.json`,
        },
      ],
      released: '2026-03-01',
      notes: 'The guest is an object.',
      size: 25,
      file: `${FOLDER}/2.0.0/schema.json`,
    });
    expect(type.versions[2].schema).toBe(true);
  });

  it('gives subscriptions with what service and defaults add', () => {
    expect(repository.subscriptions[0]).toMatchObject({
      name: 'all',
      service: 'access-service',
      environments: ['prod', 'dev'],
      path: 'subscriber-bus',
      delivery: {
        maximumEventAgeSeconds: 60,
        maximumRetryAttempts: 10,
        deadLetterQueue: true,
      },
      enabled: true,
    });
    expect(repository.subscriptions[1]).toMatchObject({
      environments: ['prod'],
      path: 'direct',
      enabled: false,
      rule: 'by-hand',
      targets: [
        {
          type: 'arn',
          id: 'a',
          inputTransformer: { inputPathsMap: {}, inputTemplate: '"x"' },
        },
      ],
    });
  });

  it('gives what can be read of an empty folder', () => {
    const empty = readEventRepository(inMemory({}).files);
    expect(empty.repository.eventTypes).toEqual([]);
    expect(empty.problems.map(({ rule }) => rule)).toEqual(['missing-file']);
  });

  it('keeps what is right of a file that is wrong in part', () => {
    const { files } = inMemory({
      ...FILES,
      'services/access-service.yaml': `${FILES['services/access-service.yaml']}  - { source: com.key.access }\nsystem: 7\n`,
    });
    const read = readEventRepository(files);
    expect(read.problems.map(({ rule }) => rule)).toEqual(['missing-key', 'wrong-value']);
    expect(read.repository.services[0]).toMatchObject({
      publishes: [{ detailType: 'Access Granted' }],
    });
    expect(read.repository.services[0].system).toBeUndefined();
  });
});

describe('files that were examined elsewhere', () => {
  const wrong = {
    ...FILES,
    [`${FOLDER}/2.0.0/examples/two.json`]: '{ "guset": 1 }',
    [`${FOLDER}/1.9.0/schema.json`]: '{ "type": ',
    'subscriptions/access-service/all.yaml': 'pattern: { source: [{ prefx: a }] }\nenabeld: true\n',
    'subscriptions/access-service/none.yaml': '- a\n',
  };

  it.each<[string, Readonly<Record<string, string>>]>([
    ['right', FILES],
    ['wrong in part', wrong],
  ])('give what reading them gives: %s', (_, texts) => {
    const plain = readEventRepository(inMemory(texts, true).files);
    const { files, read } = inMemory(texts, true);
    const { repository, problems } = readEventRepository(files, {
      // As it comes from another thread.
      examined: path => {
        const examined = examineFile(path, texts[path]);
        return examined && structuredClone(examined);
      },
    });
    expect(repository).toEqual(plain.repository);
    expect(problems).toEqual(plain.problems);
    expect(read.filter(path => path.startsWith('subscriptions/'))).toEqual([]);
  });
});

describe('reading again', () => {
  it.each([true, false])('parses only what changed (content ids: %s)', withIds => {
    const { files, texts, read } = inMemory(FILES, withIds);
    const before = readEventRepository(files);
    texts.set(
      'subscriptions/access-service/all.yaml',
      FILES['subscriptions/access-service/all.yaml'].replace('name: all', 'name: some'),
    );
    read.length = 0;
    const after = readEventRepository(files, { previous: before.cache });
    expect(read).toEqual(withIds ? ['subscriptions/access-service/all.yaml'] : Object.keys(FILES).sort());
    expect(after.repository.subscriptions[0].targets).toEqual([{ type: 'sqs', name: 'some' }]);
    expect(after.repository.subscriptions[1]).toBe(before.repository.subscriptions[1]);
    expect(after.repository.eventTypes[0]).toBe(before.repository.eventTypes[0]);
    expect(after.repository.services[0]).toBe(before.repository.services[0]);
  });

  it('gives what a first read would give, whatever changes', () => {
    const changes: readonly (readonly [string, string | undefined])[] = [
      [`${FOLDER}/2.0.0/schema.json`, '{ "required": ["gast"] }'],
      ['accounts.yaml', undefined],
      ['services/access-service.yaml', FILES['services/access-service.yaml'].replace('  dev:', '  test:')],
      [`${FOLDER}/event.yaml`, FILES[`${FOLDER}/event.yaml`].replace('Access Granted', 'Access Denied')],
      ['busline.yaml', FILES['busline.yaml'].replace('10', '11')],
      [`${FOLDER}/2.0.0/examples/two.json`, '{}'],
      ['Domains/Access.yaml', ''],
      ['domains/Access.yaml', 'title: Twice\n'],
      ['accounts.yaml', FILES['accounts.yaml']],
      [`${FOLDER}/2.0.0/schema.json`, FILES[`${FOLDER}/2.0.0/schema.json`]],
      [`${FOLDER}/event.yaml`, undefined],
      ['subscriptions/access-service/all.yaml', undefined],
    ];
    const { files, texts } = inMemory(FILES);
    let { cache } = readEventRepository(files);
    for (const [path, text] of changes) {
      if (text === undefined) texts.delete(path);
      else texts.set(path, text);
      const again = readEventRepository(files, { previous: cache });
      const fresh = readEventRepository(files);
      expect(again.problems).toEqual(fresh.problems);
      expect(again.repository).toEqual(fresh.repository);
      cache = again.cache;
    }
  });

  it('forgets problems that were mended', () => {
    const { files, texts } = inMemory(FILES);
    texts.set('domains/access.yaml', 'titel: Access\n');
    const wrong = readEventRepository(files);
    expect(wrong.problems.map(({ rule }) => rule)).toEqual(['missing-key', 'unknown-key']);
    texts.set('domains/access.yaml', 'title: Access\n');
    expect(readEventRepository(files, { previous: wrong.cache }).problems).toEqual([]);
  });
});

describe('readEventRepositoryInSteps', () => {
  it('pauses on the way and ends with the same', () => {
    const many: Record<string, string> = { ...FILES };
    for (let i = 0; i < 350; i += 1) many[`domains/d${i}.yaml`] = 'title: X\n';
    const { files } = inMemory(many);
    const steps = readEventRepositoryInSteps(files);
    const seen: number[] = [];
    let step = steps.next();
    for (; !step.done; step = steps.next()) seen.push(step.value.files);
    expect(seen.length).toBeGreaterThan(3);
    expect(seen.at(-1)).toBe(Object.keys(many).length);
    expect(step.value.repository).toEqual(readEventRepository(files).repository);
  });
});
