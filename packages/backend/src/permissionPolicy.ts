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
  changeRequestClosePermission,
  changeRequestMergePermission,
  changeRequestOpenPermission,
  changeRequestReadPermission,
  changeRequestReviewPermission,
  eventTypeReadPermission,
  eventTypeSubscribePermission,
  onboardingPlanPermission,
  sourceProblemsReadPermission,
  sourceRefreshPermission,
} from '@busline/plugin-eventbridge-common';
import {
  changeRequestConditions,
  createChangeRequestConditionalDecision,
  createEventTypeConditionalDecision,
  eventTypeConditions,
} from '@busline/plugin-eventbridge-node';

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
 *
 * | | plan and open change requests | see and review them | merge and close them |
 * | --- | --- | --- | --- |
 * | platform team | yes | all | all |
 * | member of another team | yes | all but those about restricted event types; of these the ones that concern the team | those of the team's services; close their own |
 * | reader | no | public and internal; review none | none |
 *
 * Everybody in a team may ask for a subscription to any event type but a restricted one that they cannot see; its
 * owner's approval is asked for by the plan, not by this policy.
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
    if (isPermission(permission, eventTypeSubscribePermission)) {
      if (!isInTeam) return DENY;
      return createEventTypeConditionalDecision(permission, {
        anyOf: [
          eventTypeConditions.hasClassification({ classifications: ['public', 'internal', 'confidential'] }),
          eventTypeConditions.isOwner({ claims }),
          eventTypeConditions.isSubscriber({ claims }),
        ],
      });
    }
    if (isPermission(permission, onboardingPlanPermission) || isPermission(permission, changeRequestOpenPermission)) {
      return isInTeam ? ALLOW : DENY;
    }
    if (isPermission(permission, changeRequestReadPermission)) {
      if (!user) return DENY;
      return createChangeRequestConditionalDecision(permission, {
        anyOf: [
          changeRequestConditions.hasChangeClassification({
            classifications: isInTeam ? ['public', 'internal', 'confidential'] : ['public', 'internal'],
          }),
          changeRequestConditions.isInvolved({ claims }),
        ],
      });
    }
    if (isPermission(permission, changeRequestReviewPermission)) {
      if (!isInTeam) return DENY;
      return createChangeRequestConditionalDecision(permission, {
        anyOf: [
          changeRequestConditions.hasChangeClassification({ classifications: ['public', 'internal', 'confidential'] }),
          changeRequestConditions.isInvolved({ claims }),
        ],
      });
    }
    if (isPermission(permission, changeRequestMergePermission)) {
      if (!isInTeam) return DENY;
      return createChangeRequestConditionalDecision(permission, changeRequestConditions.isServiceOwner({ claims }));
    }
    if (isPermission(permission, changeRequestClosePermission)) {
      if (!isInTeam) return DENY;
      return createChangeRequestConditionalDecision(permission, {
        anyOf: [changeRequestConditions.isServiceOwner({ claims }), changeRequestConditions.isRequester({ claims })],
      });
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
