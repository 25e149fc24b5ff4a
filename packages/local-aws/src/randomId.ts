import { randomBytes } from 'node:crypto';

const ID_ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** Letters and digits as in AWS's own ids. */
export function randomId(length: number): string {
  return [...randomBytes(length)].map(b => ID_ALPHABET[b % 32]).join('');
}
