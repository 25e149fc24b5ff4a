import { slugOf, type JsonObject } from '@busline/event-repository';
import { parseRequest, type EventTypeChoice, type ParsedRequest, type RequestProblem } from '@busline/onboarding';
import type {
  ChangeFormData,
  DeliveryFormData,
  FormData,
  FormKind,
  PublicationFormData,
  ServiceFormData,
  SubscriptionFormData,
  TargetFormData,
} from './formData';
import { filterOf } from './filter';
import { saidAsMissing } from './missing';
import { parseJson, placeOf } from './parseJson';

/** Longest name of a subscription and of a target that is made from other names. */
const MAX_NAME = 64;

/** The name under which a subscription is declared: what was typed, or one made of its first event type. */
export function subscriptionName({ name, eventTypes }: SubscriptionFormData): string {
  if (name !== undefined) return name;
  const first = eventTypes?.[0];
  return first ? slugOf(first.detailType).slice(0, MAX_NAME) : '';
}

/** The name of the queue, function or state machine: what was typed, or one made of service and subscription. */
export function targetName(subscription: SubscriptionFormData, service: string | undefined): string {
  const typed = subscription.target?.name;
  if (typed !== undefined) return typed;
  return [service, subscriptionName(subscription)]
    .filter(Boolean)
    .join('-')
    .replace(/[^A-Za-z0-9_-]+/g, '-')
    .slice(0, MAX_NAME);
}

/**
 * The onboarding request that a filled-in form asks for, or every problem of its shape, each with the JSON pointer of its
 * field in the request. Pure: the same form gives the same request.
 */
export function requestOfForm(kind: FormKind, form: FormData): ParsedRequest {
  const problems: RequestProblem[] = [];
  const draft = draftOfForm(kind, form, problems);
  const parsed = parseRequest(draft);
  if (parsed.kind === 'request' && problems.length === 0) return parsed;
  const own = new Set(problems.map(({ field }) => field));
  const shape = parsed.kind === 'problems' ? parsed.problems.filter(({ field }) => !own.has(field)) : [];
  return { kind: 'problems', problems: [...problems, ...saidAsMissing(shape, draft)] };
}

/** The request as far as it is filled in, whether or not it holds together. */
export function draftOfForm(kind: FormKind, form: FormData, problems: RequestProblem[] = []): object {
  const reason = form.plan?.reason?.trim();
  const hasReason = Boolean(reason) && kind !== 'deprecate';
  return withoutUndefined({ ...rawRequest(kind, form, problems), ...(hasReason && { reason }) });
}

function rawRequest(kind: FormKind, form: FormData, problems: RequestProblem[]): object {
  switch (kind) {
    case 'onboard':
      return onboard(form, problems);
    case 'change-subscription':
      return changeSubscription(form.change ?? {}, problems);
    case 'leave':
      return leave(form, problems);
    default:
      return deprecate(form);
  }
}

function onboard(form: FormData, problems: RequestProblem[]): object {
  const service = form.service ?? {};
  const subscriptions = (form.subscriptions ?? []).filter(({ picking }) => !picking);
  const picked = form.subscriptions?.find(({ picking }) => picking)?.eventTypes ?? [];
  if (picked.length > 0) problems.push(notSubscribedYet(picked, `/subscriptions/${subscriptions.length}`));
  return {
    kind: 'onboard',
    service: serviceChoice(service),
    environment: service.environment ?? '',
    account: service.account ?? '',
    region: service.region ?? '',
    subscriptions: subscriptions.map((subscription, index) => ({
      name: subscriptionName(subscription),
      description: subscription.description?.trim() ?? '',
      ...selection(subscription, `/subscriptions/${index}`, problems),
      target: targetOf(subscription, service.name),
      delivery: deliveryOf(subscription.delivery),
    })),
    publications: (form.publications ?? []).map((publication, index) =>
      publicationOf(publication, `/publications/${index}`, problems),
    ),
  };
}

/** Whoever ticks an event type and goes on means to receive it. */
function notSubscribedYet(picked: readonly EventTypeChoice[], field: string): RequestProblem {
  const message =
    picked.length === 1
      ? `${picked[0].detailType} is ticked, but there is no subscription to it yet`
      : `${picked.length} event types are ticked, but there is no subscription to them yet`;
  const wayOut =
    picked.length === 1
      ? 'Press “Subscribe to it”, or take the tick away.'
      : 'Make subscriptions of them, or take the ticks away.';
  return { field, message, wayOut, rule: 'request-shape' };
}

function serviceChoice(service: ServiceFormData): object {
  if (service.kind !== 'new') return { kind: 'existing', name: service.name ?? '' };
  const { kind, name = '', title, description, owner = '', domain, system, component, repository = '' } = service;
  return {
    kind,
    name,
    title: title?.trim() || name,
    description: description?.trim() ?? '',
    owner,
    domain: domain || undefined,
    system: system || undefined,
    component: component || undefined,
    repository: repository.trim().replace(/\.git$/, ''),
  };
}

/** Event types, with a filter or a pattern. */
function selection(subscription: SubscriptionFormData, at: string, problems: RequestProblem[]): object {
  const eventTypes = subscription.eventTypes ?? [];
  if (eventTypes.length === 0) {
    problems.push({ field: `${at}/eventTypes`, message: 'choose at least one event type', rule: 'request-shape' });
  }
  if (subscription.filterBy === 'pattern') return { eventTypes, pattern: patternIn(subscription, at, problems) };
  if (subscription.filterBy !== 'fields') return { eventTypes };
  const filter = filterOf(subscription.clauses ?? []);
  if (filter === undefined) {
    const message = 'say which field must have which value, or choose everything';
    problems.push({ field: `${at}/filter`, message, rule: 'request-shape' });
  }
  return { eventTypes, filter };
}

function patternIn({ patternText = '' }: SubscriptionFormData, at: string, problems: RequestProblem[]) {
  const parsed = parseJson(patternText);
  const problem = (message: string) => problems.push({ field: `${at}/pattern`, message, rule: 'invalid-pattern' });
  if (parsed.kind === 'invalid') {
    problem(parsed.offset === undefined ? parsed.message : `${placeOf(patternText, parsed.offset)}: ${parsed.message}`);
    return undefined;
  }
  const { value } = parsed;
  if (value !== null && typeof value === 'object' && !Array.isArray(value)) return value as JsonObject;
  problem('an event pattern is a JSON object');
  return undefined;
}

function targetOf(subscription: SubscriptionFormData, service: string | undefined): object {
  const target: TargetFormData = subscription.target ?? {};
  if (target.type === 'arn') return { type: 'arn', arn: target.arn?.trim() ?? '' };
  return { type: target.type ?? 'sqs', name: targetName(subscription, service) };
}

/** Only what differs from the defaults: what is left out is decided in one place, by the plan. */
function deliveryOf(delivery: DeliveryFormData | undefined): object | undefined {
  if (!delivery) return undefined;
  const { maximumEventAgeSeconds, maximumRetryAttempts, deadLetterQueue } = delivery;
  const said = withoutUndefined({ maximumEventAgeSeconds, maximumRetryAttempts, deadLetterQueue });
  return Object.keys(said).length > 0 ? said : undefined;
}

function publicationOf(publication: PublicationFormData, at: string, problems: RequestProblem[]): object {
  const { source = '', detailType = '' } = publication;
  if (publication.kind !== 'new') return { kind: 'existing', source, detailType };
  const { title, description, domain, classification } = publication;
  const example = jsonIn(publication.exampleText, `${at}/example`, problems);
  const schema = jsonIn(publication.schemaText, `${at}/schema`, problems);
  if (example === undefined && schema === undefined && !publication.exampleText && !publication.schemaText) {
    const field = publication.startFrom === 'schema' ? `${at}/schema` : `${at}/example`;
    const message = 'give an example of the event, or its schema';
    problems.push({ field, message, rule: 'request-shape' });
  }
  if (!description?.trim()) {
    const message = 'say when the event is sent, and what it means';
    problems.push({ field: `${at}/description`, message, rule: 'missing-description' });
  }
  return {
    kind: 'new',
    source: source.trim(),
    detailType: detailType.trim(),
    title: title?.trim() || detailType.trim(),
    description: description?.trim() ?? '',
    domain: domain || undefined,
    classification,
    example,
    schema,
  };
}

function jsonIn(text: string | undefined, field: string, problems: RequestProblem[]) {
  if (!text?.trim()) return undefined;
  const parsed = parseJson(text);
  if (parsed.kind === 'value') return parsed.value;
  const place = parsed.offset === undefined ? '' : `${placeOf(text, parsed.offset)}: `;
  problems.push({
    field,
    message: `${place}${parsed.message}`,
    rule: field.endsWith('/schema') ? 'invalid-schema' : 'invalid-example',
  });
  return undefined;
}

function changeSubscription(change: ChangeFormData, problems: RequestProblem[]): object {
  const { service = '', subscription = '', parts = [] } = change;
  const problem = (field: string, message: string) => problems.push({ field, message, rule: 'request-shape' });
  if (service === '' || subscription === '') problem('/subscription', 'choose a subscription');
  else if (parts.length === 0) problem('/changes', 'choose what is to change');
  const has = (part: (typeof parts)[number]) => parts.includes(part);
  const changes = {
    ...(has('description') && { description: change.description?.trim() ?? '' }),
    ...(has('filter') && changedFilter(change, problems)),
    ...(has('target') && { target: targetOf({ ...change, name: subscription }, service) }),
    ...(has('delivery') && { delivery: deliveryOf(change.delivery) ?? {} }),
    ...(has('enabled') && { enabled: change.enabled ?? true }),
  };
  return { kind: 'change-subscription', service, subscription, changes: withoutUndefined(changes) };
}

/** The event types stay as they are, and so does the major; an empty filter says that everything of them is received. */
function changedFilter(change: ChangeFormData, problems: RequestProblem[]): object {
  const { eventTypes: _, ...chosen } = selection(change, '/changes', problems) as { readonly eventTypes?: unknown };
  return change.filterBy === undefined || change.filterBy === 'everything' ? { filter: {} } : chosen;
}

function leave({ leave: form = {} }: FormData, problems: RequestProblem[]): object {
  const { service = '', everything, subscriptions = [], publications = [] } = form;
  if (service === '') problems.push({ field: '/service', message: 'choose a service', rule: 'request-shape' });
  else if (!everything && subscriptions.length + publications.length === 0) {
    problems.push({ field: '/everything', message: 'choose what is taken away', rule: 'request-shape' });
  }
  return everything ? { kind: 'leave', service, everything } : { kind: 'leave', service, subscriptions, publications };
}

function deprecate({ deprecation = {} }: FormData): object {
  const { eventType, since, sunset, reason, replacement } = deprecation;
  return {
    kind: 'deprecate',
    eventType,
    since: since ?? '',
    sunset: sunset || undefined,
    reason: reason?.trim() ?? '',
    replacement,
  };
}

function withoutUndefined<T extends object>(value: T): T {
  return JSON.parse(JSON.stringify(value)) as T;
}
