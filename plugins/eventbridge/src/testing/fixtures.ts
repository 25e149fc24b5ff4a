import type {
  AccountRef,
  BusRef,
  EventTypeDetail,
  Json,
  ServiceSummary,
  SourceStatus,
  SubscriptionDetail,
} from '@busline/plugin-eventbridge-common';

/** A small smart-access business for component tests and for work on the pages without a backend. */
const ACCOUNTS: Readonly<Record<string, AccountRef>> = {
  platform: {
    id: '111111111111',
    name: 'platform-prod',
    title: 'Platform, production',
  },
  access: { id: '222222222222', name: 'access-prod' },
  delivery: { id: '444444444444', name: 'delivery-prod' },
  notify: { id: '555555555555', name: 'notifications-prod' },
  billing: { id: '666666666666', name: '666666666666' },
};

export const centralBus: BusRef = {
  arn: 'arn:aws:events:eu-west-1:111111111111:event-bus/central',
  name: 'central',
  account: ACCOUNTS.platform,
  region: 'eu-west-1',
  environment: 'production',
};

const service = (name: string, title: string, owner: string, domain: string): ServiceSummary => ({
  name,
  title,
  owner: `group:default/${owner}`,
  domain,
  entityRef: `component:default/${name}`,
});

export const SERVICES: Readonly<Record<string, ServiceSummary>> = {
  access: service('access-service', 'Access Service', 'access-team', 'access'),
  delivery: service('delivery-service', 'Delivery Service', 'delivery-team', 'deliveries'),
  notify: service('notification-service', 'Notification Service', 'engagement-team', 'notifications'),
  billing: service('billing-service', 'Billing Service', 'billing-team', 'billing'),
  audit: service('audit-trail', 'Audit Trail', 'security-team', 'access'),
};

/** Kept small and hostile at once: a description is text from outside. */
export const HOSTILE_MARKDOWN =
  'A guest was let in.\n\n<img src=x onerror="window.__hacked = true"><script>window.__hacked = true</script>\n\n[innocent](javascript:window.__hacked=true)\n\n**Bold stays bold.**';

export const ACCESS_SCHEMA: Json = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  title: 'Access Granted',
  type: 'object',
  required: ['grantId', 'homeId', 'method', 'validUntil'],
  additionalProperties: false,
  properties: {
    grantId: {
      type: 'string',
      format: 'uuid',
      description: 'Names this grant. Stays the same when the grant is renewed.',
    },
    homeId: {
      type: 'string',
      pattern: '^home_[a-z0-9]{8}$',
      description: 'The home that may be entered.',
    },
    method: {
      type: 'string',
      enum: ['key', 'pin', 'phone'],
      description: 'How the door is opened.',
    },
    validUntil: {
      type: 'string',
      format: 'date-time',
      description: 'After this moment the door stays shut.',
    },
    guest: {
      type: 'object',
      description: 'Who was let in; absent for the people who live there.',
      required: ['name'],
      properties: {
        name: {
          type: 'string',
          minLength: 1,
          maxLength: 80,
          description: 'As the host wrote it.',
        },
        email: {
          type: 'string',
          format: 'email',
          description: 'Where the code was sent.',
        },
      },
    },
    doors: {
      type: 'array',
      minItems: 1,
      description: 'Doors of the home that the grant opens.',
      items: {
        type: 'object',
        required: ['id'],
        properties: {
          id: { type: 'string' },
          label: {
            type: 'string',
            description: 'Shown to the guest.',
            default: 'Front door',
          },
        },
      },
    },
    maxUses: {
      type: 'integer',
      minimum: 1,
      maximum: 1000,
      description: 'Unlimited where absent.',
    },
  },
};

export const ACCESS_SCHEMA_OLD: Json = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  title: 'Access Granted',
  type: 'object',
  required: ['grantId', 'homeId'],
  properties: {
    grantId: { type: 'string', description: 'Names this grant.' },
    homeId: { type: 'string', description: 'The home that may be entered.' },
    method: { type: 'string', enum: ['key', 'pin'] },
    until: { type: 'string', format: 'date-time' },
  },
};

export const ACCESS_EXAMPLE: Json = {
  grantId: '7b0f2f0c-9d53-4b0e-8f0a-3b7f1f1f7a11',
  homeId: 'home_4k2m9x1p',
  method: 'pin',
  validUntil: '2026-11-21T18:00:00Z',
  guest: { name: 'Robin', email: 'robin@example.com' },
  doors: [{ id: 'door_1', label: 'Front door' }, { id: 'door_2' }],
  maxUses: 3,
};

interface Seed {
  readonly source: string;
  readonly detailType: string;
  readonly summary: string;
  readonly domain: string;
  readonly domainTitle: string;
  readonly owner: string;
  readonly publisher?: string;
  readonly subscribers: number;
  readonly version?: string;
  readonly extra?: Partial<EventTypeDetail>;
}

const SEEDS: readonly Seed[] = [
  {
    source: 'com.key.access',
    detailType: 'Access Granted',
    summary: 'A person may open the doors of a home until a moment in time.',
    domain: 'access',
    domainTitle: 'Access',
    owner: 'group:default/access-team',
    publisher: 'access-service',
    subscribers: 4,
    version: '2.1.0',
    extra: {
      classification: 'restricted',
      personalData: ['guest.name', 'guest.email'],
      description:
        'A person may open the doors of a home until a moment in time. Sent once for every grant, **before** the first door learns of it.\n\nA grant that is renewed is sent again with the same `grantId`; readers keep the one with the later `validUntil`.\n\n- guests get a code by mail\n- residents get nothing\n',
      links: [{ title: 'How grants work', url: 'https://docs.example.com/grants' }],
      tags: ['doors', 'guests'],
    },
  },
  {
    source: 'com.key.access',
    detailType: 'Access Revoked',
    summary: 'A grant was taken back before its time.',
    domain: 'access',
    domainTitle: 'Access',
    owner: 'group:default/access-team',
    publisher: 'access-service',
    subscribers: 3,
    version: '1.2.0',
  },
  {
    source: 'com.key.access',
    detailType: 'Door Opened',
    summary: 'A door of a home was opened, with the grant that opened it.',
    domain: 'access',
    domainTitle: 'Access',
    owner: 'group:default/access-team',
    publisher: 'access-service',
    subscribers: 7,
    version: '1.0.3',
    extra: {
      health: { level: 'warning', message: 'Declared and observed differ' },
      standing: 'drifted',
    },
  },
  {
    source: 'com.key.deliveries',
    detailType: 'Delivery Scheduled',
    summary: 'A parcel will be brought inside a home in a window of time.',
    domain: 'deliveries',
    domainTitle: 'Deliveries',
    owner: 'group:default/delivery-team',
    publisher: 'delivery-service',
    subscribers: 5,
    version: '3.0.0',
  },
  {
    source: 'com.key.deliveries',
    detailType: 'Delivery Requested',
    summary: 'A shop asks for a delivery inside a home.',
    domain: 'deliveries',
    domainTitle: 'Deliveries',
    owner: 'group:default/delivery-team',
    publisher: 'delivery-service',
    subscribers: 1,
    version: '1.4.0',
    extra: {
      lifecycle: 'deprecated',
      deprecation: {
        since: '2026-06-01',
        sunset: '2027-01-31',
        reason: 'Windows of time are agreed before the request; Delivery Scheduled says both.',
        replacement: {
          source: 'com.key.deliveries',
          detailType: 'Delivery Scheduled',
        },
      },
    },
  },
  {
    source: 'com.key.deliveries',
    detailType: 'Delivery Completed',
    summary: 'The parcel lies where the customer wanted it.',
    domain: 'deliveries',
    domainTitle: 'Deliveries',
    owner: 'group:default/delivery-team',
    publisher: 'delivery-service',
    subscribers: 6,
    version: '2.0.1',
  },
  {
    source: 'com.key.notifications',
    detailType: 'Message Failed',
    summary: 'A message could not be delivered over any channel.',
    domain: 'notifications',
    domainTitle: 'Notifications',
    owner: 'group:default/engagement-team',
    publisher: 'notification-service',
    subscribers: 1,
    version: '1.0.0',
    extra: { health: { level: 'error', message: 'Last events failed' } },
  },
  {
    source: 'com.key.billing',
    detailType: 'Invoice Issued',
    summary: 'An invoice was made and sent to a customer.',
    domain: 'billing',
    domainTitle: 'Billing',
    owner: 'group:default/billing-team',
    publisher: 'billing-service',
    subscribers: 2,
    version: '1.1.0',
    extra: { classification: 'confidential' },
  },
  {
    source: 'com.key.billing',
    detailType: 'Payment Received',
    summary: 'Money for an invoice has arrived.',
    domain: 'billing',
    domainTitle: 'Billing',
    owner: 'group:default/billing-team',
    publisher: 'billing-service',
    subscribers: 0,
    version: '0.3.0',
    extra: { lifecycle: 'experimental' },
  },
  {
    source: 'aws.partner/example.com/legacy',
    detailType: 'legacy.sync',
    summary: '',
    domain: '',
    domainTitle: '',
    owner: 'unknown',
    subscribers: 1,
    extra: {
      standing: 'observed-only',
      health: { level: 'warning', message: 'Declared nowhere' },
      versions: [],
    },
  },
];

function toDetail(seed: Seed): EventTypeDetail {
  const publisherServices = Object.values(SERVICES).filter(({ name }) => name === seed.publisher);
  return {
    source: seed.source,
    detailType: seed.detailType,
    title: seed.detailType,
    summary: seed.summary,
    ...(seed.domain && {
      domain: { name: seed.domain, title: seed.domainTitle },
    }),
    owner: seed.owner,
    lifecycle: 'production',
    classification: 'internal',
    ...(seed.version && { version: seed.version }),
    versionCount: seed.version ? 3 : 0,
    publishers: seed.publisher ? [seed.publisher] : [],
    subscriberCount: seed.subscribers,
    tags: [],
    standing: 'in-sync',
    origin: 'key-suite',
    description: seed.summary,
    links: [],
    personalData: [],
    eventPaths: { metadata: 'detail.metadata', data: 'detail.data' },
    versions: seed.version
      ? [
          {
            version: seed.version,
            released: '2026-09-14',
            notes: 'The end of a grant is a moment, not a duration.',
            exampleCount: 2,
            size: 1830,
            subscriberCount: seed.subscribers,
          },
          {
            version: '1.1.0',
            released: '2026-03-02',
            notes: 'Doors can be named.',
            exampleCount: 1,
            size: 1210,
            subscriberCount: 1,
          },
          {
            version: '1.0.0',
            released: '2025-10-20',
            exampleCount: 1,
            size: 640,
            subscriberCount: 0,
          },
        ]
      : [],
    publisherServices,
    buses: [centralBus],
    declaredAt: {
      file: `events/${seed.source}/${seed.detailType.toLowerCase().replace(/\W+/g, '-')}/event.yaml`,
      line: 1,
    },
    ...seed.extra,
  };
}

export const EVENT_TYPES: readonly EventTypeDetail[] = SEEDS.map(toDetail);

/** As many event types as asked for: the small business first, then generated ones. */
export function manyEventTypes(count: number): readonly EventTypeDetail[] {
  const generated = Array.from({ length: Math.max(0, count - EVENT_TYPES.length) }, (_, index) =>
    toDetail({
      source: `com.example.team${index % 40}`,
      detailType: `Thing ${String(index).padStart(5, '0')} Changed`,
      summary: `Thing number ${index} has changed.`,
      domain: `domain-${index % 12}`,
      domainTitle: `Domain ${index % 12}`,
      owner: `group:default/team-${index % 40}`,
      publisher: `service-${index % 60}`,
      subscribers: index % 11,
      version: `1.${index % 5}.0`,
    }),
  );
  return [...EVENT_TYPES, ...generated].slice(0, count);
}

export function subscriptionsOf(ref: {
  readonly source: string;
  readonly detailType: string;
}): readonly SubscriptionDetail[] {
  const rows: readonly Partial<SubscriptionDetail>[] = [
    {
      name: 'welcome-guest',
      service: SERVICES.notify,
      account: ACCOUNTS.notify,
      filter: [{ field: 'detail.data.method', words: 'is pin or phone' }],
      standing: 'in-sync',
    },
    {
      name: 'record-access',
      service: SERVICES.audit,
      account: ACCOUNTS.access,
      filter: [],
      standing: 'drifted',
      differences: [{ field: 'retry attempts', declared: '185', observed: '3' }],
    },
    {
      name: 'bill-usage',
      service: SERVICES.billing,
      account: ACCOUNTS.billing,
      filter: [{ field: 'detail.data.maxUses', words: 'is above 10' }],
      standing: 'declared-only',
      target: { type: 'lambda', name: 'bill-usage' },
    },
    {
      name: 'plan-route',
      service: SERVICES.delivery,
      account: ACCOUNTS.delivery,
      filter: [{ field: 'detail.data.homeId', words: 'starts with home_4' }],
      standing: 'unknown',
      enabled: false,
    },
  ];
  return rows.map((row, index) => {
    const account = row.account!;
    const name = row.name!;
    const ruleArn = `arn:aws:events:eu-west-1:111111111111:rule/central/${row.service!.name}-${name}`;
    return {
      id: `${name}-production-${index}`,
      name,
      service: row.service!,
      environment: 'production',
      account,
      region: 'eu-west-1',
      bus: 'central',
      description: '',
      filter: row.filter ?? [],
      eventTypes: [ref],
      eventTypeCount: 1,
      target: {
        type: 'sqs',
        name: `${name}-queue`,
        arn: `arn:aws:sqs:eu-west-1:${account.id}:${name}-queue`,
      },
      enabled: true,
      standing: 'in-sync',
      origin: 'key-suite',
      pattern: {
        source: [ref.source],
        'detail-type': [ref.detailType],
        ...(index === 0 && { detail: { data: { method: ['pin', 'phone'] } } }),
      },
      hops: [
        {
          bus: centralBus,
          rule: {
            name: `${row.service!.name}-${name}`,
            arn: ruleArn,
            enabled: true,
            consoleUrl: 'https://eu-west-1.console.aws.amazon.com/events/home?region=eu-west-1#/rules',
          },
          targets: [
            {
              id: 'target',
              arn: `arn:aws:events:eu-west-1:${account.id}:event-bus/${row.service!.name}`,
              roleArn: 'arn:aws:iam::111111111111:role/busline-forward',
              deadLetterArn: `arn:aws:sqs:eu-west-1:111111111111:${name}-dlq`,
            },
          ],
          standing: row.standing ?? 'in-sync',
        },
      ],
      delivery: {
        maximumEventAgeSeconds: 86_400,
        maximumRetryAttempts: 185,
        deadLetterQueue: `arn:aws:sqs:eu-west-1:${account.id}:${name}-dlq`,
      },
      differences: [],
      permissions: [
        {
          words: `EventBridge may send messages to ${name}-queue, on behalf of the rule ${
            row.service!.name
          }-${name} only`,
          effect: 'Allow',
          statement: {
            Effect: 'Allow',
            Principal: { Service: 'events.amazonaws.com' },
            Action: 'sqs:SendMessage',
            Resource: `arn:aws:sqs:eu-west-1:${account.id}:${name}-queue`,
            Condition: { ArnEquals: { 'aws:SourceArn': ruleArn } },
          },
        },
      ],
      declaredAt: {
        file: `subscriptions/${row.service!.name}/${name}.yaml`,
        line: 1,
      },
      ...row,
    } satisfies SubscriptionDetail;
  });
}

export const SOURCES: readonly SourceStatus[] = [
  {
    id: 'key-suite',
    kind: 'event-repository',
    title: 'Key Suite',
    target: 'examples/key-suite',
    state: 'fresh',
    lastReadAt: '2026-11-20T12:58:00Z',
    lastReadMs: 420,
    counts: { eventTypes: 10 },
    problemCount: 0,
  },
  {
    id: 'aws-platform',
    kind: 'aws',
    title: 'AWS platform-prod',
    target: '111111111111 eu-west-1',
    state: 'fresh',
    lastReadAt: '2026-11-20T12:59:00Z',
    counts: { rules: 80 },
    problemCount: 0,
  },
];
