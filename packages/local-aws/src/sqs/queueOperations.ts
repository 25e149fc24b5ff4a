import type { Environment } from '../environment';
import { AwsError, type JsonObject, type Operation, type ServiceRequest } from '../service';
import { authorize, openQueue, saveQueue } from './access';
import {
  allowsRedriveFrom,
  attributeOf,
  changeAttributes,
  checkAttributeNames,
  readAttributes,
  redrivePolicyOf,
} from './attributes';
import { invalidParameter, invalidValueOf, queueDoesNotExist } from './errors';
import type { Messages } from './messages';
import { isFifo, parseQueueArn, queueArn, queuesOf, queueUrl, type Queue } from './queue';

const QUEUE_NAME = /^[A-Za-z0-9_-]{1,80}$/;
const FIFO_NAME = /^[A-Za-z0-9_-]{1,75}\.fifo$/;
const MAX_PAGE = 1000;

type TextMap = Readonly<Record<string, string>>;

/** Operations on queues: what the SQS API reference lists, without those on messages. */
export function queueOperations(environment: Environment, messages: Messages): ReadonlyMap<string, Operation> {
  const { store, clock } = environment;

  const scopeOf = ({ caller, region }: ServiceRequest) => ({
    account: caller.account,
    region,
  });

  const open = (input: JsonObject, request: ServiceRequest) =>
    openQueue(environment, request, String(input.QueueUrl), request.operation);

  function createQueue(input: JsonObject, request: ServiceRequest) {
    const name = String(input.QueueName);
    const scope = scopeOf(request);
    const arn = queueArn(scope, name);
    authorize(environment, request.caller, 'CreateQueue', scope, undefined, arn);
    const wanted = (input.Attributes ?? {}) as TextMap;
    checkName(name, wanted.FifoQueue === 'true');
    const attributes = changeAttributes({}, wanted, true);
    const existing = queuesOf(store, scope).get(name);
    if (existing) {
      checkSame(existing, wanted);
    } else {
      const now = clock.now();
      const queue: Queue = {
        ...scope,
        name,
        arn,
        created: now,
        modified: now,
        attributes,
        tags: (input.tags ?? {}) as TextMap,
      };
      checkRedrive(queue);
      queuesOf(store, scope).set(name, queue);
    }
    return { QueueUrl: queueUrl(environment.endpoint(), { ...scope, name }) };
  }

  /** @throws AwsError where the dead-letter queue is missing, elsewhere, of the other type, or does not allow it */
  function checkRedrive(queue: Queue): void {
    const redrive = redrivePolicyOf(queue);
    if (!redrive) return;
    const address = parseQueueArn(redrive.deadLetterTargetArn);
    const deadLetters = address && queuesOf(store, address).get(address.name);
    const refuse = (reason: string) => invalidValueOf(queue.attributes.RedrivePolicy, 'RedrivePolicy', reason);
    if (!deadLetters) throw refuse('Dead letter target does not exist.');
    if (deadLetters.account !== queue.account || deadLetters.region !== queue.region) {
      throw refuse('Dead letter target owner and Region must be those of the source.');
    }
    if (isFifo(deadLetters) !== isFifo(queue)) {
      throw refuse('Dead-letter queue must be same type of queue as the source.');
    }
    if (!allowsRedriveFrom(deadLetters, queue.arn)) {
      throw refuse('Dead letter target does not allow this source queue.');
    }
  }

  function deleteQueue(input: JsonObject, request: ServiceRequest) {
    const queue = open(input, request);
    messages.purge(queue);
    queuesOf(store, queue).delete(queue.name);
  }

  function getQueueUrl(input: JsonObject, request: ServiceRequest) {
    const account = String(input.QueueOwnerAWSAccountId ?? request.caller.account);
    const address = {
      account,
      region: request.region,
      name: String(input.QueueName),
    };
    const url = queueUrl(environment.endpoint(), address);
    if (!queuesOf(store, address).has(address.name)) throw queueDoesNotExist();
    openQueue(environment, request, url, request.operation);
    return { QueueUrl: url };
  }

  function listQueues(input: JsonObject, request: ServiceRequest) {
    const scope = scopeOf(request);
    authorize(environment, request.caller, 'ListQueues', scope, undefined, queueArn(scope, '*'));
    const prefix = String(input.QueueNamePrefix ?? '');
    const names = [...queuesOf(store, scope).keys()].filter(name => name.startsWith(prefix)).sort();
    const { page, next } = pageOf(names, input);
    return {
      QueueUrls: page.length > 0 ? page.map(name => queueUrl(environment.endpoint(), { ...scope, name })) : undefined,
      NextToken: next,
    };
  }

  function listDeadLetterSourceQueues(input: JsonObject, request: ServiceRequest) {
    const queue = open(input, request);
    const names = [...queuesOf(store, queue).values()]
      .filter(other => redrivePolicyOf(other)?.deadLetterTargetArn === queue.arn)
      .map(other => other.name)
      .sort();
    const { page, next } = pageOf(names, input);
    return {
      queueUrls: page.map(name => queueUrl(environment.endpoint(), { ...queue, name })),
      NextToken: next,
    };
  }

  function getQueueAttributes(input: JsonObject, request: ServiceRequest) {
    const queue = open(input, request);
    const names = (input.AttributeNames ?? []) as readonly string[];
    checkAttributeNames(names);
    const attributes = readAttributes(queue, names, () => messages.counts(queue));
    return Object.keys(attributes).length > 0 ? { Attributes: attributes } : {};
  }

  function setQueueAttributes(input: JsonObject, request: ServiceRequest) {
    const queue = open(input, request);
    const attributes = changeAttributes(queue.attributes, input.Attributes as TextMap, false);
    if (Object.hasOwn(input.Attributes as TextMap, 'RedrivePolicy')) {
      checkRedrive({ ...queue, attributes });
    }
    saveQueue(environment, queue, { attributes });
  }

  return new Map<string, Operation>([
    ['CreateQueue', createQueue],
    ['DeleteQueue', deleteQueue],
    ['GetQueueUrl', getQueueUrl],
    ['ListQueues', listQueues],
    ['ListDeadLetterSourceQueues', listDeadLetterSourceQueues],
    ['GetQueueAttributes', getQueueAttributes],
    ['SetQueueAttributes', setQueueAttributes],
    ['PurgeQueue', (input, request) => messages.purge(open(input, request))],
  ]);
}

function checkName(name: string, fifo: boolean): void {
  if (fifo && !FIFO_NAME.test(name)) {
    throw invalidParameter(
      'The name of a FIFO queue can only include alphanumeric characters, hyphens, or underscores, must end with .fifo suffix and be 1 to 80 in length.',
    );
  }
  if (!fifo && !QUEUE_NAME.test(name)) {
    throw invalidParameter('Can only include alphanumeric characters, hyphens, or underscores. 1 to 80 in length');
  }
}

/** Creating a queue again is fine as long as nothing that is named differs. */
function checkSame(existing: Queue, wanted: TextMap): void {
  for (const [name, value] of Object.entries(wanted)) {
    if (attributeOf(existing, name) !== value) {
      throw new AwsError(
        'QueueNameExists',
        `A queue already exists with the same name and a different value for attribute ${name}`,
      );
    }
  }
}

function pageOf(
  names: readonly string[],
  input: JsonObject,
): { readonly page: readonly string[]; readonly next?: string } {
  const { NextToken: token, MaxResults: max } = input;
  if (token && !max) {
    throw invalidParameter('MaxResults must be set to use NextToken.');
  }
  const size = Number(max ?? MAX_PAGE);
  if (size < 1 || size > MAX_PAGE) {
    throw invalidValueOf(size, 'MaxResults', 'Must be between 1 and 1000, if provided.');
  }
  const after = token ? Buffer.from(String(token), 'base64url').toString('utf8') : '';
  const rest = names.filter(name => name > after);
  const page = rest.slice(0, size);
  // Without MaxResults, AWS gives the first 1,000 and no token.
  const more = max !== undefined && max !== null && rest.length > size;
  return {
    page,
    next: more ? Buffer.from(page[page.length - 1]).toString('base64url') : undefined,
  };
}
