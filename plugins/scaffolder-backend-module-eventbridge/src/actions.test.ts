import { mockCredentials } from '@backstage/backend-test-utils';
import { createMockActionContext } from '@backstage/plugin-scaffolder-node-test-utils';
import type { OnboardingRequest } from '@busline/onboarding';
import type { ChangeRequestAnswer, OpenedPullRequests, PlanAnswer } from '@busline/plugin-eventbridge-common';
import { createOpenPullRequestsAction } from './openPullRequests';
import { createPlanAction } from './plan';
import type { Portal } from './portal';

const REQUEST = { kind: 'leave', service: 'fraud-guard', everything: true } as const;
const PLAN = {
  title: 'fraud-guard leaves',
  summary: ['It receives nothing any more.'],
  repositories: [{ title: 'key/events', files: [{}, {}] }],
  checks: [{ status: 'passed', title: 'The repository is valid' }],
};
const PROBLEMS = [
  {
    field: '/service',
    rule: 'unknown-service',
    message: 'There is no service fraud-guard.',
    wayOut: 'Look at the list.',
  },
  { field: '', rule: 'stale-form', message: 'Main has changed.' },
];

/** The portal, as it answers; it keeps change requests by their key. */
function portal(problems: readonly unknown[] = []) {
  const calls: string[] = [];
  const opened = new Set<string>();
  const api = {
    async makePlan(request: OnboardingRequest, options?: { token?: string }) {
      calls.push(`plan ${request.kind} as ${options?.token}`);
      const answer = problems.length > 0 ? { kind: 'problems', problems } : { kind: 'plan', plan: PLAN, digest: 'd1' };
      return { ...answer, baseCommit: 'c1' } as unknown as PlanAnswer;
    },
    async sendChangeRequest({ key, digest }: { key: string; digest?: string }, options?: { token?: string }) {
      calls.push(`send ${key} ${digest} as ${options?.token}`);
      const answer =
        problems.length > 0
          ? { kind: 'problems', problems }
          : { kind: 'change', change: { id: 'cr1', title: PLAN.title } };
      return answer as unknown as ChangeRequestAnswer;
    },
    async openPullRequests(id: string) {
      calls.push(`open ${id}`);
      opened.add(id);
      const pullRequests = [{ repository: 'key/events', number: 7, url: 'https://forge/7', state: 'open' }];
      return { change: { pullRequests }, log: ['Opened key/events#7'] } as unknown as OpenedPullRequests;
    },
  };
  const closing = {
    async closeChangeRequest(id: string) {
      calls.push(`close ${id}`);
      return {} as never;
    },
  };
  const tokenFor: Portal['tokenFor'] = async credentials =>
    (credentials.principal as unknown as { userEntityRef: string }).userEntityRef;
  return { calls, portal: { api: { ...api, ...closing }, tokenFor } satisfies Portal };
}

function contextOf(input: object, more: object = {}) {
  return Object.assign(createMockActionContext({ input: input as never, task: { id: 't1' } }), {
    getInitiatorCredentials: async () => mockCredentials.user('user:default/mira'),
    ...more,
  });
}

describe('busline:onboarding:plan', () => {
  it('gives the plan, on behalf of whoever started the template', async () => {
    const { portal: p, calls } = portal();
    const context = contextOf({ request: REQUEST });
    await createPlanAction(p).handler(context as never);
    expect(calls).toEqual(['plan leave as user:default/mira']);
    expect(context.output).toHaveBeenCalledWith('digest', 'd1');
    expect(context.output).toHaveBeenCalledWith('title', 'fraud-guard leaves');
  });

  it('fails with all problems at once, each with its field and the way out', async () => {
    await expect(
      createPlanAction(portal(PROBLEMS).portal).handler(contextOf({ request: REQUEST }) as never),
    ).rejects.toThrow(
      'The request cannot be planned.\n/service: There is no service fraud-guard. Look at the list.\nMain has changed.',
    );
  });
});

describe('busline:pullRequests:open', () => {
  it('sends the request under the task’s id and opens its pull requests', async () => {
    const { portal: p, calls } = portal();
    const context = contextOf({ request: REQUEST, digest: 'd1' });
    await createOpenPullRequestsAction(p).handler(context as never);
    expect(calls).toEqual(['send task t1 d1 as user:default/mira', 'open cr1']);
    expect(context.output).toHaveBeenCalledWith('path', '/events/changes/cr1');
    expect(context.output).toHaveBeenCalledWith('pullRequests', [
      { repository: 'key/events', number: 7, url: 'https://forge/7' },
    ]);
  });

  it('plans only in a dry run', async () => {
    const { portal: p, calls } = portal();
    await createOpenPullRequestsAction(p).handler(contextOf({ request: REQUEST }, { isDryRun: true }) as never);
    expect(calls).toEqual(['plan leave as user:default/mira']);
  });

  it('recovered after it was cut off, does not do again what its checkpoints have', async () => {
    const { portal: p, calls } = portal();
    const kept = new Map<string, unknown>([['change-request', 'cr1']]);
    const checkpoint = async ({ key, fn }: { key: string; fn: () => Promise<unknown> }) => {
      if (!kept.has(key)) kept.set(key, await fn());
      return kept.get(key);
    };
    const context = contextOf({ request: REQUEST }, { checkpoint });
    await createOpenPullRequestsAction(p).handler(context as never);
    await createOpenPullRequestsAction(p).handler(context as never);
    expect(calls).toEqual(['open cr1']);
    expect(context.output).toHaveBeenCalledWith('changeRequest', 'cr1');
  });

  it('fails with the problems where the request is refused, and opens nothing', async () => {
    const { portal: p, calls } = portal(PROBLEMS);
    await expect(createOpenPullRequestsAction(p).handler(contextOf({ request: REQUEST }) as never)).rejects.toThrow(
      '/service',
    );
    expect(calls).toEqual(['send task t1 undefined as user:default/mira']);
  });

  it('cancelled before it began, sends nothing', async () => {
    const { portal: p, calls } = portal();
    const context = contextOf({ request: REQUEST }, { signal: AbortSignal.abort() });
    await expect(createOpenPullRequestsAction(p).handler(context as never)).rejects.toThrow('aborted');
    expect(calls).toEqual([]);
  });

  it('cancelled while pull requests are opened, closes the change request', async () => {
    const { portal: p, calls } = portal();
    const cancelled = new AbortController();
    const api: Portal['api'] = {
      ...p.api,
      async openPullRequests(id, options) {
        cancelled.abort();
        options?.signal?.throwIfAborted();
        return p.api.openPullRequests(id);
      },
    };
    const info = jest.fn();
    const context = contextOf({ request: REQUEST }, { signal: cancelled.signal, logger: { info, error: info } });
    await expect(createOpenPullRequestsAction({ ...p, api }).handler(context as never)).rejects.toThrow('aborted');
    expect(calls).toEqual(['send task t1 undefined as user:default/mira', 'close cr1']);
    expect(info).toHaveBeenLastCalledWith('Cancelled: the change request cr1 is closed, and nothing of it is merged');
  });

  it('cancelled, says where to close what it may not close', async () => {
    const { portal: p } = portal();
    const cancelled = new AbortController();
    const api: Portal['api'] = {
      ...p.api,
      async sendChangeRequest(...sent) {
        const answer = await p.api.sendChangeRequest(...sent);
        cancelled.abort();
        return answer;
      },
      closeChangeRequest: async () => Promise.reject(new Error('You may not close this change request.')),
    };
    const error = jest.fn();
    const context = contextOf({ request: REQUEST }, { signal: cancelled.signal, logger: { info() {}, error } });
    await expect(createOpenPullRequestsAction({ ...p, api }).handler(context as never)).rejects.toThrow('aborted');
    expect(error).toHaveBeenLastCalledWith(
      'Cancelled, but not closed: You may not close this change request. Close it on /events/changes/cr1',
    );
  });

  it('says where the change request is found when the forge fails', async () => {
    const { portal: p } = portal();
    const error = jest.fn();
    const failing = {
      ...p,
      api: { ...p.api, openPullRequests: async () => Promise.reject(new Error('The forge timed out')) },
    };
    const context = contextOf({ request: REQUEST }, { logger: { info() {}, error } });
    await expect(createOpenPullRequestsAction(failing).handler(context as never)).rejects.toThrow(
      'The forge timed out',
    );
    expect(error).toHaveBeenCalledWith(expect.stringContaining('/events/changes/cr1'));
  });
});
