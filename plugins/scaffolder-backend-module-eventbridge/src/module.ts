import { coreServices, createBackendModule } from '@backstage/backend-plugin-api';
import { scaffolderActionsExtensionPoint } from '@backstage/plugin-scaffolder-node';
import { EventbridgeClient } from '@busline/plugin-eventbridge-common';
import { createOpenPullRequestsAction } from './openPullRequests';
import { createPlanAction } from './plan';
import { actingFor } from './portal';

/** Adds `busline:onboarding:plan` and `busline:pullRequests:open` to software templates. */
export const scaffolderModuleEventbridge = createBackendModule({
  pluginId: 'scaffolder',
  moduleId: 'eventbridge',
  register(env) {
    env.registerInit({
      deps: {
        actions: scaffolderActionsExtensionPoint,
        auth: coreServices.auth,
        discovery: coreServices.discovery,
      },
      async init({ actions, auth, discovery }) {
        const portal = { api: new EventbridgeClient({ discoveryApi: discovery }), tokenFor: actingFor(auth) };
        actions.addActions(createPlanAction(portal), createOpenPullRequestsAction(portal));
      },
    });
  },
});
