import type { PolicyDocument } from '@busline/access-policy';

/**
 * What the role that reads an account needs: list and describe, nothing else. Resources are `*` because these actions
 * either know no resource or must see those that nobody declared.
 */
export const READER_POLICY: PolicyDocument = {
  Version: '2012-10-17',
  Statement: [
    {
      Sid: 'ReadEventBridge',
      Effect: 'Allow',
      Action: ['events:DescribeEventBus', 'events:ListEventBuses', 'events:ListRules', 'events:ListTargetsByRule'],
      Resource: '*',
    },
    {
      Sid: 'ReadSchemas',
      Effect: 'Allow',
      Action: ['schemas:DescribeSchema', 'schemas:ListRegistries', 'schemas:ListSchemas', 'schemas:ListSchemaVersions'],
      Resource: '*',
    },
    { Sid: 'ReadMetrics', Effect: 'Allow', Action: 'cloudwatch:GetMetricData', Resource: '*' },
  ],
};
