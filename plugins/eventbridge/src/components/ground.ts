/**
 * How text, links and focus look wherever the portal draws outside of its own frame: in cards on other plugins' pages, and in panels that
 * Material UI puts beside the page.
 */
export const GROUND = {
  color: 'var(--bl-text)',
  fontSize: 14.5,
  lineHeight: '22px',
  '& *, & *::before, & *::after': { boxSizing: 'border-box' },
  '& a': { color: 'var(--bl-accent)', textDecoration: 'none' },
  '& a:hover': { textDecoration: 'underline' },
  '& :focus-visible': {
    outline: '2px solid var(--bl-accent)',
    outlineOffset: 2,
  },
  '& .bl-muted': { color: 'var(--bl-muted)' },
  '& .bl-mono': { fontFamily: 'var(--bl-mono)', fontSize: '0.93em' },
  '& .bl-ellipsis': {
    minWidth: 0,
    overflow: 'hidden',
    textOverflow: 'ellipsis',
    whiteSpace: 'nowrap',
  },
  '& .bl-sr': {
    position: 'absolute',
    width: 1,
    height: 1,
    margin: -1,
    overflow: 'hidden',
    clipPath: 'inset(50%)',
    whiteSpace: 'nowrap',
  },
} as const;
