export { eventbridgeApiRef } from './apiRef';
export { DataProvider } from './DataProvider';
export * from './queries';
export * from './estateQueries';
export * from './sourceQueries';
export * from './changeQueries';
export * from './patternQueries';
export type { ChangeAction } from './changeAfter';
