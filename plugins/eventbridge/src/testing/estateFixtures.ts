import type {
  AccountSummary,
  BusDetail,
  Json,
  SourceProblem,
  SourceStatus,
  Standing,
  SubscriptionDetail,
} from '@busline/plugin-eventbridge-common';
import { centralBus, EVENT_TYPES, subscriptionsOf } from './fixtures';

/** Accounts, buses and subscriptions of the small smart-access business. */
const account = (
  id: string,
  name: string,
  owner: string,
  environment: string,
  services: readonly string[],
): AccountSummary => ({
  id,
  name,
  owner,
  environment,
  regions: ['eu-west-1'],
  busCount: 1,
  ruleCount: 3,
  services,
});

export const ACCOUNTS: readonly AccountSummary[] = [
  {
    ...account('111111111111', 'platform-prod', 'group:default/platform-team', 'production', []),
    title: 'Platform, production',
  },
  account('222222222222', 'access-prod', 'group:default/access-team', 'production', ['access-service', 'audit-trail']),
  account('444444444444', 'delivery-prod', 'group:default/delivery-team', 'production', ['delivery-service']),
  account('555555555555', 'notifications-prod', 'group:default/engagement-team', 'production', [
    'notification-service',
  ]),
  account('777777777777', 'notifications-staging', 'group:default/engagement-team', 'staging', [
    'notification-service',
  ]),
  account('666666666666', '666666666666', 'unknown', 'production', ['billing-service']),
];

/** A row per event type, service and environment, each with an id of its own. */
export const SUBSCRIPTIONS: readonly SubscriptionDetail[] = EVENT_TYPES.slice(0, 7).flatMap((type, index) =>
  ['production', 'staging'].flatMap(environment =>
    subscriptionsOf(type).map(subscription => ({
      ...subscription,
      id: `${subscription.name}-${type.detailType.toLowerCase().replace(/\W+/g, '-')}-${environment}`,
      environment,
      ...(environment === 'staging' && {
        account: { id: '777777777777', name: 'notifications-staging' },
      }),
      eventTypes:
        index === 3
          ? EVENT_TYPES.slice(0, 6).map(({ source, detailType }) => ({
              source,
              detailType,
            }))
          : subscription.eventTypes,
      eventTypeCount: index === 3 ? 6 : 1,
    })),
  ),
);

const statement = (principal: string, source: string): Json => ({
  Sid: `publish-${source.replace(/\W/g, '')}`,
  Effect: 'Allow',
  Principal: { AWS: `arn:aws:iam::${principal}:root` },
  Action: 'events:PutEvents',
  Resource: centralBus.arn,
  Condition: { StringEquals: { 'events:source': source } },
});

const rule = (
  name: string,
  standing: Standing,
  pattern: Json,
  subscriptionId?: string,
): BusDetail['rules'][number] => ({
  name,
  arn: `arn:aws:events:eu-west-1:111111111111:rule/central/${name}`,
  enabled: standing !== 'unknown',
  pattern,
  standing,
  ...(subscriptionId && { subscriptionId }),
  targetCount: 1,
});

const CENTRAL: BusDetail = {
  ...centralBus,
  description: 'Everybody publishes here.',
  role: 'central',
  standing: 'drifted',
  ruleCount: 241,
  quotas: [
    { name: 'rules', used: 241, limit: 300, unit: 'rules' },
    { name: 'policy size', used: 8_912, limit: 10_240, unit: 'characters' },
    { name: 'targets on one rule', used: 5, limit: 5, unit: 'targets' },
    { name: 'buses in the account', used: 2, limit: 100, unit: 'buses' },
  ],
  origin: 'key-suite',
  permissions: [
    {
      words: 'Account access-prod (2222-…) may publish as com.key.access',
      effect: 'Allow',
      statement: statement('222222222222', 'com.key.access'),
    },
    {
      words: 'Account delivery-prod (4444-…) may publish as com.key.deliveries',
      effect: 'Allow',
      statement: statement('444444444444', 'com.key.deliveries'),
    },
    {
      words: 'Account 666666666666 may publish as com.key.billing',
      effect: 'Allow',
      statement: statement('666666666666', 'com.key.billing'),
    },
  ],
  differences: [
    {
      field: 'statement publish-combilling',
      observed: 'Account 666666666666 may publish as com.key.billing',
    },
  ],
  rules: [
    ...SUBSCRIPTIONS.filter(({ environment }) => environment === 'production').map(subscription =>
      rule(subscription.id, subscription.standing, subscription.pattern, subscription.id),
    ),
    rule('made-by-hand', 'observed-only', { source: [{ prefix: 'com.key.' }] }),
  ],
};

const subscriberBus = (of: AccountSummary, name: string, standing: Standing): BusDetail => ({
  arn: `arn:aws:events:eu-west-1:${of.id}:event-bus/${name}`,
  name,
  account: { id: of.id, name: of.name },
  region: 'eu-west-1',
  environment: of.environment,
  role: 'subscriber',
  standing,
  ruleCount: 3,
  quotas:
    standing === 'unknown'
      ? []
      : [
          { name: 'rules', used: 3, limit: 300, unit: 'rules' },
          { name: 'policy size', used: 512, limit: 10_240, unit: 'characters' },
          { name: 'targets on one rule', used: 1, limit: 5, unit: 'targets' },
        ],
  origin: 'key-suite',
  permissions: [],
  differences: [],
  rules: [],
});

export const BUSES: readonly BusDetail[] = [
  CENTRAL,
  { ...subscriberBus(ACCOUNTS[0], 'default', 'observed-only'), role: 'other' },
  ...ACCOUNTS.slice(1).map((of, index) =>
    subscriberBus(
      of,
      of.services[0] ?? 'bus',
      (['in-sync', 'in-sync', 'in-sync', 'declared-only', 'unknown'] as const)[index],
    ),
  ),
];

export const PROBLEMS: readonly SourceProblem[] = [
  {
    file: 'events/com.key.access/access-granted/event.yaml',
    line: 7,
    column: 3,
    rule: 'unknown-key',
    severity: 'error',
    message: 'unknown key `lifecyle`; expected one of title, description, domain, owner, lifecycle, classification',
  },
  {
    file: 'services/billing-service.yaml',
    line: 12,
    column: 11,
    rule: 'unknown-reference',
    severity: 'error',
    message: 'no account is named `billing-prod`',
  },
  {
    file: 'subscriptions/delivery-service/plan-route.yaml',
    line: 4,
    column: 9,
    rule: 'wildcard-limit',
    severity: 'warning',
    message: 'the 30th rule with a wildcard on this bus; AWS allows 30',
  },
];

/** Sources in every state that is not fresh. */
export const TROUBLED_SOURCES: readonly SourceStatus[] = [
  {
    id: 'key-suite',
    kind: 'event-repository',
    title: 'Key Suite',
    target: 'https://github.com/key/events/tree/main',
    state: 'fresh',
    lastReadAt: '2026-11-20T12:58:00Z',
    lastAttemptAt: '2026-11-20T12:58:00Z',
    lastReadMs: 420,
    counts: {
      eventTypes: 54,
      schemaVersions: 88,
      subscriptions: 118,
      services: 17,
    },
    problemCount: 3,
  },
  {
    id: 'aws-platform',
    kind: 'aws',
    title: 'AWS platform-prod',
    target: '111111111111 eu-west-1',
    state: 'stale',
    reason: 'AccessDenied: the role busline-reader in 111111111111 may not call events:ListRules.',
    lastReadAt: '2026-11-20T10:12:00Z',
    lastAttemptAt: '2026-11-20T13:01:00Z',
    lastReadMs: 3480,
    counts: { buses: 8, rules: 241 },
    problemCount: 0,
  },
  {
    id: 'github',
    kind: 'event-repository',
    title: 'GitHub webhooks',
    target: 'examples/github-webhooks',
    state: 'reading',
    lastReadAt: '2026-11-20T12:40:00Z',
    counts: { eventTypes: 220 },
    problemCount: 0,
  },
  {
    id: 'aws-new',
    kind: 'aws',
    title: 'AWS insights-prod',
    target: '888888888888 eu-west-1',
    state: 'never-read',
    counts: {},
    problemCount: 0,
  },
];
