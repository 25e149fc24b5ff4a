import type { SourceStatus } from '@busline/plugin-eventbridge-common';
import Popover from '@mui/material/Popover';
import { styled } from '@mui/material/styles';
import { useState } from 'react';
import { Link } from 'react-router-dom';
import { useSources } from '../../api';
import { useLinks } from '../../links';
import { buttonStyles } from '../ActionButton';
import { CheckIcon, CloudIcon, ErrorIcon, FileIcon, QuestionIcon, RefreshIcon, WarningIcon } from '../icons';
import { RelativeTime } from '../RelativeTime';
import { PHONE } from './Frame';

const Button = styled('button')({
  ...buttonStyles,
  minHeight: 32,
  fontSize: 13,
  borderColor: 'transparent',
  background: 'transparent',
  color: 'var(--bl-muted)',
  '&[data-state=stale]': { color: 'var(--bl-warn)' },
  '&[data-state=failed]': { color: 'var(--bl-error)' },
  [PHONE]: { padding: '5px 8px' },
});

const List = styled('ul')({
  width: 380,
  maxWidth: 'calc(100vw - 32px)',
  margin: 0,
  padding: '6px 0',
  listStyle: 'none',
  fontSize: 14,
  color: 'var(--bl-text)',
  '& li': {
    display: 'grid',
    gridTemplateColumns: '20px 1fr auto',
    gap: '0 10px',
    padding: '10px 16px',
  },
  '& .bl-source-all': { display: 'block' },
  '& a': { color: 'var(--bl-accent)', textDecoration: 'none' },
  '& a:hover': { textDecoration: 'underline' },
  '& li + li': { borderTop: '1px solid var(--bl-line)' },
  '& li > svg': { marginTop: 2, color: 'var(--bl-muted)' },
  '& strong': { fontWeight: 600 },
  '& .bl-source-state': { fontSize: 13, color: 'var(--bl-muted)' },
  '& .bl-source-state[data-state=stale], & .bl-source-state[data-state=never-read]': { color: 'var(--bl-warn)' },
  '& p': {
    gridColumn: '2 / -1',
    margin: '2px 0 0',
    fontSize: 13,
    lineHeight: '19px',
    color: 'var(--bl-muted)',
    overflowWrap: 'anywhere',
  },
});

const STATE_WORDS: Readonly<Record<SourceStatus['state'], string>> = {
  fresh: 'Fresh',
  stale: 'Stale',
  reading: 'Reading…',
  'never-read': 'Not read yet',
};

/** How the sources are doing: one word in the head, each source with its reason on a click. */
export function SourcesState() {
  const sources = useSources();
  const links = useLinks();
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  if (sources.isPending) return null;
  const list = sources.data ?? [];
  const summary = summaryOf(list, sources.isError);
  return (
    <>
      <Button
        type="button"
        data-state={summary.state}
        aria-haspopup="dialog"
        aria-expanded={anchor !== null}
        onClick={event => setAnchor(event.currentTarget)}
      >
        <summary.Icon />
        {summary.words}
      </Button>
      <Popover
        open={anchor !== null}
        anchorEl={anchor}
        onClose={() => setAnchor(null)}
        anchorOrigin={{ vertical: 'bottom', horizontal: 'right' }}
        transformOrigin={{ vertical: 'top', horizontal: 'right' }}
        slotProps={{
          paper: {
            role: 'dialog',
            'aria-label': 'Sources',
            sx: {
              mt: 0.5,
              borderRadius: '10px',
              border: '1px solid var(--bl-line)',
              boxShadow: 'var(--bl-shadow-high)',
              backgroundImage: 'none',
            },
          } as object,
        }}
      >
        <List>
          {list.map(source => (
            <Source key={source.id} source={source} />
          ))}
          {list.length === 0 && (
            <li>
              <QuestionIcon />
              <span>{sources.isError ? 'The sources could not be read.' : 'No source is configured.'}</span>
            </li>
          )}
          <li className="bl-source-all">
            <Link to={links.sources()} onClick={() => setAnchor(null)}>
              All about the sources
            </Link>
          </li>
        </List>
      </Popover>
    </>
  );
}

function Source(props: { readonly source: SourceStatus }) {
  const { source } = props;
  return (
    <li>
      {source.kind === 'aws' ? <CloudIcon /> : <FileIcon />}
      <strong className="bl-ellipsis">{source.title}</strong>
      <span className="bl-source-state" data-state={source.state}>
        {STATE_WORDS[source.state]}
      </span>
      <p>
        {source.lastReadAt ? (
          <>
            Last read <RelativeTime time={source.lastReadAt} />
          </>
        ) : (
          'Never read'
        )}
        {source.problemCount > 0 &&
          ` · ${source.problemCount.toLocaleString('en')} ${source.problemCount === 1 ? 'problem' : 'problems'}`}
        {source.reason && (
          <>
            <br />
            {source.reason}
          </>
        )}
      </p>
    </li>
  );
}

/** One word for all sources together: the worst of them. */
function summaryOf(sources: readonly SourceStatus[], failed: boolean) {
  const count = (state: SourceStatus['state']) => sources.filter(source => source.state === state).length;
  const stale = count('stale');
  if (failed) return { state: 'failed', words: 'Sources unknown', Icon: ErrorIcon };
  if (stale > 0) {
    return {
      state: 'stale',
      words: stale === 1 ? '1 source stale' : `${stale} sources stale`,
      Icon: WarningIcon,
    };
  }
  // A source that is read again was fresh a moment ago; a word that changes every half minute would only unsettle.
  const firstRead = sources.some(source => source.state === 'reading' && !source.lastReadAt);
  if (firstRead) return { state: 'reading', words: 'Reading…', Icon: RefreshIcon };
  if (count('never-read') > 0)
    return {
      state: 'stale',
      words: 'Waiting for the first read',
      Icon: QuestionIcon,
    };
  if (sources.length === 0) return { state: 'stale', words: 'No sources', Icon: QuestionIcon };
  return {
    state: 'fresh',
    words: sources.length === 1 ? '1 source fresh' : `${sources.length} sources fresh`,
    Icon: CheckIcon,
  };
}
