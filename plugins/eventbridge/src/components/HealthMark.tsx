import type { EventTypeSummary } from '@busline/plugin-eventbridge-common';
import { ErrorIcon, WarningIcon } from './icons';
import { Tag } from './Tag';

/** What is wrong, in a few words; nothing where nothing is. */
export function HealthMark(props: { readonly health: EventTypeSummary['health'] }) {
  const { health } = props;
  if (!health) return null;
  return (
    <Tag tone={health.level === 'error' ? 'error' : 'warn'}>
      {health.level === 'error' ? <ErrorIcon /> : <WarningIcon />}
      <span className="bl-ellipsis">{health.message}</span>
    </Tag>
  );
}
