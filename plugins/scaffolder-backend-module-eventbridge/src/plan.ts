import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import type { JsonObject } from '@backstage/types';
import type { OnboardingRequest, Plan } from '@busline/onboarding';
import { problemsError, type Portal } from './portal';

/**
 * `busline:onboarding:plan`: says in the task's log what a request would do. Opens nothing, so it does the same in a
 * dry run. Fails with every problem at once, each with its field.
 */
export function createPlanAction({ api, tokenFor }: Portal) {
  return createTemplateAction({
    id: 'busline:onboarding:plan',
    description: 'Plans an onboarding request: files, permissions, checks, people and cost, without opening anything',
    supportsDryRun: true,
    schema: {
      input: {
        request: z =>
          z.object({ kind: z.string() }).passthrough().describe('The onboarding request, as the form made it'),
      },
      output: {
        title: z => z.string().describe('One line: what it does'),
        summary: z => z.string().describe('Markdown: what changes, who may do what, and why'),
        digest: z =>
          z.string().describe('Of files and permissions; the pull requests are opened for this and nothing else'),
        plan: z => z.record(z.any()).describe('The whole plan'),
      },
    },
    async handler(ctx) {
      const token = await tokenFor(await ctx.getInitiatorCredentials());
      const { signal } = ctx;
      const answer = await api.makePlan(ctx.input.request as unknown as OnboardingRequest, { token, signal });
      if (answer.kind === 'problems') throw problemsError(answer.problems);
      const { plan, digest } = answer;
      for (const line of linesOf(plan)) ctx.logger.info(line);
      ctx.output('title', plan.title);
      ctx.output('summary', plan.summary.join('\n\n'));
      ctx.output('digest', digest);
      ctx.output('plan', plan as unknown as JsonObject);
    },
  });
}

function linesOf(plan: Plan): readonly string[] {
  const files = plan.repositories.map(({ title, files: all }) => `${title}: ${all.length} files`);
  const checks = plan.checks.map(({ status, title }) => `${status === 'passed' ? 'passed' : status}: ${title}`);
  return [plan.title, ...plan.summary, ...files, ...checks];
}
