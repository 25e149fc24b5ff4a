import { draftOfForm, requestOfForm, subscriptionName, targetName } from './requestOfForm';
import type { FormData } from './formData';

const SERVICE = {
  kind: 'existing',
  name: 'fraud-guard',
  environment: 'prod',
  account: 'insights-prod',
  region: 'eu-west-1',
} as const;
const GRANTED = { source: 'com.key.access', detailType: 'Access Granted' };

const problemsOf = (form: FormData, kind: Parameters<typeof requestOfForm>[0] = 'onboard') => {
  const parsed = requestOfForm(kind, form);
  return parsed.kind === 'problems' ? parsed.problems.map(({ field, message }) => `${field} ${message}`) : [];
};

describe('the request that a form asks for', () => {
  it('has names made of the event type and the service, and nothing that was not said', () => {
    const form: FormData = { service: SERVICE, subscriptions: [{ eventTypes: [GRANTED] }] };
    expect(requestOfForm('onboard', form)).toEqual({
      kind: 'request',
      request: {
        kind: 'onboard',
        service: { kind: 'existing', name: 'fraud-guard' },
        environment: 'prod',
        account: 'insights-prod',
        region: 'eu-west-1',
        subscriptions: [
          {
            name: 'access-granted',
            description: '',
            eventTypes: [GRANTED],
            target: { type: 'sqs', name: 'fraud-guard-access-granted' },
          },
        ],
        publications: [],
      },
    });
  });

  it('has the filter that was built, the delivery that was said, and the reason', () => {
    const parsed = requestOfForm('onboard', {
      service: SERVICE,
      subscriptions: [
        {
          name: 'pushes',
          description: ' Looks at them. ',
          eventTypes: [{ ...GRANTED, major: 2 }],
          filterBy: 'fields',
          clauses: [{ field: 'data.channel', operator: 'is', values: ['push'], type: 'text' }],
          target: { type: 'lambda', name: 'look' },
          delivery: { maximumRetryAttempts: 3, deadLetterQueue: false },
        },
      ],
      plan: { reason: 'Night shifts.' },
    });
    expect(parsed).toMatchObject({
      kind: 'request',
      request: {
        reason: 'Night shifts.',
        subscriptions: [
          {
            name: 'pushes',
            description: 'Looks at them.',
            filter: { data: { channel: ['push'] } },
            target: { type: 'lambda', name: 'look' },
            delivery: { maximumRetryAttempts: 3, deadLetterQueue: false },
          },
        ],
      },
    });
  });

  it('has a pattern as it was written', () => {
    const pattern = { source: ['com.key.access'], detail: { data: { channel: [{ prefix: 'p' }] } } };
    const parsed = requestOfForm('onboard', {
      service: SERVICE,
      subscriptions: [
        { eventTypes: [GRANTED], filterBy: 'pattern', patternText: JSON.stringify(pattern), clauses: [] },
      ],
    });
    expect(parsed).toMatchObject({ request: { subscriptions: [{ pattern }] } });
  });

  it('says every problem at its field at once', () => {
    expect(
      problemsOf({
        service: { ...SERVICE, region: 'Ireland' },
        subscriptions: [
          { eventTypes: [] },
          { eventTypes: [GRANTED], filterBy: 'pattern', patternText: '{\n  "source": [}' },
          { eventTypes: [GRANTED], filterBy: 'fields', clauses: [] },
          { eventTypes: [GRANTED], target: { type: 'arn', arn: 'my-queue' } },
        ],
      }),
    ).toEqual([
      '/subscriptions/0/eventTypes choose at least one event type',
      '/subscriptions/1/pattern line 2, column 14: "}" is not expected here',
      '/subscriptions/2/filter say which field must have which value, or choose everything',
      expect.stringMatching(/^\/region expected an AWS Region/),
      '/subscriptions/0/name give the subscription a name',
      expect.stringMatching(/^\/subscriptions\/3\/target\/arn expected the ARN/),
    ]);
  });

  it('describes a new service and a new event type', () => {
    const parsed = requestOfForm('onboard', {
      service: {
        kind: 'new',
        name: 'night-watch',
        owner: 'group:default/access',
        repository: 'https://github.com/key/night-watch.git ',
        environment: 'prod',
        account: 'access-prod',
        region: 'eu-west-1',
      },
      publications: [
        { kind: 'existing', ...GRANTED },
        {
          kind: 'new',
          source: 'com.key.night',
          detailType: 'Door Rattled',
          description: 'Somebody tried.',
          exampleText: '{"door":"back"}',
        },
      ],
    });
    expect(parsed).toMatchObject({
      kind: 'request',
      request: {
        service: {
          kind: 'new',
          name: 'night-watch',
          title: 'night-watch',
          repository: 'https://github.com/key/night-watch',
        },
        publications: [
          { kind: 'existing', ...GRANTED },
          { kind: 'new', title: 'Door Rattled', example: { door: 'back' } },
        ],
      },
    });
  });

  it('asks for an example or a schema of a new event type, and for its meaning', () => {
    const publications = [
      { kind: 'new', source: 'com.key.night', detailType: 'Door Rattled', startFrom: 'schema' },
    ] as const;
    expect(problemsOf({ service: SERVICE, publications })).toEqual([
      '/publications/0/schema give an example of the event, or its schema',
      '/publications/0/description say when the event is sent, and what it means',
    ]);
  });

  it('changes only the parts that were chosen', () => {
    const change = {
      service: 'fraud-guard',
      subscription: 'access-granted',
      eventTypes: [GRANTED],
      filterBy: 'pattern',
      patternText: '{"source":["x"]}',
      description: 'Not chosen.',
      enabled: false,
      parts: ['enabled'],
    } as const;
    expect(requestOfForm('change-subscription', { change })).toMatchObject({
      request: { kind: 'change-subscription', changes: { enabled: false } },
    });
    expect(draftOfForm('change-subscription', { change })).not.toHaveProperty('changes.pattern');
  });

  it('changes the filter and keeps the event types and their major', () => {
    const change = { service: 'a', subscription: 'b', eventTypes: [GRANTED], parts: ['filter'] } as const;
    const clauses = [{ field: 'data.a', operator: 'is', values: ['x'], type: 'text' }] as const;
    const requestOf = (more: object) => requestOfForm('change-subscription', { change: { ...change, ...more } });
    expect(requestOf({ filterBy: 'fields', clauses })).toMatchObject({
      request: { changes: { filter: { data: { a: ['x'] } } } },
    });
    expect(requestOf({ filterBy: 'fields', clauses })).not.toHaveProperty('request.changes.eventTypes');
    expect(requestOf({ filterBy: 'everything' })).toHaveProperty('request.changes', { filter: {} });
    expect(requestOf({ filterBy: 'pattern', patternText: '{"source":["x"]}' })).toHaveProperty('request.changes', {
      pattern: { source: ['x'] },
    });
  });

  it('asks what is to change, what is taken away, and of whom', () => {
    expect(problemsOf({}, 'change-subscription')).toContain('/subscription choose a subscription');
    const change = { service: 'a', subscription: 'b' };
    expect(problemsOf({ change }, 'change-subscription')).toEqual(['/changes choose what is to change']);
    expect(problemsOf({}, 'leave')).toEqual(['/service choose a service']);
    expect(problemsOf({ leave: { service: 'a' } }, 'leave')).toEqual(['/everything choose what is taken away']);
  });

  it('says what is missing where nothing stands, and the format where something else does', () => {
    const service = { kind: 'new', owner: 'a b', repository: '' } as const;
    expect(problemsOf({ service })).toEqual([
      '/service/name give the service a name',
      '/service/owner expected an entity reference such as group:default/deliveries',
      '/service/repository say in which repository its code is',
      '/environment choose an environment',
      '/account choose an AWS account',
      '/region choose a Region',
    ]);
    expect(problemsOf({ deprecation: { since: '2026-11-20' } }, 'deprecate')).toEqual([
      '/reason say why, so that those who receive it know what to do',
      '/eventType choose an event type',
    ]);
  });

  it('does not lose what is ticked and not subscribed to', () => {
    const subscriptions = [
      { eventTypes: [GRANTED] },
      { picking: true, eventTypes: [{ ...GRANTED, detailType: 'Access Revoked' }] },
    ];
    expect(problemsOf({ service: SERVICE, subscriptions })).toEqual([
      '/subscriptions/1 Access Revoked is ticked, but there is no subscription to it yet',
    ]);
    expect(draftOfForm('onboard', { service: SERVICE, subscriptions })).toHaveProperty('subscriptions.length', 1);
  });

  it('leaves with everything, or with what was chosen', () => {
    expect(requestOfForm('leave', { leave: { service: 'a', everything: true, subscriptions: ['b'] } })).toMatchObject({
      request: { kind: 'leave', service: 'a', everything: true },
    });
    expect(requestOfForm('leave', { leave: { service: 'a', subscriptions: ['b'] } })).toMatchObject({
      request: { subscriptions: ['b'], publications: [] },
    });
  });

  it('deprecates with a reason', () => {
    const deprecation = { eventType: GRANTED, since: '2026-11-20', reason: '' };
    expect(problemsOf({ deprecation }, 'deprecate')).toEqual([expect.stringMatching(/^\/reason say why/)]);
    expect(requestOfForm('deprecate', { deprecation: { ...deprecation, reason: 'Use the other.' } })).toEqual({
      kind: 'request',
      request: { kind: 'deprecate', eventType: GRANTED, since: '2026-11-20', reason: 'Use the other.' },
    });
  });

  it('keeps a name that a person emptied', () => {
    expect(subscriptionName({ name: '', eventTypes: [GRANTED] })).toBe('');
    expect(targetName({ eventTypes: [GRANTED] }, 'Fraud Guard')).toBe('Fraud-Guard-access-granted');
  });
});
