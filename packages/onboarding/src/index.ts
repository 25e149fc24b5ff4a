export * from './request';
export * from './problem';
export * from './plan';
export * from './context';
export type { PriceList, RegionPrices } from './prices/priceList';
