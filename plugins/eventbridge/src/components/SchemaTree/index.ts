export { SchemaTree } from './SchemaTree';
export type { SchemaTags } from './SchemaRow';
