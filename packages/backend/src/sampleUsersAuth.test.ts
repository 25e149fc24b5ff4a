import authPlugin from '@backstage/plugin-auth-backend';
import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import type { Entity } from '@backstage/catalog-model';
import { sampleUsersAuth, SAMPLE_USER_HEADER } from './sampleUsersAuth';

const PAULA: Entity = {
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'User',
  metadata: { name: 'paula', namespace: 'default' },
  spec: { memberOf: ['platform'] },
  relations: [{ type: 'memberOf', targetRef: 'group:default/catalog-says' }],
};

/** What the sign-in page gets for a picked user: status, and whom the token speaks for. */
async function signIn(picked: string | undefined, entities: Entity[]) {
  const backend = await startTestBackend({
    features: [
      authPlugin,
      sampleUsersAuth,
      catalogServiceMock.factory({ entities }),
      mockServices.rootConfig.factory({
        data: {
          app: { baseUrl: 'http://localhost' },
          auth: { providers: { sample: { users: [{ name: 'paula', memberOf: ['platform'] }] } } },
        },
      }),
    ],
  });
  try {
    const response = await fetch(`http://localhost:${backend.server.port()}/api/auth/sample/refresh?env=development`, {
      headers: { 'x-requested-with': 'XMLHttpRequest', ...(picked ? { [SAMPLE_USER_HEADER]: picked } : {}) },
    });
    const body = await response.json();
    return {
      status: response.status,
      message: body.error?.message as string | undefined,
      ownership: body.backstageIdentity?.identity.ownershipEntityRefs as string[] | undefined,
    };
  } finally {
    await backend.stop();
  }
}

describe('sampleUsersAuth', () => {
  it('signs in as the catalog knows the user', async () => {
    const { status, ownership } = await signIn('paula', [PAULA]);
    expect(status).toBe(200);
    expect(ownership).toEqual(expect.arrayContaining(['user:default/paula', 'group:default/catalog-says']));
  });

  it('signs in with the configured groups until the catalog has read its people', async () => {
    const { status, ownership } = await signIn('paula', []);
    expect(status).toBe(200);
    expect(ownership).toEqual(['user:default/paula', 'group:default/platform']);
  });

  it.each([undefined, 'mallory'])('refuses %s and names who can be picked', async picked => {
    const { status, message } = await signIn(picked, [PAULA]);
    expect([status, message]).toEqual([401, expect.stringContaining('paula')]);
  });
});
