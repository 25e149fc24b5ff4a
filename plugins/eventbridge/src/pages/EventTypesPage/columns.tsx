import type { EventTypeSummary } from '@busline/plugin-eventbridge-common';
import { styled } from '@mui/material/styles';
import { Link } from 'react-router-dom';
import {
  ClassificationTag,
  HealthMark,
  Highlight,
  LifecycleTag,
  PHONE,
  markedParts,
  type Column,
} from '../../components';
import type { Links } from '../../links';

const Name = styled('div')({
  display: 'grid',
  gap: 1,
  '& .bl-name': {
    fontSize: 16,
    lineHeight: '23px',
    fontWeight: 600,
    letterSpacing: -0.1,
    color: 'var(--bl-text)',
    '&:hover': { color: 'var(--bl-accent)', textDecoration: 'none' },
  },
  '& .bl-source': {
    fontFamily: 'var(--bl-mono)',
    fontSize: 12.5,
    lineHeight: '18px',
    color: 'var(--bl-muted)',
  },
});

const Line = styled('div')({
  '& .bl-line': {
    fontSize: 14,
    lineHeight: '20px',
    color: 'var(--bl-muted)',
    marginTop: 2,
    minWidth: 0,
  },
  '& .bl-marked': { display: 'flex', alignItems: 'baseline', gap: 8 },
  '& .bl-fields code': { fontFamily: 'var(--bl-mono)', fontSize: 12.5 },
  '& .bl-phone': { display: 'none', fontSize: 13, color: 'var(--bl-muted)' },
  [PHONE]: { '& .bl-phone': { display: 'block' } },
});

function publisherWords(row: EventTypeSummary): string {
  if (row.publishers.length === 0) return 'no publisher known';
  const [first] = row.publishers;
  return row.publishers.length === 1 ? first : `${first} and ${row.publishers.length - 1} more`;
}

const subscriberWords = (count: number) =>
  `${count.toLocaleString('en')} ${count === 1 ? 'subscriber' : 'subscribers'}`;

/** Name large, source beneath in a monospaced face. */
function NameCell(props: { readonly row: EventTypeSummary; readonly search: string; readonly links: Links }) {
  const { row, search, links } = props;
  return (
    <Name>
      <Link to={links.eventType(row)} className="bl-name bl-ellipsis" title={row.detailType}>
        <Highlight text={row.detailType} search={search} />
      </Link>
      <div className="bl-source bl-ellipsis">
        <Highlight text={row.source} search={search} />
      </div>
    </Name>
  );
}

/** What is out of the ordinary about an event type; most have nothing of it. */
function Marks(props: { readonly row: EventTypeSummary }) {
  const { lifecycle, classification, health } = props.row;
  return (
    <>
      {(lifecycle === 'deprecated' || lifecycle === 'retired') && <LifecycleTag lifecycle={lifecycle} />}
      {classification === 'restricted' && <ClassificationTag classification={classification} />}
      <HealthMark health={health} />
    </>
  );
}

/** One line of meaning, or the schema fields that a search found, after the marks of what is out of the ordinary. */
export function EventTypeLine(props: { readonly row: EventTypeSummary; readonly search: string }) {
  const { row, search } = props;
  return (
    <Line>
      <div className="bl-marked">
        <Marks row={row} />
        <Meaning row={row} search={search} />
      </div>
      <div className="bl-phone bl-ellipsis">
        {publisherWords(row)} · {subscriberWords(row.subscriberCount)}
        {row.version && ` · ${row.version}`}
      </div>
    </Line>
  );
}

function Meaning(props: { readonly row: EventTypeSummary; readonly search: string }) {
  const { row, search } = props;
  const shown = [row.detailType, row.source, row.summary, ...row.publishers];
  const isShown = shown.some(text => markedParts(text ?? '', search).some(part => part.marked));
  return (
    <div className="bl-line bl-ellipsis">
      {row.matchedFields && row.matchedFields.length > 0 ? (
        <span className="bl-fields">
          Field{row.matchedFields.length > 1 ? 's' : ''}{' '}
          {row.matchedFields.slice(0, 4).map((field, index) => (
            <span key={field}>
              {index > 0 && ', '}
              <code>
                <Highlight text={field} search={search} />
              </code>
            </span>
          ))}
          {row.matchedFields.length > 4 && ` and ${row.matchedFields.length - 4} more`}
        </span>
      ) : (
        <>
          <Highlight text={row.summary || 'No description'} search={search} />
          {search !== '' && !isShown && ' · Found in its description'}
        </>
      )}
    </div>
  );
}

/** The columns of the list. */
export function eventTypeColumns(links: Links, search: string): readonly Column<EventTypeSummary>[] {
  return [
    {
      key: 'name',
      title: 'Event type',
      width: 'minmax(0, 1fr)',
      sort: 'name',
      cell: row => <NameCell row={row} search={search} links={links} />,
    },
    {
      key: 'publisher',
      title: 'Publisher',
      width: 'minmax(120px, 176px)',
      sort: 'publisher',
      cell: row => (
        <span className={row.publishers.length === 0 ? 'bl-muted' : undefined} title={row.publishers.join(', ')}>
          {row.publishers.length === 0 ? 'unknown' : publisherWords(row)}
        </span>
      ),
    },
    {
      key: 'subscribers',
      title: 'Subscribers',
      width: '88px',
      align: 'end',
      sort: 'subscribers',
      cell: row => (
        <span className={row.subscriberCount === 0 ? 'bl-muted' : undefined}>
          {row.subscriberCount === 0 ? 'none' : row.subscriberCount.toLocaleString('en')}
        </span>
      ),
    },
    {
      key: 'version',
      title: 'Version',
      width: '68px',
      align: 'end',
      sort: 'version',
      cell: row =>
        row.version ? (
          <span className="bl-mono">{row.version}</span>
        ) : (
          <span className="bl-muted" title="Observed on AWS; no schema version is declared">
            none
          </span>
        ),
    },
  ];
}
