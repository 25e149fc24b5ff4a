import {
  coreServices,
  createBackendModule,
  readSchedulerServiceTaskScheduleDefinitionFromConfig,
} from '@backstage/backend-plugin-api';
import { catalogProcessingExtensionPoint } from '@backstage/plugin-catalog-node';
import { EventbridgeClient } from '@busline/plugin-eventbridge-common';
import { EventTypeEntityProvider } from './EventTypeEntityProvider';
import { EventTypeRelationsProcessor } from './EventTypeRelationsProcessor';

const CONFIG = 'catalog.providers.eventbridge';
const DEFAULT_SCHEDULE = { frequency: { minutes: 1 }, timeout: { minutes: 5 }, initialDelay: { seconds: 15 } };
/** Restricted event types stay out until somebody whose policy hides them asks for them. */
const DEFAULT_CLASSIFICATIONS = ['public', 'internal', 'confidential'];

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
        discovery: coreServices.discovery,
        logger: coreServices.logger,
        scheduler: coreServices.scheduler,
      },
      async init({ auth, catalog, config, discovery, logger, scheduler }) {
        const schedule = config.has(`${CONFIG}.schedule`)
          ? readSchedulerServiceTaskScheduleDefinitionFromConfig(config.getConfig(`${CONFIG}.schedule`))
          : DEFAULT_SCHEDULE;
        catalog.addEntityProvider(
          new EventTypeEntityProvider({
            api: new EventbridgeClient({ discoveryApi: discovery }),
            auth,
            logger,
            schedule: scheduler.createScheduledTaskRunner(schedule),
            appUrl: config.getString('app.baseUrl').replace(/\/+$/, ''),
            classifications: config.getOptionalStringArray(`${CONFIG}.classifications`) ?? DEFAULT_CLASSIFICATIONS,
          }),
        );
        catalog.addProcessor(new EventTypeRelationsProcessor());
      },
    });
  },
});
