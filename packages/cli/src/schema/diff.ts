import { readFileSync } from 'node:fs';
import {
  COMPATIBILITY_MODES,
  type CompatibilityMode,
  directionsOf,
  type EvolutionProblem,
  formatProblem,
  locateInJson,
  parseJson,
  parsePointer,
  type Place,
} from '@busline/event-repository';
import {
  type Change,
  compareSchemas,
  type ContentModel,
  type Direction,
  type Finding,
  type SchemaComparison,
} from '@busline/schema-evolution';
import { annotation, evidence, type Format } from '../check/formats';
import { sarifLog } from '../check/sarif';
import { readText } from '../diskFiles';
import { UsageError } from '../errors';
import type { Output } from '../output';

export const MODES = COMPATIBILITY_MODES.filter(mode => !mode.endsWith('_TRANSITIVE'));
export const CONTENT_MODELS: readonly ContentModel[] = ['closed-world', 'open'];

export interface DiffOptions {
  readonly format: Format;
  readonly mode: CompatibilityMode;
  readonly contentModel: ContentModel;
}

/** Exit status where nothing breaks that is asked for, and something could not be decided. */
const UNDECIDED = 3;

interface SchemaFile {
  readonly path: string;
  readonly text: string;
  readonly schema: unknown;
}

/**
 * `busline schema diff`: gives 0 where what the mode asks for holds, 1 where it breaks, 3 where it is not decided.
 * @throws UsageError where a file cannot be read or is no JSON
 */
export function schemaDiff(oldPath: string, newPath: string, options: DiffOptions, output: Output): number {
  const old = readSchema(oldPath);
  const next = readSchema(newPath);
  const { contentModel, mode, format } = options;
  const comparison = compareSchemas(old.schema, next.schema, { contentModel });
  const asked = directionsOf(mode);
  const problems = asked.flatMap(direction => problemsOf(comparison, direction, old, next));
  output.out(formatDiff({ old, next, comparison, asked, problems }, format));
  const kinds = asked.map(direction => comparison[direction].kind);
  if (kinds.includes('breaking')) return 1;
  return kinds.includes('unknown') ? UNDECIDED : 0;
}

function readSchema(path: string): SchemaFile {
  const text = path === '-' ? readFileSync(0, 'utf8') : readText(path);
  if (text === undefined) throw new UsageError(`There is no file ${path}`);
  const json = parseJson(text);
  if (!json.ok) throw new UsageError(`${path}:${json.position.line}:${json.position.column} ${json.message}`);
  return { path, text, schema: json.value };
}

function placeIn({ path, text }: SchemaFile, pointer: string): Place {
  return { file: path, ...locateInJson(text, parsePointer(pointer), 'value') };
}

function problemsOf(
  comparison: SchemaComparison,
  direction: Direction,
  old: SchemaFile,
  next: SchemaFile,
): readonly EvolutionProblem[] {
  const verdict = comparison[direction];
  if (verdict.kind !== 'breaking') return [];
  return verdict.findings.map(({ rule, message, oldPointer, newPointer, counterexample }: Finding) => ({
    ...placeIn(next, newPointer),
    rule,
    severity: 'error',
    message: `${message} (${direction})`,
    eventType: '',
    old: old.path,
    next: next.path,
    direction,
    related: placeIn(old, oldPointer),
    counterexample,
  }));
}

interface Diff {
  readonly old: SchemaFile;
  readonly next: SchemaFile;
  readonly comparison: SchemaComparison;
  readonly asked: readonly Direction[];
  readonly problems: readonly EvolutionProblem[];
}

function formatDiff(diff: Diff, format: Format): string {
  const { comparison, problems, asked } = diff;
  switch (format) {
    case 'json':
      return JSON.stringify({ old: diff.old.path, new: diff.next.path, asked, ...comparison }, undefined, 2);
    case 'github':
      return [...problems.map(problem => annotation(problem, '')), verdictWords(comparison)].join('\n');
    case 'sarif':
      return JSON.stringify(sarifLog(problems, ''), undefined, 2);
    default:
      return inText(diff);
  }
}

function verdictWords({ backward, forward, semver }: SchemaComparison): string {
  const of = (verdict: SchemaComparison[Direction]) =>
    verdict.kind === 'unknown' ? `unknown, ${verdict.reason}` : verdict.kind;
  return `backward: ${of(backward)}; forward: ${of(forward)}; calls for: ${semver === 'none' ? 'nothing' : semver}`;
}

/** All that is to be said for people: also of the direction that nobody asked for. */
function inText({ old, next, comparison }: Diff): string {
  const findings = (['backward', 'forward'] as const).flatMap(direction =>
    problemsOf(comparison, direction, old, next).flatMap(problem => [
      formatProblem(problem),
      ...evidence(problem).map(each => `    ${each}`),
    ]),
  );
  return [...findings, ...comparison.changes.map(changeWords), verdictWords(comparison)].join('\n');
}

function changeWords({ kind, message, before, after }: Change): string {
  const values = before !== undefined && after !== undefined ? ` (${before} to ${after})` : '';
  return `${kind}: ${message}${values}`;
}
