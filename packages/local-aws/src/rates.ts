/**
 * Requests a second that an account may make in a Region, by `service:Operation` or `service:*`.
 * A number is the rate and the size of the burst.
 */
export type RequestRates = Readonly<Record<string, number>>;

/**
 * "Amazon EventBridge quotas": PutEvents throttle limit in transactions per second, by Region.
 */
const PUT_EVENTS_RATES: Readonly<Record<string, number>> = {
  'us-east-1': 10_000,
  'us-east-2': 2_400,
  'us-west-1': 1_200,
  'us-west-2': 10_000,
  'af-south-1': 400,
  'ap-northeast-1': 1_200,
  'ap-northeast-3': 400,
  'ap-southeast-1': 1_200,
  'ap-southeast-2': 1_200,
  'ap-southeast-3': 400,
  'eu-central-1': 2_400,
  'eu-south-1': 400,
  'eu-west-1': 10_000,
  'eu-west-2': 1_200,
};
const PUT_EVENTS_RATE_ELSEWHERE = 600;

/** What AWS documents; operations that are not named here have no documented rate and are not limited. */
export const defaultRequestRates: RequestRates = {
  // "All EventBridge APIs other than PutEvents are limited to 50 requests per second by default."
  'events:*': 50,
  // "Credentials-related API operations: 600 requests per second, per account, per Region."
  'sts:*': 600,
  // "CloudWatch service quotas"
  'monitoring:GetMetricData': 50,
};

/** The rate for an operation, or nothing where it is not limited. */
export function requestRate(
  overrides: RequestRates,
  service: string,
  operation: string,
  region: string,
): number | undefined {
  const one = `${service}:${operation}`;
  const all = `${service}:*`;
  if (Object.hasOwn(overrides, one)) return overrides[one];
  if (Object.hasOwn(overrides, all)) return overrides[all];
  if (one === 'events:PutEvents') {
    return Object.hasOwn(PUT_EVENTS_RATES, region) ? PUT_EVENTS_RATES[region] : PUT_EVENTS_RATE_ELSEWHERE;
  }
  return defaultRequestRates[one] ?? defaultRequestRates[all];
}
