import type { UrlReaderService } from '@backstage/backend-plugin-api';
import { InputError, isError, NotFoundError } from '@backstage/errors';
import { MAX_FILE_BYTES, MAX_FILES } from './limits';

export interface UrlFiles {
  /** Text of every file, by its path relative to the URL. */
  readonly texts: ReadonlyMap<string, string>;
  /** What the forge calls the version: the commit. */
  readonly etag: string;
}

/** Backstage's reader waits for ever for an archive whose connection broke: 150,000 files take less than this. */
const MAX_ARCHIVE_MS = 4 * 60 * 1000;

/**
 * All files below the URL of a folder on a forge, in one archive; `unchanged` where the forge still has the version `etag`.
 * Names that begin with a dot and `node_modules` are left out, as in a folder.
 * @throws InputError where the archive is broken, too large, or names a file outside of itself; whatever the reader throws
 */
export async function readUrlFiles(
  url: string,
  urlReader: UrlReaderService,
  options: { readonly etag?: string; readonly signal: AbortSignal; readonly timeoutMs?: number },
): Promise<UrlFiles | 'unchanged'> {
  const { etag, timeoutMs = MAX_ARCHIVE_MS } = options;
  const gate = new Gate();
  const timeout = AbortSignal.timeout(timeoutMs);
  const signal = AbortSignal.any([options.signal, timeout]);
  try {
    const tree = await untilAborted(
      urlReader.readTree(url, { etag, signal, filter: (path, info) => gate.lets(path, info?.size) }),
      signal,
    );
    const files = await untilAborted(
      readArchive(url, () => tree.files()),
      signal,
    );
    gate.close(url);
    const texts = new Map<string, string>();
    for (const file of files) {
      texts.set(file.path, (await untilAborted(file.content(), signal)).toString('utf8'));
    }
    return { texts, etag: tree.etag };
  } catch (error) {
    if (isError(error) && error.name === 'NotModifiedError') return 'unchanged';
    if (timeout.aborted) {
      throw new InputError(`The archive of ${url} was not sent to its end within ${timeoutMs / 1000} seconds`);
    }
    throw explained(url, error);
  }
}

/** Decides which files of an archive are kept, and remembers why one may not be there at all. */
class Gate {
  #files = 0;
  #refusal: string | undefined;

  lets(path: string, size = 0): boolean {
    const names = path.split('/');
    if (path === '' || path.startsWith('/') || path.includes('\0') || names.includes('..')) {
      this.#refusal ??= `names a file outside of itself: ${JSON.stringify(path)}`;
      return false;
    }
    if (names.some(name => name.startsWith('.') || name === 'node_modules')) return false;
    this.#files += 1;
    if (this.#files > MAX_FILES) this.#refusal ??= `has more than ${MAX_FILES} files`;
    if (size > MAX_FILE_BYTES) this.#refusal ??= `has ${path} of ${size} bytes; a file may have ${MAX_FILE_BYTES}`;
    return this.#refusal === undefined;
  }

  close(url: string): void {
    if (this.#refusal !== undefined) throw new InputError(`The archive of ${url} ${this.#refusal}`);
  }
}

async function readArchive<T>(url: string, read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    throw new InputError(`The archive of ${url} is broken or was not sent to its end: ${(error as Error).message}`);
  }
}

/** A file that was cut off in a broken archive never comes to its end: the read must, when its time is over. */
function untilAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const abort = () => reject(signal.reason);
    if (signal.aborted) abort();
    signal.addEventListener('abort', abort, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort));
  });
}

/** What a person can do about the answers that forges give to the wrong address or the wrong token. */
function explained(url: string, error: unknown): unknown {
  if (!isError(error)) return error;
  if (error.name === 'NotFoundError') {
    return new NotFoundError(
      `${url} is not there, or the token in "integrations" may not see it (forges answer both with 404): ${error.message}`,
    );
  }
  const status = /, (401|403) /.exec(error.message)?.[1];
  if (status !== undefined && !error.message.includes('rate limit')) {
    return new InputError(
      `${url} may not be read: the token in "integrations" is missing, has expired or lacks the right to read the repository (${error.message})`,
    );
  }
  return error;
}
