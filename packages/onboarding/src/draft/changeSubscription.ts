import { sourcesAndDetailTypes } from '@busline/event-pattern';
import {
  didYouMean,
  indexRepository,
  type Json,
  type JsonObject,
  type Service,
  type Subscription,
} from '@busline/event-repository';
import { canonical } from '../request/requestHash';
import type { ChangeSubscriptionRequest, EventTypeChoice } from '../request/request';
import { type Draft, type Drafting, DraftFiles } from './draft';
import type { YamlEdit } from './editYaml';
import { editFile } from './service';
import { patternWithFilter } from './subscriptionPattern';
import { checkedPattern, checkTarget } from './subscriptions';

/** Edits of a subscription's file; what the request leaves out stays as it is written. */
export function draftChange(drafting: Drafting, request: ChangeSubscriptionRequest): Draft {
  const { report } = drafting;
  const files = new DraftFiles();
  const nothing: Draft = { ...files, service: request.service, subscriptions: [], eventTypes: [], environments: [] };
  const found = findSubscription(drafting, request.service, request.subscription, '/subscription');
  if (!found) return nothing;
  const { service, subscription } = found;
  const { changes } = request;
  const edits: YamlEdit[] = [];
  const set = (key: string, value: Json | undefined, before: Json | undefined) => {
    if (value === undefined || canonical(value) === canonical(before)) return;
    edits.push({ kind: 'set', path: [key], value });
  };
  set('description', changes.description, subscription.description);
  if (changes.pattern || changes.filter || changes.eventTypes) {
    const pattern = checkedPattern(drafting, patternRequest(request, subscription), '/changes');
    set('pattern', pattern, subscription.pattern);
  }
  if (changes.target) {
    for (const place of service.environments.filter(({ environment }) =>
      subscription.environments.includes(environment),
    )) {
      checkTarget(drafting, changes.target, service, place, '/changes/target', changes.path ?? subscription.path);
    }
    if (subscription.targets.length > 1) {
      report({
        field: '/changes/target',
        rule: 'invalid-target',
        message: `${request.service}/${request.subscription} has ${subscription.targets.length} targets`,
        wayOut: `Change ${subscription.place.file} in the event repository.`,
      });
    }
    set('target', { ...changes.target }, subscription.targets[0] as unknown as Json);
  }
  set('path', changes.path, subscription.path);
  set('bus', changes.bus, subscription.bus);
  set('enabled', changes.enabled, subscription.enabled);
  edits.push(...deliveryEdits(changes.delivery, subscription));
  if (edits.length === 0) {
    report({
      field: '/changes',
      rule: 'nothing-changes',
      message: `${request.service}/${request.subscription} is as you ask already`,
    });
    return nothing;
  }
  editFile(drafting, files, subscription.place.file, edits, '/changes');
  return {
    ...nothing,
    files: files.files,
    fields: files.fields,
    subscriptions: [{ name: subscription.name, field: '/changes', isNew: false }],
    environments: subscription.environments,
  };
}

/** A filter alone keeps the event types, and event types alone keep the filter. */
function patternRequest({ changes }: ChangeSubscriptionRequest, { pattern }: Subscription) {
  if (changes.pattern) return { eventTypes: [], pattern: changes.pattern };
  if (!changes.eventTypes) {
    return { eventTypes: [], pattern: patternWithFilter(pattern, changes.filter ?? {}) };
  }
  return { eventTypes: changes.eventTypes, filter: changes.filter ?? (pattern.detail as JsonObject | undefined) };
}

function deliveryEdits(
  delivery: ChangeSubscriptionRequest['changes']['delivery'],
  { delivery: now }: Subscription,
): YamlEdit[] {
  if (!delivery) return [];
  const edits: YamlEdit[] = [];
  for (const key of ['maximumEventAgeSeconds', 'maximumRetryAttempts'] as const) {
    const value = delivery[key];
    if (value !== undefined && value !== now[key]) edits.push({ kind: 'set', path: ['delivery', 'retry', key], value });
  }
  const { deadLetterQueue } = delivery;
  if (deadLetterQueue !== undefined && deadLetterQueue !== now.deadLetterQueue) {
    edits.push({ kind: 'set', path: ['delivery', 'deadLetterQueue'], value: deadLetterQueue });
  }
  return edits;
}

export function findSubscription(
  drafting: Drafting,
  serviceName: string,
  name: string,
  field: string,
): { readonly service: Service; readonly subscription: Subscription } | undefined {
  const service = findService(drafting, serviceName, '/service');
  if (!service) return undefined;
  const subscriptions = indexRepository(drafting.repository).subscriptions.get(serviceName) ?? [];
  const subscription = subscriptions.find(each => each.name === name);
  if (subscription) return { service, subscription };
  const names = subscriptions.map(each => each.name);
  drafting.report({
    field,
    rule: 'unknown-subscription',
    message: `${serviceName} has no subscription ${JSON.stringify(name)}${didYouMean(name, names)}`,
    wayOut: names.length > 0 ? `It has ${names.join(', ')}.` : 'It has none.',
  });
  return undefined;
}

export function findService({ repository, report }: Drafting, name: string, field: string): Service | undefined {
  const { services } = indexRepository(repository);
  const service = services.get(name);
  if (!service) {
    report({
      field,
      rule: 'unknown-service',
      message: `no service is called ${JSON.stringify(name)}${didYouMean(name, services.keys())}`,
      wayOut: 'Choose a service of the event repository.',
    });
  }
  return service;
}

/** Event types that a pattern names exactly. */
export function namedTypes(pattern: JsonObject): readonly EventTypeChoice[] {
  return sourcesAndDetailTypes(pattern).flatMap(({ source, detailType }) =>
    source.kind === 'exact' && detailType.kind === 'exact'
      ? [{ source: source.value, detailType: detailType.value }]
      : [],
  );
}
