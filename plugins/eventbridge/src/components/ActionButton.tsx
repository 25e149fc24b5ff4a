import { styled } from '@mui/material/styles';

/** The look of every button and of links that act like one. `data-primary` marks the one primary action of a page. */
export const buttonStyles = {
  display: 'inline-flex',
  alignItems: 'center',
  justifyContent: 'center',
  gap: 7,
  minHeight: 34,
  padding: '5px 13px',
  border: '1px solid var(--bl-line-strong)',
  borderRadius: 7,
  background: 'var(--bl-surface)',
  color: 'var(--bl-text)',
  font: 'inherit',
  fontSize: 14,
  fontWeight: 500,
  lineHeight: '20px',
  textDecoration: 'none',
  whiteSpace: 'nowrap',
  cursor: 'pointer',
  '&:hover': { background: 'var(--bl-hover)' },
  '&:disabled': { opacity: 0.6, cursor: 'default' },
  '&[data-primary]': {
    background: 'var(--bl-accent)',
    borderColor: 'var(--bl-accent)',
    color: 'var(--bl-on-accent)',
    '&:hover': { filter: 'brightness(1.08)' },
  },
  '&[data-quiet]': {
    borderColor: 'transparent',
    background: 'transparent',
    color: 'var(--bl-muted)',
  },
  '&[data-quiet]:hover': {
    background: 'var(--bl-hover)',
    color: 'var(--bl-text)',
  },
} as const;

export const ActionButton = styled('button')(buttonStyles);
ActionButton.defaultProps = { type: 'button' };
