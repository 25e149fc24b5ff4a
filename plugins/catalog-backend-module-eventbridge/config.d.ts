import type { SchedulerServiceTaskScheduleDefinitionConfig } from '@backstage/backend-plugin-api';

export interface Config {
  catalog?: {
    providers?: {
      /** Event types as entities of kind API and type `eventbridge`. */
      eventbridge?: {
        /** How often the catalog is brought up to date; every minute if left out. */
        schedule?: SchedulerServiceTaskScheduleDefinitionConfig;
        /**
         * Event types of which classifications become entities; `public`, `internal` and `confidential` if left out, none if
         * the list is empty. The event portal links to the entities of these and no others. Whoever may read the catalog sees
         * them: let the permission policy hide entities by their annotation `busline.dev/classification` before adding
         * `restricted`.
         */
        classifications?: Array<'public' | 'internal' | 'confidential' | 'restricted'>;
      };
    };
  };
}
