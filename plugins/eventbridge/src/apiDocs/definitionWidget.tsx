import type { ApiDefinitionWidget } from '@backstage/plugin-api-docs';
import { EVENT_TYPE_ENTITY_TYPE } from '@busline/plugin-eventbridge-common';
import { lazy, Suspense } from 'react';

const EventTypeDefinition = lazy(() =>
  import('./EventTypeDefinition').then(m => ({
    default: m.EventTypeDefinition,
  })),
);

/** Shows the schema of an event type as the definition of its API entity. */
export const eventTypeDefinitionWidget: ApiDefinitionWidget = {
  type: EVENT_TYPE_ENTITY_TYPE,
  title: 'Event type',
  rawLanguage: 'text',
  component: definition => (
    <Suspense fallback={null}>
      <EventTypeDefinition definition={definition} />
    </Suspense>
  ),
};
