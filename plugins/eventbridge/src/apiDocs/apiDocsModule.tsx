import { ApiBlueprint, createFrontendModule } from '@backstage/frontend-plugin-api';
import { apiDocsConfigRef, defaultDefinitionWidgets } from '@backstage/plugin-api-docs';
import { eventTypeDefinitionWidget } from './definitionWidget';

/** Teaches the API docs plugin what an event type is, in Backstage's new frontend system. */
export const eventbridgeApiDocsModule = createFrontendModule({
  pluginId: 'api-docs',
  extensions: [
    ApiBlueprint.make({
      name: 'config',
      params: defineParams =>
        defineParams({
          api: apiDocsConfigRef,
          deps: {},
          factory: () => {
            const widgets = [...defaultDefinitionWidgets(), eventTypeDefinitionWidget];
            return {
              getApiDefinitionWidget: entity => widgets.find(({ type }) => type === entity.spec.type),
            };
          },
        }),
    }),
  ],
});
