import { coreServices, createBackendModule } from '@backstage/backend-plugin-api';
import { stringifyEntityRef } from '@backstage/catalog-model';
import { AuthenticationError, NotAllowedError, isError } from '@backstage/errors';
import {
  authProvidersExtensionPoint,
  createProxyAuthenticator,
  createProxyAuthProviderFactory,
} from '@backstage/plugin-auth-node';

/** The header in which the sign-in page names the sample user that was picked. */
export const SAMPLE_USER_HEADER = 'x-busline-sample-user';

interface SampleUser {
  readonly name: string;
  readonly memberOf: readonly string[];
}

/**
 * Signs in as one of the sample users listed in `auth.providers.sample.users`, without a password.
 * It exists so that a laptop shows what each role sees, and refuses to work where NODE_ENV is production.
 */
const sampleUsersAuthenticator = createProxyAuthenticator({
  async defaultProfileTransform(user: SampleUser) {
    return { profile: { displayName: user.name } };
  },
  initialize({ config }) {
    const users: readonly SampleUser[] = config.getConfigArray('users').map(each => ({
      name: each.getString('name'),
      memberOf: each.getOptionalStringArray('memberOf') ?? [],
    }));
    return { users };
  },
  async authenticate({ req }, { users }) {
    if (process.env.NODE_ENV === 'production') {
      throw new NotAllowedError(
        'Sample users exist on a laptop only: remove auth.providers.sample from the production configuration',
      );
    }
    const picked = req.header(SAMPLE_USER_HEADER);
    const user = users.find(({ name }) => name === picked);
    if (!user) {
      throw new AuthenticationError(`Choose one of the sample users: ${users.map(({ name }) => name).join(', ')}`);
    }
    return { result: user };
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
            async signInResolver({ result: { name, memberOf } }, context) {
              const entityRef = { kind: 'User', namespace: 'default', name };
              try {
                return await context.signInWithCatalogUser({ entityRef });
              } catch (error) {
                if (!isError(error) || error.name !== 'NotFoundError') throw error;
                const sub = stringifyEntityRef(entityRef);
                const ent = memberOf.map(group =>
                  stringifyEntityRef({ kind: 'Group', namespace: 'default', name: group }),
                );
                return context.issueToken({ claims: { sub, ent: [sub, ...ent] } });
              }
            },
          }),
        });
      },
    });
  },
});
