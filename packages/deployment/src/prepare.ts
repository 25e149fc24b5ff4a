import { isDeepStrictEqual } from 'node:util';
import { MAX_TEMPLATE_BYTES, rulesOfTemplate, templateText, type Stack } from '@busline/infrastructure';
import { additionsOf, createChangeSet, REPOSITORY_TAG, type ResourceChange } from './changeSet';
import type { MissingStack, PlannedStack } from './plan';
import { describeStack, settled, templateOf, type Place, type StackState } from './stackState';

/** What deploying a stack would do, found out without doing it. */
export type PreparedStack = { readonly planned: PlannedStack } & (
  | { readonly action: 'none' }
  | { readonly action: 'create'; readonly changes: readonly ResourceChange[] }
  /** What failed the first time is deleted and made again. */
  | { readonly action: 'recreate'; readonly status: string; readonly changes: readonly ResourceChange[] }
  | { readonly action: 'update'; readonly changes: readonly ResourceChange[]; readonly changeSetId: string }
  /** An update whose rollback failed is rolled back first; only then can its change set be made. */
  | { readonly action: 'recover'; readonly status: string }
  | { readonly action: 'wait'; readonly for: readonly MissingStack[] }
  | { readonly action: 'refuse'; readonly reason: string }
);

/** Looks at a stack on AWS. The only thing that is made is a change set, where the stack stands and would change. */
export async function prepareStack(
  planned: PlannedStack,
  placeOf: (accountId: string, region: string) => Place,
): Promise<PreparedStack> {
  const { stack } = planned;
  const refusal = refusalOf(stack);
  if (refusal) return { planned, action: 'refuse', reason: refusal };
  const missing = await stillMissing(planned.missing, placeOf);
  if (missing.length > 0) return { planned, action: 'wait', for: missing };
  const place = placeOf(stack.accountId, stack.region);
  const state = await settled(place, stack.name);
  const foreign = foreignOwner(state, stack);
  if (foreign) return { planned, action: 'refuse', reason: foreign };
  switch (state.kind) {
    case 'absent':
    case 'empty':
      return { planned, action: 'create', changes: additionsOf(stack) };
    case 'broken':
      return { planned, action: 'recreate', status: state.status, changes: additionsOf(stack) };
    case 'stuck':
      return { planned, action: 'recover', status: state.status };
    default:
      return prepareUpdate(planned, place);
  }
}

async function prepareUpdate(planned: PlannedStack, place: Place): Promise<PreparedStack> {
  const { stack } = planned;
  if (isDeepStrictEqual(await templateOf(place, stack.name), stack.template)) return { planned, action: 'none' };
  const changeSet = await createChangeSet(place, stack, 'UPDATE');
  if (!changeSet) return { planned, action: 'none' };
  return { planned, action: 'update', changes: changeSet.changes, changeSetId: changeSet.id };
}

function refusalOf(stack: Stack): string | undefined {
  const bytes = templateText(stack).length;
  if (bytes <= MAX_TEMPLATE_BYTES) return undefined;
  return (
    `the template of ${stack.name} has ${bytes} bytes, and CloudFormation takes ${MAX_TEMPLATE_BYTES}; ` +
    `split the service in two, or join subscriptions that differ in their pattern only`
  );
}

/** A stack of that name that somebody else made is left alone. */
function foreignOwner(state: StackState, stack: Stack): string | undefined {
  if (state.kind === 'absent') return undefined;
  const owner = state.stack.Tags?.find(tag => tag.Key === REPOSITORY_TAG)?.Value;
  if (owner === stack.repository || (owner === undefined && state.kind === 'empty')) return undefined;
  const whose = owner === undefined ? 'was not made by Busline' : `belongs to event repository ${owner}`;
  return `stack ${stack.name} in account ${stack.accountId} is there already and ${whose}`;
}

/** What is not in these files may have been deployed by another repository's own workflow. */
export async function stillMissing(
  missing: readonly MissingStack[],
  placeOf: (accountId: string, region: string) => Place,
): Promise<readonly MissingStack[]> {
  const left = await Promise.all(
    missing.map(async need => {
      if (need.reason === 'outdated') return [need];
      const place = placeOf(need.accountId, need.region);
      const state = await describeStack(place, need.stack);
      if (state.kind !== 'standing') return [need];
      if (need.rules.length === 0) return [];
      const rules = new Set(rulesOfTemplate((await templateOf(place, need.stack)) ?? {}));
      const absent = need.rules.filter(rule => !rules.has(rule));
      return absent.length > 0 ? [{ ...need, rules: absent }] : [];
    }),
  );
  return left.flat();
}
