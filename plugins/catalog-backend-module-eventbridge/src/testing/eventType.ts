import type { IndexedEventType } from '@busline/plugin-eventbridge-common';

/** For tests: an event type with everything, and what differs. */
export const eventType = (more: Partial<IndexedEventType> = {}): IndexedEventType => ({
  source: 'com.key.access',
  detailType: 'Access Granted',
  title: 'Access granted',
  summary: 'Somebody may open a door.',
  description: '',
  owner: 'group:default/access',
  lifecycle: 'production',
  classification: 'internal',
  version: '2.0.0',
  versionCount: 1,
  publishers: ['access-service'],
  subscriberCount: 1,
  tags: ['Door & Grant', '---', 'core'],
  standing: 'in-sync',
  origin: 'Key Suite',
  fields: [],
  publisherRefs: ['component:default/access-service'],
  subscriberRefs: ['component:default/delivery-service', 'component:'],
  system: 'smart-access',
  ...more,
});
