import { describePatternSentence } from '@busline/event-pattern';
import {
  centralBus,
  busOf,
  eventTypeId,
  type EventRepository,
  type EventType,
  indexRepository,
  type Json,
  type JsonObject,
  type Service,
  type Subscription,
  type TargetDeclaration,
} from '@busline/event-repository';
import { subscriptionsTaking, typesTaken } from '../checks/typesTaken';
import type { Draft } from '../draft/draft';
import type { Effects } from '../plan/effects';
import type { PermissionProof } from '../plan/plan';
import type { OnboardingRequest } from '../request/request';
import { accountId, code, excerpt, list, oneLine, prose } from './markdown';

export interface SummaryInput {
  readonly request: OnboardingRequest;
  readonly draft: Draft;
  readonly before: EventRepository;
  readonly after: EventRepository;
  readonly effects: Effects;
  readonly proof: PermissionProof;
}

const MAX_NAMED = 5;

/** One line for a list of pull requests: plain text. */
export function titleOf(request: OnboardingRequest, after: EventRepository): string {
  const title = (text: string) => excerpt(oneLine(text), 100);
  switch (request.kind) {
    case 'onboard': {
      const { name } = request.service;
      const parts = [
        ...(request.subscriptions.length > 0
          ? [`subscribes to ${titles(request.subscriptions.flatMap(each => titlesOf(each, after)))}`]
          : []),
        ...(request.publications.length > 0
          ? [`publishes ${titles(request.publications.map(({ detailType }) => detailType))}`]
          : []),
      ];
      return title(`${name} ${parts.join(' and ')}`);
    }
    case 'change-subscription':
      return title(`${request.service} changes its subscription ${request.subscription}`);
    case 'leave':
      return title(
        request.everything
          ? `${request.service} leaves the bus`
          : `${request.service} ends ${titles([
              ...(request.subscriptions ?? []),
              ...(request.publications ?? []).map(({ detailType }) => detailType),
            ])}`,
      );
    default:
      return title(`${request.eventType.detailType} is deprecated`);
  }
}

function titlesOf(
  {
    eventTypes,
    pattern,
  }: { readonly eventTypes: readonly { readonly detailType: string }[]; readonly pattern?: JsonObject },
  after: EventRepository,
): readonly string[] {
  if (eventTypes.length > 0 || !pattern) return eventTypes.map(({ detailType }) => detailType);
  return typesTaken(after, pattern).map(({ detailType }) => detailType);
}

function titles(names: readonly string[]): string {
  const unique = [...new Set(names)];
  return unique.length > 3 ? `${unique.slice(0, 2).join(', ')} and ${unique.length - 2} more` : list(unique);
}

/** The letter: what will be so when this is merged, in sentences of Markdown. */
export function summaryOf(input: SummaryInput): readonly string[] {
  const { request } = input;
  switch (request.kind) {
    case 'onboard':
      return [
        ...onboardSentences(input),
        ...sharedRuleSentences(input),
        ...resourceSentences(input),
        proofSentence(input),
      ];
    case 'change-subscription':
      return [
        ...changeSentences(input),
        ...sharedRuleSentences(input),
        ...resourceSentences(input),
        proofSentence(input),
      ];
    case 'leave':
      return [...leaveSentences(input), ...resourceSentences(input), proofSentence(input)];
    default:
      return deprecationSentences(input);
  }
}

function serviceIn(repository: EventRepository, service: Service, environment: string): string {
  const at = service.environments.find(each => each.environment === environment);
  const account = at && indexRepository(repository).accounts.get(at.account);
  if (!at || !account) return code(service.name);
  return `${code(service.name)} (${account.name}, ${accountId(account.id)}, ${at.region})`;
}

const OPENING = 'When this is merged, ';

function onboardSentences({ request, draft, before, after }: SummaryInput): readonly string[] {
  if (request.kind !== 'onboard') return [];
  const { services, subscriptions, eventTypes } = indexRepository(after);
  const service = services.get(request.service.name);
  if (!service) return [];
  const sentences: string[] = [];
  const who = serviceIn(after, service, request.environment);
  const added = new Set(draft.subscriptions.map(({ name }) => name));
  for (const subscription of (subscriptions.get(service.name) ?? []).filter(({ name }) => added.has(name))) {
    const subject = sentences.length === 0 ? `${OPENING}${who}` : `It also`;
    sentences.push(`${subject} receives ${receives(after, subscription, request.environment)}.`);
  }
  const bus = centralBus(after, request.environment);
  for (const { id, isNew } of draft.eventTypes) {
    const eventType = eventTypes.get(id);
    if (!eventType) continue;
    const subject = sentences.length === 0 ? `${OPENING}${who}` : 'It';
    const what = `${strong(eventType)} (${code(eventType.source)})`;
    sentences.push(
      `${subject} may publish ${what} on ${code(bus?.name ?? 'the central bus')}${
        isNew
          ? `, a new event type that ${code(eventType.owner)} owns: ${prose(firstSentence(eventType.description))}`
          : ''
      }.`.replace(/\.\.$/, '.'),
    );
  }
  const elsewhere = service.environments.filter(({ environment }) => environment !== request.environment);
  if (draft.eventTypes.length > 0 && elsewhere.length > 0) {
    sentences.push(`What it may publish holds in ${list(elsewhere.map(({ environment }) => code(environment)))} too.`);
  }
  if (request.service.kind === 'new') {
    sentences.push(
      `${code(service.name)} is new to the event repository: ${code(service.owner)} owns it. ${prose(
        firstSentence(service.description),
      )}`,
    );
  } else if (
    !before.services
      .find(({ name }) => name === service.name)
      ?.environments.some(each => each.environment === request.environment)
  ) {
    sentences.push(
      `${code(service.name)} has not been in ${code(
        request.environment,
      )} before; its other subscriptions stay where they are.`,
    );
  }
  return sentences;
}

const strong = ({ title }: EventType) => `**${prose(title)}**`;

function firstSentence(text: string): string {
  const line = oneLine(text);
  return excerpt(/^.*?[.!?](?=\s|$)/.exec(line)?.[0] ?? line);
}

function receives(repository: EventRepository, subscription: Subscription, environment: string): string {
  const bus = busOf(repository, subscription, environment);
  const condition = filterWords(subscription.pattern);
  const when = condition === 'every event' ? '' : ` ${condition.replace(/^only when/, 'when')}`;
  return `${eventsWords(typesTaken(repository, subscription.pattern), subscription.pattern)} from ${code(
    bus?.name ?? subscription.bus ?? 'the bus',
  )}${when}, ${list(subscription.targets.map(targetWords))}`;
}

/** The filter without what names event types and their majors, since the sentence has named those already. */
function filterWords(pattern: JsonObject): string {
  const choices = Array.isArray(pattern.$or) ? (pattern.$or as readonly Json[]) : undefined;
  if (choices?.every(choice => isTypesOnly(choice))) {
    const { $or: _, ...rest } = pattern;
    return Object.keys(rest).length === 0 ? 'every event' : describePatternSentence(withoutTypes(rest));
  }
  const rest = withoutTypes(pattern);
  return Object.keys(rest).length === 0 ? 'every event' : describePatternSentence(rest);
}

const isExact = (value: Json | undefined) => Array.isArray(value) && value.every(each => typeof each === 'string');

const isObject = (value: Json | undefined): value is JsonObject =>
  value !== null && typeof value === 'object' && !Array.isArray(value);

function isTypesOnly(choice: Json): boolean {
  return isObject(choice) && Object.keys(withoutTypes(choice)).length === 0;
}

function withoutTypes(pattern: JsonObject): JsonObject {
  const kept = Object.entries(pattern).flatMap(([key, value]): [string, Json][] => {
    if ((key === 'source' || key === 'detail-type') && isExact(value)) return [];
    if (key !== 'detail' || !isObject(value)) return [[key, value]];
    const detail = withoutPin(value);
    return Object.keys(detail).length === 0 ? [] : [['detail', detail]];
  });
  return Object.fromEntries(kept);
}

/** Drops `schemaVersion: [{ prefix: "2." }]`, wherever the metadata stands. */
function withoutPin(value: JsonObject): JsonObject {
  const kept = Object.entries(value).flatMap(([key, inner]): [string, Json][] => {
    if (key === 'schemaVersion' && pinOf(inner) !== undefined) return [];
    if (!isObject(inner)) return [[key, inner]];
    const rest = withoutPin(inner);
    return Object.keys(rest).length === 0 ? [] : [[key, rest]];
  });
  return Object.fromEntries(kept);
}

function pinOf(value: Json | undefined): string | undefined {
  const [only] = Array.isArray(value) && value.length === 1 ? value : [];
  const prefix = isObject(only) ? only.prefix : undefined;
  return typeof prefix === 'string' ? /^(\d+)\.$/.exec(prefix)?.[1] : undefined;
}

/** The major that a pattern pins for an event type. */
function majorIn(pattern: JsonObject, eventType: EventType): string | undefined {
  const parts = Array.isArray(pattern.$or) ? (pattern.$or as readonly Json[]).filter(isObject) : [pattern];
  const part = parts.find(
    each => Array.isArray(each['detail-type']) && each['detail-type'].includes(eventType.detailType),
  );
  const keys = (eventType.eventPaths.metadata ?? '').split('.').slice(1);
  const metadata = keys.reduce<Json | undefined>((at, key) => (isObject(at) ? at[key] : undefined), part?.detail);
  return isObject(metadata) ? pinOf(metadata.schemaVersion) : undefined;
}

function eventsWords(eventTypes: readonly EventType[], pattern: JsonObject): string {
  const names = eventTypes.slice(0, MAX_NAMED).map(eventType => {
    const major = majorIn(pattern, eventType);
    return major === undefined ? strong(eventType) : `${strong(eventType)} (major ${major})`;
  });
  return eventTypes.length > MAX_NAMED
    ? `${names.join(', ')} and ${eventTypes.length - MAX_NAMED} more event types`
    : list(names);
}

function targetWords(target: TargetDeclaration): string {
  switch (target.type) {
    case 'sqs':
      return `in queue ${code(target.name)}`;
    case 'lambda':
      return `in function ${code(target.name)}`;
    case 'step-functions':
      return `as an execution of ${code(target.name)}`;
    default:
      return `at ${code(target.arn)}`;
  }
}

function changeSentences({ request, before, after }: SummaryInput): readonly string[] {
  if (request.kind !== 'change-subscription') return [];
  const find = (repository: EventRepository) =>
    indexRepository(repository)
      .subscriptions.get(request.service)
      ?.find(({ name }) => name === request.subscription);
  const was = find(before);
  const is = find(after);
  if (!was || !is) return [];
  const environment = is.environments[0] ?? '';
  const name = code(`${request.service}/${request.subscription}`);
  if (!is.enabled)
    return [
      `${OPENING}${name} is switched off: ${code(
        request.service,
      )} receives nothing by it until it is switched on again.`,
    ];
  const sentences = [`${OPENING}${name} receives ${receives(after, is, environment)}.`];
  const old = `It received ${receives(before, was, environment)}.`;
  return old.slice('It received '.length) ===
    sentences[0].slice(sentences[0].indexOf(' receives ') + ' receives '.length)
    ? [...sentences, ...deliverySentences(was, is)]
    : [...sentences, old, ...deliverySentences(was, is)];
}

function deliverySentences(was: Subscription, is: Subscription): readonly string[] {
  const words = ({ delivery }: Subscription) => {
    const queue = delivery.deadLetterQueue === false ? 'without a dead-letter queue' : 'with a dead-letter queue';
    return `${delivery.maximumRetryAttempts} times within ${delivery.maximumEventAgeSeconds} s, ${queue}`;
  };
  return words(was) === words(is) ? [] : [`Delivery is tried again ${words(is)}; before, ${words(was)}.`];
}

function leaveSentences({ request, before, after }: SummaryInput): readonly string[] {
  if (request.kind !== 'leave') return [];
  const service = indexRepository(before).services.get(request.service);
  if (!service) return [];
  const left = new Set((indexRepository(after).subscriptions.get(service.name) ?? []).map(({ name }) => name));
  const ended = (indexRepository(before).subscriptions.get(service.name) ?? []).filter(({ name }) => !left.has(name));
  const still = new Set((indexRepository(after).services.get(service.name)?.publishes ?? []).map(eventTypeId));
  const silent = service.publishes.filter(publication => !still.has(eventTypeId(publication)));
  const sentences: string[] = [];
  if (request.everything)
    sentences.push(`${OPENING}${code(service.name)} leaves the bus: it receives and publishes nothing any more.`);
  if (ended.length > 0) {
    const names = ended.slice(0, MAX_NAMED).map(({ name }) => code(name));
    const more = ended.length > MAX_NAMED ? ` and ${ended.length - MAX_NAMED} more` : '';
    sentences.push(
      `${sentences.length === 0 ? OPENING : ''}${code(service.name)} no longer receives events by ${list(
        names,
      )}${more}.`,
    );
  }
  if (silent.length > 0) {
    const names = silent.slice(0, MAX_NAMED).map(({ detailType }) => code(detailType));
    const more = silent.length > MAX_NAMED ? ` and ${silent.length - MAX_NAMED} more` : '';
    sentences.push(
      `${sentences.length === 0 ? OPENING : ''}${code(service.name)} may no longer publish ${list(names)}${more}.`,
    );
  }
  return sentences;
}

function deprecationSentences({ request, before, after }: SummaryInput): readonly string[] {
  if (request.kind !== 'deprecate') return [];
  const eventType = indexRepository(after).eventTypes.get(eventTypeId(request.eventType));
  if (!eventType) return [];
  const subscribers = [...new Set(subscriptionsTaking(before, request.eventType).map(({ service }) => service))];
  const instead = request.replacement ? ` ${code(request.replacement.detailType)} replaces it.` : '';
  const end = request.sunset === undefined ? 'It goes on being sent.' : `It is sent until ${request.sunset}.`;
  const names = subscribers.slice(0, MAX_NAMED).map(code);
  const more = subscribers.length > MAX_NAMED ? ` and ${subscribers.length - MAX_NAMED} more` : '';
  return [
    `${OPENING}${strong(eventType)} (${code(eventType.source)}) is deprecated from ${request.since} on: ${prose(
      excerpt(request.reason),
    )}`,
    `${end}${instead}`,
    subscribers.length === 0
      ? 'Nobody subscribes to it.'
      : `${list(names)}${more} ${subscribers.length === 1 ? 'subscribes' : 'subscribe'} to it and should change.`,
    'Nothing on AWS changes, and nobody gains or loses anything.',
  ];
}

/** A rule of a subscription that nobody touches may go, since another takes its place: without a word that reads like a loss. */
function sharedRuleSentences({ effects, draft }: SummaryInput): readonly string[] {
  const asked = new Set(draft.subscriptions.map(({ name }) => name));
  const sentences = effects.compared.flatMap(({ before, after }) => {
    if (after?.kind !== 'rule' || !after.sharedBy) return [];
    const names = after.sharedBy.map(({ name }) => name);
    const was = before?.kind === 'rule' ? before.sharedBy ?? [before.subscription] : [];
    const others = names.filter(name => !asked.has(name));
    if (others.length === 0 || names.every(name => was.some(each => each.name === name))) return [];
    return [
      `${list(others.map(code))} ${
        others.length === 1 ? 'goes' : 'go'
      } on receiving as before: one rule forwards for ${list(
        names.map(code),
      )} from then on, since with a rule each an event that both take would arrive twice.`,
    ];
  });
  return [...new Set(sentences)];
}

function resourceSentences({ effects }: SummaryInput): readonly string[] {
  const sentences = effects.accounts.map(({ account, accountId: id, environment, resources }) => {
    const made = resources.filter(({ madeByTeam }) => !madeByTeam);
    const count = (status: string) => made.filter(each => each.status === status).length;
    const parts = (['added', 'changed', 'removed'] as const).flatMap(status =>
      count(status) > 0 ? [`${count(status)} ${status}`] : [],
    );
    return parts.length === 0 ? '' : `${account ?? id} (${environment}): ${list(parts)}`;
  });
  const said = sentences.filter(Boolean);
  const team = effects.accounts.flatMap(({ resources }) =>
    resources.filter(each => each.madeByTeam && each.status === 'added'),
  );
  return [
    ...(said.length > 0 ? [`Resources on AWS: ${said.join('; ')}.`] : []),
    ...(team.length > 0
      ? [
          `${list(team.map(({ type, name }) => `${type} ${code(name)}`))} must be there: the service's own team makes ${
            team.length === 1 ? 'it' : 'them'
          }.`,
        ]
      : []),
  ];
}

function proofSentence({ proof }: SummaryInput): string {
  return `${proof.sentence} (${proof.before} statements before and ${proof.after} after were compared: ${proof.gained} gained or changed, ${proof.lost} lost.)`;
}
