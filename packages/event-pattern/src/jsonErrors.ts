/*
 * Errors of JSON texts, worded as the JSON parser of EventBridge words them:
 * these are the messages that people search for.
 */
import type { Position } from './types';

/** Characters of the text that a message repeats. */
const QUOTED_SOURCE_CHARACTERS = 500;

export class JsonSyntaxError extends Error {
  readonly offset: number;

  constructor(message: string, offset: number) {
    super(message);
    this.name = 'JsonSyntaxError';
    this.offset = offset;
  }
}

/** An object or array that has not ended yet. */
export interface OpenStructure {
  readonly kind: 'object' | 'array';
  readonly offset: number;
}

export function positionAt(text: string, offset: number): Position {
  let line = 1;
  let lineStart = 0;
  for (let i = text.indexOf('\n'); i !== -1 && i < offset; i = text.indexOf('\n', i + 1)) {
    line += 1;
    lineStart = i + 1;
  }
  return { offset, line, column: offset - lineStart + 1 };
}

function nameOf({ kind }: OpenStructure): string {
  return kind === 'object' ? 'Object' : 'Array';
}

function startOf(text: string, { offset }: OpenStructure): string {
  const { line, column } = positionAt(text, offset);
  const source = text.slice(0, QUOTED_SOURCE_CHARACTERS);
  return `[Source: (String)"${source}"; line: ${line}, column: ${column}]`;
}

export function unexpectedCharacter(text: string, offset: number, expectation: string, where: string): JsonSyntaxError {
  const code = text.charCodeAt(offset);
  return new JsonSyntaxError(`Unexpected character ('${text[offset]}' (code ${code}))${where}: ${expectation}`, offset);
}

/** `]` where `}` should be, or the other way round. */
export function wrongCloseMarker(text: string, offset: number, open: OpenStructure): JsonSyntaxError {
  const expected = open.kind === 'object' ? '}' : ']';
  return new JsonSyntaxError(
    `Unexpected close marker '${text[offset]}': expected '${expected}' (for ${nameOf(open)} starting at ${startOf(
      text,
      open,
    )})`,
    offset,
  );
}

/** The text ends where an entry is complete. */
export function endOfInput(text: string, open: OpenStructure | undefined): JsonSyntaxError {
  return new JsonSyntaxError(
    open
      ? `Unexpected end-of-input: expected close marker for ${nameOf(open)} (start marker at ${startOf(text, open)})`
      : 'Unexpected end-of-input',
    text.length,
  );
}

/** The text ends within an entry. */
export function endInside(text: string, open: OpenStructure | undefined): JsonSyntaxError {
  return new JsonSyntaxError(
    open ? `Unexpected end-of-input within/between ${nameOf(open)} entries` : 'Unexpected end-of-input',
    text.length,
  );
}
