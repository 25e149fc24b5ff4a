import type { PriceList, RegionPrices } from './priceList';

const COMMON: RegionPrices = {
  customEvents: 1,
  busToBus: 1,
  crossAccountDelivery: 0.05,
  sqsRequests: 0.4,
  sqsFifoRequests: 0.5,
  lambdaRequests: 0.2,
  stateTransitions: 25,
  alarmMonth: 0.1,
};

/** Regions in which these prices are the same. */
const REGIONS = [
  'us-east-1',
  'us-east-2',
  'us-west-2',
  'ca-central-1',
  'eu-central-1',
  'eu-north-1',
  'eu-west-1',
  'eu-west-2',
  'eu-west-3',
  'ap-south-1',
  'ap-southeast-1',
  'ap-southeast-2',
  'ap-northeast-1',
];

/** List prices without free tiers and discounts. To bring them up to date, add a list with its date; the newest is taken. */
export const PRICES_2026_11: PriceList = {
  date: '2026-11-20',
  source:
    'https://aws.amazon.com/eventbridge/pricing/, /sqs/pricing/, /lambda/pricing/, /step-functions/pricing/, /cloudwatch/pricing/',
  regions: Object.fromEntries(REGIONS.map(region => [region, COMMON])),
};

export const NEWEST_PRICES = PRICES_2026_11;
/** Where a Region has no prices of its own in the list. */
export const PRICES_ELSEWHERE = 'us-east-1';
