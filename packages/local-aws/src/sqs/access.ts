import type { NamedPolicy } from '@busline/access-policy';
import type { Environment } from '../environment';
import { parsedPolicy } from '../iam/role';
import { AwsError, type Caller } from '../service';
import { queueDoesNotExist } from './errors';
import { parseQueueUrl, queuesOf, type Queue, type QueueAddress } from './queue';

/**
 * Actions that no queue policy opens to another account.
 * Source: "Limitations of Amazon SQS policies" in the Amazon SQS developer guide.
 */
const OWN_ACCOUNT_ONLY: ReadonlySet<string> = new Set([
  'AddPermission',
  'CreateQueue',
  'DeleteQueue',
  'ListQueues',
  'ListQueueTags',
  'RemovePermission',
  'SetQueueAttributes',
  'TagQueue',
  'UntagQueue',
]);

/** The queue's policy as the evaluation wants it. */
export function queuePolicy(queue: Queue): NamedPolicy | undefined {
  const text = queue.attributes.Policy;
  return text === undefined
    ? undefined
    : {
        name: `the policy of queue ${queue.name}`,
        document: parsedPolicy(text),
      };
}

/**
 * Finds the queue that a URL names and decides whether the caller may do the action to it.
 * @throws AwsError QueueDoesNotExist, AccessDeniedException
 */
export function openQueue(
  environment: Environment,
  request: { readonly caller: Caller; readonly region: string },
  url: string,
  action: string,
): Queue {
  const address = parseQueueUrl(url, request.region);
  const queue = address && queuesOf(environment.store, address).get(address.name);
  if (!queue) throw queueDoesNotExist();
  authorize(environment, request.caller, action, queue, queuePolicy(queue), queue.arn);
  return queue;
}

/**
 * @param resource - the queue's ARN, or what stands for queues that are not there yet
 * @throws AwsError AccessDeniedException with the statement that denies or the allow that is missing
 */
export function authorize(
  { authorizer }: Environment,
  caller: Caller,
  action: string,
  owner: Pick<QueueAddress, 'account'>,
  resourcePolicy: NamedPolicy | undefined,
  resource: string,
): void {
  const closed = OWN_ACCOUNT_ONLY.has(action) && caller.account !== owner.account;
  const { decision, because } = authorizer.decide({
    principal: caller.principal,
    action: `sqs:${action}`,
    resource,
    resourceAccount: owner.account,
    resourcePolicy: closed ? undefined : resourcePolicy,
  });
  if (decision === 'allow') return;
  throw new AwsError(
    'AccessDeniedException',
    `User: ${caller.arn} is not authorized to perform: sqs:${action.toLowerCase()} on resource: ${resource} ${because}`,
    { httpStatus: 403 },
  );
}

/** Stores a queue with changes, and the time of the change. */
export function saveQueue({ store, clock }: Environment, queue: Queue, changes: Partial<Queue>): void {
  queuesOf(store, queue).set(queue.name, {
    ...queue,
    modified: clock.now(),
    ...changes,
  });
}
