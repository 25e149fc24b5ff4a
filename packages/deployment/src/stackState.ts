import { DescribeStacksCommand, GetTemplateCommand, type Stack as AwsStack } from '@aws-sdk/client-cloudformation';
import { AwsCallError, wait, type AwsClients, type Caller } from '@busline/aws-estate';
import { parseYaml, type JsonObject } from '@busline/event-repository';

/** One account in one Region, with the calls to it. */
export interface Place {
  readonly caller: Caller;
  readonly clients: Pick<AwsClients, 'cloudformation' | 'sts'>;
}

/** What a stack's status means for what can be done next. */
export type StackState =
  | { readonly kind: 'absent' }
  /** There is only a change set that was never executed. */
  | { readonly kind: 'empty'; readonly status: string; readonly stack: AwsStack }
  | { readonly kind: 'in-progress'; readonly status: string; readonly stack: AwsStack }
  | { readonly kind: 'standing'; readonly status: string; readonly stack: AwsStack }
  /** Its first creation failed, or its deletion: it can only be deleted. */
  | { readonly kind: 'broken'; readonly status: string; readonly stack: AwsStack }
  /** Its update failed, and so did going back. */
  | { readonly kind: 'stuck'; readonly status: string; readonly stack: AwsStack };

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/view-stack-events.html#cfn-console-view-stack-data-resources-status-codes */
export function stateOf(stack: AwsStack): StackState {
  const status = stack.StackStatus ?? '';
  if (status === 'DELETE_COMPLETE') return { kind: 'absent' };
  if (status === 'REVIEW_IN_PROGRESS') return { kind: 'empty', status, stack };
  if (status.endsWith('_IN_PROGRESS')) return { kind: 'in-progress', status, stack };
  if (status === 'UPDATE_ROLLBACK_FAILED') return { kind: 'stuck', status, stack };
  if (['ROLLBACK_COMPLETE', 'ROLLBACK_FAILED', 'CREATE_FAILED', 'DELETE_FAILED'].includes(status)) {
    return { kind: 'broken', status, stack };
  }
  return { kind: 'standing', status, stack };
}

/** @param name - a stack's name, or its id, by which deleted ones are found as well */
export async function describeStack({ caller, clients }: Place, name: string): Promise<StackState> {
  try {
    const { Stacks: [stack] = [] } = await caller.call('cloudformation:DescribeStacks', options =>
      clients.cloudformation.send(new DescribeStacksCommand({ StackName: name }), options),
    );
    return stack ? stateOf(stack) : { kind: 'absent' };
  } catch (error) {
    if (isGone(error)) return { kind: 'absent' };
    throw error;
  }
}

/** A stack that is not there is a ValidationError that says so. */
function isGone(error: unknown): boolean {
  return error instanceof AwsCallError && error.code === 'ValidationError' && /does not exist/.test(error.message);
}

/** Milliseconds between two looks at a stack: soon at first, for what is quick, then as AWS would like it. */
const FIRST_LOOK_MS = 50;
const LONGEST_PAUSE_MS = 5_000;
const SLOWER = 1.5;

/** Looks again and again until it finds something. */
export async function poll<T>(look: () => Promise<T | undefined>, signal: AbortSignal | undefined): Promise<T> {
  for (let pause = FIRST_LOOK_MS; ; pause = Math.min(LONGEST_PAUSE_MS, pause * SLOWER)) {
    const found = await look();
    if (found !== undefined) return found;
    await wait(pause, signal);
  }
}

/** Waits until whatever happens to a stack has come to its end. */
export async function settled(place: Place, name: string): Promise<StackState> {
  return poll(async () => {
    const state = await describeStack(place, name);
    return state.kind === 'in-progress' ? undefined : state;
  }, place.caller.signal);
}

/** The template with which a stack was deployed last; undefined where it cannot be read. */
export async function templateOf({ caller, clients }: Place, name: string): Promise<JsonObject | undefined> {
  const { TemplateBody } = await caller.call('cloudformation:GetTemplate', options =>
    clients.cloudformation.send(new GetTemplateCommand({ StackName: name, TemplateStage: 'Original' }), options),
  );
  const { value } = parseYaml(TemplateBody ?? '');
  return value !== null && typeof value === 'object' && !Array.isArray(value) ? (value as JsonObject) : undefined;
}
