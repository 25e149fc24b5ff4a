import { createBackendModule } from '@backstage/backend-plugin-api';
import { catalogConditions, createCatalogConditionalDecision } from '@backstage/plugin-catalog-backend/alpha';
import {
  AuthorizeResult,
  isPermission,
  isResourcePermission,
  type PolicyDecision,
} from '@backstage/plugin-permission-common';
import type { PermissionPolicy, PolicyQuery, PolicyQueryUser } from '@backstage/plugin-permission-node';
import { policyExtensionPoint } from '@backstage/plugin-permission-node/alpha';
import {
  eventTypeReadPermission,
  sourceProblemsReadPermission,
  sourceRefreshPermission,
} from '@busline/plugin-eventbridge-common';
import { createEventTypeConditionalDecision, eventTypeConditions } from '@busline/plugin-eventbridge-node';

/** Runs the bus and sees everything. */
const PLATFORM_TEAM = 'group:default/platform';
/** Groups whose members look around without belonging to a team that owns anything. */
const READER_GROUPS: ReadonlySet<string> = new Set(['group:default/guests']);
/** On catalog entities of event types; see the catalog module. */
const CLASSIFICATION = 'busline.dev/classification';

const ALLOW: PolicyDecision = { result: AuthorizeResult.ALLOW };
const DENY: PolicyDecision = { result: AuthorizeResult.DENY };

/**
 * Who may do what in the example portal.
 *
 * | | public, internal | confidential | restricted | problems of sources, reading now |
 * | --- | --- | --- | --- | --- |
 * | platform team | yes | yes | yes | yes |
 * | member of another team | yes | yes | owned or subscribed to | yes |
 * | reader | yes | no | no | no |
 */
export class PortalPermissionPolicy implements PermissionPolicy {
  async handle({ permission }: PolicyQuery, user?: PolicyQueryUser): Promise<PolicyDecision> {
    const claims = user?.info.ownershipEntityRefs ?? [];
    if (claims.includes(PLATFORM_TEAM)) return ALLOW;
    const isInTeam = claims.some(ref => ref.startsWith('group:') && !READER_GROUPS.has(ref));

    if (isPermission(permission, eventTypeReadPermission)) {
      if (!user) return DENY;
      return createEventTypeConditionalDecision(permission, {
        anyOf: [
          eventTypeConditions.hasClassification({
            classifications: isInTeam ? ['public', 'internal', 'confidential'] : ['public', 'internal'],
          }),
          eventTypeConditions.isOwner({ claims }),
          eventTypeConditions.isSubscriber({ claims }),
        ],
      });
    }
    if (isPermission(permission, sourceProblemsReadPermission) || isPermission(permission, sourceRefreshPermission)) {
      return isInTeam ? ALLOW : DENY;
    }
    if (isResourcePermission(permission, 'catalog-entity')) {
      const hidden = isInTeam ? ['restricted'] : ['restricted', 'confidential'];
      return createCatalogConditionalDecision(permission, {
        anyOf: [
          catalogConditions.isEntityOwner({ claims }),
          {
            not: {
              anyOf: [
                catalogConditions.hasAnnotation({
                  annotation: CLASSIFICATION,
                  value: hidden[0],
                }),
                ...hidden.slice(1).map(value =>
                  catalogConditions.hasAnnotation({
                    annotation: CLASSIFICATION,
                    value,
                  }),
                ),
              ],
            },
          },
        ],
      });
    }
    return ALLOW;
  }
}

export const permissionPolicyModule = createBackendModule({
  pluginId: 'permission',
  moduleId: 'busline-policy',
  register(reg) {
    reg.registerInit({
      deps: { policy: policyExtensionPoint },
      async init({ policy }) {
        policy.setPolicy(new PortalPermissionPolicy());
      },
    });
  },
});
