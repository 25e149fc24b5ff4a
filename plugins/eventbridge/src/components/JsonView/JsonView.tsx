import type { Json } from '@busline/plugin-eventbridge-common';
import { styled } from '@mui/material/styles';
import { useMemo } from 'react';
import { jsonLines, MAX_LINES } from './jsonLines';

const Root = styled('pre')({
  margin: 0,
  padding: '10px 0',
  overflow: 'auto',
  fontFamily: 'var(--bl-mono)',
  fontSize: 13,
  lineHeight: '21px',
  color: 'var(--bl-text)',
  '& .bl-json-line': {
    display: 'block',
    width: 'max-content',
    minWidth: '100%',
    padding: '0 14px',
    '&[data-marked]': { background: 'var(--bl-mark)' },
  },
  '& .t-key': { color: 'var(--bl-accent)' },
  '& .t-string': { color: 'var(--bl-service)' },
  '& .t-number': { color: 'var(--bl-event)' },
  '& .t-keyword': { color: 'var(--bl-bus)' },
});

/** Whether a line lies at a place or inside it. */
export function isAtOrBelow(path: string, place: string): boolean {
  return path === place || path.startsWith(`${place}.`) || path.startsWith(`${place}[]`);
}

/** A JSON value with its lines tied to places, so that pointing at one marks it elsewhere and the other way round. */
export function JsonView(props: {
  readonly value: Json;
  /** Names the value to screen readers: `the example`. */
  readonly label: string;
  readonly marked?: string;
  readonly onMark?: (path: string | undefined) => void;
  readonly maxHeight?: number;
}) {
  const { value, label, marked, onMark, maxHeight } = props;
  const lines = useMemo(() => jsonLines(value), [value]);
  return (
    <Root tabIndex={0} role="region" aria-label={label} style={{ maxHeight }} onMouseLeave={() => onMark?.(undefined)}>
      {lines.map((line, index) => (
        <span
          key={index}
          className="bl-json-line"
          data-path={line.path}
          data-marked={marked !== undefined && marked !== '' && isAtOrBelow(line.path, marked) ? '' : undefined}
          onMouseEnter={() => onMark?.(line.path)}
        >
          {'  '.repeat(line.depth)}
          {line.key !== undefined && (
            <>
              <span className="t-key">{JSON.stringify(line.key)}</span>:{' '}
            </>
          )}
          <span className={`t-${line.kind}`}>{line.text}</span>
        </span>
      ))}
      {lines.length >= MAX_LINES && <span className="bl-json-line bl-muted">… the copy has the rest</span>}
    </Root>
  );
}
