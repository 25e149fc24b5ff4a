import type { EventRepository } from '@busline/event-repository';
import { NAME_HASH_LENGTH, shortHash } from '../hash';
import type { Stack, StackFile, StackOwner } from './stack';

/** CloudFormation's limit on the name of a stack: https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_CreateStack.html */
const MAX_STACK_NAME = 128;
const STACK_NAME = /^[A-Za-z][A-Za-z0-9-]*$/;

/** Of the event repository: generated templates, a folder for each environment. */
export const STACKS_FOLDER = 'stacks';
/** Of a service's repository. */
export const SERVICE_STACKS_FOLDER = 'busline/stacks';
const PLATFORM_FILE = 'platform';

/** Alarms of a stack whose template has no room for them. */
export const ALARMS_PART = 'alarms';

/**
 * `busline-prod-central-delivery-service`; with a hash where the name would be too long, or could be read as
 * that of another environment, service, side or part.
 */
export function stackName(environment: string, owner: StackOwner, part?: string): string {
  const readable = ['busline', environment, ...sideOf(owner), ...(part === undefined ? [] : [part])].join('-');
  const service = 'service' in owner ? owner.service : '';
  const isPlain =
    (part === undefined || part === ALARMS_PART) &&
    !environment.includes('-') &&
    !/^platform$|^central-|^roles-|-alarms$/.test(service) &&
    STACK_NAME.test(readable) &&
    readable.length <= MAX_STACK_NAME;
  if (isPlain) return readable;
  const clean = readable.replace(/[^A-Za-z0-9-]/g, '-').slice(0, MAX_STACK_NAME - NAME_HASH_LENGTH - 1);
  return `${clean}-${shortHash([environment, owner.side, service, part ?? ''])}`;
}

function sideOf(owner: StackOwner): readonly string[] {
  switch (owner.side) {
    case 'platform':
      return ['platform'];
    case 'central':
      return ['central', owner.service];
    case 'central-roles':
      return ['roles', owner.service];
    default:
      return [owner.service];
  }
}

/**
 * Where a stack's file lies. What stands in a service's account lies in the service's repository; without one, it lies
 * in the event repository.
 */
export function stackFile(
  repository: EventRepository,
  stack: Pick<Stack, 'environment' | 'owner' | 'part'>,
): StackFile {
  const { environment, owner, part } = stack;
  const suffix = part === undefined ? '' : `@${part}`;
  const inEvents = (name: string): StackFile => ({
    repository: 'events',
    path: `${STACKS_FOLDER}/${environment}/${name}${suffix}.yaml`,
  });
  if (owner.side === 'platform') return inEvents(PLATFORM_FILE);
  // A service of that name must not take the platform's file; `@` is in no name of a service.
  const name = owner.service === PLATFORM_FILE ? `${owner.service}@service` : owner.service;
  if (owner.side === 'central') return inEvents(name);
  if (owner.side === 'central-roles') return inEvents(`${name}@roles`);
  const url = repository.services.find(service => service.name === owner.service)?.repository;
  if (url === undefined) return inEvents(`${name}@account`);
  const isShared = repository.services.some(other => other.name !== owner.service && other.repository === url);
  const folder = isShared ? `${SERVICE_STACKS_FOLDER}/${owner.service}` : SERVICE_STACKS_FOLDER;
  return { repository: 'service', path: `${folder}/${environment}${suffix}.yaml` };
}

/** Whether a path of the event repository, or of a service's, is one where stacks lie. */
export function isStackPath(role: StackFile['repository'], path: string): boolean {
  const folder = role === 'events' ? STACKS_FOLDER : SERVICE_STACKS_FOLDER;
  return path.startsWith(`${folder}/`) && path.endsWith('.yaml');
}
