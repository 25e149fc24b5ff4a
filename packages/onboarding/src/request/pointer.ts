/** A JSON pointer (RFC 6901) of these keys. */
export function pointer(...keys: readonly (string | number)[]): string {
  return keys.map(key => `/${String(key).replace(/~/g, '~0').replace(/\//g, '~1')}`).join('');
}
