import type { ChangeRequestDetail, HistoryEntry } from '@busline/plugin-eventbridge-common';
import { styled } from '@mui/material/styles';
import { RefWords, RelativeTime } from '../../components';
import { EventIcon } from '../../components/icons';
import { Section } from './Section';
import { Who } from './Who';

const List = styled('ol')({
  margin: 0,
  padding: 0,
  listStyle: 'none',
  fontSize: 14,
  lineHeight: '22px',
  '& li': { position: 'relative', padding: '0 0 14px', overflowWrap: 'anywhere' },
  '& li > div': { display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: '0 7px' },
  // The line that joins the avatars.
  '& li:not(:last-of-type)::before': {
    content: '""',
    position: 'absolute',
    left: 10,
    top: 24,
    bottom: 2,
    width: 2,
    background: 'var(--bl-line)',
  },
  '& .bl-portal': { display: 'inline-flex', alignItems: 'center', gap: 7 },
  '& .bl-portal span': {
    display: 'grid',
    placeItems: 'center',
    width: 22,
    height: 22,
    borderRadius: '50%',
    background: 'var(--bl-event-soft)',
    color: 'var(--bl-event)',
    '& svg': { width: 13, height: 13 },
  },
  '& time': { color: 'var(--bl-muted)', fontSize: 13 },
  '& blockquote': {
    margin: '4px 0 0 29px',
    padding: '6px 12px',
    borderLeft: '3px solid var(--bl-line-strong)',
    background: 'var(--bl-sunken)',
    borderRadius: '0 6px 6px 0',
    whiteSpace: 'pre-wrap',
  },
});

/** What a person wrote stands apart from what they did. */
const COMMENTED = /^(approved|asked for changes): ([\s\S]+)$/;

/** Who did what when, the newest last. */
export function ChangeHistory(props: { readonly history: ChangeRequestDetail['history'] }) {
  return (
    <Section title="History">
      <List aria-label="History">
        {props.history.map((entry, index) => (
          <Entry key={index} entry={entry} />
        ))}
      </List>
    </Section>
  );
}

function Entry(props: { readonly entry: HistoryEntry }) {
  const { at, by, text } = props.entry;
  const commented = COMMENTED.exec(text);
  return (
    <li>
      <div>
        {by ? (
          <Who name={by} />
        ) : (
          <span className="bl-portal">
            <span aria-hidden="true">
              <EventIcon />
            </span>
            Busline
          </span>
        )}
        <span>
          <RefWords text={commented ? commented[1]! : text} />
        </span>
        <RelativeTime time={at} />
      </div>
      {commented && <blockquote>{commented[2]}</blockquote>}
    </li>
  );
}
