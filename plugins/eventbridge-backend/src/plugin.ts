import { coreServices, createBackendPlugin } from '@backstage/backend-plugin-api';
import { InputError } from '@backstage/errors';
import { ScmIntegrations } from '@backstage/integration';
import { DefaultAwsCredentialsManager } from '@backstage/integration-aws-node';
import { createConditionTransformer } from '@backstage/plugin-permission-node';
import {
  CHANGE_REQUEST_RESOURCE_TYPE,
  EVENT_TYPE_RESOURCE_TYPE,
  EVENTBRIDGE_PLUGIN_ID,
  eventbridgePermissions,
} from '@busline/plugin-eventbridge-common';
import { eventsServiceRef } from '@backstage/plugin-events-node';
import { notificationService } from '@backstage/plugin-notifications-node';
import {
  changeRequestPermissionRules,
  changeRequestResourceRef,
  eventSourcesExtensionPoint,
  eventTypePermissionRules,
  eventTypeResourceRef,
  readCatalogClassifications,
  type EventSource,
} from '@busline/plugin-eventbridge-node';
import { changeRequestResources } from './changes/changeVisibility';
import { readChangesConfig } from './changes/config';
import { createChanges, createChangesGround } from './changes/createChanges';
import { StackDeployer } from './changes/StackDeployer';
import { openDatabase } from './database/migrate';
import { eventTypeResources } from './queries/eventTypeResources';
import { readQuotas } from './quotas';
import { createGitRouter, createRouter } from './router';
import { AuthorizedEventbridge } from './service/AuthorizedEventbridge';
import { EventbridgeQueries } from './service/EventbridgeQueries';
import { MetricsReader } from './service/MetricsReader';
import { AwsSource, clientsOf } from './sources/AwsSource';
import { readSourcesConfig } from './sources/config';
import { ForgeSource } from './sources/ForgeSource';
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
        auditor: coreServices.auditor,
        config: coreServices.rootConfig,
        database: coreServices.database,
        events: eventsServiceRef,
        discovery: coreServices.discovery,
        httpAuth: coreServices.httpAuth,
        httpRouter: coreServices.httpRouter,
        lifecycle: coreServices.lifecycle,
        logger: coreServices.logger,
        notifications: notificationService,
        permissions: coreServices.permissions,
        permissionsRegistry: coreServices.permissionsRegistry,
        rootLifecycle: coreServices.rootLifecycle,
        scheduler: coreServices.scheduler,
        urlReader: coreServices.urlReader,
        userInfo: coreServices.userInfo,
      },
      async init({ config, database, httpAuth, httpRouter, logger, permissions, permissionsRegistry, ...deps }) {
        const { repositories, aws } = readSourcesConfig(config);
        const changesConfig = readChangesConfig(config);
        const quotas = readQuotas(config);
        const credentials = DefaultAwsCredentialsManager.fromConfig(config);
        const knex = await openDatabase(database);
        const eventsSource = repositories.find(({ forge }) => forge !== undefined);
        const eventsRepository = eventsSource?.forge;
        const ground =
          changesConfig && eventsRepository !== undefined
            ? createChangesGround({
                config: changesConfig,
                knex,
                eventsRepository,
                quotas,
                urlReader: deps.urlReader,
                integrations: ScmIntegrations.fromConfig(config),
                gitUrl: `${await deps.discovery.getExternalBaseUrl(EVENTBRIDGE_PLUGIN_ID)}/git`,
              })
            : undefined;
        const sources = [
          ...repositories.map(repository => {
            if (repository.forge === undefined) return RepositorySource.create(repository, deps.urlReader);
            if (ground?.events.repository === repository.forge) return new ForgeSource(repository, ground.events);
            throw new InputError(
              `eventbridge.sources.repositories "${repository.id}": forge needs eventbridge.changes.forge, and one source may have it`,
            );
          }),
          ...aws.map(account => AwsSource.create(account, credentials)),
          ...addedSources,
        ];

        permissionsRegistry.addResourceType({
          resourceRef: eventTypeResourceRef,
          permissions: permissionsOn(EVENT_TYPE_RESOURCE_TYPE),
          rules: Object.values(eventTypePermissionRules),
          getResources: refs => eventTypeResources(knex, refs),
        });
        permissionsRegistry.addResourceType({
          resourceRef: changeRequestResourceRef,
          permissions: permissionsOn(CHANGE_REQUEST_RESOURCE_TYPE),
          rules: Object.values(changeRequestPermissionRules),
          getResources: ids => changeRequestResources(knex, ids),
        });
        permissionsRegistry.addPermissions(eventbridgePermissions.filter(each => !('resourceType' in each)));

        const reader = new SourceReader({ knex, logger, scheduler: deps.scheduler, sources });
        const cacheMinutes =
          config.getOptionalNumber('eventbridge.metricsCacheMinutes') ?? DEFAULT_METRICS_CACHE_MINUTES;
        const metrics = new MetricsReader({ knex, logger, sources, cacheMs: cacheMinutes * 60_000 });
        const service = new AuthorizedEventbridge({
          queries: new EventbridgeQueries({
            knex,
            reader,
            metrics,
            quotas,
            inCatalog: readCatalogClassifications(config),
          }),
          permissions,
          transformConditions: createConditionTransformer(
            permissionsRegistry.getPermissionRuleset(eventTypeResourceRef),
          ),
        });
        const changes =
          changesConfig &&
          ground &&
          createChanges({
            config: changesConfig,
            ground,
            sources,
            ...(changesConfig.deployment && {
              deployer: new StackDeployer({ ...ground, clientsFor: clientsOf(changesConfig.deployment, credentials) }),
            }),
            eventsSourceId: eventsSource!.id,
            readNow: (id, signal, only) => reader.readNow(id, signal, only),
            appUrl: config.getString('app.baseUrl').replace(/\/+$/, ''),
            notifications: deps.notifications,
            auditor: deps.auditor,
            events: deps.events,
            permissions,
            userInfo: deps.userInfo,
            transformConditions: createConditionTransformer(
              permissionsRegistry.getPermissionRuleset(changeRequestResourceRef),
            ),
            logger,
          });
        if (changes?.git) {
          httpRouter.use(createGitRouter(changes.git));
          // As plain git clones: no Backstage token. Only the laptop's own forge is there.
          httpRouter.addAuthPolicy({ path: '/git', allow: 'unauthenticated' });
        }
        httpRouter.use(
          createRouter({ httpAuth, service, ...(changes && { changes: { auditor: deps.auditor, ...changes } }) }),
        );
        deps.lifecycle.addShutdownHook(async () => {
          reader.stop();
          await changes?.stop();
        });
        await reader.register();
        // A large repository would take its time from plugins that are still to start.
        deps.rootLifecycle.addStartupHook(() => reader.schedule());
        await changes?.start(deps.scheduler);
      },
    });
  },
});

function permissionsOn(resourceType: string) {
  return eventbridgePermissions.filter(each => 'resourceType' in each && each.resourceType === resourceType);
}
