export { eventbridgeApiRef } from './apiRef';
export { DataProvider } from './DataProvider';
export * from './queries';
