import { randomUUID } from 'node:crypto';
import type { Environment } from '../environment';
import { optionalText } from '../input';
import { page } from '../paging';
import { AwsError, type JsonObject, type ServiceRequest } from '../service';
import type { Scope } from '../store/store';
import { allow, stackArn } from './authority';
import type { ChangeSets } from './changeSet';
import type { Deployer } from './deployer';
import { stackDoesNotExist, stackWithIdDoesNotExist } from './errors';
import type { Stack, Stacks, StackSettings } from './stack';
import type { StackEvents } from './stackEvents';

/** What every operation of CloudFormation is given. */
export interface CloudFormationContext {
  readonly environment: Environment;
  readonly stacks: Stacks;
  readonly events: StackEvents;
  readonly changeSets: ChangeSets;
  readonly deployer: Deployer;
}

export const scopeOf = ({ caller, region }: ServiceRequest): Scope => ({ account: caller.account, region });

/**
 * The stack that a request means, once the caller may do this to it.
 * @throws AwsError AccessDenied; ValidationError in one of AWS's two wordings
 */
export function stackFor(
  { environment, stacks }: CloudFormationContext,
  request: ServiceRequest,
  nameOrId: string,
  missing: 'Stack [x]' | 'Stack with id x' = 'Stack with id x',
  roleArn?: string,
): Stack {
  const scope = scopeOf(request);
  const stack = stacks.find(scope, nameOrId);
  allow(environment, request, stackArn(scope, nameOrId, stack), roleArn);
  if (stack) return stack;
  throw missing === 'Stack [x]' ? stackDoesNotExist(nameOrId) : stackWithIdDoesNotExist(nameOrId);
}

/** A stack before anything is done for it. */
export function newStack(
  { environment, stacks }: CloudFormationContext,
  request: ServiceRequest,
  name: string,
  settings: StackSettings,
  more: Partial<Stack> = {},
): Stack {
  const { account, region } = scopeOf(request);
  const present = [...stacks.all({ account, region }).values()].filter(({ status }) => status !== 'DELETE_COMPLETE');
  if (present.length >= environment.quotas.stacks) {
    throw new AwsError('LimitExceededException', `Limit for stack has been exceeded`);
  }
  return {
    id: `arn:aws:cloudformation:${region}:${account}:stack/${name}/${randomUUID()}`,
    name,
    account,
    region,
    status: 'CREATE_IN_PROGRESS',
    statusReason: 'User Initiated',
    created: environment.clock.now(),
    outputs: [],
    imports: [],
    onFailure: 'ROLLBACK',
    disableRollback: false,
    retainExceptOnCreate: false,
    terminationProtection: false,
    leftBehind: [],
    requestTokens: {},
    ...settings,
    ...more,
  };
}

/** One page, in the form in which CloudFormation's operations have it. */
export function pageFor<T>(input: JsonObject, items: readonly T[], keyOf: (item: T) => string, limit = 100) {
  return page(items, keyOf, { limit, token: optionalText(input, 'NextToken'), errorCode: 'ValidationError' });
}
