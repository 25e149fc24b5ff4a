import { deployerPolicy } from '@busline/deployment';
import type { EventRepository } from '@busline/event-repository';
import { accountRoles, type AccountRole } from './accountRoles';

/** The role with which the portal deploys to every account. */
export const DEPLOYER_ROLE = 'busline-deployer';

/** One role in every account that the repositories name, to be assumed by the portal's account only. */
export function deployerRoles(repositories: readonly EventRepository[], portalAccount: string): readonly AccountRole[] {
  return accountRoles(repositories, portalAccount, {
    name: DEPLOYER_ROLE,
    description: 'The portal deploys what main declares.',
    policy: accountId => ({ name: 'deploy', document: deployerPolicy({ accountId }) }),
  });
}
