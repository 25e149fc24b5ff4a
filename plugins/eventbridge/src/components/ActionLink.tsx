import { styled } from '@mui/material/styles';
import { Link } from 'react-router-dom';
import { buttonStyles } from './ActionButton';

/** A link to a page of this app that looks like a button: where it leads is seen in the browser, and it opens in a tab. */
export const ActionLink = styled(Link)({
  ...buttonStyles,
  '&&': { color: 'var(--bl-text)', textDecoration: 'none' },
  '&&[data-primary]': { color: 'var(--bl-on-accent)' },
});
