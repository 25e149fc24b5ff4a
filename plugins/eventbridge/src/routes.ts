import { createExternalRouteRef, createRouteRef } from '@backstage/core-plugin-api';

/** Where the portal's pages are mounted, `/events` unless the app says otherwise. */
export const rootRouteRef = createRouteRef({ id: 'eventbridge' });

/** The form of a software template: "Subscribe" and its like lead there. Without a scaffolder in the app they do not show. */
export const createFromTemplateRouteRef = createExternalRouteRef({
  id: 'create-from-template',
  optional: true,
  params: ['namespace', 'templateName'],
  defaultTarget: 'scaffolder.selectedTemplate',
});
