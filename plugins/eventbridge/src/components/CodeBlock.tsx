import { styled } from '@mui/material/styles';
import { useMemo, type ReactNode } from 'react';
import { CopyButton } from './CopyButton';
import { tokensOf, type CodeLanguage } from './highlightCode';

/** Above this a text is shown without colours: tens of thousands of elements would make the page slow. */
const COLOURED_UP_TO = 60_000;

const Root = styled('figure')({
  margin: 0,
  border: '1px solid var(--bl-line)',
  borderRadius: 'var(--bl-radius)',
  background: 'var(--bl-sunken)',
  overflow: 'hidden',
  '& figcaption': {
    display: 'flex',
    alignItems: 'center',
    gap: 8,
    minHeight: 36,
    padding: '2px 6px 2px 14px',
    borderBottom: '1px solid var(--bl-line)',
    background: 'var(--bl-surface)',
    fontSize: 13,
    color: 'var(--bl-muted)',
  },
  '& .bl-code-title': { flex: 1, minWidth: 0 },
  '& pre': {
    margin: 0,
    padding: '12px 14px',
    overflow: 'auto',
    fontFamily: 'var(--bl-mono)',
    fontSize: 13,
    lineHeight: '20px',
    tabSize: 2,
    background: 'transparent',
    color: 'var(--bl-text)',
  },
  '& .t-key': { color: 'var(--bl-accent)' },
  '& .t-string': { color: 'var(--bl-service)' },
  '& .t-number': { color: 'var(--bl-event)' },
  '& .t-keyword': { color: 'var(--bl-bus)' },
  '& .t-comment': { color: 'var(--bl-muted)', fontStyle: 'italic' },
});

/** Code or data in a frame with a name and a button that copies the whole text. */
export function CodeBlock(props: {
  readonly text: string;
  readonly language: CodeLanguage;
  /** What stands in the head: a file name or tabs. */
  readonly title?: ReactNode;
  /** Names the text to the copy button: `the example`. */
  readonly what: string;
  readonly maxHeight?: number;
  readonly actions?: ReactNode;
}) {
  const { text, language, title, what, maxHeight, actions } = props;
  const tokens = useMemo(
    () => (text.length > COLOURED_UP_TO ? [{ text, kind: undefined }] : tokensOf(text, language)),
    [text, language],
  );
  return (
    <Root>
      <figcaption>
        <span className="bl-code-title">{title}</span>
        {actions}
        <CopyButton text={text} what={what} labelled />
      </figcaption>
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it scrolls: the keyboard must reach what lies outside */}
      <pre tabIndex={0} style={{ maxHeight }} aria-label={what} role="region">
        <code>
          {tokens.map((token, index) =>
            token.kind ? (
              <span key={index} className={`t-${token.kind}`}>
                {token.text}
              </span>
            ) : (
              token.text
            ),
          )}
        </code>
      </pre>
    </Root>
  );
}
