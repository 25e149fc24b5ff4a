import { tokensOf, type TokenKind } from '../highlightCode';

export type MarkTone = 'error' | 'ok' | 'miss' | 'chosen';

/** A stretch of the text that is to be seen. */
export interface EditorMark {
  readonly from: number;
  readonly to: number;
  readonly tone: MarkTone;
}

export interface Piece {
  readonly text: string;
  readonly kind?: TokenKind;
  readonly tone?: MarkTone;
}

/** Above this a text is shown without colours: tens of thousands of elements would make typing slow. */
const COLOURED_UP_TO = 60_000;

/** The text in pieces of one colour and one mark each; where marks overlap, the earlier one in the list is seen. */
export function paint(text: string, marks: readonly EditorMark[]): readonly Piece[] {
  const tokens = text.length > COLOURED_UP_TO ? [{ text, kind: undefined }] : tokensOf(text, 'json');
  const edges = [...new Set(marks.flatMap(({ from, to }) => [from, to]))].sort((a, b) => a - b);
  const pieces: Piece[] = [];
  let at = 0;
  let next = 0;
  for (const { text: whole, kind } of tokens) {
    const end = at + whole.length;
    while (at < end) {
      while (next < edges.length && edges[next] <= at) next += 1;
      const to = Math.min(end, edges[next] ?? end);
      const tone = toneAt(marks, at, to);
      pieces.push({ text: text.slice(at, to), ...(kind && { kind }), ...(tone && { tone }) });
      at = to;
    }
  }
  // An error at the end of the text has no character: it is shown behind the last one.
  const behind = marks.find(({ from, to }) => from >= text.length && to > from);
  if (behind) pieces.push({ text: ' ', tone: behind.tone });
  return pieces;
}

function toneAt(marks: readonly EditorMark[], from: number, to: number): MarkTone | undefined {
  return marks.find(mark => mark.from <= from && to <= mark.to)?.tone;
}
