import { texts } from '../../input';
import { AwsError, type JsonObject } from '../../service';
import { documentText, unlessMissing, type HandlerContext, type ResourceHandler } from './handler';

const MAX_NAME = 128;

/** Source: "AWS::IAM::Policy" in the CloudFormation template reference: one inline policy on several roles. */
export const policy: ResourceHandler = {
  type: 'AWS::IAM::Policy',
  async create(context, properties) {
    const id = context.generatedName(MAX_NAME);
    context.made(id);
    await putOnRoles(context, properties);
    return { id, attributes: { Id: id } };
  },
  async update(context, id, properties, old) {
    const renamed = properties.PolicyName !== old.PolicyName;
    const kept = texts(properties, 'Roles');
    await removeFrom(
      context,
      texts(old, 'Roles').filter(name => renamed || !kept.includes(name)),
      old,
    );
    await putOnRoles(context, properties);
    return { id, attributes: { Id: id } };
  },
  delete: (context, _id, properties) => removeFrom(context, texts(properties, 'Roles'), properties),
};

async function putOnRoles(context: HandlerContext, properties: JsonObject): Promise<void> {
  for (const member of ['Users', 'Groups']) {
    if (texts(properties, member).length > 0) {
      throw new AwsError('NoSuchEntity', `This local server has no ${member.toLowerCase()}.`);
    }
  }
  const roles = texts(properties, 'Roles');
  if (roles.length === 0) {
    throw new AwsError('ValidationError', 'At least one of [Groups,Roles,Users] must be non-empty.');
  }
  for (const name of roles) await putOn(context, name, properties);
}

async function putOn(context: HandlerContext, role: string, properties: JsonObject): Promise<void> {
  await context.call('iam', 'PutRolePolicy', {
    RoleName: role,
    PolicyName: properties.PolicyName,
    PolicyDocument: documentText(properties.PolicyDocument),
  });
}

async function removeFrom(
  context: HandlerContext,
  roles: readonly string[],
  { PolicyName }: JsonObject,
): Promise<void> {
  for (const RoleName of roles) {
    await unlessMissing(context.call('iam', 'DeleteRolePolicy', { RoleName, PolicyName }), 'NoSuchEntity');
  }
}

/** Source: "AWS::IAM::RolePolicy" in the CloudFormation template reference: one inline policy of one role. */
export const rolePolicy: ResourceHandler = {
  type: 'AWS::IAM::RolePolicy',
  async create(context, properties) {
    await putOn(context, String(properties.RoleName), properties);
    const id = `${String(properties.PolicyName)}|${String(properties.RoleName)}`;
    context.made(id);
    return { id, attributes: {} };
  },
  async update(context, id, properties) {
    await putOn(context, String(properties.RoleName), properties);
    return { id, attributes: {} };
  },
  delete: (context, _id, properties) => removeFrom(context, [String(properties.RoleName)], properties),
};
