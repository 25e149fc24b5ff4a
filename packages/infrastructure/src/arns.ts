/** ARNs of what Busline makes or names. Source: "Service Authorization Reference". */

export interface Arn {
  readonly partition: string;
  /** `sqs`, `lambda`, `events`, … */
  readonly service: string;
  readonly region: string;
  /** 12 digits; empty where the service has none. */
  readonly accountId: string;
  readonly resource: string;
}

/** `aws`, `aws-cn` or `aws-us-gov`. */
export function partitionOf(region: string): string {
  if (region.startsWith('cn-')) return 'aws-cn';
  if (region.startsWith('us-gov-')) return 'aws-us-gov';
  return 'aws';
}

/** The parts of an ARN, or undefined where the text is none. */
export function parseArn(text: string): Arn | undefined {
  const parts = text.split(':');
  if (parts.length < 6 || parts[0] !== 'arn') return undefined;
  const [, partition, service, region, accountId, ...resource] = parts;
  return { partition, service, region, accountId, resource: resource.join(':') };
}

/** The last part of an ARN's resource: the queue, function, bus or rule by its name. */
export function nameInArn(text: string): string {
  return text.slice(Math.max(text.lastIndexOf(':'), text.lastIndexOf('/')) + 1);
}

function arn(service: string, region: string, accountId: string, resource: string): string {
  return `arn:${partitionOf(region)}:${service}:${region}:${accountId}:${resource}`;
}

export function busArn(accountId: string, region: string, bus: string): string {
  return arn('events', region, accountId, `event-bus/${bus}`);
}

/** Rules on the default bus leave the bus out. */
export function ruleArn(accountId: string, region: string, bus: string, rule: string): string {
  return arn('events', region, accountId, bus === 'default' ? `rule/${rule}` : `rule/${bus}/${rule}`);
}

export function queueArn(accountId: string, region: string, queue: string): string {
  return arn('sqs', region, accountId, queue);
}

export function functionArn(accountId: string, region: string, name: string): string {
  return arn('lambda', region, accountId, `function:${name}`);
}

export function stateMachineArn(accountId: string, region: string, name: string): string {
  return arn('states', region, accountId, `stateMachine:${name}`);
}

/** Roles are global: the Region only says which partition. */
export function roleArn(accountId: string, region: string, role: string): string {
  return `arn:${partitionOf(region)}:iam::${accountId}:role/${role}`;
}

/** The account as a principal. */
export function accountArn(accountId: string, region: string): string {
  return `arn:${partitionOf(region)}:iam::${accountId}:root`;
}
