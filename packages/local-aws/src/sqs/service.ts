import type { Environment, QueueSink } from '../environment';
import { queryCompatible, validateInput } from '../models';
import { awsJson } from '../protocols/awsJson';
import type { Service } from '../service';
import { messageOperations } from './messageOperations';
import { createMessages } from './messages';
import { permissionOperations } from './permissionOperations';
import { queueOperations } from './queueOperations';
import { createQueueSink } from './sink';
import { tagOperations } from './tagOperations';

/**
 * SQS: standard and FIFO queues, with dead-letter queues, as EventBridge's targets and dead-letter queues need them.
 *
 * Other than on AWS, a message is never received twice by chance, order is kept on standard queues too, changes hold at
 * once, and a queue may be purged or created again without a minute's wait.
 */
export function createSqs(environment: Environment): {
  readonly service: Service;
  readonly queueSink: QueueSink;
} {
  const messages = createMessages(environment.store, environment.clock);
  return {
    service: {
      signingName: 'sqs',
      protocol: queryCompatible(awsJson('1.0', 'AmazonSQS'), 'sqs'),
      operations: new Map([
        ...queueOperations(environment, messages),
        ...permissionOperations(environment),
        ...tagOperations(environment),
        ...messageOperations(environment, messages),
      ]),
      check: (operation, input) => validateInput('sqs', operation, input),
    },
    queueSink: createQueueSink(environment, messages),
  };
}
