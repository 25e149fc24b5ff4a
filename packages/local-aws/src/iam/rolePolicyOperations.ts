import type { Environment } from '../environment';
import { text } from '../input';
import { page, sortedBy } from '../paging';
import { readPolicy } from '../policyInput';
import type { Operation, ServiceRequest } from '../service';
import { encodePolicy, limitExceeded, malformedPolicy, noSuchEntity, roleFor } from './context';
import { rolesOf, type InlinePolicy, type Role } from './role';
import { pageOptions } from './roleOperations';

/** "IAM and AWS STS quotas": characters of all inline policies of a role, without white space. */
const INLINE_POLICY_SIZE = 10_240;

/** Inline policies of roles. */
export function rolePolicyOperations(environment: Environment): readonly (readonly [string, Operation])[] {
  function save(request: ServiceRequest, role: Role, policies: readonly InlinePolicy[]): void {
    rolesOf(environment.store, request.caller.account).set(role.name.toLowerCase(), { ...role, policies });
  }

  function policyOf(role: Role, name: string): InlinePolicy {
    const found = role.policies.find(policy => policy.name === name);
    if (found) return found;
    throw noSuchEntity(`The role policy with name ${name} cannot be found.`);
  }

  return [
    [
      'PutRolePolicy',
      (input, request) => {
        const role = roleFor(environment, input, request);
        const name = text(input, 'PolicyName');
        const document = text(input, 'PolicyDocument');
        readPolicy(document, 'identity', malformedPolicy);
        const policies = [...role.policies.filter(policy => policy.name !== name), { name, text: document }];
        const size = policies.reduce((sum, policy) => sum + JSON.stringify(JSON.parse(policy.text)).length, 0);
        if (size > INLINE_POLICY_SIZE) {
          throw limitExceeded(`Maximum policy size of ${INLINE_POLICY_SIZE} bytes exceeded for role ${role.name}`);
        }
        save(request, role, policies);
      },
    ],
    [
      'GetRolePolicy',
      (input, request) => {
        const role = roleFor(environment, input, request);
        const policy = policyOf(role, text(input, 'PolicyName'));
        return {
          RoleName: role.name,
          PolicyName: policy.name,
          PolicyDocument: encodePolicy(policy.text),
        };
      },
    ],
    [
      'DeleteRolePolicy',
      (input, request) => {
        const role = roleFor(environment, input, request);
        const removed = policyOf(role, text(input, 'PolicyName'));
        save(
          request,
          role,
          role.policies.filter(policy => policy !== removed),
        );
      },
    ],
    [
      'ListRolePolicies',
      (input, request) => {
        const role = roleFor(environment, input, request);
        const found = page(
          sortedBy(role.policies, policy => policy.name),
          policy => policy.name,
          pageOptions(input),
        );
        return {
          PolicyNames: found.items.map(policy => policy.name),
          IsTruncated: found.nextToken !== undefined,
          Marker: found.nextToken,
        };
      },
    ],
  ];
}
