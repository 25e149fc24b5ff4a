import type { SourceStatus } from '@busline/plugin-eventbridge-common';
import { styled } from '@mui/material/styles';
import { useId } from 'react';
import { useRefreshSource } from '../../api';
import {
  ActionButton,
  Card,
  CopyButton,
  isErrorNamed,
  PHONE,
  reasonOf,
  RelativeTime,
  Tag,
  type TagTone,
} from '../../components';
import {
  CheckIcon,
  ChevronDownIcon,
  ChevronRightIcon,
  CloudIcon,
  FileIcon,
  LockIcon,
  QuestionIcon,
  RefreshIcon,
  WarningIcon,
} from '../../components/icons';
import { SourceProblems } from './SourceProblems';

const Root = styled(Card)({
  padding: '18px 22px',
  '& .bl-source-head': {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: '8px 12px',
  },
  '& .bl-source-head > svg': {
    flex: 'none',
    width: 21,
    height: 21,
    color: 'var(--bl-muted)',
  },
  '& h2': {
    margin: 0,
    minWidth: 0,
    fontSize: 17,
    lineHeight: '25px',
    fontWeight: 650,
    letterSpacing: -0.2,
    overflowWrap: 'anywhere',
  },
  '& .bl-source-action': { marginLeft: 'auto' },
  '& .bl-source-target': {
    display: 'flex',
    alignItems: 'center',
    gap: 2,
    minWidth: 0,
    color: 'var(--bl-muted)',
    fontSize: 13,
    overflowWrap: 'anywhere',
  },
  '& .bl-source-reason': {
    display: 'flex',
    gap: 9,
    margin: '12px 0 0',
    padding: '9px 13px',
    border: '1px solid var(--bl-warn-line)',
    borderRadius: 7,
    background: 'var(--bl-warn-soft)',
    fontSize: 14,
    overflowWrap: 'anywhere',
    '& svg': { flex: 'none', marginTop: 3, color: 'var(--bl-warn)' },
    '&[data-quiet]': {
      borderColor: 'var(--bl-line)',
      background: 'var(--bl-sunken)',
      '& svg': { color: 'var(--bl-muted)' },
    },
  },
  '& dl': {
    display: 'flex',
    flexWrap: 'wrap',
    gap: '10px 32px',
    margin: '14px 0 0',
    fontSize: 14,
  },
  '& dt': { fontSize: 12.5, color: 'var(--bl-muted)' },
  '& dd': { margin: 0, fontVariantNumeric: 'tabular-nums' },
  '& .bl-source-toggle': { marginTop: 14 },
  [PHONE]: { padding: '14px 16px', '& .bl-source-action': { marginLeft: 0 } },
});

const STATES: Readonly<
  Record<
    SourceStatus['state'],
    {
      readonly words: string;
      readonly tone: TagTone;
      readonly Icon: typeof CheckIcon;
    }
  >
> = {
  fresh: { words: 'Fresh', tone: 'ok', Icon: CheckIcon },
  stale: { words: 'Stale', tone: 'warn', Icon: WarningIcon },
  reading: { words: 'Reading…', tone: 'accent', Icon: RefreshIcon },
  'never-read': { words: 'Not read yet', tone: 'plain', Icon: QuestionIcon },
};

const KINDS = { 'event-repository': 'Event repository', aws: 'AWS' } as const;

/** One source: how fresh, why not, what it gave, and what is wrong in it. */
export function SourceCard(props: {
  readonly source: SourceStatus;
  readonly mayRefresh: boolean;
  readonly open: boolean;
  readonly onToggle: () => void;
}) {
  const { source, mayRefresh, open, onToggle } = props;
  const problemsId = useId();
  const state = STATES[source.state];
  return (
    <Root aria-labelledby={`source-${source.id}`}>
      <div className="bl-source-head">
        {source.kind === 'aws' ? <CloudIcon /> : <FileIcon />}
        <h2 id={`source-${source.id}`}>{source.title}</h2>
        <span role="status">
          <Tag tone={state.tone}>
            <state.Icon />
            {state.words}
          </Tag>
        </span>
        <span className="bl-source-action">
          <Refresh source={source} allowed={mayRefresh} />
        </span>
      </div>
      <div className="bl-source-target">
        <span>
          {KINDS[source.kind]} · <span className="bl-mono">{source.target}</span>
        </span>
        <CopyButton text={source.target} what="where it is read from" />
      </div>
      {source.reason && (
        <p className="bl-source-reason">
          <WarningIcon />
          <span>
            {source.reason}
            {source.lastReadAt && source.state === 'stale' && (
              <>
                {' '}
                Shown is what was read <RelativeTime time={source.lastReadAt} />.
              </>
            )}
          </span>
        </p>
      )}
      <Facts source={source} />
      {source.problemCount > 0 ? (
        <>
          <ActionButton className="bl-source-toggle" onClick={onToggle} aria-expanded={open} aria-controls={problemsId}>
            {open ? <ChevronDownIcon /> : <ChevronRightIcon />}
            {source.problemCount.toLocaleString('en')} {source.problemCount === 1 ? 'problem' : 'problems'}
          </ActionButton>
          <div id={problemsId}>{open && <SourceProblems id={source.id} />}</div>
        </>
      ) : null}
    </Root>
  );
}

function Facts(props: { readonly source: SourceStatus }) {
  const { source } = props;
  const later = source.lastAttemptAt && source.lastAttemptAt !== source.lastReadAt ? source.lastAttemptAt : undefined;
  return (
    <dl>
      <div>
        <dt>Last read</dt>
        <dd>{source.lastReadAt ? <RelativeTime time={source.lastReadAt} /> : 'never'}</dd>
      </div>
      {later && source.state !== 'fresh' && (
        <div>
          <dt>Last attempt</dt>
          <dd>
            <RelativeTime time={later} />
          </dd>
        </div>
      )}
      {source.lastReadMs !== undefined && (
        <div>
          <dt>Took</dt>
          <dd>{millisecondWords(source.lastReadMs)}</dd>
        </div>
      )}
      {Object.entries(source.counts).map(([name, count]) => (
        <div key={name}>
          <dt>{countLabel(name)}</dt>
          <dd>{count.toLocaleString('en')}</dd>
        </div>
      ))}
      {source.problemCount === 0 && source.lastReadAt && (
        <div>
          <dt>Problems</dt>
          <dd>none</dd>
        </div>
      )}
    </dl>
  );
}

/** `eventTypes` reads as `Event types`. */
export function countLabel(name: string): string {
  const words = name.replace(/([a-z])([A-Z])/g, '$1 $2').toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** `420 ms`, `2.4 s`. */
export function millisecondWords(milliseconds: number): string {
  return milliseconds < 1000 ? `${Math.round(milliseconds)} ms` : `${(milliseconds / 1000).toFixed(1)} s`;
}

/** Has the source read now. Who may not is told so, and nothing else changes. */
function Refresh(props: { readonly source: SourceStatus; readonly allowed: boolean }) {
  const { source, allowed } = props;
  const refresh = useRefreshSource();
  if (isErrorNamed(refresh.error, 'NotAllowedError')) {
    return (
      <span className="bl-muted" role="status">
        <LockIcon style={{ verticalAlign: '-0.2em' }} /> Only the platform team may have it read now
      </span>
    );
  }
  if (!allowed) return null;
  const reading = source.state === 'reading' || refresh.isPending;
  return (
    <span
      style={{
        display: 'inline-flex',
        flexWrap: 'wrap',
        alignItems: 'center',
        gap: 12,
      }}
    >
      {refresh.isError && (
        <span role="alert" style={{ color: 'var(--bl-error)', fontSize: 13.5 }}>
          {reasonOf(refresh.error)}
        </span>
      )}
      <ActionButton onClick={() => refresh.mutate(source.id)} disabled={reading}>
        <RefreshIcon />
        {reading ? 'Reading…' : 'Read now'}
        <span className="bl-sr"> {source.title}</span>
      </ActionButton>
    </span>
  );
}
