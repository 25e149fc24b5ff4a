import type { PolicyStatement } from '@busline/access-policy';
import type { EventRepository } from '@busline/event-repository';
import type { BusPlace, EnvironmentDeployment } from './deployments';
import type { PlannedHop } from './hops';
import { forwardStatement, publisherStatement } from './policies';

/** A bus with who may put events on it. */
export interface DeclaredBus {
  readonly place: BusPlace;
  readonly description?: string;
  readonly kmsKeyIdentifier?: string;
  /** The first service that has it as its subscriber bus; absent where the environment declares the bus. */
  readonly subscriberBusOf?: string;
  /** With the service for which each statement was written; absent for those that the environment adds. */
  readonly statements: readonly { readonly statement: PolicyStatement; readonly service?: string }[];
}

/** Every bus that the environment and its subscriptions need, with its policy, by ARN. */
export function declaredBuses(
  repository: EventRepository,
  deployment: EnvironmentDeployment,
  hops: readonly Pick<PlannedHop, 'deployment' | 'bus'>[],
): ReadonlyMap<string, DeclaredBus> {
  const buses = new Map<string, DeclaredBus>();
  for (const { declaration, place } of deployment.buses) {
    const { description, kmsKeyIdentifier, additionalPolicyStatements } = declaration;
    const statements = additionalPolicyStatements.map(statement => ({
      statement: statement as unknown as PolicyStatement,
    }));
    buses.set(place.arn, { place, description, kmsKeyIdentifier, statements });
  }
  const central = deployment.buses[0]?.place;
  if (central) addStatements(buses, central.arn, publisherStatements(repository, deployment, central));
  addSubscriberBuses(buses, hops);
  return buses;
}

/** One statement per service in another account and source. */
function publisherStatements(
  repository: EventRepository,
  deployment: EnvironmentDeployment,
  central: BusPlace,
): DeclaredBus['statements'] {
  return repository.services.flatMap(service => {
    const home = deployment.services.get(service.name);
    if (!home || home.accountId === central.accountId) return [];
    const bySource = new Map<string, string[]>();
    for (const { source, detailType } of service.publishes) {
      const detailTypes = bySource.get(source);
      if (detailTypes) detailTypes.push(detailType);
      else bySource.set(source, [detailType]);
    }
    return [...bySource].map(([source, detailTypes]) => ({
      service: service.name,
      statement: publisherStatement({
        busArn: central.arn,
        region: central.region,
        service: service.name,
        accountId: home.accountId,
        source,
        detailTypes,
      }),
    }));
  });
}

function addSubscriberBuses(
  buses: Map<string, DeclaredBus>,
  hops: readonly Pick<PlannedHop, 'deployment' | 'bus'>[],
): void {
  const joined = new Set<string>();
  for (const { deployment, bus } of hops) {
    const to = deployment.forwardsTo;
    if (!to || bus.arn === to.arn) continue;
    const pair = `${bus.arn} ${to.arn}`;
    if (joined.has(pair)) continue;
    joined.add(pair);
    const service = deployment.subscription.service;
    if (!buses.has(to.arn)) {
      const description = `Events of ${bus.name} for ${service}`;
      buses.set(to.arn, {
        place: deployment.home.subscriberBus,
        description,
        subscriberBusOf: service,
        statements: [],
      });
    }
    // Inside one account the role's own policy is enough.
    if (bus.accountId !== to.accountId) {
      addStatements(buses, to.arn, [{ service, statement: forwardStatement(to.arn, bus.arn, to.role.arn) }]);
    }
  }
}

function addStatements(buses: Map<string, DeclaredBus>, arn: string, statements: DeclaredBus['statements']): void {
  const bus = buses.get(arn);
  if (bus) buses.set(arn, { ...bus, statements: [...bus.statements, ...statements] });
}
