import type { EventTypeDetail, EventTypeRef } from '@busline/plugin-eventbridge-common';
import { styled } from '@mui/material/styles';
import type { ReactNode } from 'react';
import { Link } from 'react-router-dom';
import {
  ActionButton,
  ActionLink,
  capitalised,
  CopyButton,
  HealthMark,
  NARROW,
  OwnerLink,
  PHONE,
  Skeleton,
  StandingMark,
} from '../../components';
import { EventIcon, LockIcon } from '../../components/icons';
import { useLinks } from '../../links';
import { useTemplateLinks } from '../../onboarding/templateLinks';
import { AsyncApiButton } from './AsyncApiButton';
import { useHowTo } from './HowToPanel';

const Root = styled('header')({
  display: 'grid',
  gridTemplateColumns: 'minmax(0, 1fr) auto',
  gap: '0 32px',
  '& .bl-crumbs': {
    gridColumn: '1 / -1',
    display: 'flex',
    gap: 7,
    marginBottom: 14,
    fontSize: 13.5,
    color: 'var(--bl-muted)',
    '& a': { color: 'inherit' },
  },
  '& .bl-title': { display: 'flex', gap: 15, minWidth: 0 },
  '& .bl-tile': {
    flex: 'none',
    display: 'grid',
    placeItems: 'center',
    width: 46,
    height: 46,
    borderRadius: 11,
    color: 'var(--bl-event)',
    background: 'var(--bl-event-soft)',
    border: '1px solid var(--bl-event-line)',
    '& svg': { width: 23, height: 23 },
    [PHONE]: { display: 'none' },
  },
  '& h1': {
    margin: 0,
    fontSize: 27,
    lineHeight: '34px',
    fontWeight: 680,
    letterSpacing: -0.5,
    overflowWrap: 'anywhere',
    [PHONE]: { fontSize: 23, lineHeight: '29px' },
  },
  '& .bl-title-source': {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: 4,
    fontFamily: 'var(--bl-mono)',
    fontSize: 13.5,
    color: 'var(--bl-muted)',
    overflowWrap: 'anywhere',
  },
  '& .bl-lead': {
    gridColumn: '1 / -1',
    margin: '16px 0 0',
    maxWidth: 820,
    fontSize: 17,
    lineHeight: '26px',
  },
  '& .bl-actions': {
    display: 'flex',
    flexWrap: 'wrap',
    gap: 8,
    alignItems: 'flex-start',
    [NARROW]: { gridColumn: '1 / -1', marginTop: 16 },
    [PHONE]: {
      '& > *': { padding: '5px 11px' },
      '& .bl-export-word': { display: 'none' },
    },
  },
  '& .bl-facts': {
    gridColumn: '1 / -1',
    display: 'flex',
    flexWrap: 'wrap',
    gap: '14px 40px',
    margin: '20px 0 22px',
    fontSize: 14.5,
    '& dt': { fontSize: 12.5, lineHeight: '18px', color: 'var(--bl-muted)' },
    '& dd': {
      margin: 0,
      minHeight: 24,
      display: 'flex',
      alignItems: 'center',
      gap: 6,
    },
    [PHONE]: { gap: '12px 28px' },
  },
});

/** What the event type is, whose, how far along, and the two things to do with it. */
export function EventTypeHeader(props: { readonly eventType: EventTypeDetail }) {
  const { eventType } = props;
  const links = useLinks();
  const [, openHowTo] = useHowTo();
  const templates = useTemplateLinks();
  const guarded = eventType.classification === 'restricted' || eventType.classification === 'confidential';
  return (
    <Root>
      <Crumbs eventType={eventType} />
      <div className="bl-title">
        <span className="bl-tile" aria-hidden="true">
          <EventIcon />
        </span>
        <div style={{ minWidth: 0 }}>
          <h1>{eventType.detailType}</h1>
          <div className="bl-title-source">
            {eventType.source}
            <CopyButton
              text={JSON.stringify({
                source: [eventType.source],
                'detail-type': [eventType.detailType],
              })}
              what="source and detail-type as an event pattern"
            />
            <HealthMark health={eventType.health} />
          </div>
        </div>
      </div>
      <div className="bl-actions">
        <AsyncApiButton eventType={eventType} />
        <ActionButton onClick={() => openHowTo('publish')} aria-haspopup="dialog">
          Publish a new version
        </ActionButton>
        {templates ? (
          <ActionLink data-primary="" to={templates.subscribe({ eventType })}>
            Subscribe
          </ActionLink>
        ) : (
          <ActionButton data-primary="" onClick={() => openHowTo('subscribe')} aria-haspopup="dialog">
            Subscribe
          </ActionButton>
        )}
        {templates && eventType.lifecycle !== 'deprecated' && eventType.lifecycle !== 'retired' && (
          <ActionLink data-quiet="" to={templates.deprecate(eventType)}>
            Deprecate
          </ActionLink>
        )}
      </div>
      {eventType.summary && <p className="bl-lead">{eventType.summary}</p>}
      <dl className="bl-facts">
        <Fact title="Domain">
          {eventType.domain ? (
            <Link to={links.eventTypes(`domain=${encodeURIComponent(eventType.domain.name)}`)}>
              {eventType.domain.title}
            </Link>
          ) : (
            <span className="bl-muted">none</span>
          )}
        </Fact>
        <Fact title="Owner">
          <OwnerLink owner={eventType.owner} />
        </Fact>
        <Fact title="Lifecycle">{capitalised(eventType.lifecycle)}</Fact>
        <Fact title="Classification">
          {guarded && <LockIcon />}
          {capitalised(eventType.classification)}
        </Fact>
        <Fact title="Version">
          {eventType.version ? (
            <Link to={links.eventType(eventType, 'versions')} className="bl-mono">
              {eventType.version}
            </Link>
          ) : (
            <span className="bl-muted">none declared</span>
          )}
        </Fact>
        <Fact title="Bus">
          <span>
            {eventType.buses.length === 0 && <span className="bl-muted">unknown</span>}
            {eventType.buses.map((bus, index) => (
              <span key={bus.arn} title={bus.arn}>
                {index > 0 && ', '}
                {bus.name}
                {bus.environment && <span className="bl-muted"> {bus.environment}</span>}
              </span>
            ))}
          </span>
        </Fact>
        <Fact title="Standing">
          <StandingMark standing={eventType.standing} />
        </Fact>
      </dl>
    </Root>
  );
}

function Fact(props: { readonly title: string; readonly children: ReactNode }) {
  return (
    <div>
      <dt>{props.title}</dt>
      <dd>{props.children}</dd>
    </div>
  );
}

function Crumbs(props: { readonly eventType: EventTypeRef }) {
  const links = useLinks();
  return (
    <nav className="bl-crumbs" aria-label="Breadcrumb">
      <Link to={links.eventTypes()}>Event types</Link>
      <span aria-hidden="true">/</span>
      <Link
        to={links.eventTypes(new URLSearchParams({ q: props.eventType.source }).toString())}
        className="bl-ellipsis"
      >
        {props.eventType.source}
      </Link>
    </nav>
  );
}

/** The head while it is on its way; the name is known from the address. */
export function EventTypeHeaderSkeleton(props: { readonly eventType: EventTypeRef }) {
  return (
    <Root aria-busy="true">
      <Crumbs eventType={props.eventType} />
      <div className="bl-title">
        <span className="bl-tile" aria-hidden="true">
          <EventIcon />
        </span>
        <div>
          <h1>{props.eventType.detailType}</h1>
          <div className="bl-title-source">{props.eventType.source}</div>
        </div>
      </div>
      <div />
      <div className="bl-lead">
        <Skeleton width="70%" height={18} />
      </div>
      <div className="bl-facts">
        {['Domain', 'Owner', 'Lifecycle', 'Classification', 'Version', 'Bus', 'Standing'].map(fact => (
          <div key={fact} style={{ display: 'grid', gap: 8, width: 84 }}>
            <Skeleton width={52} height={10} />
            <Skeleton width={80} height={14} />
          </div>
        ))}
      </div>
    </Root>
  );
}
