import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** A read that leaves less behind is not worth the pause. */
const MUCH_BYTES = 200 * 1024 * 1024;

/**
 * Runs what may leave much behind, and lets go of that at once, in one pause of less than a second. V8 by itself waits until it has
 * to: with some hundred megabytes of declarations it lets as much again pile up, and gives none of it back.
 */
export async function lettingGoOfMemory<T>(run: () => Promise<T>): Promise<T> {
  const before = process.memoryUsage().heapTotal;
  try {
    return await run();
  } finally {
    if (process.memoryUsage().heapTotal - before > MUCH_BYTES) letGoOfMemory();
  }
}

/** Collects all garbage and gives its memory back to the system. */
export function letGoOfMemory(): void {
  setFlagsFromString('--expose-gc');
  const collect: (options: object) => void = runInNewContext('gc');
  setFlagsFromString('--no-expose-gc');
  collect({ type: 'major', execution: 'sync', flavor: 'last-resort' });
}
