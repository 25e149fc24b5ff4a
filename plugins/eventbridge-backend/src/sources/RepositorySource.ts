import path from 'node:path';
import type { UrlReaderService } from '@backstage/backend-plugin-api';
import { InputError } from '@backstage/errors';
import {
  BUSLINE_FILE,
  readEventRepositoryInSteps,
  type ReadCache,
  type RepositoryFiles,
} from '@busline/event-repository';
import type { EventSource, ReadContext, SourceSnapshot } from '@busline/plugin-eventbridge-node';
import { breathe } from '../database/dialect';
import { isUrl, type RepositoryConfig } from './config';
import { listFolder, readText } from './folderFiles';
import { readUrlFiles } from './urlFiles';

interface FilesRead {
  readonly files: RepositoryFiles;
  readonly fingerprint: string;
}

/** An event repository in a folder or behind a URL that Backstage's integrations can read. */
export class RepositorySource implements EventSource {
  readonly kind = 'event-repository';
  readonly id: string;
  readonly title: string;
  readonly target: string;
  readonly schedule: EventSource['schedule'];
  readonly #readFiles: (context: ReadContext) => Promise<FilesRead | 'unchanged'>;
  /** What did not change since the last read is not read again. Losing it costs time only. */
  #memory: ReadCache | undefined;

  static create(config: RepositoryConfig, urlReader: UrlReaderService): RepositorySource {
    return new RepositorySource(
      config,
      isUrl(config.target) ? fromUrl(config.target, urlReader) : fromFolder(path.resolve(config.target)),
    );
  }

  private constructor(config: RepositoryConfig, readFiles: (context: ReadContext) => Promise<FilesRead | 'unchanged'>) {
    this.id = config.id;
    this.title = config.title;
    this.target = config.target;
    this.schedule = config.schedule;
    this.#readFiles = readFiles;
  }

  async read(context: ReadContext): Promise<SourceSnapshot> {
    const read = await this.#readFiles(context);
    if (read === 'unchanged') return { kind: 'unchanged' };
    // Read as it stands, it would declare nothing, and everything would be taken from the portal.
    if (!read.files.paths().includes(BUSLINE_FILE)) {
      throw new InputError(`${this.target} has no ${BUSLINE_FILE}: it is another folder, or not all of it is there`);
    }
    const { repository, problems, cache } = await inSteps(
      readEventRepositoryInSteps(read.files, { previous: this.#memory }),
      context.signal,
    );
    this.#memory = cache;
    return {
      kind: 'event-repository',
      repository,
      problems,
      fingerprint: read.fingerprint,
      ...(isUrl(this.target) && { fileUrl: toFileUrl(this.target) }),
    };
  }
}

/** Lets requests be answered between two steps, and stops when the read is cancelled. */
async function inSteps<Progress, Result>(steps: Generator<Progress, Result>, signal: AbortSignal): Promise<Result> {
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
    await breathe();
    signal.throwIfAborted();
  }
}

function fromFolder(folder: string) {
  return async ({ signal, previousFingerprint }: ReadContext): Promise<FilesRead | 'unchanged'> => {
    const { stamps, fingerprint } = await listFolder(folder, signal);
    if (fingerprint === previousFingerprint) return 'unchanged';
    const files: RepositoryFiles = {
      paths: () => [...stamps.keys()],
      read: file => readText(folder, file),
      contentId: file => stamps.get(file),
    };
    return { files, fingerprint };
  };
}

function fromUrl(url: string, urlReader: UrlReaderService) {
  return async ({ signal, previousFingerprint }: ReadContext): Promise<FilesRead | 'unchanged'> => {
    const read = await readUrlFiles(url, urlReader, { etag: previousFingerprint, signal });
    return read === 'unchanged' ? read : { files: toRepositoryFiles(read.texts), fingerprint: read.etag };
  };
}

function toRepositoryFiles(texts: ReadonlyMap<string, string>): RepositoryFiles {
  return { paths: () => [...texts.keys()], read: file => texts.get(file) };
}

/** On GitHub, GitLab and Bitbucket a line of a file is `<tree URL as blob>/<file>#L<line>`. */
function toFileUrl(target: string) {
  const base = target.replace(/\/tree\//, '/blob/').replace(/\/+$/, '');
  return (file: string, line: number) => `${base}/${file.split('/').map(encodeURIComponent).join('/')}#L${line}`;
}
