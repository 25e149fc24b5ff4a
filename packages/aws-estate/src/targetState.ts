import type { Target } from '@aws-sdk/client-eventbridge';
import type { JsonObject } from '@busline/event-repository';
import type { TargetState } from '@busline/infrastructure';

/** A target as the AWS API has it, and as the portal has it. */

export function targetState(target: Target): TargetState {
  const { Id, Arn, RoleArn, Input, InputPath, InputTransformer, DeadLetterConfig, RetryPolicy, ...parameters } = target;
  const given = Object.entries(parameters).filter(([, value]) => value !== undefined);
  return {
    id: Id!,
    arn: Arn!,
    roleArn: RoleArn,
    input: Input,
    inputPath: InputPath,
    inputTransformer: InputTransformer && {
      inputPathsMap: InputTransformer.InputPathsMap ?? {},
      inputTemplate: InputTransformer.InputTemplate!,
    },
    deadLetterArn: DeadLetterConfig?.Arn,
    maximumEventAgeSeconds: RetryPolicy?.MaximumEventAgeInSeconds,
    maximumRetryAttempts: RetryPolicy?.MaximumRetryAttempts,
    parameters: given.length > 0 ? (Object.fromEntries(given) as JsonObject) : undefined,
  };
}

export function targetInput(target: TargetState): Target {
  const transformer = target.inputTransformer;
  const hasRetry = target.maximumEventAgeSeconds !== undefined || target.maximumRetryAttempts !== undefined;
  return {
    ...(target.parameters as Partial<Target> | undefined),
    Id: target.id,
    Arn: target.arn,
    RoleArn: target.roleArn,
    Input: target.input,
    InputPath: target.inputPath,
    InputTransformer: transformer && {
      InputPathsMap: transformer.inputPathsMap as Record<string, string>,
      InputTemplate: transformer.inputTemplate,
    },
    DeadLetterConfig: target.deadLetterArn ? { Arn: target.deadLetterArn } : undefined,
    RetryPolicy: hasRetry
      ? {
          MaximumEventAgeInSeconds: target.maximumEventAgeSeconds,
          MaximumRetryAttempts: target.maximumRetryAttempts,
        }
      : undefined,
  };
}
