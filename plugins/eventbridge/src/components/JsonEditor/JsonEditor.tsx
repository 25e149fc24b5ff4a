import { styled } from '@mui/material/styles';
import { forwardRef, useImperativeHandle, useMemo, useRef, type KeyboardEvent } from 'react';
import { PHONE } from '../PageFrame';
import { paint, type EditorMark } from './paint';

/** Lines beyond this have no numbers: they would weigh more than the text. */
const NUMBERED_LINES = 20_000;

export type LineSign = 'ok' | 'miss' | 'error';
const SIGNS: Readonly<Record<LineSign, string>> = { ok: '✓', miss: '✗', error: '●' };

const Root = styled('div')({
  position: 'relative',
  display: 'flex',
  minHeight: 0,
  overflow: 'auto',
  overscrollBehavior: 'contain',
  background: 'var(--bl-sunken)',
  fontFamily: 'var(--bl-mono)',
  fontSize: 13,
  lineHeight: '20px',
  tabSize: 2,
  '&:focus-within': { outline: '2px solid var(--bl-accent)', outlineOffset: 0 },
  '& .bl-gutter': {
    position: 'sticky',
    left: 0,
    zIndex: 2,
    flex: 'none',
    alignSelf: 'flex-start',
    minHeight: '100%',
    margin: 0,
    padding: '10px 10px 10px 6px',
    background: 'var(--bl-sunken)',
    color: 'var(--bl-muted)',
    textAlign: 'right',
    font: 'inherit',
    userSelect: 'none',
    '& span': { display: 'block' },
    '& b': { float: 'left', width: 16, fontWeight: 700, textAlign: 'center' },
    '& [data-sign=ok]': { color: 'var(--bl-ok)' },
    '& [data-sign=miss], & [data-sign=error]': { color: 'var(--bl-error)' },
  },
  '& .bl-area': { position: 'relative', flex: '1 0 auto', minHeight: '100%' },
  '& pre, & textarea': {
    margin: 0,
    padding: '10px 14px 10px 6px',
    border: 0,
    font: 'inherit',
    letterSpacing: 'normal',
    whiteSpace: 'pre',
    overflowWrap: 'normal',
  },
  '& pre': { minHeight: '100%', background: 'transparent', color: 'var(--bl-text)' },
  '& textarea': {
    position: 'absolute',
    inset: 0,
    width: '100%',
    height: '100%',
    overflow: 'hidden',
    resize: 'none',
    outline: 'none !important',
    background: 'transparent',
    // The letters are painted beneath, with their colours and marks.
    color: 'transparent',
    WebkitTextFillColor: 'transparent',
    caretColor: 'var(--bl-text)',
    '&::placeholder': { color: 'var(--bl-muted)', WebkitTextFillColor: 'var(--bl-muted)', opacity: 1 },
    '&::selection': { background: 'color-mix(in srgb, var(--bl-accent) 28%, transparent)' },
  },
  // Smaller letters make phones zoom in.
  [PHONE]: { fontSize: 16, lineHeight: '23px' },
  '& .t-key': { color: 'var(--bl-accent)' },
  '& .t-string': { color: 'var(--bl-service)' },
  '& .t-number': { color: 'var(--bl-event)' },
  '& .t-keyword': { color: 'var(--bl-bus)' },
  '& [data-tone=error]': {
    background: 'var(--bl-error-soft)',
    textDecoration: 'underline wavy var(--bl-error)',
    textUnderlineOffset: 4,
  },
  '& [data-tone=miss]': { textDecoration: 'underline dotted var(--bl-error)', textUnderlineOffset: 4 },
  '& [data-tone=chosen]': { background: 'var(--bl-mark)', borderRadius: 3 },
});

export interface JsonEditorHandle {
  /** Goes to the editor with this stretch selected and in sight. */
  select(from: number, to: number): void;
}

export interface JsonEditorProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (text: string) => void;
  readonly marks?: readonly EditorMark[];
  /** Signs before lines, numbered from 1. */
  readonly signs?: ReadonlyMap<number, LineSign>;
  readonly placeholder?: string;
  readonly invalid?: boolean;
  /** Id of what says what is wrong. */
  readonly describedBy?: string;
  readonly height: string;
}

/** A text field for JSON with colours, line numbers and marks. What a person types is never changed behind them. */
export const JsonEditor = forwardRef<JsonEditorHandle, JsonEditorProps>((props, ref) => {
  const { label, value, onChange, marks, signs, placeholder, invalid, describedBy, height } = props;
  const area = useRef<HTMLTextAreaElement>(null);
  const scroller = useRef<HTMLDivElement>(null);
  const pieces = useMemo(() => paint(value, marks ?? []), [value, marks]);
  useImperativeHandle(ref, () => ({
    select(from, to) {
      const element = area.current;
      if (!element) return;
      element.focus({ preventScroll: true });
      element.setSelectionRange(from, to);
      bringIntoSight(scroller.current, value, from);
    },
  }));
  return (
    <Root ref={scroller} style={{ flex: `1 0 ${height}`, height }}>
      <Gutter text={value} signs={signs} />
      <div className="bl-area">
        <pre aria-hidden="true">
          {pieces.map((piece, index) => (
            <span key={index} className={piece.kind && `t-${piece.kind}`} data-tone={piece.tone}>
              {piece.text}
            </span>
          ))}
          {/* The last line is there even while it is empty. */}
          {'\n'}
        </pre>
        <textarea
          ref={area}
          aria-label={label}
          aria-invalid={invalid || undefined}
          aria-describedby={describedBy}
          value={value}
          placeholder={placeholder}
          spellCheck={false}
          autoCapitalize="off"
          autoComplete="off"
          autoCorrect="off"
          onChange={event => onChange(event.target.value)}
          onKeyDown={indentNewLine}
        />
      </div>
    </Root>
  );
});
JsonEditor.displayName = 'JsonEditor';

function Gutter(props: { readonly text: string; readonly signs?: ReadonlyMap<number, LineSign> }) {
  const { text, signs } = props;
  const count = useMemo(() => Math.min(NUMBERED_LINES, text.split('\n').length), [text]);
  return (
    <div className="bl-gutter" aria-hidden="true">
      {Array.from({ length: count }, (_, index) => {
        const sign = signs?.get(index + 1);
        return (
          <span key={index} data-sign={sign}>
            {sign && <b>{SIGNS[sign]}</b>}
            {index + 1}
          </span>
        );
      })}
    </div>
  );
}

/** A new line begins below the one before it, two blanks further behind an opening bracket. */
function indentNewLine(event: KeyboardEvent<HTMLTextAreaElement>) {
  if (event.key !== 'Enter' || event.nativeEvent.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
  const { value, selectionStart } = event.currentTarget;
  const line = value.slice(value.lastIndexOf('\n', selectionStart - 1) + 1, selectionStart);
  const indent = /^[ \t]*/.exec(line)![0] + (/[{[]\s*$/.test(line) ? '  ' : '');
  // The only way that keeps the browser's own undo; where it is missing the plain new line comes.
  if (indent && document.execCommand?.('insertText', false, `\n${indent}`)) event.preventDefault();
}

function bringIntoSight(scroller: HTMLElement | null, text: string, offset: number) {
  if (!scroller) return;
  const line = text.slice(0, offset).split('\n').length - 1;
  const lineHeight = Number.parseFloat(getComputedStyle(scroller).lineHeight) || 20;
  scroller.scrollTop = Math.max(0, line * lineHeight - scroller.clientHeight / 2);
  scroller.scrollLeft = 0;
}
