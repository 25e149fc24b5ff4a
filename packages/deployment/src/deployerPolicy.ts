import type { PolicyDocument } from '@busline/access-policy';

export interface DeployerPolicyOptions {
  /** The account that is deployed to: 12 digits, or what stands for them in a template. */
  readonly accountId: string;
  /** `aws` if left out; `aws-cn` and `aws-us-gov` are others. */
  readonly partition?: string;
}

/**
 * The roles that generated stacks hold, and no others: `forwardRoleName` and `targetRoleName` of the infrastructure package.
 * Those that a platform team makes for Busline (`busline-deployer`, `busline-github`, `busline-reader`) are not among them.
 */
const GENERATED_ROLES = ['busline-forward-*', 'busline-target-*'];

/**
 * What the role that deploys to an account needs: the stacks that Busline names, and what stands in them. CloudFormation
 * acts as whoever calls it, so the role needs what the templates hold; roles that it makes and passes on have the two names
 * that are generated, and it passes them to EventBridge only. Names of buses, rules, queues and functions are the declarations', hence
 * open within the account.
 * See https://docs.aws.amazon.com/service-authorization/latest/reference/list_awscloudformation.html and its neighbours.
 */
export function deployerPolicy({ accountId, partition = 'aws' }: DeployerPolicyOptions): PolicyDocument {
  const arn = (service: string, resource: string) => `arn:${partition}:${service}:*:${accountId}:${resource}`;
  const roles = GENERATED_ROLES.map(name => `arn:${partition}:iam::${accountId}:role/${name}`);
  const allow = (Sid: string, Action: readonly string[], Resource: string | readonly string[]) =>
    ({ Sid, Effect: 'Allow', Action, Resource } as const);
  const actions = (service: string, names: string) => names.split(' ').map(name => `${service}:${name}`);
  return {
    Version: '2012-10-17',
    Statement: [
      allow(
        'Stacks',
        actions(
          'cloudformation',
          'CreateStack CreateChangeSet DescribeChangeSet ExecuteChangeSet DeleteChangeSet DescribeStackEvents DescribeStackResources GetTemplate DeleteStack RollbackStack ContinueUpdateRollback TagResource',
        ),
        arn('cloudformation', 'stack/busline-*/*'),
      ),
      allow(
        'LookAround',
        ['cloudformation:DescribeStacks', 'cloudformation:ListStacks', 'cloudwatch:DescribeAlarms'],
        '*',
      ),
      allow(
        'BusesAndRules',
        actions(
          'events',
          'CreateEventBus UpdateEventBus DeleteEventBus DescribeEventBus PutPermission RemovePermission PutRule DeleteRule DescribeRule EnableRule DisableRule PutTargets RemoveTargets ListTargetsByRule TagResource UntagResource ListTagsForResource',
        ),
        [arn('events', 'event-bus/*'), arn('events', 'rule/*')],
      ),
      allow(
        'Queues',
        actions(
          'sqs',
          'CreateQueue DeleteQueue GetQueueUrl GetQueueAttributes SetQueueAttributes AddPermission RemovePermission TagQueue UntagQueue ListQueueTags',
        ),
        arn('sqs', '*'),
      ),
      allow(
        'Roles',
        actions(
          'iam',
          'CreateRole DeleteRole GetRole UpdateRole UpdateRoleDescription UpdateAssumeRolePolicy PutRolePolicy GetRolePolicy DeleteRolePolicy ListRolePolicies ListAttachedRolePolicies TagRole UntagRole ListRoleTags',
        ),
        roles,
      ),
      {
        ...allow('GiveRolesToEventBridge', ['iam:PassRole'], roles),
        Condition: { StringEquals: { 'iam:PassedToService': 'events.amazonaws.com' } },
      },
      allow('Functions', actions('lambda', 'AddPermission RemovePermission GetPolicy'), arn('lambda', 'function:*')),
      allow(
        'Alarms',
        actions('cloudwatch', 'PutMetricAlarm DeleteAlarms TagResource UntagResource'),
        arn('cloudwatch', 'alarm:*'),
      ),
    ],
  };
}
