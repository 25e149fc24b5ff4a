import { randomUUID } from 'node:crypto';
import { AwsError } from '../service';

/** Services as AWS's handlers print them. */
const SERVICE_NAMES: Readonly<Record<string, string>> = {
  events: 'EventBridge',
  iam: 'Iam',
  monitoring: 'CloudWatch',
  sqs: 'Sqs',
};

/** The same error, marked with the service that it came from. */
export function fromService(service: string, error: unknown): unknown {
  if (!(error instanceof AwsError)) return error;
  return new AwsError(error.code, error.message, { httpStatus: error.httpStatus, details: { service } });
}

/**
 * Why a resource failed, as AWS's resource handlers say it: the service's own message, and what kind of error it is.
 */
export function handlerFailure(error: AwsError): string {
  const { service } = error.details;
  const said =
    typeof service === 'string'
      ? `${error.message} (Service: ${SERVICE_NAMES[service] ?? service}, Status Code: ${error.httpStatus}, ` +
        `Request ID: ${randomUUID()})`
      : error.message;
  return `Resource handler returned message: "${said}" (RequestToken: ${randomUUID()}, HandlerErrorCode: ${codeOf(
    error,
  )})`;
}

/** Source: "Handler error codes" in the CloudFormation CLI user guide. */
function codeOf({ code }: AwsError): string {
  if (/^AccessDenied/.test(code)) return 'AccessDenied';
  if (/AlreadyExists|NameExists/.test(code)) return 'AlreadyExists';
  if (/NotFound|NoSuchEntity|DoesNotExist/.test(code)) return 'NotFound';
  if (/LimitExceeded|LengthExceeded/.test(code)) return 'ServiceLimitExceeded';
  if (/Validation|Invalid|Malformed|Missing/.test(code)) return 'InvalidRequest';
  return 'GeneralServiceException';
}
