import { DescribeStacksCommand, type Stack as AwsStack } from '@aws-sdk/client-cloudformation';
import { listAll, mapBounded } from '@busline/aws-estate';
import { ENVIRONMENT_TAG, REPOSITORY_TAG, SERVICE_TAG, SIDE_TAG } from './changeSet';
import { checkAccount, places, type DeployOptions } from './deploy';
import { deleteStack } from './deployStack';
import { stateOf } from './stackState';

/** A stack of the event repository that stands on AWS, and that main no longer has. */
export interface Leftover {
  readonly name: string;
  readonly accountId: string;
  readonly region: string;
  readonly environment: string;
  readonly side: string;
  readonly service?: string;
}

export interface LeftoverSearch {
  /** Name of the event repository. */
  readonly repository: string;
  readonly environment?: string;
  /** Where to look. */
  readonly places: readonly { readonly accountId: string; readonly region: string }[];
  /** Names of the stacks that main has, or that it declares though its file lies in a repository that is not given. */
  readonly keep: ReadonlySet<string>;
}

const PLACES_AT_ONCE = 8;
/** What sends goes before what receives: until the end, no rule targets a bus that is gone. */
const ORDER = ['central', 'service', 'central-roles', 'platform'];

/**
 * Stacks that were deployed from this event repository and are no longer on main, in the order in which to delete them.
 * @throws AwsCallError
 */
export async function findLeftovers(search: LeftoverSearch, options: DeployOptions): Promise<readonly Leftover[]> {
  const placeOf = places(options);
  const found = await mapBounded(search.places, PLACES_AT_ONCE, async ({ accountId, region }) => {
    const place = placeOf(accountId, region);
    await checkAccount(place);
    const stacks = await listAll<AwsStack>(place.caller, 'cloudformation:DescribeStacks', async (NextToken, call) => {
      const page = await place.clients.cloudformation.send(new DescribeStacksCommand({ NextToken }), call);
      return { items: page.Stacks, next: page.NextToken };
    });
    return stacks.flatMap(stack => leftoverOf(stack, { accountId, region }, search) ?? []);
  });
  return found.flat().sort((a, b) => rank(a) - rank(b) || (a.name < b.name ? -1 : 1));
}

function leftoverOf(
  stack: AwsStack,
  place: { readonly accountId: string; readonly region: string },
  { repository, environment: only, keep }: LeftoverSearch,
): Leftover | undefined {
  const tag = (key: string) => stack.Tags?.find(({ Key }) => Key === key)?.Value;
  const environment = tag(ENVIRONMENT_TAG);
  const name = stack.StackName;
  if (name === undefined || environment === undefined || tag(REPOSITORY_TAG) !== repository) return undefined;
  if (keep.has(name) || (only !== undefined && environment !== only)) return undefined;
  if (stateOf(stack).kind === 'absent') return undefined;
  return { name, ...place, environment, side: tag(SIDE_TAG) ?? '', service: tag(SERVICE_TAG) };
}

function rank({ side, name }: Leftover): number {
  return ORDER.indexOf(side) - (name.includes('-alarms') ? 0.5 : 0);
}

/**
 * Deletes stacks, one after another, in the order given.
 * @throws StackFailedError, AwsCallError; those that came before are gone then
 */
export async function deleteLeftovers(leftovers: readonly Leftover[], options: DeployOptions): Promise<void> {
  const placeOf = places(options);
  const total = leftovers.length;
  for (const [done, { name, accountId, region }] of leftovers.entries()) {
    options.onProgress?.({ stack: name, accountId, region, step: 'deleting', done, total });
    await deleteStack(placeOf(accountId, region), name);
    options.onProgress?.({ stack: name, accountId, region, step: 'was deleted', done: done + 1, total });
  }
}
