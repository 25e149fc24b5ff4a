import { asList, type PolicyStatement } from '@busline/access-policy';
import { AwsError, type JsonObject, type JsonValue } from '../../service';
import { resourceExists, unlessMissing, type HandlerContext, type ResourceHandler } from './handler';

const TYPE = 'AWS::Events::EventBusPolicy';

/**
 * One statement of a bus's policy, found by its id.
 * Source: "AWS::Events::EventBusPolicy" in the CloudFormation template reference.
 */
export const eventBusPolicy: ResourceHandler = {
  type: TYPE,
  async create(context, properties) {
    const { bus, id } = placeOf(properties);
    const there = await statementsOf(context, bus);
    if (there.some(statement => statement.Sid === id)) throw resourceExists(TYPE, `${bus}|${id}`);
    await put(context, bus, id, properties, there);
    context.made(`${bus}|${id}`);
    return { id: `${bus}|${id}`, attributes: {} };
  },
  async update(context, physicalId, properties) {
    const { bus, id } = placeOf(properties);
    await put(context, bus, id, properties, await statementsOf(context, bus));
    return { id: physicalId, attributes: {} };
  },
  async delete(context, _physicalId, properties) {
    const { bus, id } = placeOf(properties);
    await unlessMissing(
      context.call('events', 'RemovePermission', { EventBusName: bus, StatementId: id }),
      'ResourceNotFoundException',
    );
  },
};

function placeOf({ EventBusName: bus, StatementId: id }: JsonObject) {
  return { bus: typeof bus === 'string' ? bus : 'default', id: String(id) };
}

async function statementsOf(context: HandlerContext, bus: string): Promise<readonly PolicyStatement[]> {
  const { Policy: policy } = await context.call('events', 'DescribeEventBus', { Name: bus });
  return typeof policy === 'string' ? asList((JSON.parse(policy) as { Statement: PolicyStatement[] }).Statement) : [];
}

async function put(
  context: HandlerContext,
  bus: string,
  id: string,
  properties: JsonObject,
  there: readonly PolicyStatement[],
): Promise<void> {
  const { Statement: statement, Action, Principal, Condition } = properties;
  if (statement === undefined) {
    await context.call('events', 'PutPermission', { EventBusName: bus, StatementId: id, Action, Principal, Condition });
    return;
  }
  const own = (typeof statement === 'string' ? parsed(statement) : statement) as JsonObject;
  if (own.Sid !== undefined && own.Sid !== id) {
    throw new AwsError(
      'ValidationException',
      `Statement Sid ${String(own.Sid)} and StatementId ${id} must be the same.`,
    );
  }
  const policy = {
    Version: '2012-10-17',
    Statement: [...there.filter(other => other.Sid !== id), { Sid: id, ...own }],
  };
  await context.call('events', 'PutPermission', { EventBusName: bus, Policy: JSON.stringify(policy) });
}

function parsed(text: string): JsonValue {
  try {
    return JSON.parse(text) as JsonValue;
  } catch (error) {
    throw new AwsError('ValidationException', `Statement is not JSON: ${(error as Error).message}`);
  }
}
