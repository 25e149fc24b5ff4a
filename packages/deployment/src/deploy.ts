import { GetCallerIdentityCommand } from '@aws-sdk/client-sts';
import {
  AwsCallError,
  createCaller,
  createCallLimits,
  mapBounded,
  type CallLimits,
  type ClientsFor,
} from '@busline/aws-estate';
import { deleteChangeSet } from './changeSet';
import { deployStack, StackFailedError } from './deployStack';
import type { DeploymentPlan } from './plan';
import { prepareStack, type PreparedStack } from './prepare';
import {
  waitingWords,
  type DeploymentProgress,
  type DeploymentReport,
  type HintFor,
  type StackOutcome,
} from './report';
import type { Place } from './stackState';

/** Stacks under way at once. CloudFormation's own rates are low, and a person follows along. */
const STACKS_AT_ONCE = 8;

export interface DeployOptions {
  readonly clientsFor: ClientsFor;
  readonly signal?: AbortSignal;
  readonly limits?: CallLimits;
  readonly onProgress?: (progress: DeploymentProgress) => void;
  /** What to do about something that is missing. */
  readonly hintFor?: HintFor;
}

/** A plan beside what stands on AWS. */
export interface PreparedDeployment {
  /** In the order of the plan. */
  readonly stacks: readonly PreparedStack[];
}

/**
 * Finds out what deploying would change, stack by stack, through change sets; nothing else is made. Waits for operations that
 * are under way.
 *
 * @throws AwsCallError where an account cannot be reached, or the credentials are another account's
 */
export async function prepareDeployment(plan: DeploymentPlan, options: DeployOptions): Promise<PreparedDeployment> {
  const placeOf = places(options);
  const accounts = new Map(plan.stacks.map(({ stack }) => [stack.accountId, stack]));
  await mapBounded([...accounts.values()], STACKS_AT_ONCE, ({ accountId, region }) =>
    checkAccount(placeOf(accountId, region)),
  );
  const tell = teller(options, plan.stacks.length);
  const stacks = await mapBounded(plan.stacks, STACKS_AT_ONCE, async planned => {
    tell(planned.stack, 'looking at what stands');
    return prepareStack(planned, placeOf);
  });
  return { stacks };
}

/** Takes back what preparing made: change sets that nobody executes. */
export async function discardDeployment(prepared: PreparedDeployment, options: DeployOptions): Promise<void> {
  const placeOf = places(options);
  await mapBounded(prepared.stacks, STACKS_AT_ONCE, async entry => {
    if (entry.action !== 'update') return;
    const { accountId, region } = entry.planned.stack;
    await deleteChangeSet(placeOf(accountId, region), entry.changeSetId);
  });
}

/**
 * Brings every stack where main has it. Each stack begins once those it needs stand; what does not need each other goes on side by
 * side, but for changes of one bus's policy, which EventBridge takes one at a time. A stack that fails or waits
 * stops those that need it, and no others. Doing it again goes on where it stopped.
 *
 * @throws AwsCallError only where it is cancelled; every other failure is in the report
 */
export async function executeDeployment(
  prepared: PreparedDeployment,
  options: DeployOptions,
): Promise<DeploymentReport> {
  const placeOf = places(options);
  const tell = teller(options, prepared.stacks.length);
  const slots = createSlots(STACKS_AT_ONCE);
  const turns = createTurns();
  const running = new Map<string, Promise<StackOutcome>>();
  const byName = new Map(prepared.stacks.map(entry => [entry.planned.stack.name, entry]));

  const execute = async (entry: PreparedStack): Promise<StackOutcome> => {
    const { planned } = entry;
    const { stack } = planned;
    for (const name of stack.dependsOn) {
      const before = byName.has(name) ? await run(name) : undefined;
      if (before && before.outcome !== 'deployed' && before.outcome !== 'unchanged') {
        return { planned, outcome: 'skipped', because: `stack ${name} ${wordsOf(before)}` };
      }
    }
    switch (entry.action) {
      case 'none':
        return { planned, outcome: 'unchanged' };
      case 'wait':
        return { planned, outcome: 'waiting', for: entry.for, words: waitingWords(entry.for, options.hintFor) };
      case 'refuse':
        return { planned, outcome: 'failed', reason: entry.reason, resources: [] };
      default: {
        const work = () =>
          slots(() => deployStack(entry, placeOf(stack.accountId, stack.region), step => tell(stack, step)));
        const changed = await turns(policiesChanged(entry), work);
        return changed
          ? { planned, outcome: 'deployed', created: entry.action === 'create' || entry.action === 'recreate' }
          : { planned, outcome: 'unchanged' };
      }
    }
  };
  const run = (name: string): Promise<StackOutcome> => {
    const known = running.get(name);
    if (known) return known;
    const entry = byName.get(name)!;
    const outcome = execute(entry)
      .catch(error => failed(entry, error, options.signal))
      .then(result => {
        tell(entry.planned.stack, wordsOf(result), true);
        return result;
      });
    running.set(name, outcome);
    return outcome;
  };
  // Each promise is awaited, so that a cancelled deployment has stopped everything when it says so.
  const settledAll = await Promise.allSettled(prepared.stacks.map(entry => run(entry.planned.stack.name)));
  const stacks = settledAll.map(result => {
    if (result.status === 'rejected') throw result.reason;
    return result.value;
  });
  return { stacks };
}

/**
 * Deploys a plan without asking.
 * @throws AwsCallError where an account cannot be reached or it is cancelled
 */
export async function deployStacks(plan: DeploymentPlan, options: DeployOptions): Promise<DeploymentReport> {
  return executeDeployment(await prepareDeployment(plan, options), options);
}

/** One caller for each account and Region. */
export function places(options: DeployOptions): (accountId: string, region: string) => Place {
  const limits = options.limits ?? createCallLimits();
  const known = new Map<string, Place>();
  return (accountId, region) => {
    const key = `${accountId} ${region}`;
    const place = known.get(key) ?? {
      caller: createCaller({ accountId, region, signal: options.signal }, limits),
      clients: options.clientsFor(accountId, region),
    };
    known.set(key, place);
    return place;
  };
}

/** Names are the same in every account: with the wrong credentials a stack would stand, whole, where nobody looks for it. */
export async function checkAccount({ caller, clients }: Place): Promise<void> {
  const { Account } = await caller.call('sts:GetCallerIdentity', options =>
    clients.sts.send(new GetCallerIdentityCommand({}), options),
  );
  if (Account === caller.accountId) return;
  const { accountId, region } = caller;
  throw new AwsCallError(
    { accountId, region, operation: 'GetCallerIdentity', action: 'sts:GetCallerIdentity' },
    'bad-credentials',
    `the credentials are those of account ${Account}; name the role to assume in each account`,
  );
}

function teller({ onProgress }: DeployOptions, total: number) {
  let done = 0;
  return (stack: { name: string; accountId: string; region: string }, step: string, isEnd: boolean = false) => {
    if (isEnd) done += 1;
    onProgress?.({ stack: stack.name, accountId: stack.accountId, region: stack.region, step, done, total });
  };
}

function failed({ planned }: PreparedStack, error: unknown, signal: AbortSignal | undefined): StackOutcome {
  if (signal?.aborted) throw error;
  const reason = error instanceof Error ? error.message : String(error);
  return { planned, outcome: 'failed', reason, resources: error instanceof StackFailedError ? error.resources : [] };
}

/** The end of a sentence that begins with the stack's name. */
export function wordsOf(outcome: StackOutcome): string {
  switch (outcome.outcome) {
    case 'unchanged':
      return 'is unchanged';
    case 'deployed':
      return outcome.created ? 'was made' : 'was updated';
    case 'waiting':
      return outcome.words;
    case 'failed':
      return `failed: ${outcome.reason}`;
    default:
      return `was skipped: ${outcome.because}`;
  }
}

/** The buses whose policies a stack's changes touch. */
function policiesChanged(entry: PreparedStack): readonly string[] {
  const { accountId, region, template } = entry.planned.stack;
  if (!('changes' in entry) || !entry.changes.some(change => change.type === 'AWS::Events::EventBusPolicy')) return [];
  const resources = Object.values(
    template.Resources as Readonly<Record<string, { Type?: string; Properties?: { EventBusName?: string } }>>,
  );
  const buses = resources
    .filter(({ Type }) => Type === 'AWS::Events::EventBusPolicy')
    .map(({ Properties }) => `${accountId} ${region} ${Properties?.EventBusName}`);
  // A stack may only take its last statement away: then its template no longer says from which bus.
  return [...new Set(buses.length > 0 ? buses : [`${accountId} ${region}`])].sort();
}

/** Work that shares a key goes one after another, in the order in which it was asked for. */
function createTurns() {
  const last = new Map<string, Promise<unknown>>();
  return <T>(keys: readonly string[], work: () => Promise<T>): Promise<T> => {
    const before = Promise.allSettled(keys.map(key => last.get(key)));
    const mine = keys.length > 0 ? before.then(work) : work();
    for (const key of keys) last.set(key, mine);
    return mine;
  };
}

function createSlots(count: number) {
  let free = count;
  const queue: (() => void)[] = [];
  return async <T>(work: () => Promise<T>): Promise<T> => {
    if (free > 0) free -= 1;
    else await new Promise<void>(resolve => queue.push(resolve));
    try {
      return await work();
    } finally {
      const next = queue.shift();
      if (next) next();
      else free += 1;
    }
  };
}
