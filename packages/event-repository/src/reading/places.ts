import { isYamlKind, type FilePath } from '../layout';
import { visible } from '../names';
import type { Finding, Rule } from '../rules/rule';
import { locateInJson } from '../text/jsonText';
import { type Position, START } from '../text/position';
import { type YamlLocator, yamlLocator } from '../text/yamlText';
import type { Problem } from '../types';

/** A file in which something is pointed at. */
export interface PlacedText {
  readonly path: string;
  readonly at: FilePath;
  readonly text: string;
}

/** The last parsed text: findings come file by file. */
let last: { readonly text: string; readonly locate: YamlLocator } | undefined;

function locate({ at, text }: PlacedText, finding: Finding): Position {
  if (finding.position) return finding.position;
  if (!finding.pointer) return START;
  const { pointer, at: part = 'value' } = finding;
  if (!isYamlKind(at.kind)) return locateInJson(text, pointer, part);
  if (last?.text !== text) last = { text, locate: yamlLocator(text) };
  return last.locate(pointer, part);
}

/** A finding with file, line and column. */
export function problemAt(rule: Pick<Rule, 'id' | 'severity'>, file: PlacedText, finding: Finding): Problem {
  const { line, column } = locate(file, finding);
  return {
    file: file.path,
    line,
    column,
    rule: rule.id,
    severity: rule.severity,
    message: visible(finding.message),
  };
}

/** `file:line:column message (rule)`. */
export function formatProblem(problem: Problem): string {
  const { file, line, column, message, rule } = problem;
  return `${visible(file)}:${line}:${column} ${message} (${rule})`;
}

const compareText = (a: string, b: string) => (a < b ? -1 : Number(a > b));

export function compareProblems(a: Problem, b: Problem): number {
  if (a.file !== b.file) return a.file < b.file ? -1 : 1;
  return a.line - b.line || a.column - b.column || compareText(a.rule, b.rule);
}
