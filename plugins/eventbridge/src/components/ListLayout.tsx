import Drawer from '@mui/material/Drawer';
import { styled } from '@mui/material/styles';
import type { ReactNode } from 'react';
import { ActionButton } from './ActionButton';
import { CloseIcon } from './icons';
import { HEAD_HEIGHT, NARROW } from './PageFrame/Frame';

/** Filters at the left, the list beside them; on narrow screens the filters move into a drawer. */
export const ListLayout = styled('div')({
  display: 'grid',
  gridTemplateColumns: 'clamp(204px, 18vw, 248px) minmax(0, 1fr)',
  gap: 'clamp(24px, 2.4vw, 36px)',
  alignItems: 'start',
  [NARROW]: { gridTemplateColumns: 'minmax(0, 1fr)' },
  '& aside': {
    position: 'sticky',
    top: HEAD_HEIGHT + 24,
    maxHeight: `calc(100vh - ${HEAD_HEIGHT + 24}px)`,
    overflowY: 'auto',
    overscrollBehavior: 'contain',
    // Room for the focus ring and the hover ground, which are wider than the text.
    margin: '0 -12px',
    padding: '2px 12px 40px',
    scrollbarWidth: 'thin',
    [NARROW]: { display: 'none' },
  },
});

/** Name of the list, how many there are, and the button that opens the filters on narrow screens. */
export const ListHead = styled('div')({
  display: 'flex',
  flexWrap: 'wrap',
  alignItems: 'center',
  gap: '10px 16px',
  minHeight: 34,
  marginBottom: 14,
  '& h1': {
    margin: 0,
    fontSize: 20,
    lineHeight: '28px',
    fontWeight: 650,
    letterSpacing: -0.3,
  },
  '& .bl-total': {
    color: 'var(--bl-muted)',
    fontSize: 14,
    fontVariantNumeric: 'tabular-nums',
  },
  '& .bl-filter-button': {
    display: 'none',
    marginLeft: 'auto',
    [NARROW]: { display: 'inline-flex' },
  },
});

const DrawerHead = styled('div')({
  display: 'flex',
  alignItems: 'center',
  justifyContent: 'space-between',
  marginBottom: 16,
  '& h2': { margin: 0, fontSize: 18, fontWeight: 650 },
});

/** The filters where there is no room for them beside the list. */
export function FilterDrawer(props: {
  readonly open: boolean;
  readonly onClose: () => void;
  readonly children: ReactNode;
}) {
  return (
    <Drawer
      anchor="right"
      open={props.open}
      onClose={props.onClose}
      PaperProps={{
        role: 'dialog',
        'aria-label': 'Filters',
        sx: {
          width: 340,
          maxWidth: '88vw',
          padding: '18px 20px 32px',
          color: 'var(--bl-text)',
          backgroundImage: 'none',
          '& *': { boxSizing: 'border-box' },
        },
      }}
    >
      <DrawerHead>
        <h2>Filters</h2>
        <ActionButton data-quiet="" aria-label="Close the filters" onClick={props.onClose}>
          <CloseIcon />
        </ActionButton>
      </DrawerHead>
      {props.children}
    </Drawer>
  );
}
