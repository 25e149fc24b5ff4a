import { objects } from '../../input';
import type { JsonObject, JsonValue } from '../../service';
import { mergedTags, resourceExists, type HandlerContext, type Physical, type ResourceHandler } from './handler';

const TYPE = 'AWS::CloudWatch::Alarm';
const MAX_NAME = 255;

/** Source: "AWS::CloudWatch::Alarm" in the CloudFormation template reference. */
export const alarm: ResourceHandler = {
  type: TYPE,
  nameProperty: 'AlarmName',
  async create(context, properties) {
    const name = String(properties.AlarmName ?? context.generatedName(MAX_NAME));
    const there = await context.call('monitoring', 'DescribeAlarms', { AlarmNames: [name] });
    if (objects(there, 'MetricAlarms').length > 0) throw resourceExists(TYPE, name);
    return put(context, name, properties);
  },
  update: put,
  async delete(context, name) {
    await context.call('monitoring', 'DeleteAlarms', { AlarmNames: [name] });
  },
};

async function put(context: HandlerContext, name: string, properties: JsonObject): Promise<Physical> {
  await context.call('monitoring', 'PutMetricAlarm', {
    ...properties,
    AlarmName: name,
    Tags: mergedTags(context, properties.Tags) as unknown as JsonValue,
  });
  context.made(name);
  return {
    id: name,
    attributes: { Arn: `arn:aws:cloudwatch:${context.region}:${context.account}:alarm:${name}` },
  };
}
