export * from './request/request';
export * from './request/problem';
export { type ParsedRequest, parseRequest, MAX_REQUEST_CHARACTERS } from './request/parseRequest';
export { REQUEST_SCHEMAS } from './request/requestSchema';
export { branchOf, requestHash, subjectOf } from './request/requestHash';
export * from './plan/plan';
export * from './context';
export type { PriceList, RegionPrices } from './prices/priceList';
