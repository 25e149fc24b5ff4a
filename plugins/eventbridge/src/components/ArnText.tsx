import { styled } from '@mui/material/styles';
import { CopyButton } from './CopyButton';

/** Longer ones lose their middle. */
const SHOWN_CHARACTERS = 44;

const Root = styled('span')({
  display: 'inline-flex',
  alignItems: 'center',
  gap: 2,
  maxWidth: '100%',
  '& code': {
    fontFamily: 'var(--bl-mono)',
    fontSize: '0.92em',
    overflowWrap: 'anywhere',
  },
});

/** `arn:aws:events:eu-west-1:4444…:rule/central/access`: both ends are what people tell ARNs apart by. */
export function shortenMiddle(text: string, length: number = SHOWN_CHARACTERS): string {
  if (text.length <= length) return text;
  const end = Math.ceil((length - 1) * 0.6);
  return `${text.slice(0, length - 1 - end)}…${text.slice(text.length - end)}`;
}

/** An ARN, shortened in the middle, whole on hover and when copied. */
export function ArnText(props: { readonly arn: string; readonly length?: number; readonly what?: string }) {
  return (
    <Root>
      <code title={props.arn} translate="no">
        {shortenMiddle(props.arn, props.length)}
      </code>
      <CopyButton text={props.arn} what={props.what ?? 'the whole ARN'} />
    </Root>
  );
}
