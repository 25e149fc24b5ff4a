import { readFileSync } from 'node:fs';
import {
  compileEventPattern,
  InvalidEventPatternError,
  type CompiledPattern,
  type JsonObject,
} from '@busline/event-pattern';
import { type Json, parseJson, parseYaml, type Position, yamlLocator } from '@busline/event-repository';
import { readText } from '../diskFiles';
import { UsageError } from '../errors';

/** In place of a file: the standard input. */
const STANDARD_INPUT = '-';

/** The text of a file, or of the standard input. Throws `UsageError`. */
export function textOf(path: string): string {
  const text = path === STANDARD_INPUT ? readFileSync(0, 'utf8') : readText(path);
  if (text === undefined) throw new UsageError(`There is no file ${path}`);
  // A byte order mark is no part of the text.
  return text.replace(/^\ufeff/, '');
}

/** What reads several files may read the standard input for one of them. Throws `UsageError`. */
export function checkStandardInput(paths: readonly string[]): void {
  if (paths.filter(path => path === STANDARD_INPUT).length > 1) {
    throw new UsageError('- stands for the standard input, which can be read once only');
  }
}

/**
 * The pattern of a file: JSON, or YAML. A subscription's declaration has it at `pattern`.
 * @throws UsageError naming file, line and column
 */
export function readPattern(path: string): CompiledPattern {
  const text = textOf(path);
  return /\.ya?ml$/i.test(path) ? fromYaml(path, text) : fromJson(path, text);
}

function fromJson(path: string, text: string): CompiledPattern {
  return compiled(path, text, error => error.position);
}

function fromYaml(path: string, text: string): CompiledPattern {
  const { value, errors } = parseYaml(text);
  if (errors.length > 0) throw wrong(path, errors[0].position, errors[0].message);
  const isDeclaration = isObject(value) && isObject(value.pattern);
  const locate = yamlLocator(text);
  const pattern = isDeclaration ? value.pattern : value;
  if (!isObject(pattern)) throw wrong(path, locate([], 'value'), 'an event pattern is an object');
  return compiled(path, pattern, error => locate([...(isDeclaration ? ['pattern'] : []), ...error.path], 'value'));
}

function compiled(
  path: string,
  pattern: string | JsonObject,
  placeOf: (error: InvalidEventPatternError) => Position | undefined,
): CompiledPattern {
  try {
    return compileEventPattern(pattern);
  } catch (error) {
    if (!(error instanceof InvalidEventPatternError)) throw error;
    throw wrong(path, placeOf(error), error.message);
  }
}

/** An event and where it was read. */
export interface EventInFile {
  readonly file: string;
  /** Of a file with an event on every line. */
  readonly line?: number;
  readonly text: string;
}

/**
 * The events of a file: one, or one on every line where its name ends in `.jsonl` or `.ndjson`.
 * @throws UsageError naming file, line and column
 */
export function readEvents(file: string): readonly EventInFile[] {
  const text = textOf(file);
  if (!/\.(?:jsonl|ndjson)$/i.test(file)) {
    checkEvent(file, text);
    return [{ file, text }];
  }
  return text.split('\n').flatMap((lineText, index) => {
    if (lineText.trim() === '') return [];
    checkEvent(file, lineText, index);
    return [{ file, line: index + 1, text: lineText }];
  });
}

function checkEvent(file: string, text: string, linesBefore: number = 0): void {
  const json = parseJson(text);
  const place = ({ line, column }: Position) => ({ line: line + linesBefore, column });
  // How deep an event may be is said by whoever matches it.
  if (!json.ok && json.kind === 'syntax') throw wrong(file, place(json.position), json.message);
  if (json.ok && !isObject(json.value)) {
    throw wrong(file, place({ line: 1, column: 1 }), 'an event is a JSON object');
  }
}

/** A JSON document. Throws `UsageError` naming file, line and column. */
export function readJsonFile(path: string): Json {
  const json = parseJson(textOf(path));
  if (!json.ok) throw wrong(path, json.position, json.message);
  return json.value;
}

export function wrong(file: string, place: Position | undefined, message: string): UsageError {
  const at = place ? `${file}:${place.line}:${place.column}` : file;
  return new UsageError(`${at} ${message}`);
}

function isObject(value: unknown): value is JsonObject {
  return value !== null && typeof value === 'object' && !Array.isArray(value);
}
