import { requestBasis } from '../checks/stale';
import {
  CONTEXT,
  KEY_SUITE,
  keySuiteWith,
  NEW_SERVICE,
  ONBOARD,
  planOf,
  problemsOf,
  shortProblems,
  SUBSCRIPTION,
  subscribing,
} from '../__testUtils__/keySuite';
import { requestHash } from '../request/requestHash';
import type { OnboardRequest } from '../request/request';

const ACCESS_GRANTED = { source: 'com.key.access', detailType: 'Access Granted' };
const BUS = 'arn:aws:events:eu-west-1:444455556666:event-bus';

describe('a request that cannot become a plan', () => {
  it('names an account that accounts.yaml does not have', () => {
    const [problem] = problemsOf({ ...ONBOARD, account: 'delivery-prod' });
    expect(problem).toMatchObject({ field: '/account', rule: 'unknown-account' });
    expect(problem.message).toContain('did you mean "deliveries-prod"?');
    expect(problem.wayOut).toContain('ask the platform team');
  });

  it('names an account of another environment, or not the one that the service runs in', () => {
    expect(shortProblems({ ...ONBOARD, account: 'deliveries-dev' })).toEqual([
      '/account account-mismatch',
      '/account account-mismatch',
    ]);
    expect(shortProblems({ ...ONBOARD, region: 'us-east-1' })).toEqual(['/region account-mismatch']);
    expect(shortProblems({ ...ONBOARD, environment: 'test' })).toContain('/environment unknown-environment');
  });

  it('tells everything that is wrong at once, each at its field', () => {
    const request: OnboardRequest = {
      ...ONBOARD,
      account: 'nowhere',
      subscriptions: [
        { ...SUBSCRIPTION, eventTypes: [{ source: 'com.key.access', detailType: 'Access Grant' }] },
        { ...SUBSCRIPTION, name: 'access-granted', eventTypes: [ACCESS_GRANTED] },
      ],
      publications: [{ kind: 'existing', source: 'com.key.deliveries', detailType: 'Courier Arrived' }],
    };
    expect(shortProblems(request)).toEqual([
      '/account unknown-account',
      '/account account-mismatch',
      '/publications/0 publication-exists',
      '/subscriptions/0/eventTypes/0 unknown-event-type',
      '/subscriptions/1/name subscription-exists',
    ]);
  });

  it('has a filter that EventBridge would refuse: the field is the one in the filter', () => {
    const problems = problemsOf(subscribing({ filter: { data: { grantId: [{ prefx: 'a' }] } } }));
    expect(problems).toMatchObject([{ rule: 'invalid-pattern' }]);
    expect(problems[0].field).toMatch(/^\/subscriptions\/0\/filter\/data\/grantId/);
    expect(shortProblems(subscribing({ pattern: { source: 'com.key.access' } }))[0]).toMatch(
      /^\/subscriptions\/0\/pattern\/source invalid-pattern/,
    );
  });

  it.each([
    ['a value that is none of the enumeration', { data: { purpose: ['parcels'] } }, 'is only ever'],
    ['a text where there is a number', { data: { maxEntries: ['many'] } }, 'is integer or null'],
    ['a version that there is not', { metadata: { schemaVersion: [{ prefix: '7.' }] } }, 'is never'],
  ])('has a filter that no version can match: %s', (_, filter, words) => {
    const problems = problemsOf(subscribing({ eventTypes: [ACCESS_GRANTED], filter }));
    expect(problems).toMatchObject([{ field: '/subscriptions/0/filter', rule: 'pattern-never-matches' }]);
    expect(problems[0].message).toContain(words);
  });

  it('has a pattern of its own that takes more than what is chosen', () => {
    const [silent] = problemsOf(
      subscribing({ eventTypes: [ACCESS_GRANTED], pattern: { detail: { data: { purpose: ['parcel'] } } } }),
    );
    expect(silent).toMatchObject({ field: '/subscriptions/0/pattern', rule: 'pattern-takes-more' });
    expect(silent.message).toMatch(
      /takes event types that are not chosen: .* and \d+ more; it names no source and no detail-type$/,
    );
    const [wide] = problemsOf(
      subscribing({
        eventTypes: [ACCESS_GRANTED],
        pattern: { source: ['com.key.access'], 'detail-type': ['Access Granted', 'Access Revoked'] },
      }),
    );
    expect(wide.message).toBe('the pattern takes event types that are not chosen: Access Revoked');
  });

  it('describes a new event type without a meaning, or by a name that the rules do not allow', () => {
    const publication = {
      kind: 'new' as const,
      source: 'com.key.deliveries',
      detailType: '../Door Evil',
      title: 'Door',
      description: ' ',
      schema: { type: 'object' },
    };
    expect(shortProblems({ ...ONBOARD, subscriptions: [], publications: [publication] })).toEqual(
      expect.arrayContaining(['/publications/0/description missing-description']),
    );
    expect(
      shortProblems({
        ...ONBOARD,
        subscriptions: [],
        publications: [{ ...publication, description: 'A door did evil.' }],
      }),
    ).toEqual(expect.arrayContaining(['/publications/0/detailType naming-rule']));
  });

  it('asks for a major that there is not', () => {
    expect(shortProblems(subscribing({ eventTypes: [{ ...ACCESS_GRANTED, major: 3 }] }))).toEqual([
      '/subscriptions/0/eventTypes/0/major unknown-major',
    ]);
  });

  it.each([
    [{ rulesPerBus: 100 }, '/subscriptions', 'take several event types'],
    [{ busPolicySize: 6_500 }, '/publications', 'by a role in the account of the bus'],
  ])('would exceed a quota, and offers the way out: %j', (quotas, field, wayOut) => {
    const [problem] = problemsOf({ ...NEW_SERVICE }, KEY_SUITE, { ...CONTEXT, quotas });
    expect(problem).toMatchObject({ field, rule: 'quota-exceeded' });
    expect(problem.message).toMatch(/would be [\d,]+ of at most [\d,]+/);
    expect(problem.wayOut).toContain(wayOut);
  });

  it.each([
    [{ stackResources: 3 }, /^resources of stack busline-prod-/, 'take several event types'],
    [{ rolesPerAccount: 0 }, /^roles of account \d+ would be \d+ of at most 0 roles$/, 'IAM|Identity and Access'],
  ])('would exceed what CloudFormation or IAM take: %j', (quotas, message, wayOut) => {
    const problems = problemsOf({ ...NEW_SERVICE }, KEY_SUITE, { ...CONTEXT, quotas });
    const found = problems.filter(({ rule }) => rule === 'quota-exceeded');
    expect(found.map(each => each.message)).toContainEqual(expect.stringMatching(message));
    expect(found[0]!.wayOut).toMatch(new RegExp(wayOut));
  });

  it('would make a template larger than CloudFormation takes, before anything is opened', () => {
    const file = 'subscriptions/delivery-service/access-granted.yaml';
    const text = KEY_SUITE.files.read(file)!;
    const many = Array.from({ length: 45 }, (_, i): [string, string] => [
      `subscriptions/delivery-service/more-${i}.yaml`,
      text
        .replace(
          'purpose: [delivery]',
          `purpose: [${Array.from({ length: 40 }, (__, n) => `purpose-${i}-${n}`).join()}]`,
        )
        .replace('delivery-access-granted', `more-${i}`),
    ]);
    const [problem] = problemsOf(ONBOARD, keySuiteWith(Object.fromEntries(many)));
    expect(problem).toMatchObject({ field: '/subscriptions', rule: 'quota-exceeded' });
    expect(problem!.message).toMatch(
      /^template size of stack busline-prod-\S+ would be [\d,]+ of at most 51,200 bytes$/,
    );
    expect(problem!.wayOut).toContain('give part of them to a second service');
  });

  it('would need a third bus', () => {
    const problems = problemsOf(subscribing({ target: { type: 'arn', arn: `${BUS}/elsewhere` } }));
    expect(problems).toMatchObject([{ field: '/subscriptions/0/target', rule: 'bus-chain' }]);
    expect(problems[0].message).toContain('key-central → busline-delivery-service → elsewhere');
    expect(shortProblems(subscribing({ target: { type: 'arn', arn: `${BUS}/elsewhere` }, path: 'direct' }))).toEqual(
      [],
    );
  });

  it('would send events in a circle from bus to bus', () => {
    const central = 'arn:aws:events:eu-west-1:111111111111:event-bus/key-central';
    expect(shortProblems(subscribing({ target: { type: 'arn', arn: central } }))).toContain(
      '/subscriptions/0/target bus-loop',
    );
    expect(shortProblems(subscribing({ target: { type: 'arn', arn: central }, path: 'direct' }))).toContain(
      '/subscriptions/0/target bus-loop',
    );
  });

  it('would receive what the service publishes itself', () => {
    const own = { eventTypes: [{ source: 'com.key.deliveries', detailType: 'Courier Arrived' }] };
    const [problem] = problemsOf(subscribing(own));
    expect(problem).toMatchObject({ field: '/subscriptions/0/eventTypes', rule: 'event-loop' });
    expect(problem.wayOut).toContain('{"metadata":{"publishedBy":[{"anything-but":"delivery-service"}]}}');
    const filter = { metadata: { publishedBy: [{ 'anything-but': 'delivery-service' }] } };
    expect(shortProblems(subscribing({ ...own, filter }))).toEqual([]);
  });

  it('would publish what the service has long subscribed to', () => {
    const request: OnboardRequest = {
      ...ONBOARD,
      subscriptions: [],
      publications: [{ kind: 'existing', source: 'com.key.access', detailType: 'Access Granted' }],
    };
    expect(shortProblems(request)).toEqual(['/publications/0 event-loop']);
  });

  it.each([
    '../../etc/passwd',
    'a/b',
    '..',
    '.git',
    'name\nowner: group:default/attacker',
    '$(reboot)',
    '`id`',
    '{{ secrets }}',
    'a: b',
    '-rf',
    'a b',
    '',
    'x'.repeat(65),
    '\u202eevil',
    '__proto__\u0000',
  ])('names something %j', name => {
    expect(shortProblems(subscribing({ name }))[0]).toMatch(/^\/subscriptions\/0\/name /);
    const service = { ...NEW_SERVICE.service, name };
    expect(shortProblems({ ...NEW_SERVICE, service })[0]).toMatch(/^\/service\/name /);
    // A queue may be called `-rf`; it is only ever a name in a template.
    const isQueueName = /^[\w-]{1,80}$/.test(name);
    expect(shortProblems(subscribing({ target: { type: 'sqs', name } })).length > 0).toBe(!isQueueName);
  });

  it('has a repository that is no URL of one', () => {
    for (const repository of [
      `javascript${':'}alert(1)`,
      'https://x/y;reboot',
      'https://x/$(id)',
      'file:///etc',
      'https://a@b/c d',
    ]) {
      const service = { ...NEW_SERVICE.service, repository };
      expect(shortProblems({ ...NEW_SERVICE, service })).toEqual(['/service/repository request-shape']);
    }
  });

  it('holds a reference that CloudFormation would replace by a secret', () => {
    const description = 'x {{resolve:secretsmanager:prod/db:SecretString:password}}';
    expect(shortProblems(subscribing({ description }))).toEqual(['/subscriptions/0/description unsafe-name']);
    const filter = { data: { grantId: ['{{resolve:ssm:/key}}'] } };
    expect(shortProblems(subscribing({ filter }))).toEqual(['/subscriptions/0/filter/data/grantId/0 unsafe-name']);
  });

  it.each([null, 7, 'text', [], {}, { kind: '__proto__' }, { kind: 'constructor' }, { kind: 'onboard' }])(
    'is none: %j',
    value => {
      expect(problemsOf(value).length).toBeGreaterThan(0);
    },
  );

  it('is too deep or too large', () => {
    let deep: unknown = 1;
    for (let i = 0; i < 20_000; i++) deep = { deep };
    expect(shortProblems({ ...ONBOARD, reason: deep })).toEqual([' request-shape']);
    expect(shortProblems({ ...ONBOARD, reason: 'x'.repeat(2_000_000) })).toEqual([' request-shape']);
  });

  it('comes while another request about the same service is open', () => {
    const other = {
      requestHash: 'other',
      branch: 'busline/x',
      service: 'delivery-service',
      title: 'delivery-service subscribes to Home Removed',
      requestedBy: 'user:default/bettina',
      files: [],
    };
    const [problem] = problemsOf(ONBOARD, KEY_SUITE, { ...CONTEXT, openRequests: [other] });
    expect(problem).toMatchObject({ field: '/service', rule: 'request-open' });
    expect(problem.message).toContain('user:default/bettina');
    const same = { ...other, requestHash: requestHash(ONBOARD) };
    expect(shortProblems(ONBOARD, KEY_SUITE, { ...CONTEXT, openRequests: [same] })).toEqual([]);
    const unrelated = { ...other, service: 'billing-service' };
    expect(shortProblems(ONBOARD, KEY_SUITE, { ...CONTEXT, openRequests: [unrelated] })).toEqual([]);
  });

  it('was filled in against an event repository that has changed since', () => {
    const filledInAgainst = requestBasis(KEY_SUITE, ONBOARD);
    const path = 'events/com.key.access/access-schedule-changed/event.yaml';
    const text = KEY_SUITE.files.read(path)!;
    const changed = keySuiteWith({ [path]: `${text}# looked at\n` });
    expect(shortProblems(ONBOARD, changed, { ...CONTEXT, filledInAgainst })).toEqual([
      '/subscriptions/0/eventTypes/0 stale-form',
    ]);
    const elsewhere = keySuiteWith({ 'README.md': 'changed' });
    expect(shortProblems(ONBOARD, elsewhere, { ...CONTEXT, filledInAgainst })).toEqual([]);
  });

  it('describes an event type badly', () => {
    const [publication] = NEW_SERVICE.publications;
    const publishing = (changes: object) => ({ ...NEW_SERVICE, publications: [{ ...publication, ...changes }] });
    expect(shortProblems(publishing({ example: undefined }))).toEqual(['/publications/0/schema invalid-schema']);
    expect(shortProblems(publishing({ schema: { type: 'objekt' } }))).toEqual([
      '/publications/0/schema invalid-schema',
    ]);
    expect(shortProblems(publishing({ schema: { type: 'object', required: ['weight'] } }))).toEqual([
      '/publications/0/example invalid-example',
    ]);
    expect(shortProblems(publishing({ source: 'aws.deliveries' }))).toContain('/publications/0/source unsafe-name');
    expect(shortProblems(publishing({ detailType: 'Courier Arrived' }))).toEqual([
      '/publications/0/detailType event-type-exists',
    ]);
    // The rules of the event repository hold for what is asked.
    expect(shortProblems(publishing({ detailType: 'parcel_weighed' }))).toEqual([
      '/publications/0/detailType naming-rule',
    ]);
    expect(shortProblems(publishing({ domain: 'nowhere' }))).toEqual(['/publications/0 unknown-domain']);
  });

  it('changes, ends or deprecates what is not there', () => {
    expect(
      shortProblems({ kind: 'change-subscription', service: 'delivery-service', subscription: 'nothing', changes: {} }),
    ).toEqual(['/subscription unknown-subscription']);
    expect(
      shortProblems({
        kind: 'change-subscription',
        service: 'delivery-service',
        subscription: 'access-granted',
        changes: { enabled: true },
      }),
    ).toEqual(['/changes nothing-changes']);
    expect(shortProblems({ kind: 'leave', service: 'nobody', everything: true })).toEqual(['/service unknown-service']);
    expect(shortProblems({ kind: 'leave', service: 'delivery-service', subscriptions: ['nothing'] })).toEqual([
      '/subscriptions/0 unknown-subscription',
    ]);
    const deprecate = { kind: 'deprecate', eventType: ACCESS_GRANTED, since: '2026-12-01', reason: 'Old.' };
    expect(shortProblems({ ...deprecate, since: '2026-02-30' })).toEqual(['/since invalid-date']);
    expect(shortProblems({ ...deprecate, sunset: '2026-11-30' })).toEqual(['/sunset invalid-date']);
    expect(shortProblems({ ...deprecate, replacement: ACCESS_GRANTED })).toEqual(['/replacement unknown-event-type']);
  });

  it('finds a file of a person where a generated one belongs', () => {
    const state = keySuiteWith({ 'stacks/prod/delivery-service.yaml': 'Resources: {}\n' });
    expect(shortProblems(ONBOARD, state)).toEqual([' repository-problem']);
    const serviceFile = (path: string) => (path === 'busline/client/index.ts' ? 'export {};\n' : undefined);
    expect(shortProblems(ONBOARD, KEY_SUITE, { ...CONTEXT, serviceFile })).toEqual([' repository-problem']);
    expect(planOf(ONBOARD).repositories).toHaveLength(2);
  });
});
