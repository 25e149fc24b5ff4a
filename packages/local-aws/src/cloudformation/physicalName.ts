import { randomId } from '../randomId';

const RANDOM_LENGTH = 12;

/**
 * A name as AWS makes one for a resource whose template gives none: `stack-LogicalId-RANDOM`, the stack's and then the
 * resource's part cut to fit.
 */
export function physicalName(stackName: string, logicalId: string, maxLength: number): string {
  const room = maxLength - RANDOM_LENGTH - 2;
  const logical = logicalId.slice(0, Math.max(room - stackName.length, Math.ceil(room / 2)));
  const stack = stackName.slice(0, room - logical.length);
  return `${stack}-${logical}-${randomId(RANDOM_LENGTH)}`;
}
