import type { BusRef } from '@busline/plugin-eventbridge-common';

/** Partition of an ARN -> host of its console. */
const CONSOLE_HOSTS: Readonly<Record<string, string>> = {
  aws: 'console.aws.amazon.com',
  'aws-cn': 'console.amazonaws.cn',
  'aws-us-gov': 'console.amazonaws-us-gov.com',
};

/** The bus in the AWS console; nothing for a partition whose console is not known. */
export function busConsoleUrl(bus: Pick<BusRef, 'arn' | 'name' | 'region'>): string | undefined {
  const host = CONSOLE_HOSTS[bus.arn.split(':')[1] ?? ''];
  if (!host || !/^[a-z0-9-]+$/.test(bus.region)) return undefined;
  const subdomain = host === CONSOLE_HOSTS.aws ? `${bus.region}.` : '';
  return `https://${subdomain}${host}/events/home?region=${bus.region}#/eventbus/${encodeURIComponent(bus.name)}`;
}
