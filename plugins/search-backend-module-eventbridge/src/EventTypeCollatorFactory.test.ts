import { mockServices } from '@backstage/backend-test-utils';
import {
  eventTypeReadPermission,
  parseEventTypeResourceRef,
  type IndexedEventType,
} from '@busline/plugin-eventbridge-common';
import { EventTypeCollatorFactory, type EventTypeDocument } from './EventTypeCollatorFactory';

const eventType = (detailType: string): IndexedEventType => ({
  source: 'com.key/access',
  detailType,
  title: detailType,
  summary: 'Somebody may open a door.',
  description: 'Long text.',
  owner: 'group:default/access',
  lifecycle: 'production',
  classification: 'restricted',
  versionCount: 1,
  publishers: ['access-service'],
  subscriberCount: 0,
  tags: ['door'],
  standing: 'unknown',
  origin: 'Key',
  fields: ['guest.email'],
  publisherRefs: [],
  subscriberRefs: [],
});

it('gives a document for each event type of all pages, each with the permission that guards it', async () => {
  const tokens: (string | undefined)[] = [];
  const factory = new EventTypeCollatorFactory({
    auth: mockServices.auth(),
    api: {
      listEventTypeIndex: async ({ cursor } = {}, options) => {
        tokens.push(options?.token);
        return cursor
          ? { items: [eventType('B')], totalItems: 2 }
          : { items: [eventType('A b')], totalItems: 2, nextCursor: 'next' };
      },
    },
  });
  expect(factory.type).toBe('eventbridge');
  expect(factory.visibilityPermission).toBe(eventTypeReadPermission);
  const documents: EventTypeDocument[] = [];
  for await (const document of await factory.getCollator()) documents.push(document);
  expect(documents.map(({ title }) => title)).toEqual(['A b', 'B']);
  expect(documents[0]).toMatchObject({
    location: '/events/types/com.key%2Faccess/A%20b',
    text: expect.stringContaining('guest.email'),
  });
  expect(parseEventTypeResourceRef(documents[0]!.authorization!.resourceRef)).toEqual({
    source: 'com.key/access',
    detailType: 'A b',
  });
  expect(tokens.every(token => token)).toBe(true);
});
