import {
  coreServices,
  createBackendModule,
  readSchedulerServiceTaskScheduleDefinitionFromConfig,
} from '@backstage/backend-plugin-api';
import { catalogProcessingExtensionPoint } from '@backstage/plugin-catalog-node';
import { EventbridgeClient } from '@busline/plugin-eventbridge-common';
import { readCatalogClassifications, untilCalm } from '@busline/plugin-eventbridge-node';
import { EventTypeEntityProvider } from './EventTypeEntityProvider';
import { EventTypeRelationsProcessor } from './EventTypeRelationsProcessor';
import { DatabaseFeedState } from './FeedState';

const CONFIG = 'catalog.providers.eventbridge';
/** Filling a catalog with 10,000 event types takes minutes, at a pace that leaves room for requests. */
const DEFAULT_SCHEDULE = { frequency: { minutes: 1 }, timeout: { hours: 1 }, initialDelay: { seconds: 15 } };

/** Event types as catalog entities, related to the components that publish them and subscribe to them. */
export const catalogModuleEventbridge = createBackendModule({
  pluginId: 'catalog',
  moduleId: 'eventbridge',
  register(env) {
    env.registerInit({
      deps: {
        auth: coreServices.auth,
        catalog: catalogProcessingExtensionPoint,
        config: coreServices.rootConfig,
        database: coreServices.database,
        discovery: coreServices.discovery,
        logger: coreServices.logger,
        scheduler: coreServices.scheduler,
      },
      async init({ auth, catalog, config, database, discovery, logger, scheduler }) {
        const schedule = config.has(`${CONFIG}.schedule`)
          ? readSchedulerServiceTaskScheduleDefinitionFromConfig(config.getConfig(`${CONFIG}.schedule`))
          : DEFAULT_SCHEDULE;
        catalog.addEntityProvider(
          new EventTypeEntityProvider({
            api: new EventbridgeClient({ discoveryApi: discovery }),
            auth,
            logger,
            schedule: scheduler.createScheduledTaskRunner(schedule),
            state: new DatabaseFeedState(database, 'eventbridge'),
            untilCalm,
            appUrl: config.getString('app.baseUrl').replace(/\/+$/, ''),
            classifications: readCatalogClassifications(config),
          }),
        );
        catalog.addProcessor(new EventTypeRelationsProcessor());
      },
    });
  },
});
