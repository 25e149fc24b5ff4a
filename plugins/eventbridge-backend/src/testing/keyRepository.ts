/** A small event repository with one of everything that the HTTP API tells apart. */
export function keyRepositoryFiles(): Record<string, string> {
  const files: Record<string, string> = {
    'busline.yaml': `
name: key
title: Key
description: A small event repository.
owner: group:default/platform
environments:
  prod:
    buses:
      - { name: key-central, account: platform-prod, region: eu-west-1, description: Everybody publishes here. }
  dev:
    buses:
      - { name: key-central, account: platform-dev, region: eu-west-1 }
event:
  metadata: detail.metadata
  data: detail.data
`,
    'accounts.yaml': `
accounts:
  platform-prod: { id: '111111111111', title: Platform, environment: prod, owner: group:default/platform }
  platform-dev: { id: '111122223333', title: Platform (dev), environment: dev, owner: group:default/platform }
  access-prod: { id: '222222222222', environment: prod, owner: group:default/access }
  delivery-prod: { id: '333333333333', environment: prod, owner: group:default/delivery }
  delivery-dev: { id: '333344445555', environment: dev, owner: group:default/delivery }
`,
    'domains/access.yaml': domain('Access', 'access'),
    'domains/deliveries.yaml': domain('Deliveries', 'delivery'),
    'services/access-service.yaml': `
title: Access service
description: Grants and revokes access to homes.
owner: group:default/access
domain: access
component: component:default/access-service
environments:
  prod: { account: access-prod, region: eu-west-1 }
publishes:
  - { source: com.key.access, detailType: Access Granted }
  - { source: com.key.access, detailType: Access Revoked }
  - { source: com.key.access, detailType: Secret Opened }
`,
    'services/delivery-service.yaml': `
title: Delivery service
description: Plans drop-offs.
owner: group:default/delivery
domain: deliveries
component: component:default/delivery-service
environments:
  prod: { account: delivery-prod, region: eu-west-1 }
  dev: { account: delivery-dev, region: eu-west-1 }
publishes:
  - { source: com.key.delivery, detailType: Delivery Planned }
`,
    ...eventType('com.key.access', 'Access Granted', {
      domain: 'access',
      owner: 'group:default/access',
      classification: 'confidential',
      description: 'Somebody may now open a **door**. It stays so until revoked.',
      tags: '[door, grant]',
      versions: ['1.0.0', '2.0.0'],
      fields: { guestEmail: 'string', channel: 'string' },
    }),
    ...eventType('com.key.access', 'Access Revoked', {
      domain: 'access',
      owner: 'group:default/access',
      classification: 'internal',
      lifecycle: 'deprecated',
      description: 'A grant ended <script>alert(1)</script> before its time.',
      fields: { grantId: 'string' },
    }),
    ...eventType('com.key.access', 'Secret Opened', {
      domain: 'access',
      owner: 'group:default/access',
      classification: 'restricted',
      description: 'Somebody opened a vault.',
      fields: { vaultNumber: 'string' },
    }),
    ...eventType('com.key.delivery', 'Delivery Planned', {
      domain: 'deliveries',
      owner: 'group:default/delivery',
      classification: 'public',
      description: 'A drop-off has a time.',
      fields: { dropOffAt: 'string' },
    }),
    'subscriptions/delivery-service/access-granted.yaml': subscription(
      `{ source: [com.key.access], detail-type: [Access Granted], detail: { metadata: { schemaVersion: [{ prefix: '2.' }] }, data: { channel: [email, push] } } }`,
    ),
    'subscriptions/delivery-service/all-access.yaml': subscription(
      `{ source: [{ prefix: com.key.acc }] }`,
      '\nenvironments: [prod]',
    ),
    'subscriptions/delivery-service/secrets.yaml': subscription(
      `{ source: [com.key.access], detail-type: [Secret Opened, Access Revoked] }`,
      '\nenvironments: [prod]',
    ),
    'subscriptions/access-service/planned.yaml': subscription(
      `{ source: [com.key.delivery], detail-type: [Delivery Planned] }`,
    ),
  };
  return files;
}

function domain(title: string, team: string): string {
  return `title: ${title}\ndescription: Events of ${title}.\nowner: group:default/${team}\n`;
}

function subscription(pattern: string, more = ''): string {
  return `description: Why it listens.\npattern: ${pattern}\ntarget: { type: sqs, name: a-queue }${more}\n`;
}

export function eventType(
  source: string,
  detailType: string,
  options: {
    readonly domain: string;
    readonly owner: string;
    readonly classification: string;
    readonly description: string;
    readonly lifecycle?: string;
    readonly tags?: string;
    readonly versions?: readonly string[];
    readonly fields: Readonly<Record<string, string>>;
  },
): Record<string, string> {
  const folder = `events/${source}/${detailType.toLowerCase().replace(/[^a-z0-9]+/g, '-')}`;
  const schema = {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    type: 'object',
    properties: Object.fromEntries(Object.entries(options.fields).map(([name, type]) => [name, { type }])),
  };
  const example = Object.fromEntries(Object.keys(options.fields).map(name => [name, `some ${name}`]));
  const files: Record<string, string> = {
    [`${folder}/event.yaml`]: [
      `source: ${source}`,
      `detailType: ${detailType}`,
      `title: ${detailType}`,
      `description: ${JSON.stringify(options.description)}`,
      `domain: ${options.domain}`,
      `owner: ${options.owner}`,
      `lifecycle: ${options.lifecycle ?? 'production'}`,
      `classification: ${options.classification}`,
      `tags: ${options.tags ?? '[]'}`,
      ...(options.lifecycle === 'deprecated' ? ['deprecation: { since: 2026-05-01, reason: Nobody needs it. }'] : []),
      '',
    ].join('\n'),
  };
  for (const version of options.versions ?? ['1.0.0']) {
    files[`${folder}/${version}/schema.json`] = JSON.stringify(schema);
    files[`${folder}/${version}/examples/one.json`] = JSON.stringify(example);
  }
  return files;
}
