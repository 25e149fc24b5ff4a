import type { ChangeRequestState } from '@busline/plugin-eventbridge-common';
import { Tag, type TagTone } from './Tag';

const STATES: Readonly<
  Record<ChangeRequestState, { readonly label: string; readonly tone: TagTone; readonly meaning: string }>
> = {
  opening: { label: 'Opening', tone: 'accent', meaning: 'The pull requests are being opened.' },
  open: { label: 'Open', tone: 'accent', meaning: 'The pull requests are open.' },
  approved: { label: 'Approved', tone: 'accent', meaning: 'Everybody who has to has approved; it can be merged.' },
  merged: { label: 'Merged', tone: 'bus', meaning: 'It is on main; the deployment is under way.' },
  deployed: { label: 'Deployed', tone: 'bus', meaning: 'Every stack is deployed; it waits for AWS to show it.' },
  live: { label: 'Live', tone: 'ok', meaning: 'AWS has what main declares, and the first event has matched.' },
  closed: { label: 'Closed', tone: 'plain', meaning: 'It was closed without being merged.' },
  failed: { label: 'Failed', tone: 'error', meaning: 'A step failed; it can be tried again.' },
};

/** The state in a word, for filters. */
export function changeStateLabel(state: ChangeRequestState): string {
  return STATES[state].label;
}

/** Where a change request stands, in a word. */
export function ChangeStateTag(props: { readonly state: ChangeRequestState }) {
  const { label, tone, meaning } = STATES[props.state];
  return (
    <Tag tone={tone} title={meaning}>
      {label}
    </Tag>
  );
}
