import { atMost, constraintTable, length, oneOf, range, text } from '../constraint';

const NAME = '[\\.\\-_A-Za-z0-9]+';
const BUS_NAME = '[/\\.\\-_A-Za-z0-9]+';
const BUS_ARN_PREFIX = '(arn:aws[\\w-]*:events:[a-z]+-[a-z]+-[\\w-]+:[0-9]{12}:event-bus\\/)?';
const CAPACITY_WEIGHT = range(0, 1000);

/** Service `events` (2015-10-07): the operations that this server has. */
export const eventsConstraints = constraintTable([
  // Buses
  [
    text(1, 256, BUS_NAME),
    'CreateEventBusRequest.Name',
    'DeleteEventBusRequest.Name',
    'ListEventBusesRequest.NamePrefix',
    'UpdateEventBusRequest.Name',
  ],
  [text(1, 1600, BUS_ARN_PREFIX + BUS_NAME), '*.EventBusName', 'DescribeEventBusRequest.Name'],
  [text(1, 256, NAME), 'PutPermissionRequest.EventBusName', 'RemovePermissionRequest.EventBusName'],
  [text(1, 1600, BUS_ARN_PREFIX + NAME), 'PutEventsRequestEntry.EventBusName'],
  [text(1, 256, 'aws\\.partner(/[\\.\\-_A-Za-z0-9]+){2,}'), 'CreateEventBusRequest.EventSourceName'],
  [
    text(0, 2048, '^[a-zA-Z0-9_\\-/:]*$'),
    'CreateEventBusRequest.KmsKeyIdentifier',
    'UpdateEventBusRequest.KmsKeyIdentifier',
  ],
  [atMost(512), 'CreateEventBusRequest.Description', 'UpdateEventBusRequest.Description', 'PutRuleRequest.Description'],
  [oneOf('NONE', 'FULL'), 'LogConfig.IncludeDetail'],
  [oneOf('OFF', 'ERROR', 'INFO', 'TRACE'), 'LogConfig.Level'],
  [length(1, 1600), 'DeadLetterConfig.Arn'],

  // Permissions
  [text(1, 64, 'events:[a-zA-Z]+'), 'PutPermissionRequest.Action'],
  [text(1, 12, '(\\d{12}|\\*)'), 'PutPermissionRequest.Principal'],
  [text(1, 64, '[a-zA-Z0-9-_]+'), '*.StatementId'],

  // Rules
  [
    text(1, 64, NAME),
    '*.Rule',
    'DeleteRuleRequest.Name',
    'DescribeRuleRequest.Name',
    'DisableRuleRequest.Name',
    'EnableRuleRequest.Name',
    'ListRulesRequest.NamePrefix',
    'PutRuleRequest.Name',
  ],
  [atMost(4096), '*.EventPattern'],
  [atMost(256), '*.ScheduleExpression'],
  [oneOf('ENABLED', 'DISABLED', 'ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS'), 'PutRuleRequest.State'],
  [length(1, 1600), 'PutRuleRequest.RoleArn', 'Target.RoleArn'],

  // Targets
  [length(1, 100), 'PutTargetsRequest.Targets', 'RemoveTargetsRequest.Ids'],
  [text(1, 64, NAME), 'Target.Id', 'RemoveTargetsRequest.Ids[]'],
  [length(1, 1600), 'Target.Arn', '*.TargetArn'],
  [atMost(8192), 'Target.Input'],
  [atMost(256), 'Target.InputPath', 'InputTransformer.InputPathsMap<value>', 'KinesisParameters.PartitionKeyPath'],
  [length(1, 8192), 'InputTransformer.InputTemplate'],
  [atMost(100), 'InputTransformer.InputPathsMap'],
  [text(1, 256, '[A-Za-z0-9\\_\\-]+'), 'InputTransformer.InputPathsMap<key>'],
  [range(60, 86400), 'RetryPolicy.MaximumEventAgeInSeconds'],
  [range(0, 185), 'RetryPolicy.MaximumRetryAttempts'],
  [atMost(100), 'SqsParameters.MessageGroupId'],

  // Parameters of target types that this server records
  [length(1, 1048576), 'AppSyncParameters.GraphQLOperation'],
  [text(0, 512, "^[!#$%&'*+-.^_`|~0-9a-zA-Z]+$"), 'HttpParameters.HeaderParameters<key>'],
  [
    {
      ...text(0, 512, '^[ \\t]*[\\x20-\\x7E]+([ \\t]+[\\x20-\\x7E]+)*[ \\t]*$'),
      matcher: /^[\t\x20-\x7E]*[\x20-\x7E][\t\x20-\x7E]*$/,
    },
    'HttpParameters.HeaderParameters<value>',
  ],
  [text(0, 512, '[^\\x00-\\x1F\\x7F]+'), 'HttpParameters.QueryStringParameters<key>'],
  [text(0, 512, '[^\\x00-\\x09\\x0B\\x0C\\x0E-\\x1F\\x7F]+'), 'HttpParameters.QueryStringParameters<value>'],
  [{ pattern: '^(?!\\s*$).+' }, 'HttpParameters.PathParameterValues[]'],
  [length(1, 1600), 'EcsParameters.TaskDefinitionArn'],
  [range(1), 'EcsParameters.TaskCount'],
  [oneOf('EC2', 'FARGATE', 'EXTERNAL'), 'EcsParameters.LaunchType'],
  [atMost(6), 'EcsParameters.CapacityProviderStrategy'],
  [atMost(10), 'EcsParameters.PlacementConstraints'],
  [atMost(5), 'EcsParameters.PlacementStrategy'],
  [oneOf('TASK_DEFINITION'), 'EcsParameters.PropagateTags'],
  [atMost(1024), 'EcsParameters.ReferenceId'],
  [oneOf('ENABLED', 'DISABLED'), 'AwsVpcConfiguration.AssignPublicIp'],
  [length(1, 255), 'CapacityProviderStrategyItem.capacityProvider'],
  [range(0, 100000), 'CapacityProviderStrategyItem.base'],
  [CAPACITY_WEIGHT, 'CapacityProviderStrategyItem.weight'],
  [atMost(2000), 'PlacementConstraint.expression'],
  [oneOf('distinctInstance', 'memberOf'), 'PlacementConstraint.type'],
  [atMost(255), 'PlacementStrategy.field'],
  [oneOf('random', 'spread', 'binpack'), 'PlacementStrategy.type'],
  [
    text(1, 1600, '(^arn:aws([a-z]|\\-)*:secretsmanager:[a-z0-9-.]+:.*)|(\\$(\\.[\\w_-]+(\\[(\\d+|\\*)\\])*)*)'),
    'RedshiftDataParameters.SecretManagerArn',
  ],
  [length(1, 64), 'RedshiftDataParameters.Database'],
  [length(1, 128), 'RedshiftDataParameters.DbUser'],
  [length(1, 100000), 'RedshiftDataParameters.Sql', 'RedshiftDataParameters.Sqls[]'],
  [length(0, 40), 'RedshiftDataParameters.Sqls'],
  [length(1, 500), 'RedshiftDataParameters.StatementName'],
  [length(1, 5), 'RunCommandParameters.RunCommandTargets'],
  [text(1, 128, '^[\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]*$'), 'RunCommandTarget.Key'],
  [length(1, 50), 'RunCommandTarget.Values'],
  [length(1, 256), 'RunCommandTarget.Values[]'],
  [length(0, 200), 'SageMakerPipelineParameters.PipelineParameterList'],
  [text(1, 256, '^[a-zA-Z0-9](-*[a-zA-Z0-9])*$'), 'SageMakerPipelineParameter.Name'],
  [atMost(1024), 'SageMakerPipelineParameter.Value'],

  // Events
  [length(1, 10), 'PutEventsRequest.Entries'],
  [text(1, 50, '^[A-Za-z0-9\\-]+[\\.][A-Za-z0-9\\-]+$'), 'PutEventsRequest.EndpointId'],
  [atMost(2048), 'PutEventsRequestEntry.Resources[]'],
  [length(1, 500), 'PutEventsRequestEntry.TraceHeader'],

  // Tags and paging
  [length(1, 1600), '*.ResourceARN'],
  [length(1, 128), 'Tag.Key', 'UntagResourceRequest.TagKeys[]'],
  [length(0, 256), 'Tag.Value'],
  [range(1, 100), '*.Limit'],
  [length(1, 2048), '*.NextToken'],
]);
