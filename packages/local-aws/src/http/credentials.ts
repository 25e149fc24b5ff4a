import { AwsError } from '../service';
import type { HttpRequest } from '../protocols/protocol';

/** What the signature of a request says; the signature itself is not checked, as there are no secrets here. */
export interface SignedScope {
  readonly accessKeyId: string;
  readonly region: string;
  readonly service: string;
  readonly sessionToken?: string;
}

const CREDENTIAL = /Credential=([^/,\s]+)\/\d{8}\/([^/,\s]+)\/([^/,\s]+)\/aws4_request/;
const PRESIGNED = /^([^/]+)\/\d{8}\/([^/]+)\/([^/]+)\/aws4_request$/;

/**
 * Reads the credential scope of a SigV4 request, from the header or from a presigned query.
 * @throws AwsError MissingAuthenticationToken where there is none
 */
export function readSignedScope(request: HttpRequest): SignedScope {
  const presigned = request.query.get('X-Amz-Credential');
  const match = presigned ? PRESIGNED.exec(presigned) : CREDENTIAL.exec(request.headers.authorization ?? '');
  if (!match) {
    throw new AwsError(
      'MissingAuthenticationToken',
      'Request is missing Authentication Token. Sign it with SigV4: the access key id is the 12-digit account, ' +
        'the secret can be anything.',
      { httpStatus: 403 },
    );
  }
  return {
    accessKeyId: match[1],
    region: match[2],
    service: match[3],
    sessionToken: request.headers['x-amz-security-token'] ?? request.query.get('X-Amz-Security-Token') ?? undefined,
  };
}
