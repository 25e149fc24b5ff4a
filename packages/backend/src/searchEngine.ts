import { coreServices, createBackendFeatureLoader } from '@backstage/backend-plugin-api';

/** Search in Postgres where there is one; in the memory of the process otherwise. */
export const searchEngine = createBackendFeatureLoader({
  deps: { config: coreServices.rootConfig },
  *loader({ config }) {
    if (config.getOptionalString('backend.database.client') === 'pg') {
      yield import('@backstage/plugin-search-backend-module-pg');
    }
  },
});
