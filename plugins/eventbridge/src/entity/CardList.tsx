import { styled } from '@mui/material/styles';

/** Rows of a card: what it is, and beneath it what to know of it. */
export const CardList = styled('ul')({
  margin: 0,
  padding: 0,
  listStyle: 'none',
  '& li': { padding: '9px 0' },
  '& li + li': { borderTop: '1px solid var(--bl-line)' },
  '& .bl-card-line': {
    display: 'flex',
    alignItems: 'center',
    gap: 9,
    minWidth: 0,
  },
  '& .bl-card-line > a, & .bl-card-line > strong': { fontWeight: 600 },
  '& .bl-card-end': { marginLeft: 'auto', flex: 'none' },
  '& small': {
    display: 'block',
    fontSize: 13,
    lineHeight: '19px',
    color: 'var(--bl-muted)',
    overflowWrap: 'anywhere',
  },
});

/** Rows shown before a person asks for all. */
export const SHOWN_AT_FIRST = 6;
