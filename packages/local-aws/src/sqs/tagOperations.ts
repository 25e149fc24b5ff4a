import type { Environment } from '../environment';
import type { JsonObject, Operation, ServiceRequest } from '../service';
import { openQueue, saveQueue } from './access';

type TextMap = Readonly<Record<string, string>>;

export function tagOperations(environment: Environment): ReadonlyMap<string, Operation> {
  const open = (input: JsonObject, request: ServiceRequest) =>
    openQueue(environment, request, String(input.QueueUrl), request.operation);

  return new Map<string, Operation>([
    [
      'TagQueue',
      (input, request) => {
        const queue = open(input, request);
        saveQueue(environment, queue, {
          tags: { ...queue.tags, ...(input.Tags as TextMap) },
        });
      },
    ],
    [
      'UntagQueue',
      (input, request) => {
        const queue = open(input, request);
        const gone = new Set(input.TagKeys as readonly string[]);
        saveQueue(environment, queue, {
          tags: Object.fromEntries(Object.entries(queue.tags).filter(([key]) => !gone.has(key))),
        });
      },
    ],
    [
      'ListQueueTags',
      (input, request) => {
        const { tags } = open(input, request);
        return Object.keys(tags).length > 0 ? { Tags: tags } : {};
      },
    ],
  ]);
}
