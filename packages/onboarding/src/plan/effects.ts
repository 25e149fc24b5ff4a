import { type EventRepository, indexRepository, type Service } from '@busline/event-repository';
import {
  declaredResources,
  generatedStacks,
  type GeneratedStack,
  type Quotas,
  type Resource,
} from '@busline/infrastructure';
import { neighbourhood } from '../effects/neighbourhood';
import { comparePermissions } from '../effects/permissions';
import { quotaChanges } from '../effects/quotas';
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
  readonly stacksBefore: readonly GeneratedStack[];
  readonly stacksAfter: readonly GeneratedStack[];
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
  const stacksBefore = stacksIn(was, environments);
  const stacksAfter = stacksIn(is, environments);
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
      servicesIn: id => servicesIn(is, accounts.get(id)?.name, environments),
    }),
    statementsBefore: statementsBefore.length,
    statementsAfter: statementsAfter.length,
    quotas: environments.flatMap(environment =>
      quotaChanges({ whole: before, before: was, after: is, environment, limits }),
    ),
    stacksBefore: stacksBefore.filter(({ stack }) => ownerOf(stack) === service),
    stacksAfter: stacksAfter.filter(({ stack }) => ownerOf(stack) === service),
    othersChanged: othersChanged(stacksBefore, stacksAfter, service),
  };
}

function environmentsOf(subjects: readonly Service[]): readonly string[] {
  return [...new Set(subjects.flatMap(({ environments }) => environments.map(({ environment }) => environment)))];
}

function stacksIn(repository: EventRepository, environments: readonly string[]): readonly GeneratedStack[] {
  return environments.flatMap(environment => generatedStacks(repository, environment));
}

const ownerOf = ({ owner }: GeneratedStack['stack']) => ('service' in owner ? owner.service : undefined);

/** By logical side, account and Region: which stack holds a resource of this owner. */
function stackOf(resource: Resource, environment: string, stacks: readonly GeneratedStack[]): string | undefined {
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

function othersChanged(
  before: readonly GeneratedStack[],
  after: readonly GeneratedStack[],
  service: string,
): readonly string[] {
  const others = (stacks: readonly GeneratedStack[]) =>
    new Map(
      stacks.filter(({ stack }) => ownerOf(stack) !== service).map(({ stack, text }) => [stack.name, { stack, text }]),
    );
  const was = others(before);
  const is = others(after);
  const names = new Set([...was.keys(), ...is.keys()]);
  const changed = [...names].filter(name => was.get(name)?.text !== is.get(name)?.text);
  return [...new Set(changed.map(name => ownerOf((is.get(name) ?? was.get(name))!.stack) ?? 'platform'))].sort();
}
