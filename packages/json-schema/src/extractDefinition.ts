import type { JsonObject } from './types';

export function extractDefinition(
  _bundle: unknown,
  _pointer: string,
): JsonObject {
  throw new Error('in work');
}
