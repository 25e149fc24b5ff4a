export { findInstance, type Answer, type FindOptions, type SchemaReading } from './findInstance';
