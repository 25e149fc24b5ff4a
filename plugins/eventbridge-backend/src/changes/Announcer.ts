import type { LoggerService } from '@backstage/backend-plugin-api';
import type { NotificationService } from '@backstage/plugin-notifications-node';
import type { ChangeRequestState } from '@busline/plugin-eventbridge-common';
import { leadTimeSeconds, type ChangeRecord } from './changeRecord';
import { stateOf } from './progress';

/** Tells people what concerns them. Never fails: a change request does not wait for its news. */
export interface Announcer {
  opened(record: ChangeRecord): Promise<void>;
  reached(record: ChangeRecord): Promise<void>;
}

const TOPIC = 'Change requests';

const NEWS: Readonly<Partial<Record<ChangeRequestState, (record: ChangeRecord) => string>>> = {
  approved: () => 'is approved and can be merged',
  deployed: () => 'is deployed; it waits for AWS to show it and for the first event',
  live: record => `is live, ${durationOf(record)} after the form was sent`,
  failed: record => `needs somebody: ${record.failure ?? 'a step failed'}`,
  closed: () => 'was closed without being merged',
};

/** By Backstage's notifications: to whoever asked, and to the owners whom the plan names. */
export function createAnnouncer(options: {
  readonly notifications?: NotificationService;
  readonly logger: LoggerService;
  /** Path of a change request's page. */
  readonly pageOf: (id: string) => string;
}): Announcer {
  const { notifications, logger, pageOf } = options;
  const send = async (
    record: ChangeRecord,
    to: readonly string[],
    text: { readonly title: string; readonly description?: string; readonly severity?: 'normal' | 'high' },
  ) => {
    if (!notifications || to.length === 0) return;
    try {
      await notifications.send({
        recipients: { type: 'entity', entityRef: [...to], excludeEntityRef: record.requestedBy },
        payload: { ...text, link: pageOf(record.id), topic: TOPIC, scope: `${record.id} ${stateOf(record)}` },
      });
    } catch (error) {
      logger.warn(`Nobody could be notified of change request ${record.id}`, error as Error);
    }
  };
  const toRequester = async (record: ChangeRecord, title: string, severity: 'normal' | 'high') => {
    if (!notifications) return;
    try {
      await notifications.send({
        recipients: { type: 'entity', entityRef: record.requestedBy },
        payload: { title, severity, link: pageOf(record.id), topic: TOPIC, scope: `${record.id} ${stateOf(record)}` },
      });
    } catch (error) {
      logger.warn(`${record.requestedBy} could not be notified of change request ${record.id}`, error as Error);
    }
  };
  return {
    async opened(record) {
      const { people } = record.plan;
      await send(record, ownersOf(people.filter(person => person.mustApprove)), {
        title: `Your approval is asked for: ${record.plan.title}`,
        description: 'Nothing is merged without it.',
        severity: 'high',
      });
      for (const person of people.filter(each => !each.mustApprove && each.owner !== record.requestedBy)) {
        await send(record, ownersOf([person]), { title: record.plan.title, description: person.why.join(' ') });
      }
    },
    async reached(record) {
      const state = stateOf(record);
      const news = NEWS[state];
      if (news)
        await toRequester(record, `${record.plan.title} ${news(record)}`, state === 'failed' ? 'high' : 'normal');
    },
  };
}

/** Catalog entities only: `unknown` is nobody. */
function ownersOf(people: readonly { readonly owner: string }[]): readonly string[] {
  return people.map(({ owner }) => owner).filter(owner => owner.includes(':'));
}

const MINUTE = 60;
const HOUR = 3600;

function durationOf({ requestedAt, liveAt }: ChangeRecord): string {
  const seconds = leadTimeSeconds(requestedAt, liveAt ?? requestedAt);
  if (seconds < MINUTE) return `${seconds} seconds`;
  if (seconds < HOUR) return `${Math.round(seconds / MINUTE)} minutes`;
  return `${(seconds / HOUR).toFixed(1)} hours`;
}
