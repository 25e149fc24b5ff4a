import { diffLines } from '../LineDiff/diffLines';
import { tokensOf, type CodeLanguage, type CodeToken } from '../highlightCode';

/** Unchanged lines kept around a change, as forges do. */
const CONTEXT = 3;
/** Above this a file is shown without colours: tens of thousands of elements would make the page slow. */
const COLOURED_UP_TO = 200_000;

/** A line of one side with its number there. */
export interface DiffLine {
  readonly number: number;
  readonly tokens: readonly CodeToken[];
}

/** A row of the split view; the unified view puts the two sides of a change under each other. */
export type DiffRow =
  | { readonly kind: 'same'; readonly before: DiffLine; readonly after: DiffLine }
  | { readonly kind: 'change'; readonly before?: DiffLine; readonly after?: DiffLine };

/** What is drawn: rows, or a stretch of unchanged ones that can be opened. `start` tells stretches apart. */
export type DiffPart =
  | { readonly kind: 'rows'; readonly rows: readonly DiffRow[] }
  | { readonly kind: 'folded'; readonly start: number; readonly rows: readonly DiffRow[] };

const LANGUAGES: Readonly<Record<string, CodeLanguage>> = {
  json: 'json',
  yaml: 'yaml',
  yml: 'yaml',
  ts: 'typescript',
  tsx: 'typescript',
  js: 'typescript',
  mjs: 'typescript',
  py: 'python',
  java: 'java',
  sh: 'shell',
};

/** The language of a file by the ending of its name. */
export function languageOf(path: string): CodeLanguage {
  return LANGUAGES[path.slice(path.lastIndexOf('.') + 1).toLowerCase()] ?? 'text';
}

/** A text as coloured lines. A token of several lines, such as a comment, is cut at their ends. */
export function colouredLines(text: string, language: CodeLanguage): readonly (readonly CodeToken[])[] {
  const tokens = text.length > COLOURED_UP_TO ? [{ text }] : tokensOf(text, language);
  const lines: CodeToken[][] = [[]];
  for (const { text: words, kind } of tokens) {
    words.split('\n').forEach((part, index) => {
      if (index > 0) lines.push([]);
      if (part) lines[lines.length - 1].push(kind ? { text: part, kind } : { text: part });
    });
  }
  return lines;
}

/** The rows of a diff between two texts; `undefined` where the file was not there. The final line end is no line. */
export function diffRows(
  before: string | undefined,
  after: string | undefined,
  language: CodeLanguage,
): readonly DiffRow[] {
  const [a, b] = [linesOf(before), linesOf(after)];
  const [colouredA, colouredB] = [colouredLines(a.join('\n'), language), colouredLines(b.join('\n'), language)];
  const lineA = (index: number): DiffLine => ({ number: index + 1, tokens: colouredA[index] });
  const lineB = (index: number): DiffLine => ({ number: index + 1, tokens: colouredB[index] });
  const rows: DiffRow[] = [];
  let removed: DiffLine[] = [];
  let added: DiffLine[] = [];
  let [x, y] = [0, 0];
  const flush = () => {
    for (let index = 0; index < Math.max(removed.length, added.length); index += 1) {
      rows.push({ kind: 'change', before: removed[index], after: added[index] });
    }
    [removed, added] = [[], []];
  };
  for (const { kind } of diffLines(a, b)) {
    if (kind === 'removed') removed.push(lineA(x++));
    else if (kind === 'added') added.push(lineB(y++));
    else {
      flush();
      rows.push({ kind: 'same', before: lineA(x++), after: lineB(y++) });
    }
  }
  flush();
  return rows;
}

function linesOf(text: string | undefined): readonly string[] {
  if (!text) return [];
  return text.replace(/\n$/, '').split('\n');
}

/** Folds what is unchanged and further than a few lines from any change. */
export function foldedParts(rows: readonly DiffRow[]): readonly DiffPart[] {
  const near = rows.map(() => false);
  rows.forEach((row, index) => {
    if (row.kind === 'same') return;
    for (let at = Math.max(0, index - CONTEXT); at <= Math.min(rows.length - 1, index + CONTEXT); at += 1)
      near[at] = true;
  });
  const parts: { kind: 'rows' | 'folded'; start: number; rows: DiffRow[] }[] = [];
  rows.forEach((row, index) => {
    const kind = near[index] ? 'rows' : 'folded';
    const last = parts[parts.length - 1];
    if (last?.kind === kind) last.rows.push(row);
    else parts.push({ kind, start: index, rows: [row] });
  });
  // A fold of a line or two would take the place that it saves.
  return parts.map(part =>
    part.kind === 'folded' && part.rows.length < 3 ? { ...part, kind: 'rows' as const } : part,
  );
}

/** How many lines come and go. */
export function changedLines(rows: readonly DiffRow[]): { readonly added: number; readonly removed: number } {
  const changes = rows.filter(row => row.kind === 'change');
  return { added: changes.filter(row => row.after).length, removed: changes.filter(row => row.before).length };
}
