import { styled } from '@mui/material/styles';
import { ErrorIcon } from '../../components/icons';
import { TextArea, useProblemsAt } from '../inputs';
import { invalidWords, type FilterPreview } from './preview';

/** Characters of the line shown on either side of the place. */
const AROUND = 36;

const Where = styled('div')({
  display: 'flex',
  gap: 8,
  marginTop: 6,
  fontSize: 13.5,
  lineHeight: '20px',
  color: 'var(--bl-error)',
  '& svg': { flex: 'none', marginTop: 3 },
  '& code': {
    display: 'block',
    fontFamily: 'var(--bl-mono)',
    fontSize: 13,
    whiteSpace: 'pre',
    overflow: 'auto',
    color: 'var(--bl-text)',
  },
  '& mark': {
    background: 'var(--bl-error-soft)',
    color: 'inherit',
    textDecoration: 'underline wavy var(--bl-error)',
    textUnderlineOffset: 4,
  },
});

/** A whole event pattern, written by hand; what is wrong is shown at its character. */
export function PatternEditor(props: {
  readonly at: string;
  readonly text: string;
  readonly preview: FilterPreview;
  readonly onChange: (text: string) => void;
}) {
  const { at, text, preview, onChange } = props;
  // Once a person wanted to go on, the input says it itself; its place is shown all the same.
  const isSaid = useProblemsAt(`${at}/pattern`).length > 0;
  return (
    <div>
      <TextArea
        label="Event pattern"
        field={`${at}/pattern`}
        mono
        required
        rows={Math.min(24, Math.max(7, text.split('\n').length + 1))}
        hint="as EventBridge takes it, with source and detail-type"
        value={text}
        onChange={onChange}
      />
      {preview.kind === 'invalid' && (!isSaid || preview.offset !== undefined) && (
        <Where role="status">
          <ErrorIcon />
          <div style={{ minWidth: 0 }}>
            {!isSaid && invalidWords(text, preview)}
            {preview.offset !== undefined && <Place text={text} offset={preview.offset} />}
          </div>
        </Where>
      )}
    </div>
  );
}

function Place(props: { readonly text: string; readonly offset: number }) {
  const { text, offset } = props;
  const start = Math.max(text.lastIndexOf('\n', offset - 1) + 1, offset - AROUND);
  const lineEnd = text.indexOf('\n', offset);
  const end = Math.min(lineEnd < 0 ? text.length : lineEnd, offset + AROUND);
  return (
    <code>
      {text.slice(start, offset)}
      <mark>{text.slice(offset, offset + 1) || ' '}</mark>
      {text.slice(offset + 1, end)}
    </code>
  );
}
