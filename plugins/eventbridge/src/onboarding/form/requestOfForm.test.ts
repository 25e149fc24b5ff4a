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
      expect.stringMatching(/^\/subscriptions\/0\/name expected lower-case/),
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

  it('asks for an example or a schema of a new event type', () => {
    const publications = [
      { kind: 'new', source: 'com.key.night', detailType: 'Door Rattled', startFrom: 'schema' },
    ] as const;
    expect(problemsOf({ service: SERVICE, publications })).toEqual([
      '/publications/0/schema give an example of the event, or its schema',
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
    expect(problemsOf({ deprecation }, 'deprecate')).toEqual([expect.stringMatching(/^\/reason /)]);
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
