import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import type { JsonObject } from '@backstage/types';
import type { OnboardingRequest } from '@busline/onboarding';
import { problemsError, type Portal } from './portal';

/**
 * `busline:pullRequests:open`: sends the request and opens its pull requests. The task's id is the key, so a task that
 * was cut off and recovered finds what it opened before; each step is a checkpoint. A dry run plans only. A task that is
 * cancelled closes the change request, with whatever was opened by then.
 */
export function createOpenPullRequestsAction({ api, tokenFor }: Portal) {
  return createTemplateAction({
    id: 'busline:pullRequests:open',
    description: 'Opens the pull requests of an onboarding request, or finds those that are open',
    supportsDryRun: true,
    schema: {
      input: {
        request: z =>
          z.object({ kind: z.string() }).passthrough().describe('The onboarding request, as the form made it'),
        digest: z =>
          z.string().optional().describe('Of the plan that was read: a plan that differs by now is not opened'),
      },
      output: {
        changeRequest: z => z.string().describe('Id of the change request'),
        path: z => z.string().describe('Path of its page'),
        pullRequests: z =>
          z
            .array(z.object({ repository: z.string(), number: z.number().optional(), url: z.string().optional() }))
            .describe('The pull requests'),
      },
    },
    async handler(ctx) {
      const { digest } = ctx.input;
      const { signal } = ctx;
      const request = ctx.input.request as unknown as OnboardingRequest;
      const credentials = await ctx.getInitiatorCredentials();
      if (ctx.isDryRun) {
        const answer = await api.makePlan(request, { token: await tokenFor(credentials), signal });
        if (answer.kind === 'problems') throw problemsError(answer.problems);
        ctx.logger.info(`A dry run opens nothing. It would be: ${answer.plan.title}`);
        return;
      }
      const openUnlessCancelled = async (id: string) => {
        signal?.throwIfAborted();
        const opened = await api.openPullRequests(id, { token: await tokenFor(credentials), signal });
        signal?.throwIfAborted();
        return opened;
      };
      /** Waits in the portal for what is being opened just now, and closes that too. */
      const closeCancelled = async (id: string) => {
        try {
          await api.closeChangeRequest(id, { token: await tokenFor(credentials) });
          ctx.logger.info(`Cancelled: the change request ${id} is closed, and nothing of it is merged`);
        } catch (error) {
          const reason = error instanceof Error ? error.message : String(error);
          ctx.logger.error(`Cancelled, but not closed: ${reason} Close it on ${pathOf(id)}`);
        }
      };
      const id = await ctx.checkpoint({
        key: 'change-request',
        fn: async () => {
          const sent = { request, key: `task ${ctx.task.id}`, ...(digest !== undefined && { digest }) };
          signal?.throwIfAborted();
          // Not cut off: whether it was taken on would not be known. It is short.
          const answer = await api.sendChangeRequest(sent, { token: await tokenFor(credentials) });
          if (answer.kind === 'problems') throw problemsError(answer.problems);
          ctx.logger.info(`Change request ${answer.change.id}: ${answer.change.title}`);
          return answer.change.id;
        },
      });
      const pullRequests = await ctx.checkpoint({
        key: 'pull-requests',
        fn: async () => {
          const opened = await openUnlessCancelled(id).catch(async error => {
            if (signal?.aborted) await closeCancelled(id);
            else ctx.logger.error(`It is not lost: ${pathOf(id)} shows the change request, and what becomes of it`);
            throw error;
          });
          for (const line of opened.log) ctx.logger.info(line);
          return opened.change.pullRequests.map(
            ({ repository, number, url }): JsonObject => ({
              repository,
              ...(number !== undefined && { number }),
              ...(url !== undefined && { url }),
            }),
          );
        },
      });
      ctx.output('changeRequest', id);
      ctx.output('path', pathOf(id));
      ctx.output('pullRequests', pullRequests as unknown as { repository: string }[]);
    },
  });
}

function pathOf(id: string): string {
  return `/events/changes/${id}`;
}
