export { eventbridgeApiRef } from './apiRef';
export { DataProvider } from './DataProvider';
export * from './queries';
export * from './estateQueries';
export * from './sourceQueries';
export * from './changeQueries';
export type { ChangeAction } from './changeAfter';
