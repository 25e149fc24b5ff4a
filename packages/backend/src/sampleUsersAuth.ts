import { coreServices, createBackendModule } from '@backstage/backend-plugin-api';
import { AuthenticationError, NotAllowedError } from '@backstage/errors';
import {
  authProvidersExtensionPoint,
  createProxyAuthenticator,
  createProxyAuthProviderFactory,
} from '@backstage/plugin-auth-node';

/** The header in which the sign-in page names the sample user that was picked. */
export const SAMPLE_USER_HEADER = 'x-busline-sample-user';

/**
 * Signs in as one of the sample users listed in `auth.providers.sample.users`, without a password.
 * It exists so that a laptop shows what each role sees, and refuses to work where NODE_ENV is production.
 */
const sampleUsersAuthenticator = createProxyAuthenticator({
  async defaultProfileTransform(result: { readonly user: string }) {
    return { profile: { displayName: result.user } };
  },
  initialize({ config }) {
    return { users: config.getStringArray('users') };
  },
  async authenticate({ req }, { users }) {
    if (process.env.NODE_ENV === 'production') {
      throw new NotAllowedError(
        'Sample users exist on a laptop only: remove auth.providers.sample from the production configuration',
      );
    }
    const user = req.header(SAMPLE_USER_HEADER);
    if (!user || !users.includes(user)) {
      throw new AuthenticationError(`Choose one of the sample users: ${users.join(', ')}`);
    }
    return { result: { user } };
  },
});

export const sampleUsersAuth = createBackendModule({
  pluginId: 'auth',
  moduleId: 'sample-users',
  register(reg) {
    reg.registerInit({
      deps: {
        providers: authProvidersExtensionPoint,
        config: coreServices.rootConfig,
      },
      async init({ providers, config }) {
        if (!config.has('auth.providers.sample') || process.env.NODE_ENV === 'production') {
          return;
        }
        providers.registerProvider({
          providerId: 'sample',
          factory: createProxyAuthProviderFactory({
            authenticator: sampleUsersAuthenticator,
            async signInResolver({ result }, context) {
              return context.signInWithCatalogUser({
                entityRef: {
                  kind: 'User',
                  namespace: 'default',
                  name: result.user,
                },
              });
            },
          }),
        });
      },
    });
  },
});
