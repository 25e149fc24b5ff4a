import type { AwsError, JsonObject } from '../service';

export interface HttpRequest {
  readonly method: string;
  /** Path as sent, still percent-encoded, without the query. */
  readonly path: string;
  readonly query: URLSearchParams;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: Buffer;
}

export interface HttpResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Buffer;
}

export interface DecodedCall {
  readonly operation: string;
  readonly input: JsonObject;
}

/** How a service's calls and answers look on the wire. */
export interface Protocol {
  /** @throws AwsError when the request is not well formed or names no operation */
  decode(request: HttpRequest): DecodedCall;
  encode(operation: string, output: object, requestId: string): HttpResponse;
  encodeError(error: AwsError, requestId: string): HttpResponse;
  /** For a service that speaks several: the one of this request, where it is another than this. */
  forRequest?(request: HttpRequest): Protocol | undefined;
}
