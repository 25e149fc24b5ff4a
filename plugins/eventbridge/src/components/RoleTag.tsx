import type { BusSummary } from '@busline/plugin-eventbridge-common';
import { Tag } from './Tag';

const ROLES = {
  central: {
    label: 'Central bus',
    tone: 'accent',
    meaning: 'The bus in the platform account on which everybody publishes.',
  },
  subscriber: {
    label: 'Subscriber bus',
    tone: 'bus',
    meaning: 'A bus in a service’s own account, to which the central bus forwards.',
  },
  other: {
    label: 'Other bus',
    tone: 'plain',
    meaning: 'No event repository says what it is for.',
  },
} as const;

/** What a bus is for. */
export function RoleTag(props: { readonly role: BusSummary['role'] }) {
  const { label, tone, meaning } = ROLES[props.role];
  return (
    <Tag tone={tone} title={meaning}>
      {label}
    </Tag>
  );
}
