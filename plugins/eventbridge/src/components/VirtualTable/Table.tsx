import { styled } from '@mui/material/styles';
import { HEAD_HEIGHT } from '../PageFrame/Frame';

export const Table = styled('div')({
  '& [role=row]': {
    display: 'grid',
    columnGap: 20,
    alignItems: 'center',
    padding: '0 20px',
  },
  '& .bl-table-head': {
    position: 'sticky',
    top: HEAD_HEIGHT,
    zIndex: 3,
    borderBottom: '1px solid var(--bl-line)',
    background: 'var(--bl-surface)',
    borderRadius: 'var(--bl-radius) var(--bl-radius) 0 0',
  },
  '& [role=columnheader]': {
    padding: '6px 0',
    fontSize: 12.5,
    fontWeight: 500,
    color: 'var(--bl-muted)',
    whiteSpace: 'nowrap',
    '&[data-align=end]': { textAlign: 'right' },
    '& button': {
      display: 'inline-flex',
      alignItems: 'center',
      gap: 4,
      margin: '0 -6px',
      padding: '3px 6px',
      border: 0,
      borderRadius: 5,
      background: 'transparent',
      color: 'inherit',
      font: 'inherit',
      cursor: 'pointer',
      '&:hover': { color: 'var(--bl-text)', background: 'var(--bl-hover)' },
      '&[data-active]': { color: 'var(--bl-text)' },
    },
  },
  '& .bl-table-row': {
    position: 'absolute',
    top: 0,
    left: 0,
    right: 0,
    alignContent: 'center',
    borderBottom: '1px solid var(--bl-line)',
    '&[data-still]': { position: 'relative' },
    '&[data-link]:hover': { background: 'var(--bl-hover)' },
    '&:focus-within': { background: 'var(--bl-hover)' },
  },
  '& [role=cell]': {
    minWidth: 0,
    overflow: 'hidden',
    textOverflow: 'ellipsis',
    '&[data-align=end]': { textAlign: 'right' },
  },
  '& .bl-row-line': { gridColumn: '1 / -1' },
  '& .bl-row-cover': { position: 'absolute', inset: 0 },
  // What can be clicked or hovered by itself lies above the link that covers the row.
  '& [role=cell] a:not(.bl-row-cover), & [role=cell] button, & [role=cell] [title]': {
    position: 'relative',
    zIndex: 1,
  },
  '&[data-phone]': {
    '& [role=row]': { padding: '0 14px' },
    '& .bl-table-head': { position: 'static' },
    '& .bl-table-head [role=row]': { display: 'flex', overflowX: 'auto' },
  },
});
