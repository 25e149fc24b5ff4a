import { type EventRepository, indexRepository, type Service } from '@busline/event-repository';
import {
  declaredResources,
  type Quotas,
  type Resource,
  type Stack,
  type StackFile,
  stackFile,
  stacksOf,
} from '@busline/infrastructure';
import { neighbourhood } from '../effects/neighbourhood';
import { comparePermissions } from '../effects/permissions';
import { quotaChanges } from '../effects/quotas';
import { stackQuotaChanges } from '../effects/stackQuotas';
import { accountChanges, compareResources, type ComparedResource, type PlacedResource } from '../effects/resources';
import { statementsOfResource } from '../effects/statements';
import type { AccountChange, Permission, QuotaChange } from './plan';

/** What a change of the declarations changes on AWS. */
export interface Effects {
  readonly environments: readonly string[];
  readonly compared: readonly ComparedResource[];
  readonly accounts: readonly AccountChange[];
  readonly permissions: readonly Permission[];
  /** Number of statements that were compared. */
  readonly statementsBefore: number;
  readonly statementsAfter: number;
  readonly quotas: readonly QuotaChange[];
  readonly stacksBefore: readonly PlacedStack[];
  readonly stacksAfter: readonly PlacedStack[];
  /** Services beside the subject of which a stack would change. */
  readonly othersChanged: readonly string[];
}

const NO_EFFECTS: Effects = {
  environments: [],
  compared: [],
  accounts: [],
  permissions: [],
  statementsBefore: 0,
  statementsAfter: 0,
  quotas: [],
  stacksBefore: [],
  stacksAfter: [],
  othersChanged: [],
};

/** @param service - the one of which declarations change; without one nothing changes on AWS */
export function effectsOf(
  before: EventRepository,
  after: EventRepository,
  service: string | undefined,
  limits: Partial<Quotas>,
): Effects {
  if (service === undefined) return NO_EFFECTS;
  const subjects = [before, after].flatMap(repository => indexRepository(repository).services.get(service) ?? []);
  const environments = environmentsOf(subjects);
  const was = neighbourhood(before, subjects);
  const is = neighbourhood(after, subjects);
  const placed = (repository: EventRepository): readonly PlacedResource[] =>
    environments.flatMap(environment =>
      declaredResources(repository, environment).map(resource => ({ environment, resource })),
    );
  const resourcesBefore = placed(was);
  const resourcesAfter = placed(is);
  const compared = compareResources(resourcesBefore, resourcesAfter);
  const stacksBefore = stacksIn(was, environments, service);
  const stacksAfter = stacksIn(is, environments, service);
  const statementsBefore = resourcesBefore.flatMap(({ resource }) => statementsOfResource(resource));
  const statementsAfter = resourcesAfter.flatMap(({ resource }) => statementsOfResource(resource));
  const accounts = new Map(after.accounts.map(account => [account.id, account]));
  return {
    environments,
    compared,
    accounts: accountChanges(
      compared,
      { nameOf: id => accounts.get(id)?.name, ownerOf: id => accounts.get(id)?.owner },
      (resource, environment) => stackOf(resource, environment, [...stacksAfter, ...stacksBefore]),
    ),
    permissions: comparePermissions(statementsBefore, statementsAfter, {
      accountName: id => accounts.get(id)?.name,
      servicesIn: id => servicesIn(after, accounts.get(id)?.name, environments),
    }),
    statementsBefore: statementsBefore.length,
    statementsAfter: statementsAfter.length,
    quotas: [
      ...environments.flatMap(environment =>
        quotaChanges({ whole: before, before: was, after: is, environment, limits }),
      ),
      ...stackQuotaChanges(stacksBefore, stacksAfter, limits),
    ],
    stacksBefore,
    stacksAfter,
    othersChanged: othersChanged(compared, service),
  };
}

function environmentsOf(subjects: readonly Service[]): readonly string[] {
  return [...new Set(subjects.flatMap(({ environments }) => environments.map(({ environment }) => environment)))];
}

/** A stack of the service with where its file lies. */
export interface PlacedStack extends StackFile {
  readonly stack: Stack;
}

function stacksIn(
  repository: EventRepository,
  environments: readonly string[],
  service: string,
): readonly PlacedStack[] {
  return environments.flatMap(environment =>
    stacksOf(repository, environment, { services: [service] }).map(stack => ({
      ...stackFile(repository, stack),
      stack,
    })),
  );
}

const ownerOf = ({ owner }: Stack) => ('service' in owner ? owner.service : undefined);

/** By logical side, account and Region: which stack holds a resource of this owner. */
function stackOf(resource: Resource, environment: string, stacks: readonly PlacedStack[]): string | undefined {
  if (resource.kind === 'function' || resource.kind === 'state-machine') return undefined;
  const { owner, accountId, region } = resource;
  return stacks.find(
    ({ stack }) =>
      stack.environment === environment &&
      stack.accountId === accountId &&
      stack.region === region &&
      stack.owner.side === owner.side &&
      (owner.side === 'platform' || ownerOf(stack) === owner.service),
  )?.stack.name;
}

function servicesIn(
  repository: EventRepository,
  account: string | undefined,
  environments: readonly string[],
): readonly string[] {
  return repository.services
    .filter(service =>
      service.environments.some(each => each.account === account && environments.includes(each.environment)),
    )
    .map(({ name }) => name);
}

/** Services of the neighbourhood of which a resource changes with the subject's; `platform` for what belongs to nobody. */
function othersChanged(compared: readonly ComparedResource[], service: string): readonly string[] {
  const owners = compared.map(({ before, after }) => {
    const { owner } = (after ?? before)!;
    return owner.side === 'platform' ? 'platform' : owner.service;
  });
  return [...new Set(owners)].filter(owner => owner !== service).sort();
}
