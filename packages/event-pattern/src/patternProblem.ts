/*
 * Problems of a pattern, and the wordings that several operators share.
 */
import type { Token, TokenType } from './jsonReader';

/** Something that a pattern may not say, at a token. */
export class PatternProblem extends Error {
  readonly token: Token;

  constructor(reason: string, token: Token) {
    super(reason);
    this.name = 'PatternProblem';
    this.token = token;
  }
}

export const ONLY_ONE_KEY = 'Only one key allowed in match expression';
export const TOO_MANY = 'Too many elements in numeric expression';

/** The token, if it is of the type; otherwise the problem. */
export function expect(token: Token, type: TokenType, reason: string): Token {
  if (token.type !== type) {
    throw new PatternProblem(reason, token);
  }
  return token;
}

export function oneStringOf(operator: string): string {
  return `${operator} match pattern must be a string`;
}
