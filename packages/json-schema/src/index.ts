export * from './types';
export { InvalidSchemaError, PatternTooCostlyError, SchemaTooDeepError, UnresolvableReferenceError } from './errors';
export { compileSchema, detectDraft, MAX_ERRORS } from './compile';
export { boundedTester } from './regex';
export { checkSchema, MAX_PROBLEMS } from './checkSchema';
export { describeSchema } from './describeSchema';
export { listFieldPaths, listFields, MAX_FIELDS, MAX_FIELD_DEPTH } from './listFields';
export { diffSchemas, MAX_CHANGES } from './diffSchemas';
export { extractDefinition, type ExtractOptions } from './extractDefinition';
export { extractEnvelopeDetail, fromOpenApi3 } from './openApi3';
export { inferSchema } from './inferSchema';
export {
  findInstance,
  findRejected,
  type Answer,
  type FindOptions,
  type Rejected,
  type RejectedOptions,
  type Rejection,
  type SchemaReading,
} from './reason';
