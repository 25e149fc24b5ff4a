import type { DeliverySettings, EventRepository, Service, Subscription } from '@busline/event-repository';

/** Values for this package's tests. */

export const PLATFORM = '111111111111';
export const ACCESS = '222222222222';
export const DELIVERY = '333333333333';
export const REGION = 'eu-west-1';
export const CENTRAL = `arn:aws:events:${REGION}:${PLATFORM}:event-bus/central`;

const PLACE = { file: 'test.yaml', line: 1, column: 1 };
const DELIVERY_SETTINGS: DeliverySettings = {
  maximumEventAgeSeconds: 3600,
  maximumRetryAttempts: 20,
  deadLetterQueue: true,
};

export function service(name: string, account: string, changes: Partial<Service> = {}): Service {
  return {
    name,
    title: name,
    description: '',
    owner: 'unknown',
    environments: [{ environment: 'prod', account, region: REGION }],
    publishes: [],
    place: PLACE,
    ...changes,
  };
}

export function publication(source: string, detailType: string): Service['publishes'][number] {
  return { source, detailType, majors: [], place: PLACE };
}

export function subscription(serviceName: string, name: string, changes: Partial<Subscription> = {}): Subscription {
  return {
    name,
    service: serviceName,
    description: 'Plan the drop-off.',
    environments: [],
    pattern: { source: ['com.key.access'], 'detail-type': ['Access Granted'] },
    targets: [{ type: 'sqs', name: `${serviceName}-${name}` }],
    path: 'subscriber-bus',
    delivery: DELIVERY_SETTINGS,
    enabled: true,
    place: PLACE,
    ...changes,
  };
}

export function repository(changes: Partial<EventRepository> = {}): EventRepository {
  return {
    name: 'test',
    title: 'Test',
    description: '',
    owner: 'unknown',
    environments: [
      {
        name: 'prod',
        buses: [{ name: 'central', account: 'platform', region: REGION, additionalPolicyStatements: [] }],
      },
    ],
    eventPaths: {},
    naming: {},
    deliveryDefaults: DELIVERY_SETTINGS,
    accounts: [
      { name: 'platform', id: PLATFORM, owner: 'unknown', place: PLACE },
      { name: 'access', id: ACCESS, owner: 'unknown', place: PLACE },
      { name: 'delivery', id: DELIVERY, owner: 'unknown', place: PLACE },
    ],
    domains: [],
    services: [
      service('access-service', 'access', {
        publishes: [publication('com.key.access', 'Access Granted'), publication('com.key.access', 'Access Revoked')],
      }),
      service('delivery-service', 'delivery'),
    ],
    eventTypes: [],
    subscriptions: [subscription('delivery-service', 'access-granted')],
    ...changes,
  };
}
