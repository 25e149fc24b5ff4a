import { readerPolicy } from '@busline/aws-estate';
import type { EventRepository } from '@busline/event-repository';
import { accountRoles, type AccountRole } from './accountRoles';

/** The role that the portal assumes in every account to read it. */
export const READER_ROLE = 'busline-reader';

/** One role in every account that the repositories name, to be assumed by the portal's account only. */
export function readerRoles(repositories: readonly EventRepository[], portalAccount: string): readonly AccountRole[] {
  return accountRoles(repositories, portalAccount, {
    name: READER_ROLE,
    description: 'The portal reads buses, rules, schemas and metrics.',
    policy: accountId => ({ name: 'read', document: readerPolicy({ accountId }) }),
  });
}
