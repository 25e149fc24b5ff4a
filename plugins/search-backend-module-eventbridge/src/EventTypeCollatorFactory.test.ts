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
    untilCalm: async () => undefined,
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

it('reads no page before somebody takes what is there, waits between pages, and stops with its reader', async () => {
  const log: string[] = [];
  const factory = new EventTypeCollatorFactory({
    auth: mockServices.auth(),
    untilCalm: async () => void log.push('calm'),
    api: {
      listEventTypeIndex: async ({ cursor = '0', limit = 0 } = {}) => {
        log.push(`page ${cursor}`);
        const items = Array.from({ length: limit }, (_, index) => eventType(`${cursor}-${index}`));
        return { items, totalItems: 100_000, nextCursor: String(Number(cursor) + 1) };
      },
    },
  });
  const collator = await factory.getCollator();
  expect(log).toEqual([]);
  let taken = 0;
  for await (const _ of collator) {
    taken += 1;
    if (taken === 150) break;
  }
  expect(log.slice(0, 3)).toEqual(['page 0', 'calm', 'page 1']);
  // What was taken, and what is kept ready beside it; not the 100,000 that there are.
  expect(log.filter(line => line !== 'calm').length).toBeLessThanOrEqual(4);
  expect(collator.destroyed).toBe(true);
});

it('keeps what an event type is found by, however long its description is', async () => {
  const factory = new EventTypeCollatorFactory({
    auth: mockServices.auth(),
    untilCalm: async () => undefined,
    api: {
      listEventTypeIndex: async () => ({
        items: [{ ...eventType('Door Opened'), description: 'long '.repeat(100_000) }],
        totalItems: 1,
      }),
    },
  });
  for await (const document of await factory.getCollator()) {
    expect(document.text.length).toBeLessThan(5000);
    expect(document.text).toContain('Door Opened');
    expect(document.text).toContain('access-service');
  }
});
