import type { Protocol } from '../protocols/protocol';
import { serviceModel, type ServiceName } from './serviceModels';

/** Codes of errors that stand in no model. */
const QUERY_CODES: ReadonlyMap<string, string> = new Map([
  ['AccessDeniedException', 'AccessDenied'],
  ['UnknownOperationException', 'InvalidAction'],
]);

/**
 * Services that once spoke the query protocol repeat an error's old code in a header, and SDK clients of such services
 * look there first: `x-amzn-query-error: AWS.SimpleQueueService.NonExistentQueue;Sender`.
 */
export function queryCompatible(protocol: Protocol, service: ServiceName): Protocol {
  const { errors } = serviceModel(service);
  return {
    ...protocol,
    encodeError(error, requestId) {
      const response = protocol.encodeError(error, requestId);
      const model = errors.get(error.code);
      const status = model?.httpStatus ?? response.status;
      const code = model?.queryCode ?? QUERY_CODES.get(error.code) ?? error.code;
      return {
        ...response,
        status,
        headers: {
          ...response.headers,
          'x-amzn-query-error': `${code};${status < 500 ? 'Sender' : 'Receiver'}`,
        },
      };
    },
  };
}
