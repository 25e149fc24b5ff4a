import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import {
  DeleteRuleCommand,
  DescribeEventBusCommand,
  DescribeRuleCommand,
  DisableRuleCommand,
  ListTargetsByRuleCommand,
  PutPermissionCommand,
  PutRuleCommand,
  PutTargetsCommand,
  RemoveTargetsCommand,
} from '@aws-sdk/client-eventbridge';
import type { PolicyDocument } from '@busline/access-policy';
import type { AwsClients, ClientsFor } from '@busline/aws-estate';
import type { EventRepository, JsonObject } from '@busline/event-repository';
import { accountArn, declaredEstate, queueArn, type BusState, type RuleState } from '@busline/infrastructure';

/** What somebody did by hand, as it happens in every company. `subscription` is `<service>/<name>`. */
export type Drift =
  | { readonly kind: 'disabled rule'; readonly subscription: string }
  | { readonly kind: 'changed pattern'; readonly subscription: string; readonly pattern: JsonObject }
  | { readonly kind: 'deleted rule'; readonly subscription: string }
  | { readonly kind: 'undeclared rule'; readonly rule: string; readonly pattern: JsonObject; readonly queue: string }
  | {
      readonly kind: 'undeclared statement';
      readonly statementId: string;
      readonly accountId: string;
      readonly source: string;
    };

/** Of `examples/key-suite`, in its first environment. The README tells of each. */
export const KEY_SUITE_DRIFTS: readonly Drift[] = [
  { kind: 'disabled rule', subscription: 'notification-service/battery-low' },
  {
    kind: 'changed pattern',
    subscription: 'entry-log/proof-captured',
    // Declared are only proofs whose object key follows the convention.
    pattern: { source: ['com.key.deliveries'], 'detail-type': ['Proof Of Delivery Captured'] },
  },
  { kind: 'deleted rule', subscription: 'support-desk/urgent-tickets' },
  {
    kind: 'undeclared rule',
    rule: 'debug-payments-tmp',
    pattern: { source: ['com.key.billing'] },
    queue: 'debug-payments-tmp',
  },
  {
    kind: 'undeclared statement',
    statementId: 'AllowContractorTesting',
    accountId: '123123123123',
    source: 'com.key.devices',
  },
];

const DONE = 'drifts.json';

/**
 * Does by hand what was not declared, once in the life of a state: what people merge and deploy afterwards stays as they have it.
 */
export async function applyDriftsOnce(options: {
  readonly repository: EventRepository;
  readonly drifts: readonly Drift[];
  readonly clientsFor: ClientsFor;
  readonly stateDir: string;
  readonly onProgress: (message: string) => void;
}): Promise<void> {
  const { repository, drifts, clientsFor, stateDir, onProgress } = options;
  const done = path.join(stateDir, DONE);
  if (existsSync(done)) return;
  for (const drift of await applyDrifts(repository, drifts, clientsFor)) {
    onProgress(`No ${drift.kind}: ${JSON.stringify(drift)} finds no rule of its own in ${repository.name}`);
  }
  await writeFile(done, JSON.stringify(drifts));
}

/**
 * Does by hand what was not declared. Doing it twice changes nothing.
 * @returns the drifts that could not be made, because the repository has no such subscription
 */
async function applyDrifts(
  repository: EventRepository,
  drifts: readonly Drift[],
  clientsFor: ClientsFor,
): Promise<readonly Drift[]> {
  const [environment] = repository.environments;
  if (!environment) return drifts;
  const { buses, rules } = declaredEstate(repository, environment.name);
  const central = buses[0];
  if (!central) return drifts;
  const { events } = clientsFor(central.accountId, central.region);
  const left: Drift[] = [];
  for (const drift of drifts) {
    if (!('subscription' in drift)) {
      if (drift.kind === 'undeclared rule') await addRule(events, central, drift);
      else await addStatement(events, central, drift);
      continue;
    }
    // The rule that is the subscription's own, not one that it shares.
    const rule = rules.find(
      r => `${r.subscription?.service}/${r.subscription?.name}` === drift.subscription && !r.sharedBy,
    );
    if (rule) await changeRule(clientsFor(rule.accountId, rule.region).events, busOf(buses, rule), rule, drift);
    else left.push(drift);
  }
  return left;
}

function busOf(buses: readonly BusState[], rule: RuleState): string {
  return buses.find(bus => bus.arn === rule.busArn)!.name;
}

type Events = AwsClients['events'];

async function changeRule(
  events: Events,
  EventBusName: string,
  rule: RuleState,
  drift: Extract<Drift, { readonly subscription: string }>,
): Promise<void> {
  const at = { EventBusName, Name: rule.name };
  if (drift.kind === 'disabled rule') {
    await events.send(new DisableRuleCommand(at));
  } else if (drift.kind === 'changed pattern') {
    await events.send(
      new PutRuleCommand({ ...at, Description: rule.description, EventPattern: JSON.stringify(drift.pattern) }),
    );
  } else {
    await deleteRule(events, at);
  }
}

async function deleteRule(events: Events, at: { readonly EventBusName: string; readonly Name: string }): Promise<void> {
  const exists = await events.send(new DescribeRuleCommand(at)).catch(error => {
    if ((error as Error).name === 'ResourceNotFoundException') return undefined;
    throw error;
  });
  if (!exists) return;
  const target = { EventBusName: at.EventBusName, Rule: at.Name };
  const { Targets = [] } = await events.send(new ListTargetsByRuleCommand(target));
  if (Targets.length > 0) await events.send(new RemoveTargetsCommand({ ...target, Ids: Targets.map(t => t.Id!) }));
  await events.send(new DeleteRuleCommand(at));
}

async function addRule(
  events: Events,
  bus: BusState,
  drift: Extract<Drift, { kind: 'undeclared rule' }>,
): Promise<void> {
  const at = { EventBusName: bus.name };
  await events.send(new PutRuleCommand({ ...at, Name: drift.rule, EventPattern: JSON.stringify(drift.pattern) }));
  // Nobody made the queue: an undeclared rule often outlives what it was for.
  const Arn = queueArn(bus.accountId, bus.region, drift.queue);
  await events.send(new PutTargetsCommand({ ...at, Rule: drift.rule, Targets: [{ Id: '1', Arn }] }));
}

async function addStatement(
  events: Events,
  bus: BusState,
  drift: Extract<Drift, { kind: 'undeclared statement' }>,
): Promise<void> {
  const { Policy } = await events.send(new DescribeEventBusCommand({ Name: bus.name }));
  const present = Policy ? (JSON.parse(Policy) as { Statement: { Sid?: string }[] }).Statement : [];
  if (present.some(statement => statement.Sid === drift.statementId)) return;
  const statement: PolicyDocument['Statement'] = {
    Sid: drift.statementId,
    Effect: 'Allow',
    Principal: { AWS: accountArn(drift.accountId, bus.region) },
    Action: 'events:PutEvents',
    Resource: bus.arn,
    Condition: { StringEquals: { 'events:source': drift.source } },
  };
  await events.send(
    new PutPermissionCommand({
      EventBusName: bus.name,
      Policy: JSON.stringify({ Version: '2012-10-17', Statement: [...present, statement] }),
    }),
  );
}
