import type { PolicyDocument } from '@busline/access-policy';
import type { EventRepository } from '@busline/event-repository';
import { accountArn, roleArn, type Resource } from '@busline/infrastructure';

/** IAM is global; this only says in which partition. */
const REGION = 'us-east-1';

export type AccountRole = Extract<Resource, { readonly kind: 'role' }>;

/** One role of a name in every account that the repositories name, to be assumed by the portal's account only. */
export function accountRoles(
  repositories: readonly EventRepository[],
  portalAccount: string,
  role: {
    readonly name: string;
    readonly description: string;
    readonly policy: (accountId: string) => { readonly name: string; readonly document: PolicyDocument };
  },
): readonly AccountRole[] {
  const accounts = new Set(repositories.flatMap(repository => repository.accounts.map(account => account.id)));
  return [...accounts].sort().map(accountId => ({
    kind: 'role',
    arn: roleArn(accountId, REGION, role.name),
    name: role.name,
    accountId,
    region: REGION,
    owner: { side: 'platform' },
    description: role.description,
    trust: {
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Principal: { AWS: accountArn(portalAccount, REGION) }, Action: 'sts:AssumeRole' }],
    },
    policy: role.policy(accountId),
  }));
}
