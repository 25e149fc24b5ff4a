import type { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import { defaultQuotas, type Quotas } from '@busline/infrastructure';

/** Those that AWS raises on request; the others are what they are. */
const ADJUSTABLE = [
  'rulesPerBus',
  'targetsPerRule',
  'busPolicySize',
  'eventPatternSize',
  'eventBuses',
  'rolesPerAccount',
] as const satisfies readonly (keyof Quotas)[];

/** Reads `eventbridge.quotas`: AWS's defaults, and what AWS has raised. Throws `InputError` that names the key. */
export function readQuotas(root: Config): Quotas {
  const config = root.getOptionalConfig('eventbridge.quotas');
  if (!config) return defaultQuotas;
  const unknown = config.keys().filter(key => !ADJUSTABLE.some(known => known === key));
  if (unknown.length > 0) {
    throw new InputError(
      `eventbridge.quotas.${unknown[0]} is no quota that AWS raises; expected ${ADJUSTABLE.join(', ')}`,
    );
  }
  const raised = ADJUSTABLE.flatMap(key => {
    const limit = config.getOptionalNumber(key);
    if (limit === undefined) return [];
    if (!Number.isInteger(limit) || limit < 1) {
      throw new InputError(`eventbridge.quotas.${key} is ${limit}; expected a whole number above 0`);
    }
    return [[key, limit] as const];
  });
  return { ...defaultQuotas, ...Object.fromEntries(raised) };
}
