import { sourcesAndDetailTypes } from '@busline/event-pattern';
import {
  type DeliverySettings,
  type EventRepository,
  type EventType,
  eventTypeId,
  type JsonObject,
  type Service,
  type Subscription,
  type TargetDeclaration,
  UNKNOWN_OWNER,
} from '@busline/event-repository';
import type { BusState, Estate, RuleState, TargetState } from '@busline/infrastructure';
import { NOWHERE, plainName, repositoryWith, unknownAccount, unknownEventType } from './declarations';

/*
 * A bus that was built by hand becomes declarations that ask for exactly what
 * is there: every rule a subscription with its own name, targets by ARN, the
 * policy's statements as they are. Who owns what cannot be seen from outside,
 * so a rule belongs to a service named after the account of its targets, and
 * every owner is unknown.
 */

export interface DeclaredBus {
  readonly repository: EventRepository;
  /** What is on the bus but cannot be declared, and why. */
  readonly notes: readonly string[];
}

/** EventBridge's defaults for a target without a retry policy, and no dead-letter queue. */
const BARE_DELIVERY: DeliverySettings = {
  maximumEventAgeSeconds: 86400,
  maximumRetryAttempts: 185,
  deadLetterQueue: false,
};

/** Declares a bus of an estate. @throws Error when the estate has no such bus */
export function repositoryOfBus(estate: Estate, busName: string, environment: string): DeclaredBus {
  const bus = estate.buses.find(({ name }) => name === busName);
  if (!bus) throw new Error(`There is no event bus ${busName}`);
  const notes: string[] = [];
  const rules = estate.rules
    .filter(rule => rule.busArn === bus.arn && isDeclarable(rule, notes))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
  const accountIds = accountsOf(bus, rules);
  const services = servicesOf(rules, bus, environment);
  const repository = repositoryWith({
    name: plainName(busName),
    description: `Imported from event bus ${busName} of account ${bus.accountId} in ${bus.region}.`,
    environments: [{ name: environment, buses: [busDeclaration(bus)] }],
    accounts: accountIds.map(id => unknownAccount(id)),
    services,
    eventTypes: eventTypesOf(rules),
    subscriptions: subscriptionsOf(rules, bus, environment),
  });
  return { repository, notes };
}

function isDeclarable(rule: RuleState, notes: string[]): boolean {
  if (rule.managedBy !== undefined) {
    notes.push(`rule ${rule.name} is managed by ${rule.managedBy} and is left to it`);
    return false;
  }
  if (rule.pattern === undefined) {
    notes.push(`rule ${rule.name} runs on a schedule, which is no subscription`);
    return false;
  }
  if (rule.schedule !== undefined) {
    notes.push(`rule ${rule.name} also runs on a schedule, which is not declared`);
  }
  return true;
}

function busDeclaration(bus: BusState) {
  const statements = bus.policy?.Statement;
  return {
    name: bus.name,
    account: unknownAccount(bus.accountId).name,
    region: bus.region,
    description: bus.description || undefined,
    additionalPolicyStatements: (Array.isArray(statements)
      ? statements
      : [statements].filter(statement => statement !== undefined)) as readonly JsonObject[],
    kmsKeyIdentifier: bus.kmsKeyIdentifier || undefined,
  };
}

const accountInArn = (arn: string): string | undefined => /^arn:[^:]*:[^:]*:[^:]*:(\d{12}):/.exec(arn)?.[1];

/** The account whose service a rule is for: that of its targets, if they have one in common. */
function homeOf(rule: RuleState, bus: BusState): string {
  const accounts = new Set(rule.targets.map(({ arn }) => accountInArn(arn) ?? bus.accountId));
  return accounts.size === 1 ? [...accounts][0] : bus.accountId;
}

const serviceName = (accountId: string) => `unknown-${accountId}`;

/** Every account that the bus, its rules or its policy name. */
function accountsOf(bus: BusState, rules: readonly RuleState[]): readonly string[] {
  const ids = new Set([bus.accountId]);
  for (const { targets } of rules) {
    for (const { arn } of targets) {
      const id = accountInArn(arn);
      if (id !== undefined) ids.add(id);
    }
  }
  const principals = JSON.stringify(principalsIn(bus.policy));
  for (const [, id] of principals.matchAll(/(?<![0-9])(\d{12})(?![0-9])/g)) ids.add(id);
  return [...ids].sort();
}

function principalsIn(policy: JsonObject | undefined): readonly unknown[] {
  const statements = policy?.Statement;
  const list = (Array.isArray(statements) ? statements : [statements]) as readonly (JsonObject | undefined)[];
  return list.map(statement => statement?.Principal ?? null);
}

function servicesOf(rules: readonly RuleState[], bus: BusState, environment: string): readonly Service[] {
  const homes = new Set(rules.map(rule => homeOf(rule, bus)));
  return [...homes].sort().map(accountId => ({
    name: serviceName(accountId),
    title: `Unknown, account ${accountId}`,
    description: `Receives what rules on ${bus.name} send to account ${accountId}. Nobody has said yet which service that is.`,
    owner: UNKNOWN_OWNER,
    environments: [
      {
        environment,
        account: unknownAccount(accountId).name,
        region: bus.region,
      },
    ],
    publishes: [],
    place: NOWHERE,
  }));
}

/** Event types that patterns name exactly; no more can be seen of them. */
function eventTypesOf(rules: readonly RuleState[]): readonly EventType[] {
  const types = new Map<string, EventType>();
  for (const { pattern } of rules) {
    for (const { source, detailType } of namesIn(pattern)) {
      if (source.kind !== 'exact' || detailType.kind !== 'exact') continue;
      if (source.value === '' || source.value.startsWith('aws.') || detailType.value === '') continue;
      const type = unknownEventType(source.value, detailType.value);
      types.set(eventTypeId(type), type);
    }
  }
  return [...types].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, type]) => type);
}

function namesIn(pattern: JsonObject | undefined) {
  try {
    return pattern === undefined ? [] : sourcesAndDetailTypes(pattern);
  } catch {
    return [];
  }
}

function subscriptionsOf(rules: readonly RuleState[], bus: BusState, environment: string): readonly Subscription[] {
  const used = new Set<string>();
  return rules.map(rule => {
    const service = serviceName(homeOf(rule, bus));
    const name = uniqueName(plainName(rule.name), service, used);
    const targets = rule.targets.map(target => ({
      target,
      delivery: deliveryOf(target),
    }));
    const delivery = targets[0]?.delivery ?? BARE_DELIVERY;
    return {
      name,
      service,
      description: rule.description ?? '',
      environments: [environment],
      bus: bus.name,
      pattern: rule.pattern ?? {},
      targets: targets.map(each => targetDeclaration(each.target, each.delivery, delivery)),
      path: 'direct',
      delivery,
      enabled: rule.enabled,
      rule: rule.name,
      place: NOWHERE,
    };
  });
}

/** Rule names that differ in upper and lower case only would be one file on some machines. */
function uniqueName(name: string, service: string, used: Set<string>): string {
  const key = (candidate: string) => `${service}/${candidate}`.toLowerCase();
  let unique = name;
  for (let n = 2; used.has(key(unique)); n += 1) unique = `${name}-${n}`;
  used.add(key(unique));
  return unique;
}

function deliveryOf(target: TargetState): DeliverySettings {
  return {
    maximumEventAgeSeconds: target.maximumEventAgeSeconds ?? BARE_DELIVERY.maximumEventAgeSeconds,
    maximumRetryAttempts: target.maximumRetryAttempts ?? BARE_DELIVERY.maximumRetryAttempts,
    deadLetterQueue: target.deadLetterArn ?? false,
  };
}

function targetDeclaration(
  { id, arn, roleArn, input, inputPath, inputTransformer, parameters }: TargetState,
  delivery: DeliverySettings,
  ofSubscription: DeliverySettings,
): TargetDeclaration {
  const differs = JSON.stringify(delivery) !== JSON.stringify(ofSubscription);
  return {
    type: 'arn',
    arn,
    id,
    roleArn,
    input,
    inputPath,
    inputTransformer,
    parameters,
    ...(differs && { delivery }),
  };
}
