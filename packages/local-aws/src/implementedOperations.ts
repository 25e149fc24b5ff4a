import type { ServiceName } from './models';
export function implementedOperations(): ReadonlyMap<ServiceName, readonly string[]> {
  return new Map<ServiceName, string[]>([
    ['events', 'CreateEventBus UpdateEventBus DeleteEventBus DescribeEventBus ListEventBuses PutPermission RemovePermission PutRule DeleteRule DescribeRule EnableRule DisableRule ListRules ListRuleNamesByTarget PutTargets RemoveTargets ListTargetsByRule PutEvents TestEventPattern TagResource UntagResource ListTagsForResource'.split(' ')],
    ['schemas', 'CreateDiscoverer CreateRegistry CreateSchema DeleteDiscoverer DeleteRegistry DeleteSchema DeleteSchemaVersion DescribeDiscoverer DescribeRegistry DescribeSchema ExportSchema GetDiscoveredSchema ListDiscoverers ListRegistries ListSchemaVersions ListSchemas ListTagsForResource SearchSchemas StartDiscoverer StopDiscoverer TagResource UntagResource UpdateDiscoverer UpdateRegistry UpdateSchema PutResourcePolicy GetResourcePolicy DeleteResourcePolicy'.split(' ')],
    ['sqs', 'CreateQueue DeleteQueue GetQueueUrl ListQueues GetQueueAttributes SetQueueAttributes SendMessage SendMessageBatch ReceiveMessage DeleteMessage DeleteMessageBatch ChangeMessageVisibility ChangeMessageVisibilityBatch PurgeQueue TagQueue UntagQueue ListQueueTags ListDeadLetterSourceQueues AddPermission RemovePermission'.split(' ')],
    ['monitoring', ['GetMetricData','GetMetricStatistics','ListMetrics','PutMetricData']],
    ['sts', ['AssumeRole','GetCallerIdentity']],
    ['iam', 'CreateRole GetRole ListRoles DeleteRole UpdateAssumeRolePolicy UpdateRole PutRolePolicy GetRolePolicy ListRolePolicies DeleteRolePolicy TagRole UntagRole ListRoleTags'.split(' ')],
  ]);
}
