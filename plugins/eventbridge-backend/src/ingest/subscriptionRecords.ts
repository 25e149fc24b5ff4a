import type { JsonObject, Place, Subscription } from '@busline/event-repository';
import { nameInArn, parseArn, type RuleState, type TargetState } from '@busline/infrastructure';
import type {
  AccountRef,
  ServiceSummary,
  SubscriptionDetail,
  SubscriptionSummary,
  TargetSummary,
} from '@busline/plugin-eventbridge-common';
import { contentHash, rowId, toPublicId } from '../database/ids';
import type { SearchTexts } from '../database/search';
import type { RowOf, SUBSCRIPTIONS, SUBSCRIPTION_DOCUMENTS } from '../database/tables';
import { patternFacts, type PatternFacts } from './patternFacts';
import { toSortKey } from './texts';

/** The part of a summary that stands in the document; the rest is derived. */
export type StoredSubscriptionSummary = Omit<SubscriptionSummary, 'standing' | 'eventTypes' | 'eventTypeCount'>;
export type StoredSubscriptionDetail = Pick<SubscriptionDetail, 'pattern' | 'delivery' | 'declaredAt'>;

export interface SubscriptionRecord {
  /** How many event types there are that it takes is for whoever knows these. */
  readonly row: Omit<RowOf<typeof SUBSCRIPTIONS>, 'event_type_count'>;
  readonly document: RowOf<typeof SUBSCRIPTION_DOCUMENTS>;
  readonly search: SearchTexts;
  readonly facts: PatternFacts;
}

/** One subscription in one environment, declared or only observed. */
export interface SubscriptionInput {
  readonly sourceId: string;
  readonly sourceTitle: string;
  readonly service: ServiceSummary;
  readonly name: string;
  readonly environment: string;
  readonly account: AccountRef;
  readonly region: string;
  readonly bus: string;
  readonly description: string;
  readonly pattern: JsonObject;
  readonly metadataPath: string | undefined;
  readonly enabled: boolean;
  readonly target: TargetSummary;
  readonly delivery: SubscriptionDetail['delivery'];
  readonly declaredAt?: SubscriptionDetail['declaredAt'];
}

export function subscriptionId(sourceId: string, service: string, name: string, environment: string): number {
  return rowId('subscription', sourceId, service, name, environment);
}

export function toSubscriptionRecord(id: number, input: SubscriptionInput): SubscriptionRecord {
  const facts = patternFacts(input.pattern, input.metadataPath);
  const summary: StoredSubscriptionSummary = {
    id: toPublicId(id),
    name: input.name,
    service: input.service,
    environment: input.environment,
    account: input.account,
    region: input.region,
    bus: input.bus,
    description: input.description,
    filter: facts.filter,
    target: input.target,
    enabled: input.enabled,
    origin: input.sourceTitle,
  };
  const detail: StoredSubscriptionDetail = {
    pattern: input.pattern,
    delivery: input.delivery,
    ...(input.declaredAt && { declaredAt: input.declaredAt }),
  };
  const document = { id, summary: JSON.stringify(summary), detail: JSON.stringify(detail) };
  const nameKey = `${toSortKey(input.name)}\n${input.environment}`;
  return {
    row: {
      id,
      source_id: input.sourceId,
      hash: contentHash(`${input.sourceId}${document.summary}${document.detail}`),
      service: input.service.name,
      service_owner: input.service.owner.toLowerCase(),
      name: input.name,
      environment: input.environment,
      account_id: input.account.id,
      region: input.region,
      target_type: input.target.type,
      by_name: facts.open.length === 0,
      major: facts.major,
      bus: input.bus,
      service_key: `${toSortKey(input.service.title)}\n${nameKey}`,
      name_key: nameKey,
      account_key: `${toSortKey(input.account.name)}\n${toSortKey(input.service.title)}\n${nameKey}`,
    },
    document,
    search: {
      id,
      name: [input.name, input.service.name, input.service.title],
      about: [
        ...facts.named.flatMap(({ source, detailType }) => [source, detailType]),
        input.target.name,
        input.account.name,
        input.account.id,
        input.environment,
      ],
      body: [input.description],
      fields: facts.filter.map(({ field }) => field),
    },
    facts,
  };
}

/** A declared subscription in one of its environments. `rule` is the one that delivers, where it can be deployed. */
export function toDeclaredInput(
  subscription: Subscription,
  environment: string,
  rule: RuleState | undefined,
  context: {
    readonly sourceId: string;
    readonly sourceTitle: string;
    readonly service: ServiceSummary;
    readonly account: AccountRef;
    readonly region: string;
    readonly bus: string;
    readonly metadataPath: string | undefined;
    readonly declaredAt: (place: Place) => SubscriptionDetail['declaredAt'];
  },
): SubscriptionInput {
  const { declaredAt, ...rest } = context;
  const target = rule?.targets[0];
  const queue = target?.deadLetterArn;
  return {
    ...rest,
    name: subscription.name,
    environment,
    description: subscription.description,
    pattern: subscription.pattern,
    enabled: subscription.enabled,
    target: target ? toTargetSummary(target) : declaredTarget(subscription),
    delivery: {
      maximumEventAgeSeconds: subscription.delivery.maximumEventAgeSeconds,
      maximumRetryAttempts: subscription.delivery.maximumRetryAttempts,
      ...(queue !== undefined && { deadLetterQueue: queue }),
    },
    declaredAt: declaredAt(subscription.place),
  };
}

const TARGET_TYPE_BY_SERVICE: Readonly<Record<string, TargetSummary['type']>> = {
  sqs: 'sqs',
  lambda: 'lambda',
  states: 'step-functions',
  events: 'bus',
};

export function toTargetSummary(target: Pick<TargetState, 'arn'>): TargetSummary {
  const arn = parseArn(target.arn);
  return {
    type: (arn && TARGET_TYPE_BY_SERVICE[arn.service]) ?? 'other',
    name: arn ? nameInArn(target.arn) : target.arn,
    arn: target.arn,
  };
}

function declaredTarget(subscription: Subscription): TargetSummary {
  const [target] = subscription.targets;
  if (!target) return { type: 'other', name: '' };
  return target.type === 'arn' ? toTargetSummary(target) : { type: target.type, name: target.name };
}
