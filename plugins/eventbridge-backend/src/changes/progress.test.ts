import type { ChangePullRequest } from '@busline/plugin-eventbridge-common';
import { stateOf, stationsOf, waitsFor, whoseTurn, type ChangeFacts } from './progress';

const pull = (more: Partial<ChangePullRequest> = {}): ChangePullRequest => ({
  role: 'events',
  repository: 'key/events',
  branch: 'busline/x',
  number: 7,
  state: 'open',
  mergeable: 'clean',
  approvals: [],
  awaited: [],
  checks: [],
  ...more,
});
const facts = (more: Partial<ChangeFacts> = {}) => ({
  pullRequests: [pull()],
  stacks: [],
  live: [],
  openedAt: '2026-11-20T10:00:00Z',
  requestedBy: 'user:default/Ada',
  serviceOwner: 'group:default/delivery',
  ...more,
});
const check = (state: 'passed' | 'failed' | 'pending') => ({ name: 'busline check', state });

describe('whose turn it is', () => {
  it.each<[string, Partial<ChangeFacts>, readonly string[]]>([
    ['opening: nobody’s', { openedAt: undefined }, []],
    [
      'an approval is awaited: that owner’s',
      { pullRequests: [pull({ awaited: ['group:default/Access'] })] },
      ['group:default/access'],
    ],
    [
      'conflicts: whoever asked',
      { pullRequests: [pull({ mergeable: 'conflicts', awaited: ['group:default/access'] })] },
      ['user:default/ada'],
    ],
    ['a check failed: whoever asked', { pullRequests: [pull({ checks: [check('failed')] })] }, ['user:default/ada']],
    ['a check runs: nobody’s', { pullRequests: [pull({ checks: [check('pending')] })] }, []],
    [
      'it can be merged: the service’s owner',
      { pullRequests: [pull({ checks: [check('passed')] })] },
      ['group:default/delivery'],
    ],
    ['deploying: nobody’s', { mergedAt: '2026-11-20T11:00:00Z' }, []],
    [
      'failed: whoever asked, and the service’s owner',
      { mergedAt: '2026-11-20T11:00:00Z', failure: 'No' },
      ['user:default/ada', 'group:default/delivery'],
    ],
    ['live: nobody’s', { liveAt: '2026-11-20T11:00:00Z' }, []],
    ['closed: nobody’s', { closedAt: '2026-11-20T11:00:00Z' }, []],
  ])('%s', (_, more, expected) => {
    expect(whoseTurn(facts(more))).toEqual(expected);
  });
});

describe('where a change request stands', () => {
  it('is told by what was reached last, with what the next station waits for', () => {
    const approved = facts({ approvedAt: '2026-11-20T10:30:00Z' });
    expect(stateOf(approved)).toBe('approved');
    expect(waitsFor(approved)).toBe('The merge of key/events#7');
    expect(stationsOf(approved).map(({ id, state }) => `${id} ${state}`)).toEqual([
      'opened reached',
      'approved reached',
      'merged current',
      'deployed ahead',
      'live ahead',
    ]);
  });
  it('stops at the station that failed', () => {
    const failed = facts({ mergedAt: '2026-11-20T11:00:00Z', failure: 'The stack could not be made' });
    expect(stationsOf(failed)[3]).toEqual({ id: 'deployed', state: 'failed', detail: 'The stack could not be made' });
  });
});

describe('the station of approval', () => {
  const states = (more: Partial<ChangeFacts>) =>
    stationsOf(facts(more))
      .slice(1, 3)
      .map(({ id, state }) => `${id} ${state}`);

  it.each<[string, Partial<ChangeFacts>, readonly string[]]>([
    ['is passed where nobody’s approval is awaited', {}, ['approved unneeded', 'merged current']],
    [
      'is where it stands as long as one is awaited',
      { pullRequests: [pull(), pull({ awaited: ['group:default/access'], mergeable: 'blocked' })] },
      ['approved current', 'merged ahead'],
    ],
    [
      'is where it stands as long as the forge has not said whether one is',
      { pullRequests: [pull({ mergeable: 'unknown' })] },
      ['approved current', 'merged ahead'],
    ],
    [
      'is where it stands where a conflict hides whether one is',
      { pullRequests: [pull({ mergeable: 'conflicts' })] },
      ['approved current', 'merged ahead'],
    ],
    ['is ahead before anything is open', { openedAt: undefined }, ['approved ahead', 'merged ahead']],
    [
      'is reached by merging: who may merge may approve by it',
      { mergedAt: '2026-11-20T11:00:00Z', pullRequests: [pull({ state: 'merged' })] },
      ['approved reached', 'merged reached'],
    ],
  ])('%s', (_, more, expected) => {
    expect(states(more)).toEqual(expected);
  });
});

it('a rule of the forge that stands in the way is what is waited for, in its words', () => {
  const blocked = pull({
    mergeable: 'blocked',
    blockedBy: 'the branch must be brought up to date with its base first',
  });
  expect(waitsFor(facts({ pullRequests: [blocked] }))).toBe(
    'key/events#7 cannot be merged yet: the branch must be brought up to date with its base first',
  );
});
