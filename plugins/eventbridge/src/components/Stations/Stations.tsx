import { styled } from '@mui/material/styles';
import { CheckIcon, ErrorIcon } from '../icons';
import { RelativeTime } from '../RelativeTime';

/** Where something stands on its way; `unneeded` is passed without stopping. `detail` is a short sentence: what it waits for, or why it failed. */
export interface StationProps {
  readonly id: string;
  readonly title: string;
  readonly state: 'reached' | 'current' | 'ahead' | 'failed' | 'unneeded';
  readonly at?: string;
  readonly detail?: string;
}

/** Below this width of its own place the line runs from top to bottom. */
const VERTICAL_BELOW = 620;

const Root = styled('ol')({
  display: 'flex',
  margin: 0,
  padding: 0,
  listStyle: 'none',
  '& li': { position: 'relative', flex: '1 1 0', minWidth: 0, paddingRight: 14, fontSize: 14, lineHeight: '20px' },
  '& .bl-stop': {
    position: 'relative',
    zIndex: 1,
    display: 'grid',
    placeItems: 'center',
    width: 24,
    height: 24,
    marginBottom: 8,
    border: '2px solid var(--bl-line-strong)',
    borderRadius: '50%',
    background: 'var(--bl-surface)',
    color: 'var(--bl-surface)',
    '& svg': { width: 14, height: 14 },
  },
  '& li:last-of-type': { flex: '0 1 auto', minWidth: 90, paddingRight: 0 },
  // The track to the next station.
  '& li:not(:last-of-type)::before': {
    content: '""',
    position: 'absolute',
    top: 11,
    left: 24,
    right: 0,
    height: 2,
    background: 'var(--bl-line-strong)',
  },
  '& li[data-state=reached] .bl-stop': { borderColor: 'var(--bl-ok)', background: 'var(--bl-ok)' },
  '& li[data-state=reached]:not(:last-of-type)::before': { background: 'var(--bl-ok)' },
  // Passed without stopping: the way leads on, and nobody was there.
  '& li[data-state=unneeded] .bl-stop': { borderStyle: 'dashed' },
  '& li[data-state=unneeded]:not(:last-of-type)::before': { background: 'var(--bl-ok)' },
  '& li[data-state=unneeded] strong': { fontWeight: 500, color: 'var(--bl-muted)' },
  '& li[data-state=current] .bl-stop': {
    borderColor: 'var(--bl-accent)',
    boxShadow: '0 0 0 4px var(--bl-accent-soft)',
    '&::after': { content: '""', width: 8, height: 8, borderRadius: '50%', background: 'var(--bl-accent)' },
  },
  '& li[data-state=failed] .bl-stop': { borderColor: 'var(--bl-error)', background: 'var(--bl-error)' },
  '& strong': { display: 'block', fontWeight: 600 },
  '& li[data-state=ahead] strong': { fontWeight: 500, color: 'var(--bl-muted)' },
  '& li[data-state=failed] strong': { color: 'var(--bl-error)' },
  '& time, & .bl-stop-when': { fontSize: 13, color: 'var(--bl-muted)' },
  '& .bl-stop-detail': { display: 'block', fontSize: 13, lineHeight: '18px', overflowWrap: 'anywhere' },
  [`@media (max-width: ${VERTICAL_BELOW}px)`]: {
    flexDirection: 'column',
    '& li': {
      display: 'grid',
      gridTemplateColumns: '24px minmax(0, 1fr)',
      columnGap: 14,
      paddingRight: 0,
      paddingBottom: 18,
    },
    '& li:last-of-type': { paddingBottom: 0 },
    '& li:not(:last-of-type)::before': { top: 24, bottom: 0, left: 11, right: 'auto', width: 2, height: 'auto' },
  },
});

const STATE_WORDS: Readonly<Record<StationProps['state'], string>> = {
  reached: 'reached',
  current: 'next',
  ahead: 'not yet',
  failed: 'failed',
  unneeded: 'not needed',
};

/** A way as a line of stations with times: from left to right, on a phone from top to bottom. */
export function Stations(props: { readonly label: string; readonly stations: readonly StationProps[] }) {
  return (
    <Root aria-label={props.label}>
      {props.stations.map(({ id, title, state, at, detail }) => (
        <li key={id} data-state={state} aria-current={state === 'current' ? 'step' : undefined}>
          <span className="bl-stop" aria-hidden="true">
            {state === 'reached' && <CheckIcon />}
            {state === 'failed' && <ErrorIcon />}
          </span>
          <div>
            <strong>
              {title}
              <span className="bl-sr">, {STATE_WORDS[state]}</span>
            </strong>
            {at && <RelativeTime time={at} />}
            {!at && state === 'current' && (
              <span className="bl-stop-when" aria-hidden="true">
                next
              </span>
            )}
            {!at && state === 'unneeded' && (
              <span className="bl-stop-when" aria-hidden="true">
                not needed
              </span>
            )}
            {detail && <span className="bl-stop-detail">{detail}</span>}
          </div>
        </li>
      ))}
    </Root>
  );
}
