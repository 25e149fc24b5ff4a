import { globMatches } from './glob';

/** `arn:partition:service:region:account:resource`; the resource may hold further colons. */
export interface Arn {
  readonly partition: string;
  readonly service: string;
  readonly region: string;
  readonly account: string;
  readonly resource: string;
}

const SEGMENTS = 6;

function segments(arn: string): readonly string[] {
  const parts = arn.split(':');
  return parts.length <= SEGMENTS ? parts : [...parts.slice(0, SEGMENTS - 1), parts.slice(SEGMENTS - 1).join(':')];
}

/** The parts of an ARN, or nothing where the text is none. */
export function parseArn(text: string): Arn | undefined {
  const parts = segments(text);
  if (parts.length !== SEGMENTS || parts[0] !== 'arn' || parts[2] === '') {
    return undefined;
  }
  const [, partition, service, region, account, resource] = parts;
  return { partition, service, region, account, resource };
}

/**
 * Compares segment by segment, so that a wildcard does not reach over a colon into the account.
 * Missing segments at the end of the pattern count as `*`, as IAM completes them.
 */
export function arnMatches(pattern: string, arn: string): boolean {
  if (pattern === '*') return true;
  const wanted = segments(pattern);
  const given = segments(arn);
  if (given.length !== SEGMENTS) return globMatches(pattern, arn);
  if (wanted[0] !== 'arn') return globMatches(pattern, arn);
  return given.every((part, i) => globMatches(wanted[i] ?? '*', part));
}
