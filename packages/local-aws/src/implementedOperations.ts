import { systemClock } from './clock';
import type { ServiceName } from './models';
import { defaultQuotas } from './quotas';
import { createServices } from './services';
import { createMemoryStore } from './store/memoryStore';

/** Every operation that this server implements, by service: what is compared with AWS's own models. */
export function implementedOperations(): ReadonlyMap<ServiceName, readonly string[]> {
  const { services } = createServices(
    {
      store: createMemoryStore(),
      clock: systemClock,
      quotas: defaultQuotas,
      authorizer: {
        decide() {
          throw new Error('Nothing is called here');
        },
      },
      endpoint: () => '',
      logError() {},
    },
    {},
  );
  return new Map(
    services.map(({ signingName, operations }) => [signingName as ServiceName, [...operations.keys()].sort()]),
  );
}
