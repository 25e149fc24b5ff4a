import type { TargetDeclaration } from '@busline/event-repository';
import { functionArn, parseArn, queueArn, stateMachineArn } from './arns';

/** How EventBridge is let in by a target. */
export type TargetAccess =
  /** The target's own policy names `events.amazonaws.com` and the rule. */
  | { readonly by: 'resource-policy' }
  /** The rule's role may do these actions on exactly this target. */
  | { readonly by: 'role'; readonly actions: readonly string[] }
  /** Left to whoever declared the target. */
  | { readonly by: 'unknown' };

/** Where events end. */
export interface ResolvedTarget {
  readonly id: string;
  readonly arn: string;
  readonly declaration: TargetDeclaration;
}

/**
 * Services that EventBridge calls without a role inside one account.
 * Source: "Using identity-based policies for Amazon EventBridge" and "resource-based policies" in the user guide.
 */
const BY_RESOURCE_POLICY = new Set(['lambda', 'sns', 'sqs', 'logs']);

/** What a role must be allowed for one target, by the service in the target's ARN. */
const ROLE_ACTIONS: ReadonlyMap<string, readonly string[]> = new Map([
  ['events', ['events:PutEvents']],
  ['sqs', ['sqs:SendMessage']],
  ['sns', ['sns:Publish']],
  ['lambda', ['lambda:InvokeFunction']],
  ['states', ['states:StartExecution']],
  ['kinesis', ['kinesis:PutRecord']],
  ['firehose', ['firehose:PutRecord', 'firehose:PutRecordBatch']],
  ['execute-api', ['execute-api:Invoke']],
  ['codebuild', ['codebuild:StartBuild']],
  ['codepipeline', ['codepipeline:StartPipelineExecution']],
  ['batch', ['batch:SubmitJob']],
]);

/** An API destination is called by its own action, not by PutEvents. */
const API_DESTINATION_ACTION = 'events:InvokeApiDestination';

/** Targets with their ARNs and ids; ids are made unique on the rule by a number. */
export function resolveTargets(
  targets: readonly TargetDeclaration[],
  accountId: string,
  region: string,
): readonly ResolvedTarget[] {
  const ids = new Set<string>();
  return targets.map(declaration => {
    const wanted = declaration.id ?? declaration.type;
    let id = wanted;
    for (let n = 2; ids.has(id); n++) id = `${wanted}-${n}`;
    ids.add(id);
    return { id, arn: targetArn(declaration, accountId, region), declaration };
  });
}

function targetArn(target: TargetDeclaration, accountId: string, region: string): string {
  switch (target.type) {
    case 'sqs':
      return queueArn(accountId, region, target.name);
    case 'lambda':
      return functionArn(accountId, region, target.name);
    case 'step-functions':
      return stateMachineArn(accountId, region, target.name);
    default:
      return target.arn;
  }
}

/** How a rule in one account gets to call a target. */
export function targetAccess(targetArnText: string, ruleAccountId: string): TargetAccess {
  const target = parseArn(targetArnText);
  if (!target) return { by: 'unknown' };
  if (target.service === 'events' && target.resource.startsWith('api-destination/')) {
    return { by: 'role', actions: [API_DESTINATION_ACTION] };
  }
  const sameAccount = target.accountId === '' || target.accountId === ruleAccountId;
  if (sameAccount && BY_RESOURCE_POLICY.has(target.service)) return { by: 'resource-policy' };
  const actions = ROLE_ACTIONS.get(target.service);
  return actions ? { by: 'role', actions } : { by: 'unknown' };
}
