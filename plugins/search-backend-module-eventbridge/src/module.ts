import {
  coreServices,
  createBackendModule,
  readSchedulerServiceTaskScheduleDefinitionFromConfig,
} from '@backstage/backend-plugin-api';
import { searchIndexRegistryExtensionPoint } from '@backstage/plugin-search-backend-node/alpha';
import { EventbridgeClient } from '@busline/plugin-eventbridge-common';
import { untilCalm } from '@busline/plugin-eventbridge-node';
import { EventTypeCollatorFactory } from './EventTypeCollatorFactory';

const SCHEDULE = 'search.collators.eventbridge.schedule';
const DEFAULT_SCHEDULE = { frequency: { minutes: 10 }, timeout: { minutes: 15 }, initialDelay: { seconds: 20 } };

/** Event types in the search, each for those who may see it. */
export const searchModuleEventbridge = createBackendModule({
  pluginId: 'search',
  moduleId: 'eventbridge-collator',
  register(env) {
    env.registerInit({
      deps: {
        auth: coreServices.auth,
        config: coreServices.rootConfig,
        discovery: coreServices.discovery,
        indexRegistry: searchIndexRegistryExtensionPoint,
        scheduler: coreServices.scheduler,
      },
      async init({ auth, config, discovery, indexRegistry, scheduler }) {
        const schedule = config.has(SCHEDULE)
          ? readSchedulerServiceTaskScheduleDefinitionFromConfig(config.getConfig(SCHEDULE))
          : DEFAULT_SCHEDULE;
        indexRegistry.addCollator({
          schedule: scheduler.createScheduledTaskRunner(schedule),
          factory: new EventTypeCollatorFactory({
            api: new EventbridgeClient({ discoveryApi: discovery }),
            auth,
            untilCalm,
          }),
        });
      },
    });
  },
});
