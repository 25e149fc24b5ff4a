import { PutEventsCommand } from '@aws-sdk/client-eventbridge';
import type { OnboardRequest, SubscriptionRequest } from '@busline/onboarding';
import { REGION, type ChangesWorld } from './changesWorld';

/** A service asks for a subscription to an event type. */
export function subscribing(service: number, more: Partial<SubscriptionRequest> = {}): OnboardRequest {
  return {
    kind: 'onboard',
    service: { kind: 'existing', name: `service-${service}` },
    environment: 'prod',
    account: `account-${service}`,
    region: REGION,
    subscriptions: [
      {
        name: 'granted',
        description: 'Do something about it.',
        eventTypes: [{ source: 'com.key.access', detailType: 'Access Granted' }],
        target: { type: 'sqs', name: `service-${service}-granted` },
        ...more,
      },
    ],
    publications: [],
  };
}

/** What only owners may see, and only they may allow. */
export const RESTRICTED: Partial<SubscriptionRequest> = {
  name: 'opened',
  eventTypes: [{ source: 'com.key.access', detailType: 'Secret Opened' }],
};

/** The publisher of the example sends an event. */
export async function publish(world: ChangesWorld, detailType = 'Access Granted'): Promise<void> {
  const { events } = world.clientsFor('222222222222', REGION);
  const detail = { metadata: { id: '1', schemaVersion: '1.0.0' }, data: { channel: 'push' } };
  const { FailedEntryCount, Entries } = await events.send(
    new PutEventsCommand({
      Entries: [
        {
          EventBusName: `arn:aws:events:${REGION}:111111111111:event-bus/key-central`,
          Source: 'com.key.access',
          DetailType: detailType,
          Detail: JSON.stringify(detail),
        },
      ],
    }),
  );
  if (FailedEntryCount !== 0) throw new Error(`Nothing was published: ${JSON.stringify(Entries)}`);
}
