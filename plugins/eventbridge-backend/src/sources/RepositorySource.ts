import path from 'node:path';
import type { UrlReaderService } from '@backstage/backend-plugin-api';
import { InputError } from '@backstage/errors';
import {
  BUSLINE_FILE,
  readEventRepositoryInSteps,
  type ReadCache,
  type ReadProgress,
  type RepositoryFiles,
} from '@busline/event-repository';
import type { EventSource, ReadContext, SourceSnapshot } from '@busline/plugin-eventbridge-node';
import { breathe } from '../database/dialect';
import { isUrl, type RepositoryConfig } from './config';
import { listFolder, nothingKnown, readText } from './folderFiles';
import { ReadAhead } from './ReadAhead';
import { readUrlFiles } from './urlFiles';

interface FilesRead {
  readonly files: RepositoryFiles;
  readonly fingerprint: string;
  /** Begins to read all files at once, where that is faster than reading one by one. */
  readAhead?(): ReadAhead;
}

/** Starting a thread takes as long as reading this many files. */
const MIN_FILES_AHEAD = 2000;
/** Files that one step of the reader asks for, or a few more: it does not count those that it needs no text of. */
const FILES_PER_STEP = 100;

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
    // Later on only what changed is read, which is little.
    const ahead = this.#memory ? undefined : read.readAhead?.();
    const steps = readEventRepositoryInSteps(read.files, {
      previous: this.#memory,
      ...(ahead && { examined: file => ahead.examined(file) }),
    });
    const { repository, problems, cache } = await inSteps(steps, context.signal, ahead).finally(() => ahead?.close());
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
async function inSteps<Result>(
  steps: Generator<ReadProgress, Result>,
  signal: AbortSignal,
  ahead: ReadAhead | undefined,
): Promise<Result> {
  for (let files = 0; ; ) {
    await ahead?.arrived(files + FILES_PER_STEP);
    const step = steps.next();
    if (step.done) return step.value;
    files = step.value.files;
    ahead?.passed(files);
    await breathe();
    signal.throwIfAborted();
  }
}

function fromFolder(folder: string) {
  const known = nothingKnown();
  return async ({ signal, previousFingerprint }: ReadContext): Promise<FilesRead | 'unchanged'> => {
    const { stamps, fingerprint } = await listFolder(folder, signal, known);
    if (fingerprint === previousFingerprint) return 'unchanged';
    const paths = [...stamps.keys()];
    let ahead: ReadAhead | undefined;
    const files: RepositoryFiles = {
      paths: () => paths,
      read: file => ahead?.take(file) ?? readText(folder, file),
      contentId: file => stamps.get(file),
    };
    if (paths.length < MIN_FILES_AHEAD) return { files, fingerprint };
    const readAhead = () => {
      ahead = new ReadAhead(folder, paths);
      return ahead;
    };
    return { files, fingerprint, readAhead };
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
