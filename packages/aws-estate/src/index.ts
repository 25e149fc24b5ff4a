export { AwsCallError, type AwsFailure, type CallPlace } from './errors';
export { createPace, documentedRates, type Pace, type RequestRates } from './pace';
export { createFairSlots, type FairSlots } from './fairSlots';
export {
  createCaller,
  createCallLimits,
  listAll,
  mapBounded,
  type CallCounts,
  type Caller,
  type CallLimits,
} from './calls';
export { wait } from './wait';
export {
  assumeRoleClients,
  createClients,
  type AssumeRoleOptions,
  type AwsClients,
  type ClientOptions,
  type ClientsFor,
} from './clients';
export { readEstate, type EstateSnapshot, type ReadEstateOptions, type ReadProgress } from './readEstate';
export {
  readEstates,
  type AccountRegion,
  type EstateRead,
  type EstatesRead,
  type ReadEstatesOptions,
} from './readEstates';
export { readSchemas, type ReadSchemasOptions, type RegistrySchemaVersion, type SchemasRead } from './readSchemas';
export {
  readMetrics,
  type MetricPoint,
  type MetricSeries,
  type MetricsRead,
  type MetricSubject,
  type ReadMetricsOptions,
  type RuleMetric,
} from './readMetrics';
export { readerPolicy, type ReaderPolicyOptions } from './readerPolicy';
