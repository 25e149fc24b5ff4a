import type { PriceList, RegionPrices } from './priceList';

/** As read in copies of these pages on the date of the list below; AWS's own pages leave some tables to a script. */
const COMMON: RegionPrices = {
  // $1 a million, each 64 KB of a payload one event: https://aws.amazon.com/eventbridge/pricing/
  customEvents: 1,
  // The receiving bus takes them in as custom events: the same page.
  busToBus: 1,
  // $0.05 per million cross-account invocations with custom events: AWS's price list of AWSEvents, 2025-01-01.
  crossAccountDelivery: 0.05,
  // The first 100 billion requests a month: https://aws.amazon.com/sqs/pricing/, as told by guides of March and June 2026.
  sqsRequests: 0.4,
  sqsFifoRequests: 0.5,
  // https://docs.aws.amazon.com/whitepapers/latest/how-aws-pricing-works/lambda.html; the time that a function runs comes on top.
  lambdaRequests: 0.2,
  // $0.025 a thousand: https://aws.amazon.com/step-functions/pricing/, table by Region.
  stateTransitions: 25,
  // Standard resolution: https://aws.amazon.com/cloudwatch/pricing/, as told by guides of 2026.
  alarmMonth: 0.1,
};

/** What that table has otherwise. */
const OTHERWISE: Readonly<Record<string, Partial<RegionPrices>>> = {
  'eu-west-3': { stateTransitions: 29.7 },
  'ap-south-1': { stateTransitions: 28.5 },
};

/** Regions that the list has; those that it lacks are counted as `PRICES_ELSEWHERE`. */
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
    'copies of https://aws.amazon.com/eventbridge/pricing/, /sqs/pricing/, /lambda/pricing/, /step-functions/pricing/ and /cloudwatch/pricing/',
  regions: Object.fromEntries(REGIONS.map(region => [region, { ...COMMON, ...OTHERWISE[region] }])),
};

export const NEWEST_PRICES = PRICES_2026_11;
/** Where a Region has no prices of its own in the list. */
export const PRICES_ELSEWHERE = 'us-east-1';
