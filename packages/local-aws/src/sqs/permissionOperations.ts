import type { PolicyDocument, PolicyStatement } from '@busline/access-policy';
import type { Environment } from '../environment';
import type { JsonObject, Operation, ServiceRequest } from '../service';
import { openQueue, saveQueue } from './access';
import { changeAttributes } from './attributes';
import { invalidValueOf } from './errors';
import type { Queue } from './queue';

/** AddPermission and RemovePermission: single statements of the queue's policy, found by their Sid. */
export function permissionOperations(environment: Environment): ReadonlyMap<string, Operation> {
  const open = (input: JsonObject, request: ServiceRequest) =>
    openQueue(environment, request, String(input.QueueUrl), request.operation);

  function addPermission(input: JsonObject, request: ServiceRequest) {
    const queue = open(input, request);
    const document = policyOf(queue);
    const label = String(input.Label);
    if (statementsOf(document).some(({ Sid }) => Sid === label)) {
      throw invalidValueOf(label, 'Label', 'Already exists.');
    }
    const statement: PolicyStatement = {
      Sid: label,
      Effect: 'Allow',
      Principal: {
        AWS: (input.AWSAccountIds as readonly string[]).map(account => `arn:aws:iam::${account}:root`),
      },
      Action: (input.Actions as readonly string[]).map(action => `SQS:${action}`),
      Resource: queue.arn,
    };
    setPolicy(queue, document, [...statementsOf(document), statement]);
  }

  function removePermission(input: JsonObject, request: ServiceRequest) {
    const queue = open(input, request);
    const document = policyOf(queue);
    const label = String(input.Label);
    const left = statementsOf(document).filter(({ Sid }) => Sid !== label);
    if (left.length === statementsOf(document).length) {
      throw invalidValueOf(label, 'Label', "can't find label on existing policy.");
    }
    setPolicy(queue, document, left);
  }

  function setPolicy(queue: Queue, document: PolicyDocument, statements: readonly PolicyStatement[]): void {
    const text = JSON.stringify({ ...document, Statement: statements });
    saveQueue(environment, queue, {
      attributes: changeAttributes(queue.attributes, { Policy: statements.length > 0 ? text : '' }, false),
    });
  }

  return new Map<string, Operation>([
    ['AddPermission', addPermission],
    ['RemovePermission', removePermission],
  ]);
}

function policyOf(queue: Queue): PolicyDocument {
  const text = queue.attributes.Policy;
  return text === undefined
    ? {
        Version: '2012-10-17',
        Id: `${queue.arn}/SQSDefaultPolicy`,
        Statement: [],
      }
    : (JSON.parse(text) as PolicyDocument);
}

function statementsOf(document: PolicyDocument): readonly PolicyStatement[] {
  return [document.Statement].flat() as readonly PolicyStatement[];
}
