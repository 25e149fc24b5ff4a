import { ForgeError } from '../errors';

/** The error of a forge that the work ends in. Anything else fails the test. */
export async function failure(work: Promise<unknown>): Promise<ForgeError> {
  const error = await work.then(
    value => new Error(`Expected a failure, got ${JSON.stringify(value)}`),
    reason => reason,
  );
  if (!(error instanceof ForgeError)) throw error;
  return error;
}
