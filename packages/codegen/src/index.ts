export { registrySchemaName, toRegistrySchema } from './openApi3';
