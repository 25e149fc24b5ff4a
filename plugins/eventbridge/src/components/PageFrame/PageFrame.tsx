import { createContext, useContext, useEffect, useState, type ReactNode } from 'react';
import { Link, NavLink, useLocation } from 'react-router-dom';
import { useWaitingForMe } from '../../api';
import { useLinks } from '../../links';
import { BuslineStyles } from '../../theme';
import { EventIcon } from '../icons';
import { Body, Head, Scroller, Tabs } from './Frame';
import { SearchBox, type PageSearch } from './SearchBox';
import { SourcesState } from './SourcesState';

const ScrollElementContext = createContext<HTMLElement | null>(null);

/** The element inside which the page scrolls, once it is there. */
export function useScrollElement(): HTMLElement | null {
  return useContext(ScrollElementContext);
}

/**
 * What every page of the portal has in the same place: the title, the search box (Ctrl/Cmd-K), the state of the
 * sources, and the way to the other pages.
 */
export function PageFrame(props: {
  /** Of the document: what a tab of the browser shows. */
  readonly title: string;
  /** A page that narrows its own list takes the search; elsewhere it suggests event types. */
  readonly search?: PageSearch;
  readonly children: ReactNode;
}) {
  const { title, search, children } = props;
  const links = useLinks();
  const [scroller, setScroller] = useState<HTMLElement | null>(null);

  useEffect(() => {
    const before = document.title;
    document.title = `${title} · Events`;
    return () => {
      document.title = before;
    };
  }, [title]);

  return (
    <Scroller ref={setScroller} data-busline-page="">
      <BuslineStyles />
      <Head>
        <Link to={links.eventTypes()} className="bl-head-title">
          <EventIcon />
          Events
        </Link>
        <SearchBox search={search} />
        <div className="bl-head-sources">
          <SourcesState />
        </div>
        <Tabs aria-label="Events" ref={showCurrent}>
          <EventTypesTab />
          <NavLink to={links.subscriptions()}>Subscriptions</NavLink>
          <NavLink to={links.buses()}>Buses</NavLink>
          <NavLink to={links.map()}>Map</NavLink>
          <NavLink to={links.patterns()}>Patterns</NavLink>
          <ChangesTab />
        </Tabs>
      </Head>
      <ScrollElementContext.Provider value={scroller}>
        <Body tabIndex={-1}>{children}</Body>
      </ScrollElementContext.Provider>
    </Scroller>
  );
}

/** On a phone the tabs are wider than the screen: the one that is open must be in sight. */
function showCurrent(tabs: HTMLElement | null) {
  const current = tabs?.querySelector<HTMLElement>('[aria-current=page]');
  if (tabs && current) tabs.scrollLeft = current.offsetLeft - (tabs.clientWidth - current.offsetWidth) / 2;
}

/** Stands for the list and for the pages of one event type, which lie beside each other in the URL. */
function EventTypesTab() {
  const { pathname } = useLocation();
  const list = useLinks().eventTypes();
  const here = pathname.replace(/\/+$/, '') === list || pathname.startsWith(`${list}/types/`);
  return (
    <Link to={list} aria-current={here ? 'page' : undefined}>
      Event types
    </Link>
  );
}

/** With the number of those that wait for whoever is signed in. */
function ChangesTab() {
  const waiting = useWaitingForMe() ?? 0;
  return (
    <NavLink to={useLinks().changes()}>
      Change requests
      {waiting > 0 && (
        <>
          {' '}
          <span className="bl-tab-count" aria-hidden="true">
            {waiting.toLocaleString('en')}
          </span>
          <span className="bl-sr">, {waiting.toLocaleString('en')} waiting for you</span>
        </>
      )}
    </NavLink>
  );
}
