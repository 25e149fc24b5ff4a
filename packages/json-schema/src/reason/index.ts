export { findInstance, type Answer, type FindOptions, type SchemaReading } from './findInstance';
export { findRejected, type Rejected, type RejectedOptions, type Rejection } from './findRejected';
