import {
  didYouMean,
  indexRepository,
  type Publication,
  type Service,
  serviceFile,
  subscriptionFile,
} from '@busline/event-repository';
import type { OnboardRequest, ServiceChoice } from '../request/request';
import type { Drafting, DraftFiles } from './draft';
import { editYaml, type YamlEdit } from './editYaml';
import { NOWHERE, serviceText } from './newFiles';

/** Names listed in a message; whoever needs more looks into the file. */
const MAX_NAMES = 12;

/** Checks where the service is to run. Undefined where there is no such account. */
export function checkPlace(drafting: Drafting, request: OnboardRequest): void {
  const { repository, report } = drafting;
  const environment = repository.environments.find(({ name }) => name === request.environment);
  if (!environment) {
    const names = repository.environments.map(({ name }) => name);
    report({
      field: '/environment',
      rule: 'unknown-environment',
      message: `busline.yaml has no environment ${JSON.stringify(request.environment)}; it has ${names.join(', ')}`,
      wayOut: `Choose one of ${names.join(', ')}.`,
    });
  } else if (environment.buses.length === 0) {
    report({
      field: '/environment',
      rule: 'unknown-environment',
      message: `environment ${request.environment} has no bus`,
      wayOut: 'The platform team adds one to busline.yaml.',
    });
  }
  const account = indexRepository(repository).accounts.get(request.account);
  if (!account) {
    const fitting = repository.accounts.filter(({ environment: of }) => of === undefined || of === request.environment);
    const names = fitting.map(({ name }) => name);
    report({
      field: '/account',
      rule: 'unknown-account',
      message: `accounts.yaml has no account ${JSON.stringify(request.account)}${didYouMean(request.account, names)}`,
      wayOut: `Choose one of ${listed(names)}, or ask the platform team to add the account to accounts.yaml.`,
    });
  } else if (account.environment !== undefined && account.environment !== request.environment) {
    report({
      field: '/account',
      rule: 'account-mismatch',
      message: `account ${account.name} belongs to environment ${account.environment}, not to ${request.environment}`,
      wayOut: `Choose an account of ${request.environment}, or environment ${account.environment}.`,
    });
  }
}

/** The service as it is before the request; undefined, with problems, where the choice does not hold. */
export function chosenService(drafting: Drafting, request: OnboardRequest): Service | undefined {
  const { repository, report } = drafting;
  const { service: choice } = request;
  const { services } = indexRepository(repository);
  const existing = services.get(choice.name);
  if (choice.kind === 'new') {
    if (!existing) return newService(choice);
    report({
      field: '/service/name',
      rule: 'service-exists',
      message: `there is a service ${choice.name} already, owned by ${existing.owner}`,
      wayOut: 'Choose it as an existing service, or take another name.',
    });
    return undefined;
  }
  if (!existing) {
    report({
      field: '/service/name',
      rule: 'unknown-service',
      message: `no service is called ${JSON.stringify(choice.name)}${didYouMean(choice.name, services.keys())}`,
      wayOut: 'Choose a service of the event repository, or declare it as a new one.',
    });
    return undefined;
  }
  const there = existing.environments.find(({ environment }) => environment === request.environment);
  if (there && there.account !== request.account) {
    report({
      field: '/account',
      rule: 'account-mismatch',
      message: `${existing.name} runs in account ${there.account} in ${request.environment}, not in ${request.account}`,
      wayOut: `Choose ${there.account}. Moving a service to another account is a change of ${serviceFile(
        existing.name,
      )}.`,
    });
  }
  if (there && there.region !== request.region) {
    report({
      field: '/region',
      rule: 'account-mismatch',
      message: `${existing.name} runs in Region ${there.region} in ${request.environment}, not in ${request.region}`,
      wayOut: `Choose ${there.region}.`,
    });
  }
  return existing;
}

function newService(choice: Extract<ServiceChoice, { kind: 'new' }>): Service {
  const { kind: _, repository, ...service } = choice;
  return {
    ...service,
    // Two spellings of one repository would be two repositories.
    repository: repository.replace(/\/+$/, '').replace(/\.git$/, ''),
    environments: [],
    publishes: [],
    place: NOWHERE,
  };
}

/** The service's file with where it runs and what it publishes. Gives the service as it will be. */
export function draftService(
  drafting: Drafting,
  files: DraftFiles,
  before: Service,
  request: OnboardRequest,
  publishes: readonly Publication[],
): Service {
  const isThere = before.environments.some(({ environment }) => environment === request.environment);
  const place = { environment: request.environment, account: request.account, region: request.region };
  const after: Service = {
    ...before,
    environments: isThere ? before.environments : [...before.environments, place],
    publishes: [...before.publishes, ...publishes],
  };
  if (request.service.kind === 'new') {
    files.add(serviceFile(after.name), serviceText(drafting.repository, after), '/service');
    return after;
  }
  const edits: YamlEdit[] = [];
  if (!isThere) {
    const value = { account: place.account, region: place.region };
    edits.push({ kind: 'set', path: ['environments', place.environment], value });
  }
  for (const { source, detailType, majors } of publishes) {
    const value = { source, detailType, ...(majors.length > 0 ? { majors } : {}) };
    edits.push({ kind: 'append', path: ['publishes'], value });
  }
  if (edits.length > 0) editFile(drafting, files, before.place.file, edits, '/service');
  if (!isThere) keepOthersWhereTheyAre(drafting, files, before);
  return after;
}

/** Subscriptions that name no environment follow their service into a new one: those that nobody asked for stay. */
function keepOthersWhereTheyAre(drafting: Drafting, files: DraftFiles, before: Service): void {
  const environments = before.environments.map(({ environment }) => environment);
  if (environments.length === 0) return;
  for (const { name } of indexRepository(drafting.repository).subscriptions.get(before.name) ?? []) {
    const path = subscriptionFile(before.name, name);
    const text = files.files.get(path) ?? drafting.state.files.read(path);
    if (text === undefined || /^environments\s*:/m.test(text)) continue;
    editFile(drafting, files, path, [{ kind: 'set', path: ['environments'], value: environments }], '/environment');
  }
}

/** Changes a file that a person wrote; what cannot be changed is told. */
export function editFile(
  { state, report }: Drafting,
  files: DraftFiles,
  path: string,
  edits: readonly YamlEdit[],
  field: string,
): void {
  const text = files.files.get(path) ?? state.files.read(path);
  try {
    if (text === undefined) throw new Error('the file is gone');
    files.add(path, editYaml(text, edits), field);
  } catch (error) {
    report({
      field,
      rule: 'repository-problem',
      message: `${path} cannot be changed: ${error instanceof Error ? error.message : String(error)}`,
      wayOut: 'Repair the file on the main branch first.',
    });
  }
}

export function listed(names: readonly string[]): string {
  if (names.length <= MAX_NAMES) return names.join(', ');
  return `${names.slice(0, MAX_NAMES).join(', ')} and ${names.length - MAX_NAMES} more`;
}
