import { compileEventPattern, InvalidEventPatternError } from '@busline/event-pattern';
import {
  didYouMean,
  eventTypeId,
  type EventRepository,
  type EventType,
  indexRepository,
  type JsonObject,
  ruleNameOf,
  type Service,
  type Subscription,
  subscriptionFile,
} from '@busline/event-repository';
import { parseArn } from '@busline/infrastructure';
import { pointer } from '../request/pointer';
import type { EventTypeChoice, OnboardRequest, SubscriptionRequest, TargetRequest } from '../request/request';
import { neverReason, versionsMatching } from '../checks/canMatch';
import { typesTaken } from '../checks/typesTaken';
import { type Drafting, type DraftFiles, eventTypesOf } from './draft';
import { NOWHERE, subscriptionText } from './newFiles';
import { majorsOf, patternOf } from './subscriptionPattern';

/** Adds a file for each subscription that is asked for. */
export function draftSubscriptions(
  drafting: Drafting,
  files: DraftFiles,
  request: OnboardRequest,
  service: Service,
): readonly { readonly name: string; readonly field: string; readonly isNew: boolean }[] {
  const { repository, report } = drafting;
  const taken = new Set((indexRepository(repository).subscriptions.get(service.name) ?? []).map(({ name }) => name));
  const drafted: { name: string; field: string; isNew: boolean }[] = [];
  request.subscriptions.forEach((subscription, i) => {
    const field = pointer('subscriptions', i);
    if (taken.has(subscription.name)) {
      report({
        field: `${field}/name`,
        rule: 'subscription-exists',
        message: `${service.name} has a subscription ${subscription.name} already`,
        wayOut: 'Take another name, or change the existing subscription.',
      });
      return;
    }
    taken.add(subscription.name);
    checkRuleName(drafting, service.name, subscription.name, `${field}/name`);
    const pattern = checkedPattern(drafting, subscription, field);
    checkTarget(drafting, subscription.target, service, request, `${field}/target`, subscription.path);
    if (!pattern) return;
    const declared = declaration(repository, subscription, service, [request.environment], pattern);
    const path = subscriptionFile(service.name, subscription.name);
    files.add(path, subscriptionText(repository, service, declared), field);
    drafted.push({ name: subscription.name, field, isNew: true });
  });
  return drafted;
}

function declaration(
  repository: EventRepository,
  request: SubscriptionRequest,
  service: Service,
  environments: readonly string[],
  pattern: JsonObject,
): Subscription {
  return {
    name: request.name,
    service: service.name,
    description: request.description,
    environments,
    bus: request.bus,
    pattern,
    targets: [request.target],
    path: request.path ?? 'subscriber-bus',
    delivery: { ...repository.deliveryDefaults, ...defined(request.delivery ?? {}) },
    enabled: true,
    place: NOWHERE,
  };
}

function defined<T extends object>(value: T): Partial<T> {
  return Object.fromEntries(Object.entries(value).filter(([, inner]) => inner !== undefined)) as Partial<T>;
}

/**
 * The pattern that a request means. Undefined, with problems at their fields, where an event type is not there, EventBridge
 * would refuse the pattern, or no event could ever match it.
 */
export function checkedPattern(
  drafting: Drafting,
  request: Pick<SubscriptionRequest, 'eventTypes' | 'filter' | 'pattern'>,
  field: string,
): JsonObject | undefined {
  const { repository, report } = drafting;
  const known = eventTypesOf(repository);
  let isFine = true;
  request.eventTypes.forEach((choice, i) => {
    if (!checkChoice(drafting, choice, pointer('eventTypes', i), field)) isFine = false;
  });
  if (request.eventTypes.length === 0 && !request.pattern) {
    report({
      field: `${field}/eventTypes`,
      rule: 'nothing-asked',
      message: 'choose at least one event type, or give a pattern',
    });
    return undefined;
  }
  if (!isFine) return undefined;
  const pattern = patternOf(request, known);
  const at = request.pattern ? `${field}/pattern` : `${field}/filter`;
  try {
    const compiled = compileEventPattern(pattern);
    const taken = typesTaken(repository, pattern);
    if (taken.length > 0) {
      const never = neverReason(versionsMatching(compiled, taken));
      if (never !== undefined) {
        report({ field: at, rule: 'pattern-never-matches', ...never });
        return undefined;
      }
      const chosen = new Set(request.eventTypes.map(eventTypeId));
      const further = taken.filter(each => !chosen.has(eventTypeId(each)));
      if (chosen.size === 0 || further.length === 0) return pattern;
      report({ field: at, rule: 'pattern-takes-more', ...takesMore(pattern, further) });
      return undefined;
    }
    report({
      field: request.pattern ? at : `${field}/eventTypes`,
      rule: 'pattern-never-matches',
      message: 'the pattern takes no event type of the event repository, so that it would never match',
      wayOut: 'Name source and detail-type of an event type as they are declared.',
    });
  } catch (error) {
    if (!(error instanceof InvalidEventPatternError)) throw error;
    report({
      field: fieldInPattern(at, error.path, request.pattern !== undefined),
      rule: 'invalid-pattern',
      message: error.message,
      wayOut: request.pattern ? undefined : 'Change the filter; what stands in it must be a valid event pattern.',
    });
  }
  return undefined;
}

/** A pattern that says nothing of source and detail-type takes the events of everybody, which hardly anybody means. */
function takesMore(pattern: JsonObject, further: readonly EventType[]) {
  const silent = ['source', 'detail-type'].filter(field => pattern[field] === undefined);
  const some = further.slice(0, 3).map(({ detailType }) => detailType);
  const rest = further.length > some.length ? ` and ${further.length - some.length} more` : '';
  return {
    message: `the pattern takes event types that are not chosen: ${some.join(', ')}${rest}${
      silent.length > 0 ? `; it names no ${silent.join(' and no ')}` : ''
    }`,
    wayOut:
      silent.length > 0
        ? 'Name source and detail-type in the pattern, as in {"source": ["com.example"], "detail-type": ["Order Placed"], …}.'
        : 'Narrow source and detail-type in the pattern, or choose these event types too.',
  };
}

/** A filter stands below `detail` in the pattern. */
function fieldInPattern(field: string, path: readonly (string | number)[], isWhole: boolean): string {
  if (isWhole) return field + pointer(...path);
  return path[0] === 'detail' ? field + pointer(...path.slice(1)) : field;
}

function checkChoice(drafting: Drafting, choice: EventTypeChoice, at: string, field: string): boolean {
  const { repository, report } = drafting;
  const known = eventTypesOf(repository);
  const id = eventTypeId(choice);
  const eventType = known.get(id);
  if (!eventType) {
    report({
      field: field + at,
      rule: 'unknown-event-type',
      message: `there is no event type ${JSON.stringify(id)}${didYouMean(id, known.keys())}`,
      wayOut: 'Choose one that is in the list: it may have been renamed or taken away since.',
    });
    return false;
  }
  if (eventType.lifecycle === 'retired') {
    const instead = eventType.deprecation?.replacement;
    report({
      field: field + at,
      rule: 'retired-event-type',
      message: `${id} is retired: nobody sends it any more`,
      wayOut: instead ? `Subscribe to ${eventTypeId(instead)} instead.` : 'Choose another event type.',
    });
    return false;
  }
  const majors = majorsOf(eventType);
  if (choice.major !== undefined && !majors.includes(choice.major)) {
    report({
      field: `${field}${at}/major`,
      rule: 'unknown-major',
      message: `${id} has no major ${choice.major}, so that the pattern would never match; it has ${majors.join(', ')}`,
      wayOut: `Choose ${majors.join(' or ')}.`,
    });
    return false;
  }
  return true;
}

/** Two services whose names meet would share the name of a rule, and one of them would be renamed under its feet. */
function checkRuleName({ repository, report }: Drafting, service: string, name: string, field: string): void {
  const ruleName = `${service}-${name}`;
  const other = repository.subscriptions.find(
    subscription => subscription.service !== service && ruleNameOf(subscription) === ruleName,
  );
  if (!other) return;
  report({
    field,
    rule: 'subscription-exists',
    message: `its rule would be called ${ruleName}, which is the rule of ${other.service}/${other.name}`,
    wayOut: 'Take another name.',
  });
}

/** Targets that EventBridge calls in another account, and in the bus's Region only ("cross-account targets"). */
const DIRECT_SERVICES = new Set(['sqs', 'sns', 'lambda', 'kinesis', 'execute-api']);

export function checkTarget(
  { repository, report }: Drafting,
  target: TargetRequest,
  service: Service,
  place: { readonly environment: string; readonly account: string; readonly region: string },
  field: string,
  path: 'subscriber-bus' | 'direct' = 'subscriber-bus',
): void {
  const problem = (message: string, wayOut: string) =>
    report({
      field: target.type === 'arn' ? `${field}/arn` : `${field}/name`,
      rule: 'invalid-target',
      message,
      wayOut,
    });
  if (target.type === 'lambda' && target.name.length > 64) {
    problem('names of Lambda functions have at most 64 characters', 'Take a shorter name.');
  }
  const central = repository.environments.find(({ name }) => name === place.environment)?.buses[0];
  if (path === 'direct' && central && central.region !== place.region) {
    report({
      field: field.replace(/\/target$/, '/path'),
      rule: 'invalid-target',
      message: `direct delivery stays in the bus's Region ${central.region}; ${service.name} runs in ${place.region}`,
      wayOut: 'Choose delivery by a subscriber bus.',
    });
  }
  if (path === 'direct' && target.type === 'step-functions' && central?.account !== place.account) {
    report({
      field: field.replace(/\/target$/, '/path'),
      rule: 'invalid-target',
      message: 'EventBridge cannot start a state machine of another account directly',
      wayOut: 'Choose delivery by a subscriber bus.',
    });
  }
  if (target.type !== 'arn') return;
  const arn = parseArn(target.arn);
  if (!arn) {
    problem(`${JSON.stringify(target.arn)} is no ARN`, 'Copy the ARN from the AWS console.');
    return;
  }
  const home = repository.accounts.find(({ name }) => name === place.account)?.id;
  const from = path === 'direct' ? repository.accounts.find(({ name }) => name === central?.account)?.id : home;
  const isElsewhere = arn.accountId !== '' && arn.accountId !== from;
  if (isElsewhere && arn.service !== 'events' && !DIRECT_SERVICES.has(arn.service)) {
    problem(
      `EventBridge cannot deliver to ${arn.service} in another account (${arn.accountId})`,
      'Choose a target in the account of the rule.',
    );
  }
  if (
    arn.region !== '' &&
    arn.service !== 'events' &&
    arn.region !== (path === 'direct' ? central?.region : place.region)
  ) {
    problem(
      `the target is in Region ${arn.region}, and EventBridge delivers within a Region only`,
      'Choose a target in the Region of the rule.',
    );
  }
}
