import type { TargetSummary } from '@busline/plugin-eventbridge-common';

export const TARGET_WORDS: Readonly<Record<TargetSummary['type'], string>> = {
  sqs: 'SQS queue',
  lambda: 'Lambda function',
  'step-functions': 'Step Functions',
  bus: 'Event bus',
  other: 'Other target',
};
