import { constraintTable } from '../constraint';

/**
 * Service `sqs` (2012-11-05). The model's only constraints are the names of attributes, for which SQS has messages of its
 * own: `sqs/attributes.ts`.
 */
export const sqsConstraints = constraintTable([]);
