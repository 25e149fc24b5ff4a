import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { readEventRepository } from '@busline/event-repository';
import { generatedStacks } from '@busline/infrastructure';

export const REGION = 'eu-west-1';
export const PLATFORM = '111111111111';
export const SHOP = '222222222222';
export const DEPOT = '333333333333';

type Files = Readonly<Record<string, string>>;

const service = (account: string, repository: string, rest = '') => `description: A service.
owner: group:default/x
repository: https://github.com/small/${repository}
environments: { prod: { account: ${account}, region: ${REGION} } }
${rest}`;

export const subscription = (queue: string) => `description: Prepare a parcel for every order.
pattern: { source: [com.example.orders], detail-type: [Order Placed] }
target: { type: sqs, name: ${queue} }
`;

/** An event repository with one publisher and two services, of which one subscribes. */
export const DECLARATIONS: Files = {
  'busline.yaml': `name: small
title: Small
owner: group:default/x
environments: { prod: { buses: [{ name: central, account: platform, region: ${REGION} }] } }
event: { metadata: detail.metadata, data: detail.data }
`,
  'accounts.yaml': `accounts:
  platform: { id: '${PLATFORM}', owner: group:default/x, environment: prod }
  shop: { id: '${SHOP}', owner: group:default/x, environment: prod }
  depot: { id: '${DEPOT}', owner: group:default/x, environment: prod }
`,
  'services/shop.yaml': service(
    'shop',
    'shop',
    'publishes: [{ source: com.example.orders, detailType: Order Placed }]\n',
  ),
  'services/depot.yaml': service('depot', 'depot'),
  'services/archive.yaml': service('depot', 'archive'),
  'events/com.example.orders/order-placed/event.yaml': `source: com.example.orders
detailType: Order Placed
title: Order placed
description: A customer has placed an order.
owner: group:default/x
lifecycle: production
classification: internal
`,
  'events/com.example.orders/order-placed/1.0.0/schema.json': JSON.stringify({
    type: 'object',
    properties: { orderId: { type: 'string' } },
    required: ['orderId'],
  }),
  'events/com.example.orders/order-placed/1.0.0/examples/one.json': JSON.stringify({ orderId: 'o-1' }),
  'subscriptions/depot/order-placed.yaml': subscription('depot-orders'),
};

export function repositoryOf(declarations: Files) {
  const files = { paths: () => Object.keys(declarations), read: (file: string) => declarations[file] };
  const { repository, problems } = readEventRepository(files);
  const errors = problems.filter(({ severity }) => severity === 'error');
  if (errors.length > 0) throw new Error(JSON.stringify(errors));
  return repository;
}

/** The event repository with its stacks, and the generated files of each service's repository. */
export function filesOf(declarations: Files): {
  readonly events: Files;
  readonly services: Readonly<Record<string, Files>>;
} {
  const stacks = generatedStacks(repositoryOf(declarations), 'prod');
  const events = stacks.filter(stack => stack.service === undefined).map(stack => [stack.path, stack.text]);
  const services: Record<string, Record<string, string>> = {};
  for (const { service: owner, path: file, text } of stacks) {
    if (owner !== undefined) (services[owner] ??= {})[file] = text;
  }
  return { events: { ...declarations, ...Object.fromEntries(events) }, services };
}

export async function writeFiles(folder: string, files: Files): Promise<void> {
  for (const [file, text] of Object.entries(files)) {
    await mkdir(path.dirname(path.join(folder, file)), { recursive: true });
    await writeFile(path.join(folder, file), text);
  }
}
