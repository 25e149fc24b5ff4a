import type { EventRepository, JsonObject } from '@busline/event-repository';
import { declaredBuses } from './busPolicies';
import {
  deploymentsOf,
  type DeclaredOptions,
  type EnvironmentDeployment,
  type SubscriptionDeployment,
} from './deployments';
import type { BusState, Estate, RuleState, SubscriptionReference } from './estate';
import { planHops, workOut, type Hop, type PlannedHop } from './hops';
import { MAX_DESCRIPTION } from './names';
import { policyDocument } from './policies';

/**
 * What should stand on AWS in one environment: its buses with their policies, and the rules of every subscription
 * with their targets.
 *
 * @param environment - a name in busline.yaml; one that is not there gives an empty estate
 */
export function declaredEstate(
  repository: EventRepository,
  environment: string,
  options: DeclaredOptions = {},
): Estate {
  const { buses, hops } = planEstate(repository, environment, options);
  return { buses, rules: hops.map(plannedRule) };
}

/** An estate whose rules are worked out one by one: where there are very many, not all need be in memory at once. */
export interface PlannedEstate {
  readonly deployment: EnvironmentDeployment;
  readonly buses: readonly BusState[];
  /** In the order of `declaredEstate(…).rules`, which `plannedRule` makes of them. */
  readonly hops: readonly PlannedHop[];
}

/** The same as `declaredEstate`, with the rules still to be worked out. */
export function planEstate(
  repository: EventRepository,
  environment: string,
  options: DeclaredOptions = {},
): PlannedEstate {
  const deployment = deploymentsOf(repository, environment, options);
  const hops = planHops(deployment.subscriptions);
  const buses = [...declaredBuses(repository, deployment, hops).values()].map(
    ({ place, description, kmsKeyIdentifier, statements }): BusState => ({
      ...place,
      description,
      kmsKeyIdentifier,
      policy:
        statements.length > 0 ? (policyDocument(statements.map(s => s.statement)) as unknown as JsonObject) : undefined,
    }),
  );
  return { deployment, buses, hops };
}

/** The rule of a planned hop. */
export function plannedRule(hop: PlannedHop): RuleState {
  return ruleOf(workOut(hop));
}

/** The rule of one hop. */
export function ruleOf(hop: Hop): RuleState {
  const { subscription, ruleName } = hop.deployment;
  return {
    arn: hop.ruleArn,
    name: ruleName,
    busArn: hop.bus.arn,
    accountId: hop.bus.accountId,
    region: hop.bus.region,
    description: ruleDescription(subscription.description),
    pattern: hop.pattern,
    enabled: hop.enabled,
    targets: hop.targets.map(target => target.state),
    subscription: referenceTo(hop.deployment),
    sharedBy: hop.members.length > 1 ? hop.members.map(referenceTo) : undefined,
  };
}

function referenceTo({ subscription, environment }: SubscriptionDeployment): SubscriptionReference {
  return { service: subscription.service, name: subscription.name, environment };
}

function ruleDescription(description: string): string | undefined {
  const line = description.replace(/\s+/g, ' ').trim();
  if (line.length <= MAX_DESCRIPTION) return line || undefined;
  return `${line.slice(0, MAX_DESCRIPTION - 1)}…`;
}
