import type {
  ActionState,
  ChangePullRequest,
  ChangeRequestDetail,
  ChangeRequestSummary,
  Station,
} from '@busline/plugin-eventbridge-common';

const NEVER: ActionState = { allowed: 'never' };
const YES: ActionState = { allowed: true };
const no = (why: string): ActionState => ({ allowed: false, why });

const minute = (of: number) => `2026-11-20T10:${String(of).padStart(2, '0')}:00Z`;

const pull = (role: ChangePullRequest['role'], more: Partial<ChangePullRequest> = {}): ChangePullRequest => ({
  role,
  repository: role === 'events' ? 'key/events' : 'key/fraud-guard',
  cloneUrl: `http://portal/api/eventbridge/git/key/${role === 'events' ? 'events' : 'fraud-guard'}.git`,
  branch: 'busline/onboard-fraud-guard-7035a1e9f3',
  number: role === 'events' ? 41 : 7,
  state: 'open',
  mergeable: 'clean',
  approvals: [],
  awaited: [],
  checks: role === 'events' ? [{ name: 'busline check', state: 'passed', detail: 'No rule is broken' }] : [],
  ...more,
});

/** Stations of which the first `reached` are reached and the next is as said. */
function stations(reached: number, next: Station['state'] = 'current', detail?: string): readonly Station[] {
  return (['opened', 'approved', 'merged', 'deployed', 'live'] as const).map((id, index): Station => {
    if (index < reached) return { id, state: 'reached', at: minute(index * 2 + 1) };
    if (index > reached) return { id, state: 'ahead' };
    return { id, state: next, ...(detail && { detail }) };
  });
}

/** Nobody's approval is missing: the merge is what is waited for. */
const TO_MERGE: readonly Station[] = stations(2).map(station =>
  station.id === 'approved' ? { id: station.id, state: 'unneeded' } : station,
);

const BASE: ChangeRequestDetail = {
  id: 'c1',
  kind: 'onboard',
  title: 'fraud-guard subscribes to Access Granted',
  service: 'fraud-guard',
  environment: 'prod',
  requestedBy: 'user:default/billing-owner',
  requestedAt: minute(0),
  state: 'open',
  waitsFor: 'The merge of key/events#41 and key/fraud-guard#7',
  turn: ['group:default/insights'],
  reason: 'Grants at night are what fraud looks like.',
  subscriptions: ['watch-grants'],
  publications: [],
  planDigest: 'd1',
  pullRequests: [pull('events'), pull('service')],
  stations: TO_MERGE,
  stacks: [],
  live: [],
  history: [
    { at: minute(0), by: 'user:default/billing-owner', text: 'sent the form' },
    { at: minute(1), by: 'user:default/billing-owner', text: 'opened the pull request key/events#41' },
  ],
  actions: { approve: YES, merge: YES, close: YES, retry: NEVER, update: NEVER },
};

const WITHOUT_ACTIONS = { approve: NEVER, merge: NEVER, close: NEVER, retry: NEVER, update: NEVER } as const;
const STACK = { accountId: '999900001111', region: 'eu-west-1' } as const;
const STACKS = [
  { ...STACK, name: 'busline-prod-fraud-guard', state: 'done', detail: 'updated' },
  { ...STACK, accountId: '111111111111', name: 'busline-prod-central-fraud-guard', state: 'done', detail: 'updated' },
] as const;

export const openChange = (): ChangeRequestDetail => BASE;

/** A change request in every state that its page knows, by a name of the state. */
export const CHANGES = {
  opening: {
    ...BASE,
    id: 'opening',
    state: 'opening',
    waitsFor: 'The pull requests are being opened',
    turn: [],
    stations: stations(0),
    pullRequests: [
      pull('events'),
      pull('service', { state: 'missing', number: undefined, url: undefined, mergeable: undefined }),
    ],
    actions: { ...WITHOUT_ACTIONS, close: YES },
  },
  open: { ...BASE, id: 'open' },
  awaited: {
    ...BASE,
    id: 'awaited',
    stations: stations(1),
    waitsFor: 'The approval of group:default/access',
    turn: ['group:default/access'],
    pullRequests: [pull('events', { awaited: ['group:default/access'] }), pull('service')],
    actions: { ...BASE.actions, merge: no('The approval of group:default/access is missing') },
  },
  approved: {
    ...BASE,
    id: 'approved',
    state: 'approved',
    stations: stations(2),
    pullRequests: [
      pull('events', { approvals: [{ by: 'user:default/access-owner', at: minute(3) }] }),
      pull('service', { approvals: [{ by: 'user:default/access-owner', at: minute(3) }] }),
    ],
    history: [...BASE.history, { at: minute(3), by: 'user:default/access-owner', text: 'approved: Fine by us.' }],
  },
  conflicts: {
    ...BASE,
    id: 'conflicts',
    stations: stations(1),
    waitsFor: 'key/fraud-guard#7 conflicts with main: bring it up to date',
    turn: ['user:default/billing-owner'],
    pullRequests: [pull('events'), pull('service', { mergeable: 'conflicts' })],
    actions: { ...BASE.actions, merge: no('key/fraud-guard#7 conflicts with main: bring it up to date'), update: YES },
  },
  check: {
    ...BASE,
    id: 'check',
    waitsFor: 'busline check fails on key/events#41',
    turn: ['user:default/billing-owner'],
    pullRequests: [
      pull('events', {
        checks: [
          {
            name: 'busline check',
            state: 'failed',
            detail: 'subscriptions/fraud-guard/watch-grants.yaml:3 is no pattern',
          },
        ],
      }),
      pull('service'),
    ],
    actions: { ...BASE.actions, merge: no('The check busline check fails'), update: YES },
  },
  forbidden: {
    ...BASE,
    id: 'forbidden',
    actions: {
      approve: no('Somebody else has to approve what you asked for'),
      merge: no('You may not merge this change request'),
      close: no('You may not close this change request'),
      retry: NEVER,
      update: NEVER,
    },
  },
  github: {
    ...BASE,
    id: 'github',
    pullRequests: [
      pull('events', { url: 'https://github.com/key/events/pull/41' }),
      pull('service', {
        url: 'https://github.com/key/fraud-guard/pull/7',
        cloneUrl: 'https://github.com/key/fraud-guard.git',
      }),
    ],
    actions: WITHOUT_ACTIONS,
  },
  blocked: {
    ...BASE,
    id: 'blocked',
    waitsFor: 'key/events#41 cannot be merged yet: a protection rule of the branch is not met yet',
    turn: ['octocat'],
    stations: stations(1),
    pullRequests: [
      pull('events', {
        url: 'https://github.com/key/events/pull/41',
        mergeable: 'blocked',
        blockedBy: 'a protection rule of the branch is not met yet',
      }),
      pull('service', { url: 'https://github.com/key/fraud-guard/pull/7' }),
    ],
    actions: WITHOUT_ACTIONS,
  },
  halfMerged: {
    ...BASE,
    id: 'halfMerged',
    waitsFor: 'The merge of key/events#41',
    pullRequests: [pull('events'), pull('service', { state: 'merged', mergedAt: minute(5) })],
    stacks: [
      {
        ...STACK,
        name: 'busline-prod-central-fraud-guard',
        state: 'waiting',
        detail: 'waits for the merge of key/events#41',
      },
    ],
  },
  deploying: {
    ...BASE,
    id: 'deploying',
    state: 'merged',
    waitsFor: 'Stack busline-prod-central-fraud-guard: being deployed',
    turn: [],
    stations: stations(3),
    pullRequests: [
      pull('events', { state: 'merged', mergedAt: minute(5) }),
      pull('service', { state: 'merged', mergedAt: minute(5) }),
    ],
    stacks: [STACKS[0], { ...STACKS[1], state: 'running', detail: undefined }],
    actions: WITHOUT_ACTIONS,
  },
  failed: {
    ...BASE,
    id: 'failed',
    state: 'failed',
    waitsFor: 'Stack busline-prod-fraud-guard: the queue fraud-grants exists already',
    turn: ['user:default/billing-owner', 'group:default/insights'],
    stations: stations(3, 'failed', 'Stack busline-prod-fraud-guard: the queue fraud-grants exists already'),
    pullRequests: [
      pull('events', { state: 'merged', mergedAt: minute(5) }),
      pull('service', { state: 'merged', mergedAt: minute(5) }),
    ],
    stacks: [{ ...STACKS[0], state: 'failed', detail: 'the queue fraud-grants exists already' }],
    actions: { ...WITHOUT_ACTIONS, retry: YES },
  },
  deployed: {
    ...BASE,
    id: 'deployed',
    state: 'deployed',
    waitsFor: 'A first event for fraud-guard-watch-grants',
    turn: [],
    stations: stations(4),
    pullRequests: [
      pull('events', { state: 'merged', mergedAt: minute(5) }),
      pull('service', { state: 'merged', mergedAt: minute(5) }),
    ],
    stacks: STACKS,
    live: [
      { title: 'Rule fraud-guard-watch-grants', state: 'seen', detail: 'declared and observed' },
      {
        title: 'A first event for fraud-guard-watch-grants',
        state: 'awaited',
        detail: 'none matched yet, as far as CloudWatch has counted',
      },
    ],
    actions: WITHOUT_ACTIONS,
  },
  live: {
    ...BASE,
    id: 'live',
    state: 'live',
    waitsFor: undefined,
    turn: [],
    endedAt: minute(9),
    leadTimeSeconds: 182,
    stations: stations(5),
    pullRequests: [
      pull('events', { state: 'merged', mergedAt: minute(5) }),
      pull('service', { state: 'merged', mergedAt: minute(5) }),
    ],
    stacks: STACKS,
    live: [{ title: 'Rule fraud-guard-watch-grants', state: 'seen', detail: 'declared and observed' }],
    actions: WITHOUT_ACTIONS,
    history: [...BASE.history, { at: minute(9), text: 'saw everything on AWS, and the first event: it is live' }],
  },
  closed: {
    ...BASE,
    id: 'closed',
    state: 'closed',
    waitsFor: undefined,
    turn: [],
    endedAt: minute(9),
    stations: stations(1, 'failed', 'Closed without being merged'),
    pullRequests: [pull('events', { state: 'closed' }), pull('service', { state: 'closed' })],
    actions: WITHOUT_ACTIONS,
  },
} as const satisfies Readonly<Record<string, ChangeRequestDetail>>;

/** As the list has it. */
export function toSummary(change: ChangeRequestDetail): ChangeRequestSummary {
  const { id, kind, title, service, environment, requestedBy, requestedAt, state, waitsFor, turn } = change;
  return {
    id,
    kind,
    title,
    requestedBy,
    requestedAt,
    state,
    turn,
    ...(service && { service }),
    ...(environment && { environment }),
    ...(waitsFor && { waitsFor }),
    ...(change.endedAt && { endedAt: change.endedAt }),
    ...(change.leadTimeSeconds !== undefined && { leadTimeSeconds: change.leadTimeSeconds }),
    pullRequests: change.pullRequests,
  };
}
