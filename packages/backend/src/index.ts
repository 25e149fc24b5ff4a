import { createBackend } from '@backstage/backend-defaults';
import { permissionPolicyModule } from './permissionPolicy';
import { sampleUsersAuth } from './sampleUsersAuth';
import { searchEngine } from './searchEngine';
import { databaseWritingAhead } from './sqliteDatabase';

const backend = createBackend();

backend.add(databaseWritingAhead);

backend.add(import('@backstage/plugin-app-backend'));

backend.add(import('@backstage/plugin-auth-backend'));
backend.add(sampleUsersAuth);

backend.add(import('@backstage/plugin-permission-backend'));
backend.add(permissionPolicyModule);

backend.add(import('@backstage/plugin-catalog-backend'));
backend.add(import('@backstage/plugin-catalog-backend-module-scaffolder-entity-model'));
backend.add(import('@backstage/plugin-catalog-backend-module-logs'));

backend.add(import('@backstage/plugin-events-backend'));
backend.add(import('@backstage/plugin-scaffolder-backend'));
backend.add(import('@backstage/plugin-notifications-backend'));
backend.add(import('@backstage/plugin-signals-backend'));
backend.add(import('@backstage/plugin-user-settings-backend'));

backend.add(import('@backstage/plugin-search-backend'));
backend.add(searchEngine);
backend.add(import('@backstage/plugin-search-backend-module-catalog'));

backend.add(import('@busline/plugin-eventbridge-backend'));
backend.add(import('@busline/plugin-catalog-backend-module-eventbridge'));
backend.add(import('@busline/plugin-search-backend-module-eventbridge'));
backend.add(import('@busline/plugin-scaffolder-backend-module-eventbridge'));

backend.start();
