export { SchemaTree } from './SchemaTree';
