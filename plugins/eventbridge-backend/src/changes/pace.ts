import type { ChangeRecord } from './changeRecord';
import { stateOf } from './progress';

const SECOND = 1000;
const MINUTE = 60 * SECOND;

/** A form whose pull requests whoever sent it has not opened by now is finished by the portal. */
const ORPHAN_AFTER_MS = 30 * SECOND;
/** What did not move for an hour is looked at every three minutes, what moved just now at every turn. */
const SHARE_OF_QUIET_TIME = 1 / 20;
const LONGEST_MS = 10 * MINUTE;

/** Milliseconds until something that has been quiet for so long is looked at again. */
export function paceAfter(quietMs: number): number {
  return Math.min(LONGEST_MS, Math.max(0, quietMs) * SHARE_OF_QUIET_TIME);
}

/**
 * When a change request is looked at next; undefined when nothing is left to see. Hundreds may be open for weeks: those
 * that rest are asked for seldom. What people do through the portal, webhooks and merges to the same repository have it
 * looked at at once.
 */
export function nextLook(record: ChangeRecord, movedAt: Date, now: Date): Date | undefined {
  const state = stateOf(record);
  if (record.announced !== state) return now;
  if (state === 'live' || state === 'closed') return undefined;
  // Nothing is there to see before somebody has it tried again.
  if (state === 'failed' && (record.mergedAt !== undefined || record.openedAt === undefined)) return undefined;
  const paced = new Date(now.getTime() + paceAfter(now.getTime() - movedAt.getTime()));
  if (state !== 'opening') return paced;
  const orphanedAt = new Date(movedAt.getTime() + ORPHAN_AFTER_MS);
  return orphanedAt > paced ? orphanedAt : paced;
}
