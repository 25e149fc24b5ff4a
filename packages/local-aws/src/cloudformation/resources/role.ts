import { objects, texts } from '../../input';
import { AwsError, type JsonObject, type JsonValue } from '../../service';
import {
  documentText,
  mergedTags,
  unlessMissing,
  type HandlerContext,
  type Physical,
  type ResourceHandler,
} from './handler';

const MAX_NAME = 64;
const DEFAULT_SESSION_SECONDS = 3_600;

/** Source: "AWS::IAM::Role" in the CloudFormation template reference. Managed policies are not there. */
export const role: ResourceHandler = {
  type: 'AWS::IAM::Role',
  nameProperty: 'RoleName',
  async create(context, properties) {
    refuseManaged(properties);
    const name = String(properties.RoleName ?? context.generatedName(MAX_NAME));
    const created = await context.call('iam', 'CreateRole', {
      RoleName: name,
      Path: properties.Path,
      AssumeRolePolicyDocument: documentText(properties.AssumeRolePolicyDocument),
      Description: properties.Description,
      MaxSessionDuration: properties.MaxSessionDuration,
      PermissionsBoundary: properties.PermissionsBoundary,
      Tags: mergedTags(context, properties.Tags) as unknown as JsonValue,
    });
    context.made(name);
    await putPolicies(context, name, properties);
    return physical(created);
  },
  async update(context, name, properties, old) {
    refuseManaged(properties);
    await context.call('iam', 'UpdateRole', {
      RoleName: name,
      Description: properties.Description ?? (old.Description === undefined ? undefined : ''),
      MaxSessionDuration: properties.MaxSessionDuration ?? DEFAULT_SESSION_SECONDS,
    });
    await context.call('iam', 'UpdateAssumeRolePolicy', {
      RoleName: name,
      PolicyDocument: documentText(properties.AssumeRolePolicyDocument),
    });
    const kept = new Set(objects(properties, 'Policies').map(policy => policy.PolicyName));
    for (const { PolicyName } of objects(old, 'Policies').filter(policy => !kept.has(policy.PolicyName))) {
      await unlessMissing(context.call('iam', 'DeleteRolePolicy', { RoleName: name, PolicyName }), 'NoSuchEntity');
    }
    await putPolicies(context, name, properties);
    const found = await context.call('iam', 'GetRole', { RoleName: name });
    await syncTags(context, name, objects(found.Role as JsonObject, 'Tags'), properties);
    return physical(found);
  },
  async delete(context, name) {
    const found = await unlessMissing(context.call('iam', 'ListRolePolicies', { RoleName: name }), 'NoSuchEntity');
    if (!found) return;
    for (const PolicyName of texts(found, 'PolicyNames')) {
      await context.call('iam', 'DeleteRolePolicy', { RoleName: name, PolicyName });
    }
    await context.call('iam', 'DeleteRole', { RoleName: name });
  },
};

function refuseManaged(properties: JsonObject): void {
  if (texts(properties, 'ManagedPolicyArns').length === 0) return;
  throw new AwsError('NoSuchEntity', 'This local server has no managed policies: write them as inline policies.');
}

async function putPolicies(context: HandlerContext, name: string, properties: JsonObject): Promise<void> {
  for (const { PolicyName, PolicyDocument } of objects(properties, 'Policies')) {
    await context.call('iam', 'PutRolePolicy', {
      RoleName: name,
      PolicyName,
      PolicyDocument: documentText(PolicyDocument),
    });
  }
}

async function syncTags(
  context: HandlerContext,
  name: string,
  there: readonly JsonObject[],
  properties: JsonObject,
): Promise<void> {
  const wanted = mergedTags(context, properties.Tags);
  const gone = there.map(tag => String(tag.Key)).filter(key => !wanted.some(tag => tag.Key === key));
  if (gone.length > 0) await context.call('iam', 'UntagRole', { RoleName: name, TagKeys: gone });
  if (wanted.length > 0) {
    await context.call('iam', 'TagRole', { RoleName: name, Tags: wanted as unknown as JsonValue });
  }
}

function physical({ Role: described }: JsonObject): Physical {
  const { RoleName, Arn, RoleId } = described as JsonObject;
  return { id: String(RoleName), attributes: { Arn: String(Arn), RoleId: String(RoleId) } };
}
