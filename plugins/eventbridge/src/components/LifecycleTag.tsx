import type { Classification, Lifecycle } from '@busline/plugin-eventbridge-common';
import { LockIcon } from './icons';
import { Tag, type TagTone } from './Tag';

const LIFECYCLE_TONES: Readonly<Record<Lifecycle, TagTone>> = {
  experimental: 'accent',
  production: 'ok',
  deprecated: 'warn',
  retired: 'error',
};

/** The word as a person writes it. */
export const capitalised = (word: string) => word.charAt(0).toUpperCase() + word.slice(1);

export function LifecycleTag(props: { readonly lifecycle: Lifecycle }) {
  return <Tag tone={LIFECYCLE_TONES[props.lifecycle] ?? 'plain'}>{capitalised(props.lifecycle)}</Tag>;
}

export function ClassificationTag(props: { readonly classification: Classification }) {
  const guarded = props.classification === 'restricted' || props.classification === 'confidential';
  return (
    <Tag tone="plain">
      {guarded && <LockIcon />}
      {capitalised(props.classification)}
    </Tag>
  );
}
