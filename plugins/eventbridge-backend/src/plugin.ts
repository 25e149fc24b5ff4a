import { coreServices, createBackendPlugin } from '@backstage/backend-plugin-api';
import { DefaultAwsCredentialsManager } from '@backstage/integration-aws-node';
import { createConditionTransformer } from '@backstage/plugin-permission-node';
import { EVENTBRIDGE_PLUGIN_ID, eventbridgePermissions } from '@busline/plugin-eventbridge-common';
import {
  eventSourcesExtensionPoint,
  eventTypePermissionRules,
  eventTypeResourceRef,
  readCatalogClassifications,
  type EventSource,
} from '@busline/plugin-eventbridge-node';
import { openDatabase } from './database/migrate';
import { eventTypeResources } from './queries/eventTypeResources';
import { createRouter } from './router';
import { AuthorizedEventbridge } from './service/AuthorizedEventbridge';
import { EventbridgeQueries } from './service/EventbridgeQueries';
import { MetricsReader } from './service/MetricsReader';
import { AwsSource } from './sources/AwsSource';
import { readSourcesConfig } from './sources/config';
import { RepositorySource } from './sources/RepositorySource';
import { SourceReader } from './sources/SourceReader';

const DEFAULT_METRICS_CACHE_MINUTES = 5;

/** The backend of the event portal: reads event sources on schedule and serves the HTTP API. */
export const eventbridgePlugin = createBackendPlugin({
  pluginId: EVENTBRIDGE_PLUGIN_ID,
  register(env) {
    const addedSources: EventSource[] = [];
    env.registerExtensionPoint(eventSourcesExtensionPoint, {
      addEventSource: source => addedSources.push(source),
    });
    env.registerInit({
      deps: {
        config: coreServices.rootConfig,
        database: coreServices.database,
        httpAuth: coreServices.httpAuth,
        httpRouter: coreServices.httpRouter,
        lifecycle: coreServices.lifecycle,
        logger: coreServices.logger,
        permissions: coreServices.permissions,
        permissionsRegistry: coreServices.permissionsRegistry,
        scheduler: coreServices.scheduler,
        urlReader: coreServices.urlReader,
      },
      async init({ config, database, httpAuth, httpRouter, logger, permissions, permissionsRegistry, ...deps }) {
        const { repositories, aws } = readSourcesConfig(config);
        const credentials = DefaultAwsCredentialsManager.fromConfig(config);
        const sources = [
          ...repositories.map(repository => RepositorySource.create(repository, deps.urlReader)),
          ...aws.map(account => AwsSource.create(account, credentials)),
          ...addedSources,
        ];
        const knex = await openDatabase(database);

        permissionsRegistry.addResourceType({
          resourceRef: eventTypeResourceRef,
          permissions: eventbridgePermissions.filter(each => 'resourceType' in each),
          rules: Object.values(eventTypePermissionRules),
          getResources: refs => eventTypeResources(knex, refs),
        });
        permissionsRegistry.addPermissions(eventbridgePermissions.filter(each => !('resourceType' in each)));

        const reader = new SourceReader({ knex, logger, scheduler: deps.scheduler, sources });
        const cacheMinutes =
          config.getOptionalNumber('eventbridge.metricsCacheMinutes') ?? DEFAULT_METRICS_CACHE_MINUTES;
        const metrics = new MetricsReader({ knex, logger, sources, cacheMs: cacheMinutes * 60_000 });
        const service = new AuthorizedEventbridge({
          queries: new EventbridgeQueries({ knex, reader, metrics, inCatalog: readCatalogClassifications(config) }),
          permissions,
          transformConditions: createConditionTransformer(
            permissionsRegistry.getPermissionRuleset(eventTypeResourceRef),
          ),
        });
        httpRouter.use(createRouter({ httpAuth, service }));
        deps.lifecycle.addShutdownHook(() => reader.stop());
        await reader.start();
      },
    });
  },
});
