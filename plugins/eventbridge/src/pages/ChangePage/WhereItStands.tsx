import type { ChangeRequestDetail, Station } from '@busline/plugin-eventbridge-common';
import { styled } from '@mui/material/styles';
import { Fragment } from 'react';
import { useMe } from '../../api';
import { Card, NARROW, RefWords, refWords, Stations } from '../../components';
import { ChangeActions } from './ChangeActions';
import { LiveNote } from './LiveNote';
import { Who } from './Who';

const TITLES: Readonly<Record<Station['id'], string>> = {
  opened: 'Opened',
  approved: 'Approved',
  merged: 'Merged',
  deployed: 'Deployed',
  live: 'Live',
};

const Root = styled(Card)({
  padding: '20px 22px',
  '& .bl-next': {
    display: 'grid',
    gridTemplateColumns: 'minmax(0, 1fr) minmax(300px, auto)',
    gap: '14px 28px',
    alignItems: 'start',
    marginTop: 18,
    paddingTop: 16,
    borderTop: '1px solid var(--bl-line)',
    '&[data-alone]': { gridTemplateColumns: 'minmax(0, 1fr)' },
    [NARROW]: { gridTemplateColumns: 'minmax(0, 1fr)' },
  },
  '& .bl-waits-for': {
    margin: 0,
    fontSize: 15.5,
    lineHeight: '23px',
    overflowWrap: 'anywhere',
    '& strong': { fontWeight: 620 },
  },
  '& .bl-turn': {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: '4px 8px',
    marginTop: 5,
    fontSize: 14,
    color: 'var(--bl-muted)',
  },
});

/** The stations, what it waits for, whose turn it is, and what to do about it. */
export function WhereItStands(props: { readonly change: ChangeRequestDetail }) {
  const { change } = props;
  const hasActions = Object.values(change.actions).some(({ allowed }) => allowed !== 'never') || isOpen(change);
  return (
    <Root aria-label="Where it stands">
      <Stations
        label="Where the change request stands"
        stations={change.stations.map(station => ({
          ...station,
          title: TITLES[station.id],
          // The sentence beneath says it in full; a long reason has no room under a station.
          detail: station.state === 'failed' ? stopped(change) : undefined,
        }))}
      />
      <div className="bl-next" data-alone={hasActions ? undefined : ''}>
        <div>
          <WaitsFor change={change} />
          <Turn change={change} />
        </div>
        {hasActions && <ChangeActions change={change} />}
      </div>
    </Root>
  );
}

function isOpen({ state }: ChangeRequestDetail): boolean {
  return state === 'open' || state === 'approved';
}

function stopped({ state }: ChangeRequestDetail): string {
  return state === 'closed' ? 'Closed' : 'Stopped here';
}

function WaitsFor(props: { readonly change: ChangeRequestDetail }) {
  const { change } = props;
  if (change.state === 'live') return <LiveNote change={change} />;
  if (change.state === 'closed') {
    return <p className="bl-waits-for">Closed without being merged. Nothing of it is on main, nothing was deployed.</p>;
  }
  if (change.state === 'failed') {
    return (
      <p className="bl-waits-for" role="status">
        <strong>A step failed:</strong> <RefWords text={change.waitsFor ?? 'no reason was given'} />
      </p>
    );
  }
  return (
    <p className="bl-waits-for" role="status">
      <RefWords text={waitsWords(change.waitsFor)} />
    </p>
  );
}

/** What is a thing is waited for; what is a sentence by itself stays one. */
const SENTENCE = /\b(?:is|are) being\b|\bconflicts with\b|\bfails on\b|\bcannot be merged\b/;

function waitsWords(text: string | undefined): string {
  if (!text) return 'The next step is on its way.';
  if (SENTENCE.test(text)) return `${text}.`;
  const lower = /^(?:The|A|An|Rule|Stack|Permission)\b/.test(text)
    ? text.charAt(0).toLowerCase() + text.slice(1)
    : text;
  return `Waits for ${lower}.`;
}

function Turn(props: { readonly change: ChangeRequestDetail }) {
  const { state, turn } = props.change;
  const mine = useMe().data?.ownershipEntityRefs.map(ref => ref.toLowerCase()) ?? [];
  if (state === 'live' || state === 'closed') return null;
  if (turn.length === 0) {
    return <div className="bl-turn">The portal goes on by itself; this page follows.</div>;
  }
  const isMine = turn.some(ref => mine.includes(ref));
  return (
    <div className="bl-turn" title={refWords(turn.join(', '))}>
      {isMine ? 'Your turn, as' : 'Turn of'}
      {turn
        .filter(ref => !isMine || mine.includes(ref))
        .map((ref, index) => (
          <Fragment key={ref}>
            {index > 0 && 'and'}
            <Who name={ref} />
          </Fragment>
        ))}
    </div>
  );
}
