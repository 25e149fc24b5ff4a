import type { Principal } from '@busline/access-policy';
import type { Protocol } from './protocols/protocol';

export type JsonValue = null | boolean | number | string | readonly JsonValue[] | JsonObject;
export interface JsonObject {
  readonly [key: string]: JsonValue | undefined;
}

/** Who signed the request. */
export interface Caller {
  readonly account: string;
  /** As GetCallerIdentity prints it: `arn:aws:iam::111122223333:root` or an assumed-role ARN. */
  readonly arn: string;
  readonly userId: string;
  readonly principal: Principal;
}

export interface ServiceRequest {
  readonly operation: string;
  /** The decoded input; for JSON protocols as it came over the wire, after the model check. */
  readonly input: JsonObject;
  readonly caller: Caller;
  readonly region: string;
  readonly requestId: string;
  /** Aborted when the client goes away or the server closes; long polls must heed it. */
  readonly signal: AbortSignal;
}

/**
 * One operation. The output is a plain object in the service's wire names; `undefined` members are left out.
 * Dates go out in the form the protocol wants: epoch seconds for JSON, ISO text for query.
 */
export type Operation = (input: JsonObject, request: ServiceRequest) => object | void | Promise<object | void>;

/** One AWS service behind the endpoint. It is found by the signing name in the request's credential scope. */
export interface Service {
  /** `events`, `sqs`, `iam`, `sts`, `schemas`, `monitoring` */
  readonly signingName: string;
  readonly protocol: Protocol;
  /** Null-prototype or Map-like lookups only: an operation called `__proto__` must not be found. */
  readonly operations: ReadonlyMap<string, Operation>;
  /**
   * Throws an AwsError where the input is not what the service model asks for. Runs before the operation
   * and after the request rate was taken.
   */
  readonly check?: (operation: string, input: JsonObject) => void;
  /** Starts what runs by itself (timers, deliveries that the last run left). Called once the port answers. */
  readonly start?: () => void;
  readonly close?: () => void | Promise<void>;
}

/** An error that goes out in the protocol's own form. */
export class AwsError extends Error {
  readonly code: string;
  readonly httpStatus: number;
  /** Further members of the error's shape. */
  readonly details: JsonObject;

  /**
   * @param code - as SDK clients see it in `error.name`: `ResourceNotFoundException`
   */
  constructor(code: string, message: string, options: { httpStatus?: number; details?: JsonObject } = {}) {
    super(message);
    this.name = 'AwsError';
    this.code = code;
    this.httpStatus = options.httpStatus ?? 400;
    this.details = options.details ?? {};
  }
}
