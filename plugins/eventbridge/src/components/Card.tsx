import { styled } from '@mui/material/styles';

/** The white ground on which lists and documents lie. */
export const Card = styled('section')({
  border: '1px solid var(--bl-line)',
  borderRadius: 'var(--bl-radius)',
  background: 'var(--bl-surface)',
  minWidth: 0,
});
