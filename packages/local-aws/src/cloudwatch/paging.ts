import { AwsError, type JsonValue } from '../service';

/**
 * A page of a list whose order does not change.
 * @throws AwsError where the token is not one that this gave out
 */
export function pageOf<T>(
  all: readonly T[],
  token: JsonValue | undefined,
  size: number,
): { readonly page: readonly T[]; readonly next?: string } {
  const offset = token ? readToken(String(token)) : 0;
  const end = offset + size;
  return {
    page: all.slice(offset, end),
    next: end < all.length ? Buffer.from(`page ${end}`).toString('base64url') : undefined,
  };
}

function readToken(token: string): number {
  const text = Buffer.from(token, 'base64url').toString('utf8');
  const offset = /^page (\d{1,9})$/.exec(text)?.[1];
  if (offset !== undefined) return Number(offset);
  throw new AwsError('InvalidNextToken', 'The next token specified is invalid.');
}
