import { styled } from '@mui/material/styles';

/** Height of the head on screens with room for a row of title, search and sources, and a row of tabs. */
export const HEAD_HEIGHT = 102;
export const PHONE = '@media (max-width: 599.95px)';
export const NARROW = '@media (max-width: 959.95px)';

/** Margins at the sides: on a very wide screen lines would become too long to read. */
const SIDES = 'max(28px, calc((100% - 1680px) / 2))';

/**
 * The page scrolls inside this element, since Backstage's sidebar does not move. On a phone Backstage puts its bar of
 * 56 pixels at the bottom.
 */
export const Scroller = styled('div')({
  height: '100vh',
  overflow: 'auto',
  overscrollBehavior: 'contain',
  background: 'var(--bl-ground)',
  color: 'var(--bl-text)',
  fontSize: 14.5,
  lineHeight: '22px',
  scrollPaddingTop: HEAD_HEIGHT + 60,
  [PHONE]: { height: 'calc(100dvh - 56px)', scrollPaddingTop: 150 },
  '& *, & *::before, & *::after': { boxSizing: 'border-box' },
  '& .bl-sr': {
    position: 'absolute',
    width: 1,
    height: 1,
    margin: -1,
    overflow: 'hidden',
    clipPath: 'inset(50%)',
    whiteSpace: 'nowrap',
  },
  '& .bl-ellipsis': {
    minWidth: 0,
    overflow: 'hidden',
    textOverflow: 'ellipsis',
    whiteSpace: 'nowrap',
  },
  '& .bl-muted': { color: 'var(--bl-muted)' },
  '& .bl-mono': { fontFamily: 'var(--bl-mono)', fontSize: '0.93em' },
  '& mark': {
    background: 'var(--bl-mark)',
    color: 'inherit',
    borderRadius: 3,
    padding: '0 1px',
  },
  '& :focus-visible': {
    outline: '2px solid var(--bl-accent)',
    outlineOffset: 2,
  },
  '& a': { color: 'var(--bl-accent)', textDecoration: 'none' },
  // Inside a sentence colour alone would be the only sign.
  '& a:hover, & p a, & .bl-banner-text a': { textDecoration: 'underline' },
});

export const Head = styled('header')({
  position: 'sticky',
  top: 0,
  zIndex: 10,
  display: 'grid',
  gridTemplateColumns: 'minmax(120px, 1fr) minmax(240px, 640px) minmax(120px, 1fr)',
  gridTemplateRows: '62px 1fr',
  gridTemplateAreas: '"title search sources" "tabs tabs tabs"',
  alignItems: 'center',
  columnGap: 24,
  height: HEAD_HEIGHT,
  padding: `0 ${SIDES}`,
  borderBottom: '1px solid var(--bl-line)',
  background: 'var(--bl-surface)',
  '& .bl-head-title': {
    gridArea: 'title',
    display: 'inline-flex',
    alignItems: 'center',
    gap: 9,
    justifySelf: 'start',
    fontSize: 17,
    fontWeight: 650,
    letterSpacing: -0.2,
    color: 'var(--bl-text)',
    '& svg': { color: 'var(--bl-event)', width: 20, height: 20 },
    '&:hover': { textDecoration: 'none' },
  },
  '& .bl-head-sources': { gridArea: 'sources', justifySelf: 'end' },
  [PHONE]: {
    // The row with the title scrolls away; the search box and the tabs stay.
    top: -50,
    height: 150,
    gridTemplateColumns: '1fr auto',
    gridTemplateRows: '50px 54px 46px',
    gridTemplateAreas: '"title sources" "search search" "tabs tabs"',
    padding: '0 16px',
  },
});

export const Tabs = styled('nav')({
  gridArea: 'tabs',
  alignSelf: 'end',
  display: 'flex',
  gap: 4,
  marginBottom: -1,
  marginLeft: -10,
  overflowX: 'auto',
  scrollbarWidth: 'none',
  '& a': {
    padding: '8px 10px 9px',
    borderBottom: '2px solid transparent',
    fontSize: 14,
    fontWeight: 500,
    whiteSpace: 'nowrap',
    color: 'var(--bl-muted)',
    '&:hover': { color: 'var(--bl-text)', textDecoration: 'none' },
    '&:focus-visible': { outlineOffset: -3 },
    '& .bl-tab-count': {
      display: 'inline-block',
      minWidth: 18,
      marginLeft: 2,
      padding: '0 5px',
      borderRadius: 9,
      background: 'var(--bl-accent)',
      color: 'var(--bl-on-accent)',
      fontSize: 11.5,
      lineHeight: '18px',
      fontWeight: 600,
      textAlign: 'center',
    },
    '&[aria-current=page]': {
      color: 'var(--bl-text)',
      borderBottomColor: 'var(--bl-accent)',
    },
  },
});

export const Body = styled('main')({
  padding: `24px ${SIDES} 64px`,
  outline: 'none',
  [PHONE]: { padding: '16px 16px 48px' },
});
