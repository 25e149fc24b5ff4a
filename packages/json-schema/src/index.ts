export * from './types';
export {
  InvalidSchemaError,
  SchemaTooDeepError,
  UnresolvableReferenceError,
} from './errors';
export { compileSchema, detectDraft, MAX_ERRORS } from './compile';
export { checkSchema } from './checkSchema';
export { describeSchema } from './describeSchema';
export { listFields, MAX_FIELDS, MAX_FIELD_DEPTH } from './listFields';
export { diffSchemas } from './diffSchemas';
export { extractDefinition } from './extractDefinition';
export { extractEnvelopeDetail, fromOpenApi3 } from './openApi3';
export { inferSchema } from './inferSchema';
