import {
  DescribeEventBusCommand,
  ListEventBusesCommand,
  ListRulesCommand,
  ListTargetsByRuleCommand,
  type Rule,
} from '@aws-sdk/client-eventbridge';
import type { JsonObject } from '@busline/event-repository';
import type { BusState, Estate, RuleState } from '@busline/infrastructure';
import {
  createCallLimits,
  createCaller,
  listAll,
  mapBounded,
  type CallCounts,
  type Caller,
  type CallLimits,
} from './calls';
import type { AwsClients } from './clients';
import { AwsCallError } from './errors';
import { targetState } from './targetState';

/** AWS's largest page. */
const PAGE = 100;
/** Calls of one account at once: its rate is spaced anyway, and every other account wants its turn. */
const AT_ONCE = 4;

export interface ReadProgress {
  readonly accountId: string;
  readonly region: string;
  readonly buses: number;
  readonly rules: number;
  /** Rules whose targets were read. */
  readonly rulesRead: number;
}

export interface ReadEstateOptions {
  readonly clients: Pick<AwsClients, 'events'>;
  /** 12 digits. */
  readonly accountId: string;
  readonly region: string;
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: ReadProgress) => void;
  /** Shared among all reads of a process; of its own if left out. */
  readonly limits?: CallLimits;
  /** Filled with the calls that went out, so that they are known of a read that fails as well. */
  readonly counts?: Map<string, number>;
}

/** One account in one Region, read to the end. */
export interface EstateSnapshot {
  readonly accountId: string;
  readonly region: string;
  readonly estate: Estate;
  readonly calls: CallCounts;
}

/**
 * Reads every bus, policy, rule and target of one account in one Region. It is read as a whole or not at all.
 * @throws AwsCallError with account, Region, operation and the reason in words
 */
export async function readEstate(options: ReadEstateOptions): Promise<EstateSnapshot> {
  // The first failure ends the calls that are under way beside it.
  const stop = new AbortController();
  const signal = options.signal ? AbortSignal.any([options.signal, stop.signal]) : stop.signal;
  const { accountId, region } = options;
  const caller = createCaller({ accountId, region, signal }, options.limits ?? createCallLimits(), options.counts);
  try {
    const estate = await readWhole(caller, options);
    return { accountId, region, estate, calls: caller.counts() };
  } finally {
    stop.abort();
  }
}

async function readWhole(caller: Caller, options: ReadEstateOptions): Promise<Estate> {
  const { accountId, region } = options;
  const { events } = options.clients;
  const buses = await readBuses(caller, events);
  const rules = (await mapBounded(buses, AT_ONCE, bus => readRules(caller, events, bus))).flat();
  let rulesRead = 0;
  const report = () => options.onProgress?.({ accountId, region, buses: buses.length, rules: rules.length, rulesRead });
  report();
  const withTargets = await mapBounded(rules, AT_ONCE, async rule => {
    const targets = await readTargets(caller, events, rule);
    rulesRead += 1;
    report();
    return targets && { ...rule, targets };
  });
  return { buses, rules: withTargets.filter(rule => rule !== undefined) };
}

/** What was deleted between being listed and being read is not there. */
async function unlessGone<T>(read: Promise<T>): Promise<T | undefined> {
  try {
    return await read;
  } catch (error) {
    if (error instanceof AwsCallError && error.code === 'ResourceNotFoundException') return undefined;
    throw error;
  }
}

async function readBuses(caller: Caller, events: AwsClients['events']): Promise<readonly BusState[]> {
  const listed = await listAll(caller, 'events:ListEventBuses', async (NextToken, options) => {
    const page = await events.send(new ListEventBusesCommand({ NextToken, Limit: PAGE }), options);
    return { items: page.EventBuses, next: page.NextToken };
  });
  const buses = await mapBounded(listed, AT_ONCE, async ({ Name }): Promise<BusState | undefined> => {
    const bus = await unlessGone(
      caller.call('events:DescribeEventBus', options => events.send(new DescribeEventBusCommand({ Name }), options)),
    );
    return (
      bus && {
        arn: bus.Arn!,
        name: bus.Name!,
        accountId: caller.accountId,
        region: caller.region,
        description: bus.Description,
        policy: bus.Policy ? parse(caller, 'DescribeEventBus', `the policy of bus ${bus.Name}`, bus.Policy) : undefined,
        kmsKeyIdentifier: bus.KmsKeyIdentifier,
      }
    );
  });
  return buses.filter(bus => bus !== undefined);
}

async function readRules(caller: Caller, events: AwsClients['events'], bus: BusState): Promise<readonly RuleState[]> {
  const listed = listAll(caller, 'events:ListRules', async (NextToken, options) => {
    const page = await events.send(new ListRulesCommand({ EventBusName: bus.name, NextToken, Limit: PAGE }), options);
    return { items: page.Rules, next: page.NextToken };
  });
  const rules = await unlessGone(listed);
  return (rules ?? []).map(rule => ruleState(caller, bus, rule));
}

function ruleState(caller: Caller, bus: BusState, rule: Rule): RuleState {
  return {
    arn: rule.Arn!,
    name: rule.Name!,
    busArn: bus.arn,
    accountId: caller.accountId,
    region: caller.region,
    description: rule.Description,
    pattern: rule.EventPattern
      ? parse(caller, 'ListRules', `the pattern of rule ${rule.Name}`, rule.EventPattern)
      : undefined,
    schedule: rule.ScheduleExpression,
    // There is a second way to be enabled: with all of CloudTrail's management events.
    enabled: rule.State !== 'DISABLED',
    managedBy: rule.ManagedBy,
    targets: [],
  };
}

async function readTargets(caller: Caller, events: AwsClients['events'], rule: RuleState) {
  const bus = rule.busArn.slice(rule.busArn.indexOf('event-bus/') + 'event-bus/'.length);
  const listed = listAll(caller, 'events:ListTargetsByRule', async (NextToken, options) => {
    const page = await events.send(
      new ListTargetsByRuleCommand({ Rule: rule.name, EventBusName: bus, NextToken, Limit: PAGE }),
      options,
    );
    return { items: page.Targets, next: page.NextToken };
  });
  return (await unlessGone(listed))?.map(targetState);
}

function parse(caller: Caller, operation: string, what: string, text: string): JsonObject {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as JsonObject;
  } catch {
    // Told below, with what it was that could not be read.
  }
  const { accountId, region } = caller;
  const place = { accountId, region, operation, action: `events:${operation}` };
  throw new AwsCallError(place, 'unexpected', `${operation} gave ${what} as something that is no JSON object`);
}
