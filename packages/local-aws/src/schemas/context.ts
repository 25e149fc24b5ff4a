import { authorize } from '../authorize';
import type { Environment } from '../environment';
import { optionalNumber, optionalText } from '../input';
import { page, sortedBy, type Page } from '../paging';
import type { JsonObject, JsonValue, ServiceRequest } from '../service';
import type { Scope } from '../store/store';
import { badRequest, type SchemasState } from './state';
import type { Tags } from './types';

/** What every operation of Schemas is given. */
export interface SchemasContext {
  readonly environment: Environment;
  readonly state: SchemasState;
}

export const scopeOf = ({ caller, region }: ServiceRequest): Scope => ({
  account: caller.account,
  region,
});

/** @throws AwsError AccessDeniedException */
export function allow({ environment }: SchemasContext, request: ServiceRequest, resource: string): void {
  authorize(environment.authorizer, request.caller, {
    action: `schemas:${request.operation}`,
    resource,
    httpStatus: 403,
  });
}

const MAX_PAGE = 100;

/** @throws AwsError BadRequestException where Limit or NextToken is wrong */
export function pageBy<T>(items: Iterable<T>, keyOf: (item: T) => string, input: JsonObject): Page<T> {
  const limit = optionalNumber(input, 'Limit') ?? MAX_PAGE;
  if (!Number.isInteger(limit) || limit < 1 || limit > MAX_PAGE) {
    throw badRequest(`Limit must be a whole number from 1 to ${MAX_PAGE}.`);
  }
  return page(sortedBy(items, keyOf), keyOf, {
    limit,
    token: optionalText(input, 'NextToken'),
    errorCode: 'BadRequestException',
  });
}

const MAX_TAG_KEY = 128;
const MAX_TAG_VALUE = 256;

/** @throws AwsError BadRequestException where there are too many, or one is too long */
export function readTags({ environment }: SchemasContext, value: JsonValue | undefined, present: Tags = {}): Tags {
  const tags = { ...present, ...((value ?? {}) as Tags) };
  if (Object.keys(tags).length > environment.quotas.tagsPerResource) {
    throw badRequest(`A resource can have ${environment.quotas.tagsPerResource} tags.`);
  }
  for (const [key, text] of Object.entries(tags)) {
    if (key === '' || key.length > MAX_TAG_KEY || text.length > MAX_TAG_VALUE) {
      throw badRequest(`Tag ${key}: a key has 1 to ${MAX_TAG_KEY} characters, a value up to ${MAX_TAG_VALUE}.`);
    }
  }
  return tags;
}

export const isoTime = (milliseconds: number) => new Date(milliseconds).toISOString();
