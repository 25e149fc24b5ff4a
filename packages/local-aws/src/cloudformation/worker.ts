import type { Environment } from '../environment';
import { AwsError, type Caller, type JsonObject, type Service } from '../service';
import type { Scope } from '../store/store';
import { fromService } from './failureReason';
import { physicalName } from './physicalName';
import { tagsFor } from './plan';
import type { HandlerContext, RecordKeeper } from './resources/handler';
import type { Stack } from './stack';

/** Does things to resources, one at a time in the whole server. */
export interface Worker {
  /**
   * Waits for its turn. Nothing that runs here waits for anything outside of the process: a resource's change and the
   * record of it are on disk together or not at all.
   */
  exclusively(task: () => Promise<void>): void;
  contextFor(stack: Stack, logicalId: string, caller: Caller, made: (physicalId: string) => void): HandlerContext;
}

/** @param services - by signing name */
export function createWorker(environment: Environment, services: ReadonlyMap<string, Service>): Worker {
  let tail: Promise<void> = Promise.resolve();

  /** One operation as the public API does it: input checked by the service's model, access decided by the caller. */
  async function call(
    stack: Stack,
    caller: Caller,
    serviceName: string,
    operation: string,
    given: JsonObject,
  ): Promise<JsonObject> {
    const service = services.get(serviceName);
    const operate = service?.operations.get(operation);
    if (!service || !operate) throw new Error(`There is no ${serviceName}:${operation}`);
    // Only what JSON keeps: a member that is undefined is left out, as it would be on the wire.
    const input = JSON.parse(JSON.stringify(given)) as JsonObject;
    try {
      service.check?.(operation, input);
      const request = {
        operation,
        input,
        caller,
        region: stack.region,
        requestId: stack.id,
        signal: new AbortController().signal,
      };
      return ((await operate(input, request)) ?? {}) as JsonObject;
    } catch (error) {
      throw fromService(serviceName, error);
    }
  }

  return {
    exclusively(task) {
      tail = tail.then(task).catch(error => environment.logError('A stack operation failed', error));
    },
    contextFor: (stack, logicalId, caller, made) => ({
      account: stack.account,
      region: stack.region,
      stackId: stack.id,
      stackName: stack.name,
      logicalId,
      call: (service, operation, input) => call(stack, caller, service, operation, input),
      generatedName: maxLength => physicalName(stack.name, logicalId, maxLength),
      made,
      tags: tagsFor(stack, logicalId),
      records: recordsIn(environment, stack),
    }),
  };
}

function recordsIn({ store }: Environment, scope: Scope): RecordKeeper {
  const of = (kind: string) => store.collection<JsonObject>(`cloudformation/recorded/${kind}`, scope);
  return {
    has: (kind, key) => of(kind).has(key),
    put: (kind, key, value) => of(kind).set(key, value),
    delete: (kind, key) => of(kind).delete(key),
  };
}

/** The error as AWS's, or a fault of this server as such. */
export function asAwsError(environment: Environment, error: unknown): AwsError {
  if (error instanceof AwsError) return error;
  environment.logError('A resource handler failed', error);
  return new AwsError('InternalFailure', (error as Error).message, { httpStatus: 500 });
}
