import { constraintTable, length, oneOf } from '../constraint';

/** Service `schemas` (2019-12-02). */
export const schemasConstraints = constraintTable([
  [length(0, 256), '*.Description'],
  [length(20, 1600), 'CreateDiscovererRequest.SourceArn'],
  [length(1, 100000), 'CreateSchemaRequest.Content', 'UpdateSchemaRequest.Content'],
  [length(0, 36), 'UpdateSchemaRequest.ClientTokenId'],
  [
    oneOf('OpenApi3', 'JSONSchemaDraft4'),
    'CreateSchemaRequest.Type',
    'GetDiscoveredSchemaRequest.Type',
    'UpdateSchemaRequest.Type',
  ],
  [length(1, 10), 'GetDiscoveredSchemaRequest.Events'],
  [length(1, 100000), 'GetDiscoveredSchemaRequest.Events[]'],
]);
