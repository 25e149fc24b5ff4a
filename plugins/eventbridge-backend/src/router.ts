import type { AuditorService, HttpAuthService } from '@backstage/backend-plugin-api';
import { createValidatedOpenApiRouter } from '@backstage/backend-openapi-utils';
import { NotFoundError } from '@backstage/errors';
import type { GitHttpHandler } from '@busline/forge';
import type {
  BusQuery,
  EventInQuestion,
  EventTypeQuery,
  EventTypeRef,
  MapQuery,
  ReceiversQuery,
  SubscriptionQuery,
} from '@busline/plugin-eventbridge-common';
import express, { type Request, type RequestHandler, type Response, type Router } from 'express';
import type { AuthorizedChanges } from './changes/AuthorizedChanges';
import { addChangeRoutes } from './changes/changeRoutes';
import { spec } from './schema/openapi.generated';
import type { AuthorizedEventbridge } from './service/AuthorizedEventbridge';
import { databaseErrorHandler } from './service/databaseErrors';
import type { PageQuery } from './service/EventbridgeQueries';

export interface RouterOptions {
  readonly httpAuth: HttpAuthService;
  readonly service: AuthorizedEventbridge;
  /** Absent where the portal opens no change requests. */
  readonly changes?: { readonly auditor: AuditorService; readonly authorized: AuthorizedChanges };
  /** Holds answers against the description of the API too; for tests. */
  readonly validateResponses?: boolean;
}

/** The HTTP API. Requests have been held against `schema/openapi.yaml` when they come to a handler. */
export function createRouter({ httpAuth, service, changes, validateResponses = false }: RouterOptions): Router {
  const router = createValidatedOpenApiRouter(spec as unknown as Parameters<typeof createValidatedOpenApiRouter>[0], {
    middleware: [bodyParser],
    validatorOptions: {
      // A filter that is given once is a list of one, and limits are numbers.
      validateRequests: { coerceTypes: 'array', allowUnknownQueryParameters: false },
      validateResponses,
    },
  }) as unknown as Router;

  type Handler = (req: Request, credentials: Awaited<ReturnType<HttpAuthService['credentials']>>) => Promise<unknown>;
  const answer =
    (handler: Handler, status = 200) =>
    async (req: Request, res: Response) => {
      const credentials = await httpAuth.credentials(req);
      res.status(status).json(await handler(req, credentials));
    };
  const refOf = (req: Request): EventTypeRef => ({ source: req.params.source, detailType: req.params.detailType });
  const queryOf = <T>(req: Request) => req.query as T;

  router.get(
    '/event-types',
    answer((req, who) => service.listEventTypes(queryOf<EventTypeQuery>(req), who)),
  );
  router.get(
    '/event-types/facets',
    answer((req, who) => service.getEventTypeFacets(queryOf<EventTypeQuery>(req), who)),
  );
  router.get(
    '/event-types/:source/:detailType',
    answer((req, who) => service.getEventType(refOf(req), who)),
  );
  router.get(
    '/event-types/:source/:detailType/versions/:version',
    answer((req, who) => service.getSchemaVersion(refOf(req), req.params.version, who)),
  );
  router.get(
    '/event-types/:source/:detailType/subscriptions',
    answer((req, who) => service.listEventTypeSubscriptions(refOf(req), queryOf<SubscriptionQuery>(req), who)),
  );

  router.get(
    '/event-types/:source/:detailType/evolution',
    answer((req, who) => service.getEventTypeEvolution(refOf(req), who)),
  );
  router.get(
    '/event-types/:source/:detailType/comparison',
    answer((req, who) => service.compareVersions(refOf(req), queryOf<{ from: string; to: string }>(req), who)),
  );
  router.get(
    '/event-types/:source/:detailType/affected',
    answer((req, who) => service.getAffectedSubscribers(refOf(req), queryOf<{ from: string; to: string }>(req), who)),
  );

  router.get(
    '/event-type-index',
    answer((req, who) => service.listEventTypeIndex(queryOf<PageQuery>(req), who)),
  );

  router.get(
    '/subscriptions',
    answer((req, who) => service.listSubscriptions(queryOf<SubscriptionQuery>(req), who)),
  );
  router.get(
    '/subscriptions/facets',
    answer((req, who) => service.getSubscriptionFacets(queryOf<SubscriptionQuery>(req), who)),
  );
  router.get(
    '/subscriptions/:id',
    answer((req, who) => service.getSubscription(req.params.id, who)),
  );
  router.get(
    '/subscriptions/:id/metrics',
    answer((req, who) => service.getSubscriptionMetrics(req.params.id, who)),
  );

  router.get(
    '/subscriptions/:id/verdicts',
    answer((req, who) => service.getSubscriptionVerdicts(req.params.id, who)),
  );
  router.post(
    '/receivers',
    answer((req, who) => service.findReceivers(req.body as EventInQuestion, queryOf<ReceiversQuery>(req), who)),
  );

  router.get(
    '/services',
    answer(async (_req, who) => ({ items: await service.listServices(who) })),
  );
  router.get(
    '/services/by-entity',
    answer((req, who) => service.getServiceByEntity(queryOf<{ ref: string }>(req).ref, who)),
  );
  router.get(
    '/services/:name',
    answer((req, who) => service.getService(req.params.name, who)),
  );

  router.get(
    '/buses',
    answer((req, who) => service.listBuses(queryOf<BusQuery>(req), who)),
  );
  router.get(
    '/buses/:arn',
    answer((req, who) => service.getBus(req.params.arn, who)),
  );
  router.get(
    '/buses/:arn/metrics',
    answer((req, who) => service.getBusMetrics(req.params.arn, who)),
  );
  router.get(
    '/accounts',
    answer(async (_req, who) => ({ items: await service.listAccounts(who) })),
  );

  router.get(
    '/map',
    answer((req, who) => service.getMap(queryOf<MapQuery>(req), who)),
  );
  router.get(
    '/overview',
    answer((_req, who) => service.getOverview(who)),
  );

  router.get(
    '/sources',
    answer(async (_req, who) => ({ items: await service.listSources(who) })),
  );
  router.get(
    '/sources/:id/problems',
    answer((req, who) => service.listSourceProblems(req.params.id, queryOf<PageQuery>(req), who)),
  );
  router.post(
    '/sources/:id/refresh',
    answer((req, who) => service.refreshSource(req.params.id, who), 202),
  );

  if (changes) addChangeRoutes(router, { httpAuth, auditor: changes.auditor, changes: changes.authorized });
  else router.use(['/plans', '/change-requests'], NO_CHANGES);

  router.use(databaseErrorHandler);
  return router;
}

/** An event of 1 MB in JSON text, every quote of it escaped, and room for what is beside it. */
const EVENT_BODY_LIMIT = '3mb';
const parseEventBody = express.json({ limit: EVENT_BODY_LIMIT });
const parseBody = express.json();
const bodyParser: RequestHandler = (req, res, next) =>
  (req.path === '/receivers' ? parseEventBody : parseBody)(req, res, next);

/** Clones over HTTP, below `/git`. */
export function createGitRouter(git: GitHttpHandler): Router {
  const router = express.Router();
  router.use('/git', git);
  return router;
}

const NO_CHANGES: RequestHandler = () => {
  throw new NotFoundError('This portal opens no change requests: eventbridge.changes is not configured');
};
