import { createHash } from 'node:crypto';
import type { Plan } from '@busline/onboarding';

/** What a person agrees to when they read a plan: files and permissions. The same for the same of both. */
export function planDigest({ repositories, permissions }: Plan): string {
  return createHash('sha256').update(JSON.stringify({ repositories, permissions })).digest('hex').slice(0, 32);
}
