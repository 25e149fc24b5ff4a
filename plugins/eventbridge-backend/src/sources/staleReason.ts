import { isError, stringifyError } from '@backstage/errors';
import { isDatabaseAway, isFromDatabase } from '../service/databaseErrors';

/** Longest reason on a page. */
const MAX_REASON_CHARACTERS = 1000;

/** User and password in an address: `https://user:password@host`. */
const CREDENTIALS_IN_URL = /\b([a-z][a-z0-9+.-]*:\/\/)[^\s/?#]*@/gi;
/** Whole addresses of databases: host and name are nobody's business either. */
const DATABASE_URL = /\b(postgres(ql)?|mysql|sqlite|file):\/\/\S+/gi;
/** `password=…`, `token: …`, `X-Amz-Signature=…` and the like, up to the next space or separator. */
const NAMED_SECRET =
  /\b([\w-]*(?:password|passwd|pwd|secret|token|signature|credential|api[_-]?key|private[_-]?key)[\w-]*["']?\s*[=:]\s*)("[^"]*"|'[^']*'|[^\s,;&"']+)/gi;
const AUTHORIZATION = /\b(Bearer|Basic)\s+[A-Za-z0-9._~+/=-]{8,}/g;

/**
 * Why a source is stale, as people see it on pages: what the source itself said, but never what the portal's database
 * said (statements with values, addresses) nor credentials. All of it is in the log of the backend.
 */
export function staleReason(error: unknown): string {
  const own = causes(error).find(cause => isDatabaseAway(cause) || isFromDatabase(cause));
  if (own !== undefined) {
    return isDatabaseAway(own)
      ? 'The portal’s database did not answer when this was to be written. The next read will try again.'
      : `The portal’s database refused what was read${codeOf(own)}. The log of the portal’s backend says why.`;
  }
  const text = isError(error) && error.message !== '' ? error.message : stringifyError(error);
  return withoutSecrets(text).slice(0, MAX_REASON_CHARACTERS);
}

export function withoutSecrets(text: string): string {
  return text
    .replace(DATABASE_URL, '(an address)')
    .replace(CREDENTIALS_IN_URL, '$1')
    .replace(AUTHORIZATION, '$1 (left out)')
    .replace(NAMED_SECRET, '$1(left out)');
}

/** An error and what caused it; the depth is bounded, for causes that go round. */
function causes(error: unknown, depth = 8): readonly unknown[] {
  const cause = isError(error) ? error.cause : undefined;
  return cause === undefined || depth === 0 ? [error] : [error, ...causes(cause, depth - 1)];
}

function codeOf(error: unknown): string {
  const { code } = error as { code?: unknown };
  return typeof code === 'string' && /^\w{1,40}$/.test(code) ? ` (${code})` : '';
}
