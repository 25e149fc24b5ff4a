import type { PolicyDocument } from '@busline/access-policy';

export interface ReaderPolicyOptions {
  /** The account that is read: 12 digits, or what stands for them in a template. */
  readonly accountId: string;
  /** `aws` if left out; `aws-cn` and `aws-us-gov` are others. */
  readonly partition?: string;
}

/**
 * What the role that reads an account needs: list and describe what stands in that account, nothing else. Regions and names
 * are open, since what nobody declared is to be seen too. Only actions for which AWS knows no resource have `*`.
 * Both the sandbox's roles and the template in docs/aws.md are this policy.
 * See https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazoneventbridge.html, and beside it those of
 * EventBridge Schemas and CloudWatch.
 */
export function readerPolicy({ accountId, partition = 'aws' }: ReaderPolicyOptions): PolicyDocument {
  const arn = (service: string, resource: string) => `arn:${partition}:${service}:*:${accountId}:${resource}`;
  return {
    Version: '2012-10-17',
    Statement: [
      {
        Sid: 'ListWhatHasNoResource',
        Effect: 'Allow',
        Action: ['events:ListEventBuses', 'schemas:ListRegistries', 'cloudwatch:GetMetricData'],
        Resource: '*',
      },
      {
        Sid: 'ReadBusesAndRules',
        Effect: 'Allow',
        Action: ['events:DescribeEventBus', 'events:ListRules', 'events:ListTargetsByRule'],
        Resource: [arn('events', 'event-bus/*'), arn('events', 'rule/*')],
      },
      {
        Sid: 'ReadSchemas',
        Effect: 'Allow',
        Action: ['schemas:ListSchemas', 'schemas:ListSchemaVersions', 'schemas:DescribeSchema'],
        Resource: [arn('schemas', 'registry/*'), arn('schemas', 'schema/*')],
      },
    ],
  };
}
