import type { EventTypeDetail } from '@busline/plugin-eventbridge-common';
import { styled } from '@mui/material/styles';
import { useEffect, useRef } from 'react';
import { NavLink, useLocation } from 'react-router-dom';
import { useLinks } from '../../links';

const Root = styled('nav')({
  position: 'relative',
  display: 'flex',
  gap: 6,
  marginBottom: 26,
  borderBottom: '1px solid var(--bl-line)',
  overflowX: 'auto',
  scrollbarWidth: 'none',
  '& a': {
    marginBottom: -1,
    padding: '9px 4px',
    marginRight: 16,
    borderBottom: '2px solid transparent',
    fontSize: 14.5,
    fontWeight: 500,
    whiteSpace: 'nowrap',
    color: 'var(--bl-muted)',
    '&:hover': { color: 'var(--bl-text)', textDecoration: 'none' },
    '&:focus-visible': { outlineOffset: -3 },
    '&[aria-current=page]': {
      color: 'var(--bl-text)',
      borderBottomColor: 'var(--bl-accent)',
    },
    '& span': {
      color: 'var(--bl-muted)',
      fontWeight: 400,
      marginLeft: 5,
      fontVariantNumeric: 'tabular-nums',
    },
  },
});

/** The ways to look at one event type, each with an address of its own. */
export function EventTypeTabs(props: { readonly eventType: EventTypeDetail }) {
  const { eventType } = props;
  const nav = useRef<HTMLElement>(null);
  const { pathname } = useLocation();
  // On a phone the row is wider than the screen; the tab that is open must be seen.
  useEffect(() => {
    const strip = nav.current;
    const tab = strip?.querySelector<HTMLElement>('[aria-current=page]');
    if (strip && tab) strip.scrollLeft = tab.offsetLeft - (strip.clientWidth - tab.offsetWidth) / 2;
  }, [pathname]);
  const links = useLinks();
  return (
    <Root ref={nav} aria-label={eventType.detailType}>
      <NavLink to={links.eventType(eventType)} end>
        Overview
      </NavLink>
      <NavLink to={links.eventType(eventType, 'schema')}>Schema</NavLink>
      <NavLink to={links.eventType(eventType, 'versions')}>
        Versions <span>{eventType.versionCount}</span>
      </NavLink>
      <NavLink to={links.eventType(eventType, 'subscribers')}>
        Subscribers <span>{eventType.subscriberCount.toLocaleString('en')}</span>
      </NavLink>
    </Root>
  );
}
