import { objects } from '../../input';
import type { JsonObject, JsonValue } from '../../service';
import { syncTags } from './eventsTags';
import { mergedTags, resourceExists, unlessMissing, type HandlerContext, type ResourceHandler } from './handler';

const TYPE = 'AWS::Events::Rule';
const MAX_NAME = 64;
const DEFAULT_BUS = 'default';

/** Source: "AWS::Events::Rule" in the CloudFormation template reference. */
export const rule: ResourceHandler = {
  type: TYPE,
  async create(context, properties) {
    const name = String(properties.Name ?? context.generatedName(MAX_NAME));
    const bus = busOf(properties);
    const there = await unlessMissing(
      context.call('events', 'DescribeRule', { Name: name, EventBusName: bus }),
      'ResourceNotFoundException',
    );
    if (there) throw resourceExists(TYPE, physicalId(bus, name));
    const tags = mergedTags(context, properties.Tags) as unknown as JsonValue;
    const arn = await putRule(context, name, properties, { Tags: tags });
    context.made(physicalId(bus, name));
    await putTargets(context, name, properties);
    return physical(bus, name, arn);
  },
  async update(context, id, properties) {
    const bus = busOf(properties);
    const name = nameOf(id);
    const arn = await putRule(context, name, properties);
    await syncTags(context, arn, properties.Tags);
    const kept = new Set(objects(properties, 'Targets').map(target => target.Id));
    await removeTargets(context, bus, name, targetId => !kept.has(targetId));
    await putTargets(context, name, properties);
    return physical(bus, name, arn);
  },
  async delete(context, id, properties) {
    const bus = busOf(properties);
    const place = { EventBusName: bus, Name: nameOf(id) };
    if (!(await unlessMissing(context.call('events', 'DescribeRule', place), 'ResourceNotFoundException'))) return;
    await removeTargets(context, bus, place.Name, () => true);
    await context.call('events', 'DeleteRule', place);
  },
};

const busOf = ({ EventBusName: bus }: JsonObject) => (typeof bus === 'string' ? bus : DEFAULT_BUS);

/** `Ref` gives `bus|rule`, or the rule's name on the default bus. */
const physicalId = (bus: string, name: string) => (bus === DEFAULT_BUS ? name : `${nameOfBus(bus)}|${name}`);

/** A rule's bus may be given by its ARN. */
const nameOfBus = (bus: string) => bus.slice(bus.indexOf('event-bus/') < 0 ? 0 : bus.indexOf('event-bus/') + 10);

const nameOf = (id: string) => id.slice(id.lastIndexOf('|') + 1);

function physical(bus: string, name: string, arn: string) {
  return { id: physicalId(bus, name), attributes: { Arn: arn, RuleName: name } };
}

async function putRule(
  context: HandlerContext,
  name: string,
  properties: JsonObject,
  further: JsonObject = {},
): Promise<string> {
  const { EventPattern: pattern, ScheduleExpression, State, Description, RoleArn } = properties;
  const { RuleArn: arn } = await context.call('events', 'PutRule', {
    Name: name,
    EventBusName: busOf(properties),
    EventPattern: pattern === undefined || typeof pattern === 'string' ? pattern : JSON.stringify(pattern),
    ScheduleExpression,
    State,
    Description,
    RoleArn,
    ...further,
  });
  return String(arn);
}

async function putTargets(context: HandlerContext, name: string, properties: JsonObject): Promise<void> {
  const targets = objects(properties, 'Targets');
  if (targets.length === 0) return;
  await context.call('events', 'PutTargets', { Rule: name, EventBusName: busOf(properties), Targets: targets });
}

async function removeTargets(
  context: HandlerContext,
  bus: string,
  name: string,
  isGone: (id: string) => boolean,
): Promise<void> {
  const there = await context.call('events', 'ListTargetsByRule', { Rule: name, EventBusName: bus });
  const gone = objects(there, 'Targets')
    .map(target => String(target.Id))
    .filter(isGone);
  if (gone.length === 0) return;
  await context.call('events', 'RemoveTargets', { Rule: name, EventBusName: bus, Ids: gone });
}
