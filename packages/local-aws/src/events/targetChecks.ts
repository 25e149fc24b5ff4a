import { parseArn, type Arn } from '@busline/access-policy';
import { AwsError } from '../service';
import { checkTemplate } from './inputTransform';
import { parseBusArn, type BusPlace } from './state';
import type { Target } from './types';

/** Targets that EventBridge reaches only as a role. */
const ROLE_REQUIRED = new Set([
  'states',
  'kinesis',
  'firehose',
  'ecs',
  'batch',
  'ssm',
  'codebuild',
  'codepipeline',
  'redshift',
  'redshift-serverless',
  'sagemaker',
  'inspector',
  'ssm-incidents',
  'appsync',
]);

/** Targets that are reached in the rule's own Region only. */
const SAME_REGION = new Set(['sqs', 'sns', 'lambda', 'kinesis', 'states', 'logs']);

const DEFAULT_ATTEMPTS = 185;
const MIN_AGE_SECONDS = 60;
const MAX_AGE_SECONDS = 86_400;

const refuse = (message: string) => new AwsError('ValidationException', message);

/**
 * What PutTargets refuses, in AWS's words.
 * @throws AwsError ValidationException
 */
export function checkTarget(place: BusPlace, target: Target): void {
  const arn = parseArn(target.Arn);
  if (!arn) {
    throw refuse(`Parameter ${target.Arn} is not valid. Reason: Provided Arn is not in correct format.`);
  }
  checkRole(place, target, arn);
  checkRegion(place, target, arn);
  checkInput(place, target);
  if (arn.service === 'sqs' && arn.resource.endsWith('.fifo') && !target.SqsParameters) {
    throw refuse(`Parameter(s) SqsParameters must be specified for target: ${target.Id}.`);
  }
  checkRetry(target);
  checkDeadLetter(place, target);
}

function checkRole(place: BusPlace, target: Target, arn: Arn): void {
  const bus = parseBusArn(target.Arn);
  const required =
    ROLE_REQUIRED.has(arn.service) ||
    (arn.service === 'events' && arn.resource.startsWith('api-destination/')) ||
    (bus !== undefined && bus.account !== place.account);
  if (required && target.RoleArn === undefined) {
    throw refuse(`RoleArn is required for target ${target.Arn}.`);
  }
  if (arn.service === 'logs' && target.RoleArn !== undefined) {
    throw refuse(`RoleArn is not supported for target ${target.Arn}.`);
  }
  if (target.RoleArn === undefined) return;
  const role = parseArn(target.RoleArn);
  if (role?.service !== 'iam' || !role.resource.startsWith('role/')) {
    throw refuse(`Parameter ${target.RoleArn} is not valid. Reason: Provided Arn is not in correct format.`);
  }
  if (role.account !== place.account) {
    throw new AwsError(
      'AccessDeniedException',
      `Cross-account pass role is not allowed: ${target.RoleArn} is not in account ${place.account}.`,
    );
  }
}

function checkRegion(place: BusPlace, target: Target, arn: Arn): void {
  if (SAME_REGION.has(arn.service) && arn.region !== place.region) {
    throw refuse(
      `Parameter ${target.Arn} is not valid. Reason: Provided Arn is not in the Region of the rule, ${place.region}.`,
    );
  }
}

function checkInput(place: BusPlace, target: Target): void {
  const { Id: id, Input, InputPath, InputTransformer } = target;
  const given = [Input, InputPath, InputTransformer].filter(value => value !== undefined);
  if (given.length > 1) {
    throw refuse(`Only one of Input, InputPath, or InputTransformer must be provided for target ${id}.`);
  }
  const bus = parseBusArn(target.Arn);
  if (bus && bus.account !== place.account && given.length > 0) {
    throw refuse(
      `Input, InputPath and InputTransformer are not supported for target ${target.Arn}: it is an event bus in another account.`,
    );
  }
  if (Input !== undefined && !isJson(Input)) {
    throw refuse(`JSON syntax error in input for target ${id}.`);
  }
  if (InputTransformer !== undefined) checkTemplate(id, InputTransformer);
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

function checkRetry(target: Target): void {
  const attempts = target.RetryPolicy?.MaximumRetryAttempts;
  const age = target.RetryPolicy?.MaximumEventAgeInSeconds;
  if (attempts !== undefined && !(attempts >= 0 && attempts <= DEFAULT_ATTEMPTS)) {
    throw refuse(
      `1 validation error detected: Value '${attempts}' at 'targets.1.member.retryPolicy.maximumRetryAttempts' failed ` +
        `to satisfy constraint: Member must have value between 0 and ${DEFAULT_ATTEMPTS}`,
    );
  }
  if (age !== undefined && !(age >= MIN_AGE_SECONDS && age <= MAX_AGE_SECONDS)) {
    throw refuse(
      `1 validation error detected: Value '${age}' at 'targets.1.member.retryPolicy.maximumEventAgeInSeconds' failed ` +
        `to satisfy constraint: Member must have value between ${MIN_AGE_SECONDS} and ${MAX_AGE_SECONDS}`,
    );
  }
}

/** "EventBridge DLQs are standard Amazon SQS queues", in the Region of the rule. */
function checkDeadLetter(place: BusPlace, target: Target): void {
  const text = target.DeadLetterConfig?.Arn;
  if (text === undefined) return;
  const arn = parseArn(text);
  if (arn?.service !== 'sqs' || arn.region !== place.region) {
    throw refuse(`Parameter ${text} is not valid. Reason: Provided Arn is not an SQS queue in the Region of the rule.`);
  }
  if (arn.resource.endsWith('.fifo')) {
    throw refuse(`Parameter ${text} is not valid. Reason: a dead-letter queue must be a standard queue.`);
  }
}
