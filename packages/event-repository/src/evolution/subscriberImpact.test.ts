import { EVENT_FOLDER, smallRepository } from '../testing/smallRepository';
import { formatProblem } from '../index';
import { judgeStep } from './judge';
import { versionsBrought } from './repositoryImpact';
import { subscribersHit } from './subscriberImpact';

const field = (type: string, more: object = {}) => ({ type, ...more });
const schema = (properties: object, required: readonly string[] = []) => ({ type: 'object', properties, required });

const GUEST = { guest: schema({ name: field('string') }, ['name']) };
const OLD = schema({ door: field('string'), channel: { enum: ['email', 'push'] }, ...GUEST }, [
  'door',
  'channel',
  'guest',
]);

interface Case {
  /** Below `detail`. */
  readonly detail?: object;
  /** Beside type and name. */
  readonly target?: object;
  readonly next: object;
  readonly version?: string;
  readonly old?: object;
  readonly steps?: number;
}

function hit({ detail, target, next, version = '1.1.0', old = OLD, steps }: Case) {
  const pattern = {
    source: ['com.key.access'],
    'detail-type': ['Access Granted'],
    ...(detail && { detail }),
  };
  const { repository, eventType, problems } = smallRepository({
    [`${EVENT_FOLDER}/1.0.0/examples/front-door.json`]: undefined,
    [`${EVENT_FOLDER}/1.0.0/schema.json`]: old,
    [`${EVENT_FOLDER}/${version}/schema.json`]: next,
    'subscriptions/delivery-service/access-granted.yaml': {
      description: 'x',
      pattern,
      target: { type: 'sqs', name: 'q', ...target },
    },
  });
  expect(problems.map(formatProblem)).toEqual([]);
  const [before, after] = eventType.versions;
  const step = judgeStep(repository, eventType, { old: before, next: after }, { today: '2026-01-01' });
  const [found] = subscribersHit(repository, eventType, step, steps === undefined ? {} : { steps });
  return found;
}

const words = ({ verdict, match, reasons }: ReturnType<typeof hit>) => [verdict, match, reasons];

const without = (name: string) => ({
  ...OLD,
  properties: Object.fromEntries(Object.entries(OLD.properties).filter(([key]) => key !== name)),
  required: OLD.required.filter(each => each !== name),
});
const withField = (name: string, value: object) => ({ ...OLD, properties: { ...OLD.properties, [name]: value } });
const onlyGuest = { target: { inputPath: '$.detail.data.guest' } };

describe('who is hit', () => {
  it('is nobody where a field comes that nobody knows', () => {
    const next = withField('note', field('string'));
    expect(words(hit({ next, detail: { data: { channel: ['email'] } } }))).toEqual([
      'unaffected',
      'same',
      ['Nothing that it takes or uses changes.'],
    ]);
  });

  it('is who waits for a field that is gone', () => {
    const found = hit({ next: without('channel'), detail: { data: { channel: ['email'] } } });
    expect(words(found)).toEqual([
      'broken',
      'no longer',
      ['Its pattern takes no event of 1.1.0.', expect.stringContaining('`detail.data.channel`'), expect.any(String)],
    ]);
    expect(found.event).toMatchObject({
      source: 'com.key.access',
      'detail-type': 'Access Granted',
      detail: { data: { channel: 'email' } },
    });
  });

  it('is who is given a value that its client does not know, unless its pattern keeps it away', () => {
    const next = withField('channel', { enum: ['email', 'push', 'fax'] });
    const all = hit({ next });
    expect(words(all)).toEqual([
      'broken',
      'same',
      ['It receives whole events, and a client of 1.0.0 rejects this one.'],
    ]);
    expect(all.event).toMatchObject({ detail: { data: { channel: 'fax' }, metadata: { schemaVersion: '1.1.0' } } });
    const filtered = hit({ next, detail: { data: { channel: ['email'] } } });
    expect(filtered.verdict).toBe('check');
    expect(filtered.reasons.at(-1)).toBe(
      'A client of 1.0.0 rejects events of 1.1.0; none was found that its pattern takes.',
    );
  });

  it('is nobody by a field that is neither taken nor passed on', () => {
    const next = withField('channel', { enum: ['email', 'push', 'fax'] });
    expect(hit({ next, ...onlyGuest }).verdict).toBe('unaffected');
  });

  it.each([
    ['an input path', { inputPath: '$.detail.data.guest.name' }],
    [
      'an input transformer',
      { inputTransformer: { inputPathsMap: { n: '$.detail.data.guest.name' }, inputTemplate: '<n>' } },
    ],
  ])('is who takes a field that is gone by %s', (by, target) => {
    const found = hit({ next: withField('guest', schema({ title: { type: 'integer' } })), target });
    expect(found.verdict).toBe('broken');
    expect(found.reasons).toContain(
      `Its ${by.replace(/^an /, '')} takes \`detail.data.guest.name\`, which 1.1.0 does not have.`,
    );
  });

  it('must look at a field that changed', () => {
    const next = withField('guest', schema({ name: field('string', { maxLength: 10 }) }, ['name']));
    const found = hit({ next, target: { inputPath: '$.detail.data.guest.name' } });
    expect([found.verdict, found.uses]).toEqual([
      'check',
      [{ field: 'detail.data.guest.name', by: 'input path', change: 'tightened' }],
    ]);
  });

  it('is who newly receives, or receives less', () => {
    const fax = { data: { channel: ['fax'] } };
    const newly = hit({ next: withField('channel', { enum: ['email', 'fax'] }), detail: fax, ...onlyGuest });
    expect([newly.verdict, newly.match]).toEqual(['check', 'newly']);
    expect(newly.event).toMatchObject({ detail: { data: { channel: 'fax' } } });
    const known = { data: { channel: ['email', 'push'] } };
    const fewer = hit({ next: withField('channel', { enum: ['email', 'push', 'fax'] }), detail: known, ...onlyGuest });
    expect([fewer.verdict, fewer.match]).toEqual(['check', 'fewer']);
    expect(fewer.event).toMatchObject({ detail: { data: { channel: 'fax' } } });
    const more = hit({
      next: withField('channel', { const: 'email' }),
      detail: { data: { channel: ['email'] } },
      ...onlyGuest,
    });
    expect([more.verdict, more.match]).toEqual(['check', 'more']);
  });

  it('is not who pins the old major', () => {
    const next = without('channel');
    const pinned = { metadata: { schemaVersion: [{ prefix: '1.' }] } };
    expect(words(hit({ next, version: '2.0.0', detail: pinned }))).toEqual([
      'unaffected',
      'no longer',
      ['Its pattern takes 1.x: it receives 1.0.0 as long as that is sent.'],
    ]);
    expect(hit({ next, version: '2.0.0' }).verdict).toBe('broken');
    const moved = { metadata: { schemaVersion: [{ prefix: '2.' }] } };
    expect(words(hit({ next, version: '2.0.0', detail: moved }))).toEqual([
      'unaffected',
      'newly',
      ['Its pattern takes 2.x: it was made for it.'],
    ]);
  });

  it('is not who takes neither', () => {
    const other = { data: { channel: ['letter'] } };
    expect(words(hit({ next: without('door'), detail: other }))[1]).toBe('nothing');
  });

  it('says what is not decided', () => {
    const next = withField('channel', { type: 'string', pattern: '^(?=.*q)(?!.*zz)(?<=^)[a-z]{3,}(?<!x)$' });
    const found = hit({ next, detail: { data: { channel: [{ prefix: 'e' }] } }, ...onlyGuest, steps: 1 });
    expect(words(found)).toEqual(['check', 'unknown', ['Whether its pattern takes the same events is not decided.']]);
  });
});

describe('versions that a change brings', () => {
  const world = (versions: Readonly<Record<string, object>>) =>
    smallRepository({
      [`${EVENT_FOLDER}/1.0.0/examples/front-door.json`]: undefined,
      ...Object.fromEntries(
        Object.entries(versions).map(([version, each]) => [`${EVENT_FOLDER}/${version}/schema.json`, each]),
      ),
    }).repository;
  const brought = (before: Parameters<typeof world>[0], after: Parameters<typeof world>[0]) =>
    [...versionsBrought(world(before), world(after), { today: '2026-01-01' })].map(({ step, subscribers }) => [
      `${step.old.version} > ${step.next.version} ${step.outcome}`,
      subscribers.map(({ service, verdict }) => `${service} ${verdict}`),
    ]);

  it('are judged beside the newest one before, with their subscribers', () => {
    const fax = withField('channel', { enum: ['email', 'push', 'fax'] });
    expect(brought({ '1.0.0': OLD }, { '1.0.0': OLD, '1.1.0': OLD, '2.0.0': fax })).toEqual([
      ['1.0.0 > 1.1.0 kept', ['delivery-service unaffected']],
      ['1.1.0 > 2.0.0 free', ['delivery-service broken']],
    ]);
    expect(brought({ '1.0.0': OLD }, { '1.0.0': OLD })).toEqual([]);
  });
});
