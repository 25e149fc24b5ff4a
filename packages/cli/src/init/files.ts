import { eventFile, exampleFile, headOf, jsonText, schemaFile, toYaml, type YamlKind } from '@busline/event-repository';
import { approvalsWorkflow, checkWorkflow, codeOwners, deployWorkflow } from './workflows';

/** The files of a small event repository: one event type, its publisher and a subscriber. */
export function starterFiles(name: string): ReadonlyMap<string, string> {
  const yaml = (kind: YamlKind, value: object) => toYaml(value, headOf(kind));
  const folder = 'com.example.orders/order-placed';
  return new Map([
    ['busline.yaml', yaml('busline', settings(name))],
    ['accounts.yaml', yaml('accounts', ACCOUNTS)],
    ['domains/orders.yaml', yaml('domain', DOMAIN)],
    ['services/order-service.yaml', yaml('service', PUBLISHER)],
    ['services/shipping-service.yaml', yaml('service', SUBSCRIBER)],
    [eventFile(folder), yaml('event', EVENT)],
    [schemaFile(folder, '1.0.0'), jsonText(SCHEMA)],
    [exampleFile(folder, '1.0.0', 'two-items'), jsonText(EXAMPLE)],
    ['subscriptions/shipping-service/order-placed.yaml', yaml('subscription', SUBSCRIPTION)],
    ['README.md', readme(name)],
    ['.github/workflows/check.yaml', checkWorkflow()],
    ['.github/workflows/approvals.yaml', approvalsWorkflow()],
    ['.github/workflows/deploy.yaml', deployWorkflow([DEPLOYED])],
    ['.github/CODEOWNERS', codeOwners(PLATFORM_OWNER, OWNERS)],
  ]);
}

const PLATFORM_OWNER = 'group:default/platform';
const DEPLOYED = { environment: 'prod', accountId: '111111111111', region: 'eu-west-1' };
const OWNERS = [
  ['/domains/orders.yaml', 'group:default/orders'],
  ['/services/order-service.yaml', 'group:default/orders'],
  ['/services/shipping-service.yaml', 'group:default/shipping'],
  ['/events/com.example.orders/', 'group:default/orders'],
] as const;

const settings = (name: string) => ({
  name,
  owner: 'group:default/platform',
  environments: {
    prod: {
      buses: [
        {
          name: 'central',
          account: 'platform-prod',
          region: 'eu-west-1',
          description: 'Everybody publishes here.',
        },
      ],
    },
  },
  event: { metadata: 'detail.metadata', data: 'detail.data' },
});

const ACCOUNTS = {
  accounts: {
    'platform-prod': {
      id: '111111111111',
      owner: 'group:default/platform',
      environment: 'prod',
    },
    'orders-prod': {
      id: '222222222222',
      owner: 'group:default/orders',
      environment: 'prod',
    },
    'shipping-prod': {
      id: '333333333333',
      owner: 'group:default/shipping',
      environment: 'prod',
    },
  },
};

const DOMAIN = {
  title: 'Orders',
  description: 'From the basket to the door.',
  owner: 'group:default/orders',
};

const PUBLISHER = {
  description: 'Takes orders.',
  owner: 'group:default/orders',
  domain: 'orders',
  environments: { prod: { account: 'orders-prod', region: 'eu-west-1' } },
  publishes: [{ source: 'com.example.orders', detailType: 'Order Placed' }],
};

const SUBSCRIBER = {
  description: 'Brings parcels on their way.',
  owner: 'group:default/shipping',
  environments: { prod: { account: 'shipping-prod', region: 'eu-west-1' } },
};

const EVENT = {
  source: 'com.example.orders',
  detailType: 'Order Placed',
  title: 'Order placed',
  description: 'A customer has placed an order and paid for it. Sent once for each order.',
  domain: 'orders',
  owner: 'group:default/orders',
  lifecycle: 'production',
  classification: 'internal',
};

const SCHEMA = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  title: 'Order placed',
  type: 'object',
  properties: {
    orderId: {
      type: 'string',
      description: 'Identifies the order for ever.',
      minLength: 1,
    },
    placedAt: {
      type: 'string',
      format: 'date-time',
      description: 'When the customer paid.',
    },
    items: {
      type: 'array',
      minItems: 1,
      description: 'What was ordered.',
      items: {
        type: 'object',
        properties: {
          sku: { type: 'string', description: 'Article number.' },
          quantity: { type: 'integer', minimum: 1, description: 'Pieces.' },
        },
        required: ['sku', 'quantity'],
      },
    },
  },
  required: ['orderId', 'placedAt', 'items'],
};

const EXAMPLE = {
  orderId: 'o-1042',
  placedAt: '2026-03-01T10:15:00Z',
  items: [
    { sku: 'lamp-3', quantity: 1 },
    { sku: 'bulb-e27', quantity: 4 },
  ],
};

const SUBSCRIPTION = {
  description: 'Prepare a parcel for every order.',
  pattern: { source: ['com.example.orders'], 'detail-type': ['Order Placed'] },
  target: { type: 'sqs', name: 'shipping-order-placed' },
};

const readme = (name: string) => `# ${name}

The event repository: it declares which events there are, who sends and who receives them. Merging to the main branch is the approval.

| Where | What |
| --- | --- |
| \`busline.yaml\` | environments with their buses, naming rules, defaults |
| \`accounts.yaml\` | AWS accounts by name |
| \`domains/\`, \`services/\` | who is who |
| \`events/<source>/<slug>/\` | \`event.yaml\`, and \`schema.json\` and \`examples/\` for each version |
| \`subscriptions/<service>/\` | event pattern, target, delivery settings |

How a change comes about:

1. Somebody opens a pull request, by hand or through the portal's form. \`busline generate .\` writes \`stacks/\`, the CloudFormation templates of what is declared; commit them.
2. \`check.yaml\` says what is wrong, beside the line; \`approvals.yaml\` waits for the owners of restricted event types (secret \`BUSLINE_TEAMS_TOKEN\`: "Members: read").
3. \`.github/CODEOWNERS\` says who approves what; put your own organisation in, and require its reviews and both statuses on main.
4. What is merged is deployed by \`deploy.yaml\`: it signs in by OIDC as \`busline-github\` of the central bus's account, and takes \`busline-deployer\` of each account from there.
5. A stack that needs what a service's own pull request brings waits for it, and goes on within the hour.

Check it with \`busline check .\`, and in a pull request with \`busline check . --against origin/main\`: released schema versions stay as they are, and a new one must
not break its subscribers (or belongs into a new major version, or needs an exception in \`event.yaml\`).
`;
