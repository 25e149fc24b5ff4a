import type { Token } from './jsonReader';
import { PatternProblem } from './patternProblem';
import { parseWildcard, WildcardError } from './wildcard';

/** Throws `PatternProblem` for a text that is no wildcard. */
export function checkWildcard(token: Token): void {
  try {
    parseWildcard(token.text);
  } catch (error) {
    if (error instanceof WildcardError) {
      throw new PatternProblem(error.message, token);
    }
    throw error;
  }
}
