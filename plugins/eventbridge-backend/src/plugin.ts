import { coreServices, createBackendPlugin } from '@backstage/backend-plugin-api';
import { DefaultAwsCredentialsManager } from '@backstage/integration-aws-node';
import { EVENTBRIDGE_PLUGIN_ID } from '@busline/plugin-eventbridge-common';
import { eventSourcesExtensionPoint, type EventSource } from '@busline/plugin-eventbridge-node';
import { openDatabase } from './database/migrate';
import { createRouter } from './router';
import { AwsSource } from './sources/AwsSource';
import { readSourcesConfig } from './sources/config';
import { RepositorySource } from './sources/RepositorySource';
import { SourceReader } from './sources/SourceReader';

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
        httpRouter: coreServices.httpRouter,
        logger: coreServices.logger,
        scheduler: coreServices.scheduler,
        urlReader: coreServices.urlReader,
      },
      async init({ config, database, httpRouter, logger, scheduler, urlReader }) {
        const sourcesConfig = readSourcesConfig(config);
        const credentials = DefaultAwsCredentialsManager.fromConfig(config);
        const knex = await openDatabase(database);
        const reader = new SourceReader({
          knex,
          logger,
          scheduler,
          sources: [
            ...sourcesConfig.repositories.map(repository => RepositorySource.create(repository, urlReader)),
            ...sourcesConfig.aws.map(aws => AwsSource.create(aws, credentials)),
            ...addedSources,
          ],
        });
        await reader.start();
        httpRouter.use(createRouter(knex));
      },
    });
  },
});
