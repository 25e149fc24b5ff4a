import type { EventTypeDetail } from '@busline/plugin-eventbridge-common';

/** A detail-type as the name of a file: letters, digits and dashes. */
export function slugOf(detailType: string): string {
  const slug = detailType
    .normalize('NFKD')
    .replace(/([a-z0-9])([A-Z])/g, '$1-$2')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '');
  return slug.slice(0, 60) || 'subscription';
}

/** A subscription file to start from: everything of the type, into a queue. Strings are quoted, whatever they hold. */
export function subscriptionYaml(eventType: Pick<EventTypeDetail, 'source' | 'detailType' | 'eventPaths'>): string {
  const quoted = JSON.stringify;
  const keys = (eventType.eventPaths.data ?? 'detail').split('.');
  const filter = [...keys.map(key => `${key}:`), 'field: [value]'];
  return `description: What your service does with it.
pattern:
  source: [${quoted(eventType.source)}]
  detail-type: [${quoted(eventType.detailType)}]
${filter.map((line, depth) => `  # ${'  '.repeat(depth)}${line}\n`).join('')}target: { type: sqs, name: your-queue }
environments: [prod]
`;
}

/** The next minor and major after a version; the first ones where there is none. */
export function nextVersions(version: string | undefined): {
  readonly minor: string;
  readonly major: string;
} {
  const parts = /^(\d+)\.(\d+)\.\d+/.exec(version ?? '');
  if (!parts) return { minor: '1.0.0', major: '1.0.0' };
  return {
    minor: `${parts[1]}.${Number(parts[2]) + 1}.0`,
    major: `${Number(parts[1]) + 1}.0.0`,
  };
}
