import type { LoggerService } from '@backstage/backend-plugin-api';
import type { EventParams, EventsService } from '@backstage/plugin-events-node';
import type { ChangeFollower } from './ChangeFollower';
import type { ChangeStore } from './ChangeStore';

/** GitHub's webhooks as Backstage's events backend takes them in at `/api/events/http/github`, signature checked. */
const TOPIC = 'github';

/** What is looked at of a webhook: enough to know which pull request to ask the forge about. */
interface PullRequestNews {
  readonly repository?: { readonly full_name?: unknown };
  readonly pull_request?: { readonly number?: unknown };
  readonly check_run?: { readonly pull_requests?: readonly { readonly number?: unknown }[] };
}

/**
 * Follows a change request as soon as GitHub says that something happened to its pull request, rather than at the next
 * poll. What the webhook claims is not believed: the forge is asked.
 */
export async function followWebhooks(options: {
  readonly events: EventsService;
  readonly store: ChangeStore;
  readonly follower: ChangeFollower;
  readonly logger: LoggerService;
}): Promise<void> {
  const { events, store, follower, logger } = options;
  await events.subscribe({
    id: 'eventbridge-change-requests',
    topics: [TOPIC],
    async onEvent({ eventPayload }: EventParams) {
      for (const { repository, number } of pullRequestsOf(eventPayload)) {
        const change = await store.findByPullRequest(repository, number);
        if (!change) continue;
        logger.info(`GitHub has news of ${repository}#${number}`);
        // Whoever is at it just now may have asked before this happened: hence not only if nobody is.
        await follower.follow(change.id).catch(error => {
          logger.warn(`News of ${repository}#${number} could not be followed; the next look will`, error as Error);
        });
      }
    },
  });
}

export function pullRequestsOf(payload: unknown): readonly { readonly repository: string; readonly number: number }[] {
  const { repository, pull_request: pull, check_run: run } = (payload ?? {}) as PullRequestNews;
  const name = repository?.full_name;
  if (typeof name !== 'string') return [];
  return [pull?.number, ...(run?.pull_requests ?? []).map(each => each?.number)]
    .filter((number): number is number => Number.isSafeInteger(number))
    .map(number => ({ repository: name, number }));
}
