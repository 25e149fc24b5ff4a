import type { ChangeRecord } from './changeRecord';
import { nextLook, paceAfter } from './pace';

const NOW = new Date('2026-11-20T12:00:00Z');
const before = (seconds: number) => new Date(NOW.getTime() - seconds * 1000);
const record = (facts: Partial<ChangeRecord>) =>
  ({ pullRequests: [], stacks: [], live: [], announced: 'open', openedAt: 'x', ...facts } as unknown as ChangeRecord);
const seconds = (facts: Partial<ChangeRecord>, quiet: number) => {
  const next = nextLook(record(facts), before(quiet), NOW);
  return next && (next.getTime() - NOW.getTime()) / 1000;
};

it.each([
  [0, 0],
  [100, 5],
  [3600, 180],
  [1_000_000, 600],
])('what was quiet for %s seconds is looked at again in %s', (quiet, expected) => {
  expect(paceAfter(quiet * 1000) / 1000).toBe(expected);
});

it.each<[string, Partial<ChangeRecord>, number, number | undefined]>([
  ['open', {}, 3600, 180],
  ['of which people were not told', { approvedAt: 'x' }, 3600, 0],
  ['live', { liveAt: 'x', announced: 'live' }, 0, undefined],
  ['closed', { closedAt: 'x', announced: 'closed' }, 0, undefined],
  ['live, untold', { liveAt: 'x' }, 0, 0],
  ['just sent: whoever sent it opens it', { openedAt: undefined, announced: 'opening' }, 0, 30],
  ['sent and left alone', { openedAt: undefined, announced: 'opening' }, 40, 2],
  ['failed before it was merged: it may be opened again', { failure: 'x', announced: 'failed' }, 100, 5],
  [
    'failed to be deployed: until somebody has it tried again',
    { failure: 'x', mergedAt: 'x', announced: 'failed' },
    100,
    undefined,
  ],
  ['never opened for good', { failure: 'x', openedAt: undefined, announced: 'failed' }, 100, undefined],
])('%s', (_, facts, quiet, expected) => {
  expect(seconds(facts, quiet)).toBe(expected);
});
