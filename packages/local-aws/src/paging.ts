import { AwsError } from './service';

export interface Page<T> {
  readonly items: readonly T[];
  /** Left out on the last page. */
  readonly nextToken?: string;
}

/**
 * One page of a list that is sorted by a unique key. The token holds the last key that was given, so that a page
 * neither repeats nor leaves out what stayed in the list while others came and went.
 * @throws AwsError where the token is none of ours
 */
export function page<T>(
  sorted: readonly T[],
  keyOf: (item: T) => string,
  options: {
    readonly limit: number;
    readonly token?: string;
    readonly errorCode?: string;
  },
): Page<T> {
  const after =
    options.token === undefined ? undefined : readToken(options.token, options.errorCode ?? 'ValidationException');
  const start = after === undefined ? 0 : sorted.findIndex(item => keyOf(item) > after);
  if (start < 0) return { items: [] };
  const items = sorted.slice(start, start + options.limit);
  const more = start + items.length < sorted.length;
  return {
    items,
    nextToken: more ? writeToken(keyOf(items[items.length - 1])) : undefined,
  };
}

const PREFIX = 'v1:';

function writeToken(key: string): string {
  return Buffer.from(PREFIX + key, 'utf8').toString('base64');
}

function readToken(token: string, errorCode: string): string {
  const decoded = Buffer.from(token, 'base64').toString('utf8');
  if (!decoded.startsWith(PREFIX) || writeToken(decoded.slice(PREFIX.length)) !== token) {
    throw new AwsError(errorCode, 'The token is not valid: NextToken.');
  }
  return decoded.slice(PREFIX.length);
}

/** Orders by code unit, as the tokens compare. */
export function sortedBy<T>(items: Iterable<T>, keyOf: (item: T) => string): readonly T[] {
  return [...items].sort((a, b) => {
    const [x, y] = [keyOf(a), keyOf(b)];
    if (x === y) return 0;
    return x < y ? -1 : 1;
  });
}
