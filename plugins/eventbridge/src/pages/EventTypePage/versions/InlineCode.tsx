import { styled } from '@mui/material/styles';

const Code = styled('code')({
  fontFamily: 'var(--bl-mono)',
  fontSize: '0.92em',
  padding: '0 4px',
  borderRadius: 4,
  background: 'var(--bl-sunken)',
});

/** A sentence in which names stand between backticks. */
export function InlineCode(props: { readonly text: string }) {
  return (
    <>
      {props.text.split(/`([^`]*)`/).map((part, index) => (index % 2 === 1 ? <Code key={index}>{part}</Code> : part))}
    </>
  );
}
