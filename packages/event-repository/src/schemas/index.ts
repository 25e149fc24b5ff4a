import type { JsonObject } from '../types';
import { accountsFileSchema } from './accounts';
import { buslineFileSchema } from './busline';
import { domainFileSchema } from './domain';
import { eventFileSchema } from './event';
import { serviceFileSchema } from './service';
import { subscriptionFileSchema } from './subscription';

/** The kinds of YAML files. */
export type YamlKind = 'busline' | 'accounts' | 'domain' | 'service' | 'event' | 'subscription';

/** The published JSON Schema of every YAML kind. The reader checks with these very values. */
export const FILE_SCHEMAS: Readonly<Record<YamlKind, JsonObject>> = {
  busline: buslineFileSchema,
  accounts: accountsFileSchema,
  domain: domainFileSchema,
  service: serviceFileSchema,
  event: eventFileSchema,
  subscription: subscriptionFileSchema,
};

export {
  accountsFileSchema,
  buslineFileSchema,
  domainFileSchema,
  eventFileSchema,
  serviceFileSchema,
  subscriptionFileSchema,
};
export { ACCOUNT_ID_PATTERN } from './accounts';
export { MAX_EVENT_NAME_CHARACTERS, SCHEMA_BASE_URL } from './shared';
