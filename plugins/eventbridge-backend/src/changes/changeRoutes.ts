import type { AuditorService, BackstageCredentials, HttpAuthService } from '@backstage/backend-plugin-api';
import { parseRequest, type OnboardingRequest } from '@busline/onboarding';
import type { ChangeRequestQuery } from '@busline/plugin-eventbridge-common';
import type { Request, Response, Router } from 'express';
import type { AuthorizedChanges } from './AuthorizedChanges';
import { toAnswer } from './troubles';

export interface ChangesRouterOptions {
  readonly httpAuth: HttpAuthService;
  readonly auditor: AuditorService;
  readonly changes: AuthorizedChanges;
}

interface Body {
  readonly request: unknown;
  readonly key: string;
  readonly digest?: string;
}

type Problems = Extract<ReturnType<typeof parseRequest>, { kind: 'problems' }>;

/**
 * Adds onboarding and change requests to a router that has held requests against `schema/openapi.yaml`. Whatever changes
 * something is audited, with who asked for it; what people wrote in forms is not.
 */
export function addChangeRoutes(router: Router, { httpAuth, auditor, changes }: ChangesRouterOptions): void {
  type Handler = (req: Request, credentials: BackstageCredentials) => Promise<unknown>;
  const answer = (handler: Handler) => async (req: Request, res: Response) => {
    const credentials = await httpAuth.credentials(req);
    try {
      res.json(await handler(req, credentials));
    } catch (error) {
      throw toAnswer(error);
    }
  };
  const audited = (eventId: string, handler: Handler) =>
    answer(async (request, credentials) => {
      const id = request.params.id;
      const event = await auditor.createEvent({
        eventId,
        request,
        severityLevel: 'medium',
        ...(id !== undefined && { meta: { changeRequest: id } }),
      });
      try {
        const result = await handler(request, credentials);
        await event.success();
        return result;
      } catch (error) {
        await event.fail({ error: error as Error });
        throw error;
      }
    });
  const withRequest = async (
    value: unknown,
    go: (request: OnboardingRequest) => Promise<unknown>,
  ): Promise<unknown | Problems> => {
    const parsed = parseRequest(value);
    return parsed.kind === 'problems' ? parsed : go(parsed.request);
  };

  router.post(
    '/plans',
    answer((req, who) => withRequest((req.body as Body).request, request => changes.plan(request, who))),
  );
  router.get(
    '/change-requests',
    answer((req, who) => changes.list(req.query as ChangeRequestQuery, who)),
  );
  router.post(
    '/change-requests',
    audited('change-request-send', (req, who) => {
      const { request: value, key, digest } = req.body as Body;
      return withRequest(value, request =>
        changes.send({ request, key, ...(digest !== undefined && { digest }) }, who),
      );
    }),
  );
  router.get(
    '/change-requests/:id',
    answer((req, who) => changes.get(req.params.id, who)),
  );
  router.get(
    '/change-requests/:id/plan',
    answer((req, who) => changes.getPlan(req.params.id, who)),
  );
  router.post(
    '/change-requests/:id/pull-requests',
    audited('change-request-open', (req, who) => changes.open(req.params.id, who)),
  );
  router.post(
    '/change-requests/:id/reviews',
    audited('change-request-review', (req, who) => changes.review(req.params.id, req.body, who)),
  );
  router.post(
    '/change-requests/:id/merge',
    audited('change-request-merge', (req, who) => changes.merge(req.params.id, who)),
  );
  router.post(
    '/change-requests/:id/close',
    audited('change-request-close', (req, who) => changes.close(req.params.id, who)),
  );
  router.post(
    '/change-requests/:id/retry',
    audited('change-request-retry', (req, who) => changes.retry(req.params.id, who)),
  );
  router.post(
    '/change-requests/:id/update',
    audited('change-request-update', (req, who) => changes.update(req.params.id, who)),
  );
}
