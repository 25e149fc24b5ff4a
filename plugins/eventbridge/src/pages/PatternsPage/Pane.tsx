import type { Json } from '@busline/plugin-eventbridge-common';
import { styled } from '@mui/material/styles';
import { useId, useMemo, type ReactNode, type Ref } from 'react';
import { ActionButton, Card, CopyButton } from '../../components';
import {
  JsonEditor,
  prettyJson,
  type EditorMark,
  type JsonEditorHandle,
  type LineSign,
} from '../../components/JsonEditor';
import { ErrorIcon } from '../../components/icons';
import type { Reading } from './reading';

const EDITOR_HEIGHT = 'clamp(220px, calc(100vh - 560px), 620px)';

const Root = styled(Card)({
  display: 'flex',
  flexDirection: 'column',
  // The list of event types reaches over the edge.
  overflow: 'visible',
  '& > .bl-pane-head': {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: '6px 8px',
    minHeight: 48,
    padding: '6px 8px 6px 16px',
    borderBottom: '1px solid var(--bl-line)',
    '& h2': { margin: 0, marginRight: 'auto', fontSize: 15, lineHeight: '24px', fontWeight: 650 },
  },
  '& > .bl-pane-note': {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: '4px 12px',
    padding: '6px 16px',
    borderBottom: '1px solid var(--bl-line)',
    fontSize: 13.5,
    color: 'var(--bl-muted)',
    '& a': { textDecoration: 'underline' },
  },
  '& > .bl-pane-error': {
    display: 'flex',
    gap: 8,
    padding: '9px 16px',
    borderTop: '1px solid var(--bl-line)',
    fontSize: 14,
    lineHeight: '20px',
    color: 'var(--bl-error)',
    '& svg': { flex: 'none', marginTop: 2 },
    '& button': {
      padding: 0,
      border: 0,
      background: 'none',
      color: 'inherit',
      font: 'inherit',
      textAlign: 'left',
      textDecoration: 'underline',
      textUnderlineOffset: 3,
      cursor: 'pointer',
    },
    '& small': {
      display: 'block',
      marginTop: 2,
      fontSize: 12.5,
      lineHeight: '18px',
      color: 'var(--bl-muted)',
      overflowWrap: 'anywhere',
    },
  },
});

/** One of the two texts, with what is wrong with it. */
export function Pane(props: {
  readonly title: string;
  readonly text: string;
  readonly onChange: (text: string) => void;
  readonly reading: Reading<unknown>;
  readonly placeholder: string;
  readonly marks: readonly EditorMark[];
  readonly signs?: ReadonlyMap<number, LineSign>;
  readonly editor: Ref<JsonEditorHandle>;
  /** Goes to a place in the text. */
  readonly onShow: (offset: number) => void;
  /** Beside the title. */
  readonly tools?: ReactNode;
  /** Where the text comes from. */
  readonly note?: ReactNode;
  readonly className: string;
}) {
  const { title, text, onChange, reading, placeholder, marks, signs, editor, onShow, tools, note, className } = props;
  const errorId = useId();
  const titleId = useId();
  const tidied = useMemo(() => tidy(text), [text]);
  return (
    <Root className={className} aria-labelledby={titleId}>
      <div className="bl-pane-head">
        <h2 id={titleId}>{title}</h2>
        {tools}
        {tidied !== undefined && tidied !== text && (
          <ActionButton data-quiet="" onClick={() => onChange(tidied)}>
            Tidy
          </ActionButton>
        )}
        {text !== '' && <CopyButton text={text} what={`the ${title.toLowerCase()}`} labelled />}
      </div>
      {note && <div className="bl-pane-note">{note}</div>}
      <JsonEditor
        ref={editor}
        label={title}
        value={text}
        onChange={onChange}
        marks={marks}
        signs={signs}
        placeholder={placeholder}
        invalid={reading.kind === 'invalid'}
        describedBy={errorId}
        height={EDITOR_HEIGHT}
      />
      <div id={errorId} role="status" className={reading.kind === 'invalid' ? 'bl-pane-error' : undefined}>
        {reading.kind === 'invalid' && <Mistake reading={reading} onShow={onShow} />}
      </div>
    </Root>
  );
}

function Mistake(props: {
  readonly reading: Extract<Reading<unknown>, { kind: 'invalid' }>;
  readonly onShow: (offset: number) => void;
}) {
  const { message, offset, aws } = props.reading;
  return (
    <>
      <ErrorIcon />
      <div style={{ minWidth: 0 }}>
        {offset === undefined ? (
          message
        ) : (
          <button type="button" onClick={() => props.onShow(offset)}>
            {message}
          </button>
        )}
        {aws && <small>EventBridge says: {aws}</small>}
      </div>
    </>
  );
}

/** Longer texts are not worth the time while somebody types. */
const LONGEST_TIDIED = 200_000;

/** The same value over several lines; undefined where it is no JSON, or would lose what JavaScript cannot hold. */
function tidy(text: string): string | undefined {
  if (text.length > LONGEST_TIDIED) return undefined;
  try {
    const tidied = prettyJson(JSON.parse(text) as Json);
    // A number of twenty digits, 1e3, or a key that is given twice, would not come out as it went in.
    return withoutBlanks(tidied) === withoutBlanks(text) ? tidied : undefined;
  } catch {
    return undefined;
  }
}

function withoutBlanks(json: string): string {
  return json.replace(/("(?:[^"\\]|\\.)*")|\s+/g, (_, string: string | undefined) => string ?? '');
}
