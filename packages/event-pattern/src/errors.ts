import type { Position } from './types';

/** The start of every message that EventBridge gives about a pattern. */
export const INVALID_PATTERN_PREFIX = 'Event pattern is not valid. Reason: ';

/**
 * A pattern that EventBridge refuses. `message` is AWS's own wording, since
 * that is what people search for; `path` and `position` tell where.
 */
export class InvalidEventPatternError extends Error {
  /** The message without AWS's introduction. */
  readonly reason: string;
  /** Keys from the root of the pattern to the place; numbers are array indexes. */
  readonly path: readonly (string | number)[];
  /** Known when the pattern was given as text. */
  readonly position?: Position;

  constructor(reason: string, path: readonly (string | number)[] = [], position?: Position) {
    super(`${INVALID_PATTERN_PREFIX}${reason}`);
    this.name = 'InvalidEventPatternError';
    this.reason = reason;
    this.path = path;
    this.position = position;
  }
}

/** An event that is no JSON object. */
export class InvalidEventError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'InvalidEventError';
  }
}
