import { readerPolicy } from '@busline/aws-estate';
import type { EventRepository } from '@busline/event-repository';
import { accountArn, roleArn, type Resource } from '@busline/infrastructure';

/** The role that the portal assumes in every account. */
export const READER_ROLE = 'busline-reader';
/** IAM is global; this only says in which partition. */
const REGION = 'us-east-1';

type Role = Extract<Resource, { readonly kind: 'role' }>;

/** One role in every account that the repositories name, to be assumed by the portal's account only. */
export function readerRoles(repositories: readonly EventRepository[], portalAccount: string): readonly Role[] {
  const accounts = new Set(repositories.flatMap(repository => repository.accounts.map(account => account.id)));
  return [...accounts].sort().map(accountId => ({
    kind: 'role',
    arn: roleArn(accountId, REGION, READER_ROLE),
    name: READER_ROLE,
    accountId,
    region: REGION,
    owner: { side: 'platform' },
    description: 'The portal reads buses, rules, schemas and metrics.',
    trust: {
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Principal: { AWS: accountArn(portalAccount, REGION) }, Action: 'sts:AssumeRole' }],
    },
    policy: { name: 'read', document: readerPolicy({ accountId }) },
  }));
}
