import { asList, statementsOf, type PolicyDocument } from '@busline/access-policy';
import type { Environment } from '../environment';
import { objects, optionalNumber, optionalText, text, texts } from '../input';
import { page, sortedBy } from '../paging';
import { readPolicy } from '../policyInput';
import { randomId } from '../randomId';
import { AwsError, type JsonObject, type Operation, type ServiceRequest } from '../service';
import { allow, encodePolicy, limitExceeded, malformedPolicy, roleFor } from './context';
import { findRoleByArn, rolesOf, type Role, type Tag } from './role';

const DEFAULT_SESSION_SECONDS = 3_600;
const MAX_PAGE = 100;
/** "IAM and AWS STS quotas": role trust policy length, in characters without white space. */
const TRUST_POLICY_SIZE = 2_048;

export function roleOperations(environment: Environment): readonly (readonly [string, Operation])[] {
  const { store, quotas } = environment;
  const save = (request: ServiceRequest, role: Role) =>
    rolesOf(store, request.caller.account).set(role.name.toLowerCase(), role);

  return [
    [
      'CreateRole',
      (input, request) => {
        const role = newRole(environment, input, request);
        allow(environment, request, role.arn);
        const roles = rolesOf(store, request.caller.account);
        if (roles.has(role.name.toLowerCase())) {
          throw new AwsError('EntityAlreadyExists', `Role with name ${role.name} already exists.`, { httpStatus: 409 });
        }
        if (roles.size >= quotas.roles) {
          throw limitExceeded(`Cannot exceed quota for RolesPerAccount: ${quotas.roles}`);
        }
        save(request, role);
        return { Role: describe(role) };
      },
    ],
    [
      'GetRole',
      (input, request) => ({
        Role: describe(roleFor(environment, input, request)),
      }),
    ],
    [
      'ListRoles',
      (input, request) => {
        const { account } = request.caller;
        allow(environment, request, `arn:aws:iam::${account}:role/`);
        const prefix = optionalText(input, 'PathPrefix') ?? '/';
        const roles = [...rolesOf(store, account).values()].filter(role => role.path.startsWith(prefix));
        const found = page(
          sortedBy(roles, role => role.name),
          role => role.name,
          pageOptions(input),
        );
        return {
          // "IAM resource-listing operations return a subset": no tags here.
          Roles: found.items.map(role => ({
            ...describe(role),
            Tags: undefined,
          })),
          IsTruncated: found.nextToken !== undefined,
          Marker: found.nextToken,
        };
      },
    ],
    [
      'DeleteRole',
      (input, request) => {
        const role = roleFor(environment, input, request);
        if (role.policies.length > 0) {
          throw new AwsError('DeleteConflict', 'Cannot delete entity, must delete policies first.', {
            httpStatus: 409,
          });
        }
        rolesOf(store, request.caller.account).delete(role.name.toLowerCase());
      },
    ],
    [
      'UpdateRole',
      (input, request) => {
        const role = roleFor(environment, input, request);
        save(request, {
          ...role,
          description: optionalText(input, 'Description') ?? role.description,
          maxSessionSeconds: optionalNumber(input, 'MaxSessionDuration') ?? role.maxSessionSeconds,
        });
      },
    ],
    [
      'UpdateAssumeRolePolicy',
      (input, request) => {
        const role = roleFor(environment, input, request);
        const trustPolicy = text(input, 'PolicyDocument');
        checkTrustPolicy(environment, trustPolicy);
        save(request, { ...role, trustPolicy });
      },
    ],
    [
      'TagRole',
      (input, request) => {
        const role = roleFor(environment, input, request);
        save(request, {
          ...role,
          tags: mergeTags(role.tags, readTags(input), quotas.tagsPerResource),
        });
      },
    ],
    [
      'UntagRole',
      (input, request) => {
        const role = roleFor(environment, input, request);
        const keys = texts(input, 'TagKeys');
        save(request, {
          ...role,
          tags: role.tags.filter(tag => !keys.includes(tag.Key)),
        });
      },
    ],
    [
      'ListRoleTags',
      (input, request) => {
        const role = roleFor(environment, input, request);
        const found = page(
          sortedBy(role.tags, tag => tag.Key),
          tag => tag.Key,
          pageOptions(input),
        );
        return {
          Tags: found.items,
          IsTruncated: found.nextToken !== undefined,
          Marker: found.nextToken,
        };
      },
    ],
  ];
}

/** IAM calls the page's size MaxItems and its token Marker. */
export function pageOptions(input: JsonObject) {
  return {
    limit: optionalNumber(input, 'MaxItems') ?? MAX_PAGE,
    token: optionalText(input, 'Marker'),
    errorCode: 'ValidationError',
  };
}

function newRole(environment: Environment, input: JsonObject, request: ServiceRequest): Role {
  const name = text(input, 'RoleName');
  const path = optionalText(input, 'Path') ?? '/';
  const trustPolicy = text(input, 'AssumeRolePolicyDocument');
  if (input.PermissionsBoundary !== undefined) {
    throw new AwsError('ValidationError', 'This local server does not implement PermissionsBoundary.', {
      httpStatus: 501,
    });
  }
  checkTrustPolicy(environment, trustPolicy);
  return {
    name,
    path,
    arn: `arn:aws:iam::${request.caller.account}:role${path}${name}`,
    id: `AROA${randomId(17)}`,
    created: environment.clock.now(),
    trustPolicy,
    description: optionalText(input, 'Description'),
    maxSessionSeconds: optionalNumber(input, 'MaxSessionDuration') ?? DEFAULT_SESSION_SECONDS,
    tags: mergeTags([], readTags(input), environment.quotas.tagsPerResource),
    policies: [],
  };
}

function describe(role: Role) {
  return {
    Path: role.path,
    RoleName: role.name,
    RoleId: role.id,
    Arn: role.arn,
    CreateDate: new Date(role.created),
    AssumeRolePolicyDocument: encodePolicy(role.trustPolicy),
    Description: role.description,
    MaxSessionDuration: role.maxSessionSeconds,
    Tags: role.tags.length > 0 ? role.tags : undefined,
  };
}

/** @throws AwsError MalformedPolicyDocument, also where it names a role that does not exist */
function checkTrustPolicy({ store }: Environment, policy: string): void {
  const document = readPolicy(policy, 'trust', malformedPolicy);
  if (JSON.stringify(document).length > TRUST_POLICY_SIZE) {
    throw limitExceeded(`Cannot exceed quota for ACLSizePerRole: ${TRUST_POLICY_SIZE}`);
  }
  for (const principal of awsPrincipals(document)) {
    if (/:role\//.test(principal) && !findRoleByArn(store, principal)) {
      throw malformedPolicy(`Invalid principal in policy: "AWS":"${principal}"`);
    }
  }
}

function awsPrincipals(document: PolicyDocument): readonly string[] {
  return statementsOf(document).flatMap(({ Principal }) =>
    typeof Principal === 'object' ? asList(Principal.AWS) : [],
  );
}

function readTags(input: JsonObject): readonly Tag[] {
  return objects(input, 'Tags').map(tag => ({
    Key: text(tag, 'Key'),
    Value: text(tag, 'Value'),
  }));
}

function mergeTags(old: readonly Tag[], added: readonly Tag[], limit: number): readonly Tag[] {
  // "Tag keys are not case sensitive": IAM keeps one of `team` and `Team`.
  const merged = new Map([...old, ...added].map(tag => [tag.Key.toLowerCase(), tag]));
  if (merged.size > limit) {
    throw limitExceeded(`Cannot exceed quota for TagsPerRole: ${limit}`);
  }
  return [...merged.values()];
}
