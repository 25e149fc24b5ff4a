import type {
  EventTypePatternVerdicts,
  Json,
  PatternVerdict,
  SubscriptionVerdicts,
  VersionPatternVerdict,
} from '@busline/plugin-eventbridge-common';
import { styled } from '@mui/material/styles';
import { useState } from 'react';
import { Link, useNavigate } from 'react-router-dom';
import { useSubscriptionVerdicts } from '../../api';
import { useLinks } from '../../links';
import { addressOf } from '../../playground/playgroundAddress';
import { ActionButton } from '../ActionButton';
import { Backticks } from '../Backticks';
import { Banner } from '../Banner';
import { ErrorPanel } from '../ErrorPanel';
import { prettyJson } from '../JsonEditor/prettyJson';
import { PHONE } from '../PageFrame/Frame';
import { SkeletonText } from '../Skeleton';
import { Tag, type TagTone } from '../Tag';

/** Event types shown before somebody asks for all. */
const SHOWN = 4;
/** Reasons of one verdict. */
const REASONS = 3;

const Versions = styled('ul')({
  gap: '0 !important',
  '& + h4': { marginTop: 14 },
  '& > li': {
    display: 'grid',
    gridTemplateColumns: '56px 104px minmax(0, 1fr)',
    gap: '2px 14px',
    padding: '8px 0',
    fontSize: 14,
    lineHeight: '21px',
    [PHONE]: { gridTemplateColumns: '56px minmax(0, 1fr)', '& > div': { gridColumn: '1 / -1' } },
  },
  '& > li + li': { borderTop: '1px solid var(--bl-line)' },
  '& code': { fontFamily: 'var(--bl-mono)', fontSize: '0.92em', overflowWrap: 'anywhere' },
  '& p + p': { marginTop: '2px !important' },
  '& .bl-witnesses': { display: 'flex', flexWrap: 'wrap', gap: '0 14px', fontSize: 13.5 },
  '& .bl-witnesses button': {
    padding: 0,
    border: 0,
    background: 'none',
    color: 'var(--bl-accent)',
    font: 'inherit',
    cursor: 'pointer',
    '&:hover': { textDecoration: 'underline' },
  },
});

const VERDICTS: Readonly<Record<PatternVerdict, { readonly words: string; readonly tone: TagTone }>> = {
  always: { words: 'Every event', tone: 'ok' },
  sometimes: { words: 'Some events', tone: 'accent' },
  never: { words: 'No event', tone: 'warn' },
  unknown: { words: 'Not decided', tone: 'plain' },
};

/** Which events of each schema version the pattern takes, with the reasons, and a warning where it does not do what it should. */
export function PatternVerdicts(props: { readonly id: string }) {
  const verdicts = useSubscriptionVerdicts(props.id);
  const [all, setAll] = useState(false);
  if (verdicts.isPending) return <SkeletonText lines={2} />;
  if (verdicts.isError) {
    return (
      <ErrorPanel
        title="What the pattern means for the schemas could not be found out"
        error={verdicts.error}
        onRetry={() => verdicts.refetch()}
        retrying={verdicts.isFetching}
      />
    );
  }
  const { eventTypes, eventTypeCount } = verdicts.data;
  if (eventTypes.length === 0) {
    return <p className="bl-muted">No event type that it takes has a schema that you may see.</p>;
  }
  const shown = all ? eventTypes : eventTypes.slice(0, SHOWN);
  const unjudged = eventTypeCount - eventTypes.length;
  return (
    <>
      <Warning verdicts={verdicts.data} />
      {shown.map(eventType => (
        <OfEventType key={`${eventType.source} ${eventType.detailType}`} id={props.id} eventType={eventType} />
      ))}
      {shown.length < eventTypes.length && (
        <ActionButton onClick={() => setAll(true)}>Show all {eventTypes.length} event types</ActionButton>
      )}
      {all && unjudged > 0 && <p className="bl-muted">and {unjudged.toLocaleString('en')} more event types</p>}
    </>
  );
}

/** Where a filter takes nothing, or leaves nothing out, it hardly does what was meant. */
function Warning({ verdicts: { eventTypes, hasFilter } }: { readonly verdicts: SubscriptionVerdicts }) {
  const every = (verdict: PatternVerdict) =>
    eventTypes.every(({ versions }) => versions.every(version => version.verdict === verdict));
  const what = eventTypes.length === 1 ? eventTypes[0].detailType : `any of ${eventTypes.length} event types`;
  if (every('never')) {
    return (
      <Banner tone="warn" title="This subscription can never receive anything">
        By their schemas no event of {what} matches its pattern, in no version.
      </Banner>
    );
  }
  const gone = eventTypes.filter(({ versions: [newest] }) => newest?.verdict === 'never');
  if (gone.length > 0) {
    return (
      <Banner tone="warn" title={`It receives nothing of ${gone.map(currentWords).join(' and ')}`}>
        No event of the newest version can match; only those of older ones.
      </Banner>
    );
  }
  if (hasFilter && every('always')) {
    return (
      <Banner tone="warn" title="The filter leaves nothing out">
        By their schemas every event of {what} matches its pattern.
      </Banner>
    );
  }
  return null;
}

function currentWords({ detailType, versions: [newest] }: EventTypePatternVerdicts): string {
  return `${detailType} ${newest.version}`;
}

function OfEventType(props: { readonly id: string; readonly eventType: EventTypePatternVerdicts }) {
  const { id, eventType } = props;
  const { detailType, versions, versionCount } = eventType;
  const links = useLinks();
  return (
    <>
      <h4 style={{ margin: '0 0 2px', fontSize: 14, fontWeight: 600 }}>
        <Link to={links.eventType(eventType, 'versions')}>{detailType}</Link>
      </h4>
      <Versions aria-label={`Versions of ${detailType}`}>
        {versions.map(version => (
          <Version key={version.version} id={id} version={version} />
        ))}
        {versionCount > versions.length && (
          <li>
            <div className="bl-muted" style={{ gridColumn: '1 / -1' }}>
              and {versionCount - versions.length} older
            </div>
          </li>
        )}
      </Versions>
    </>
  );
}

function Version(props: { readonly id: string; readonly version: VersionPatternVerdict }) {
  const { id } = props;
  const { version, verdict, reasons, matching, notMatching } = props.version;
  const { words, tone } = VERDICTS[verdict];
  const more = reasons.length - REASONS;
  return (
    <li>
      <span className="bl-mono">{version}</span>
      <span>
        <Tag tone={tone}>{words}</Tag>
      </span>
      <div>
        {verdict !== 'always' &&
          reasons.slice(0, REASONS).map(reason => (
            <p key={reason}>
              <Backticks text={reason} />
            </p>
          ))}
        {verdict !== 'always' && more > 0 && <p className="bl-muted">and {more} more</p>}
        {matching !== undefined && notMatching !== undefined && (
          <div className="bl-witnesses">
            <Witness id={id} event={matching}>
              An event that matches
            </Witness>
            <Witness id={id} event={notMatching}>
              One that does not
            </Witness>
          </div>
        )}
      </div>
    </li>
  );
}

/** Opens the playground with the pattern and an event that proves the verdict. */
function Witness(props: { readonly id: string; readonly event: Json; readonly children: string }) {
  const links = useLinks();
  const navigate = useNavigate();
  const open = async () => {
    const address = await addressOf({
      pattern: { kind: 'subscription', id: props.id },
      event: { kind: 'text', text: prettyJson(props.event) },
    });
    navigate(`${links.patterns()}${address}`);
  };
  return (
    <button type="button" onClick={open}>
      {props.children}
    </button>
  );
}
