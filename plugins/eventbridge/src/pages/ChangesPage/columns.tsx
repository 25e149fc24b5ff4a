import type { ChangeRequestSummary } from '@busline/plugin-eventbridge-common';
import { styled } from '@mui/material/styles';
import { Link } from 'react-router-dom';
import {
  ChangeStateTag,
  durationWords,
  Highlight,
  nameOfRef,
  OwnerLink,
  PHONE,
  RelativeTime,
  RefWords,
  type Column,
} from '../../components';

const Cell = styled('div')({
  display: 'grid',
  gap: 2,
  minWidth: 0,
  '& > *': { minWidth: 0 },
  '& small': { fontSize: 13, lineHeight: '19px', color: 'var(--bl-muted)' },
  '& .bl-name': {
    display: '-webkit-box',
    WebkitLineClamp: 2,
    WebkitBoxOrient: 'vertical',
    overflow: 'hidden',
    overflowWrap: 'anywhere',
    fontSize: 15,
    lineHeight: '20px',
    fontWeight: 600,
    color: 'var(--bl-text)',
    '&:hover': { color: 'var(--bl-accent)', textDecoration: 'none' },
  },
  '& .bl-waits': {
    display: '-webkit-box',
    WebkitLineClamp: 2,
    WebkitBoxOrient: 'vertical',
    overflow: 'hidden',
    fontSize: 13.5,
    lineHeight: '19px',
    overflowWrap: 'anywhere',
    '& strong': { fontWeight: 600 },
  },
  '& .bl-phone': { display: 'none', [PHONE]: { display: 'flex', gap: 10, alignItems: 'center', minWidth: 0 } },
  '& .bl-no-phone': { [PHONE]: { display: 'none' } },
});

const LEAD_TITLE = 'From the form being sent until AWS had it and the first event matched';

/** Columns of the list; a narrow one leaves out the lead time. */
export function changeColumns(
  hrefOf: (row: ChangeRequestSummary) => string,
  search: string,
  isMine: (row: ChangeRequestSummary) => boolean,
  narrow: boolean,
): readonly Column<ChangeRequestSummary>[] {
  const columns: readonly Column<ChangeRequestSummary>[] = [
    {
      key: 'title',
      title: 'Change request',
      width: 'minmax(0, 2fr)',
      cell: row => (
        <Cell>
          <Link to={hrefOf(row)} className="bl-name" title={row.title}>
            <Highlight text={row.title} search={search} />
          </Link>
          <small className="bl-ellipsis bl-no-phone">
            {[row.service, row.environment].filter(Boolean).join(' · ')}
          </small>
          <small className="bl-phone">
            <ChangeStateTag state={row.state} />
            <span className="bl-ellipsis">
              {nameOfRef(row.requestedBy)} · <RelativeTime time={row.requestedAt} />
            </span>
          </small>
          <small className="bl-phone">
            <span className="bl-ellipsis">
              {row.turn.length === 0 ? row.service : `Waits for ${row.turn.map(nameOfRef).join(', ')}`}
            </span>
          </small>
        </Cell>
      ),
    },
    {
      key: 'state',
      title: 'State',
      width: '104px',
      cell: row => <ChangeStateTag state={row.state} />,
    },
    {
      key: 'waits',
      title: 'Waits for',
      width: 'minmax(0, 1.5fr)',
      cell: row => (
        <Cell>
          {row.waitsFor ? (
            <span className="bl-waits" title={row.waitsFor}>
              <RefWords text={row.waitsFor} />
            </span>
          ) : (
            <small>nothing: it has ended</small>
          )}
          {row.turn.length > 0 && (
            <small className="bl-ellipsis" title={row.turn.join(', ')}>
              {isMine(row) ? 'Your turn' : `Turn of ${row.turn.map(nameOfRef).join(', ')}`}
            </small>
          )}
        </Cell>
      ),
    },
    {
      key: 'by',
      title: 'Asked by',
      width: 'minmax(0, 1fr)',
      cell: row => (
        <Cell>
          <OwnerLink owner={row.requestedBy} plain />
          <small>
            <RelativeTime time={row.requestedAt} />
          </small>
        </Cell>
      ),
    },
    {
      key: 'lead',
      title: 'Lead time',
      width: '96px',
      align: 'end',
      cell: row =>
        row.leadTimeSeconds === undefined ? (
          <span className="bl-muted" title={`${LEAD_TITLE}: not yet`}>
            –
          </span>
        ) : (
          <span title={LEAD_TITLE}>{durationWords(row.leadTimeSeconds)}</span>
        ),
    },
  ];
  return narrow ? columns.filter(({ key }) => key !== 'lead') : columns;
}
