import type { Environment, EventTap } from '../environment';
import { restJson, validateInput } from '../models';
import type { Service } from '../service';
import type { SchemasContext } from './context';
import { discovererOperations } from './discovererOperations';
import { createDiscovery } from './discovery';
import { registryOperations } from './registryOperations';
import { schemaOperations } from './schemaOperations';
import { createSchemasState } from './state';
import { tagOperations } from './tagOperations';

/** The schema registry of EventBridge, without its code bindings. */
export function createSchemas(environment: Environment): {
  readonly service: Service;
  /** Shows events to the discoverers. */
  readonly eventTap: EventTap;
} {
  const state = createSchemasState(environment.store);
  const context: SchemasContext = { environment, state };
  return {
    service: {
      signingName: 'schemas',
      protocol: restJson('schemas'),
      operations: new Map([
        ...registryOperations(context),
        ...schemaOperations(context),
        ...discovererOperations(context),
        ...tagOperations(context),
      ]),
      check: (operation, input) => validateInput('schemas', operation, input),
    },
    eventTap: createDiscovery(environment, state),
  };
}
