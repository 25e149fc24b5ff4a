import { asList, type PolicyStatement } from '@busline/access-policy';
import type { Json, JsonObject } from '@busline/event-repository';
import type { TargetState } from '../estate';
import type {
  BusPolicyStatementResource,
  BusResource,
  DeadLetterQueueResource,
  FunctionPermissionResource,
  QueueResource,
  RoleResource,
  RuleResource,
} from '../resources';

/*
 * Resources as CloudFormation writes them. Names and ARNs are written out: who reads the template in a pull request reads
 * what will stand there, and nothing is left to be looked up.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/AWS_Events.html
 */

/** Rules of cdk-nag's AwsSolutions pack that do not fit, with the reason. */
const nagReasons = (reasons: Readonly<Record<string, string>>): JsonObject => ({
  cdk_nag: { rules_to_suppress: Object.entries(reasons).map(([id, reason]) => ({ id, reason })) },
});

const IS_DEAD_LETTER_QUEUE = nagReasons({
  'AwsSolutions-SQS3': 'It is a dead-letter queue.',
});
const READER_REDRIVES = nagReasons({
  'AwsSolutions-SQS3': 'No standard dead-letter queue stands beside it.',
});

/** JSON without members that are undefined. */
export function plain(value: object): JsonObject {
  return JSON.parse(JSON.stringify(value)) as JsonObject;
}

/**
 * Buses outlive their stack: whoever deletes a stack by mistake deletes no bus with all its rules. A subscriber bus goes with its
 * service.
 */
export function busTemplate({ name, description, kmsKeyIdentifier, owner }: BusResource): JsonObject {
  const kept = owner.side === 'platform' ? { DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' } : {};
  return plain({
    Type: 'AWS::Events::EventBus',
    ...kept,
    Properties: { Name: name, Description: description, KmsKeyIdentifier: kmsKeyIdentifier },
  });
}

/** The statement id stands beside the statement, which gets it as its Sid. */
export function busPolicyTemplate({ name, busName, statement }: BusPolicyStatementResource): JsonObject {
  const { Sid: _, ...rest } = statement;
  return plain({
    Type: 'AWS::Events::EventBusPolicy',
    Properties: { EventBusName: busName, StatementId: name, Statement: rest },
  });
}

export function roleTemplate({ name, description, trust, policy }: RoleResource): JsonObject {
  return plain({
    Type: 'AWS::IAM::Role',
    Properties: {
      RoleName: name,
      Description: description,
      AssumeRolePolicyDocument: trust,
      Policies: [{ PolicyName: policy.name, PolicyDocument: policy.document }],
    },
  });
}

export function queueTemplate(queue: QueueResource): JsonObject {
  const { name, fifo, redrive } = queue;
  return plain({
    Type: 'AWS::SQS::Queue',
    Metadata: redrive ? undefined : READER_REDRIVES,
    Properties: {
      QueueName: name,
      FifoQueue: fifo || undefined,
      SqsManagedSseEnabled: true,
      RedrivePolicy: redrive && {
        deadLetterTargetArn: redrive.deadLetterArn,
        maxReceiveCount: redrive.maxReceiveCount,
      },
    },
  });
}

export function deadLetterQueueTemplate({ name, retentionSeconds }: DeadLetterQueueResource): JsonObject {
  return {
    Type: 'AWS::SQS::Queue',
    Metadata: IS_DEAD_LETTER_QUEUE,
    Properties: { QueueName: name, MessageRetentionPeriod: retentionSeconds, SqsManagedSseEnabled: true },
  };
}

/** @param logicalId - of the queue in the same template, whose URL it takes */
export function queuePolicyTemplate(
  { policy }: QueueResource | DeadLetterQueueResource,
  logicalId: string,
): JsonObject {
  const statements = asList<PolicyStatement>(policy.Statement);
  return plain({
    Type: 'AWS::SQS::QueuePolicy',
    Properties: {
      Queues: [{ Ref: logicalId }],
      PolicyDocument: { ...policy, Statement: statements },
    },
  });
}

export function functionPermissionTemplate({ functionName, grantee }: FunctionPermissionResource): JsonObject {
  const who =
    'roleArn' in grantee
      ? { Principal: grantee.roleArn }
      : { Principal: grantee.service, SourceArn: grantee.sourceArn };
  return plain({
    Type: 'AWS::Lambda::Permission',
    Properties: { Action: 'lambda:InvokeFunction', FunctionName: functionName, ...who },
  });
}

/** @param dependsOn - logical ids of what must stand before a target can be put on the rule */
export function ruleTemplate(rule: RuleResource, dependsOn: readonly string[]): JsonObject {
  return plain({
    Type: 'AWS::Events::Rule',
    DependsOn: dependsOn.length > 0 ? [...dependsOn].sort() : undefined,
    Properties: {
      Name: rule.name,
      // The default bus's rules are those that name no bus; both ways are one rule.
      EventBusName: rule.busName,
      Description: rule.description,
      EventPattern: patternOf(rule.pattern),
      State: rule.enabled ? 'ENABLED' : 'DISABLED',
      Targets: rule.targets.map(targetTemplate),
    },
  });
}

/**
 * CloudFormation takes no `null` in a template, and event patterns may have one: such a pattern goes as its JSON text, which the
 * resource's schema allows. https://github.com/aws-cloudformation/cloudformation-coverage-roadmap/issues/1378
 */
function patternOf(pattern: JsonObject): JsonObject | string {
  return hasNull(pattern) ? JSON.stringify(pattern) : pattern;
}

function hasNull(value: Json): boolean {
  if (value === null || typeof value !== 'object') return value === null;
  return Object.values(value).some(hasNull);
}

function targetTemplate(target: TargetState): object {
  const { maximumEventAgeSeconds, maximumRetryAttempts, parameters } = target;
  const retries = maximumEventAgeSeconds !== undefined || maximumRetryAttempts !== undefined;
  return {
    Id: target.id,
    Arn: target.arn,
    RoleArn: target.roleArn,
    Input: target.input,
    InputPath: target.inputPath,
    InputTransformer: target.inputTransformer && {
      InputPathsMap: target.inputTransformer.inputPathsMap,
      InputTemplate: target.inputTransformer.inputTemplate,
    },
    RetryPolicy: retries
      ? { MaximumEventAgeInSeconds: maximumEventAgeSeconds, MaximumRetryAttempts: maximumRetryAttempts }
      : undefined,
    DeadLetterConfig: target.deadLetterArn === undefined ? undefined : { Arn: target.deadLetterArn },
    ...parameters,
  };
}
