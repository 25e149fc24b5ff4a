import { AwsError, type JsonObject, type JsonValue } from '../service';
import type { ReadRange } from './metrics';

const MINUTE_SECONDS = 60;
const HIGH_RESOLUTION = [1, 5, 10, 30];

/**
 * @returns the period in milliseconds; periods under a minute become a minute, as nothing finer is stored
 * @throws AwsError where CloudWatch has no such period
 */
export function readPeriod(seconds: JsonValue | undefined): number {
  const period = Number(seconds);
  if (HIGH_RESOLUTION.includes(period)) return MINUTE_SECONDS * 1000;
  if (Number.isInteger(period) && period > 0 && period % MINUTE_SECONDS === 0) {
    return period * 1000;
  }
  throw new AwsError(
    'InvalidParameterValueException',
    'The parameter Period must be a multiple of 60, or one of 1, 5, 10, 30.',
  );
}

/**
 * Reads StartTime and EndTime. The start moves down to a whole period, as periods begin at whole multiples of
 * themselves.
 * @throws AwsError where the end is not after the start
 */
export function readTimeRange(input: JsonObject, period: number): ReadRange {
  const [start, end] = [input.StartTime, input.EndTime].map(time => Number(time) * 1000);
  if (start >= end) {
    throw new AwsError(
      'InvalidParameterValueException',
      'The parameter StartTime must be less than the parameter EndTime.',
    );
  }
  return { from: Math.floor(start / period) * period, to: end, period };
}
