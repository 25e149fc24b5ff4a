import path from 'node:path';
import type { UrlReaderService } from '@backstage/backend-plugin-api';
import { isError } from '@backstage/errors';
import { readEventRepository, type RepositoryFiles } from '@busline/event-repository';
import type { EventSource, ReadContext, SourceSnapshot } from '@busline/plugin-eventbridge-node';
import { isUrl, type RepositoryConfig } from './config';
import { listFolder, readTexts } from './folderFiles';

/** Reading again costs as much as what changed, by what the reader of event repositories remembers of the last time. */
type Memory = ReturnType<typeof readEventRepository>['cache'];

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
  #memory: Memory | undefined;

  static create(config: RepositoryConfig, urlReader: UrlReaderService): RepositorySource {
    return new RepositorySource(
      config,
      isUrl(config.target) ? fromUrl(config.target, urlReader) : fromFolder(path.resolve(config.target)),
    );
  }

  private constructor(
    config: RepositoryConfig,
    readFiles: (context: ReadContext) => Promise<FilesRead | 'unchanged'>,
  ) {
    this.id = config.id;
    this.title = config.title;
    this.target = config.target;
    this.schedule = config.schedule;
    this.#readFiles = readFiles;
  }

  async read(context: ReadContext): Promise<SourceSnapshot> {
    const read = await this.#readFiles(context);
    if (read === 'unchanged') return { kind: 'unchanged' };
    const { repository, problems, cache } = readEventRepository(read.files, { previous: this.#memory });
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

function fromFolder(folder: string) {
  let texts = new Map<string, { stamp: string; text: string }>();
  return async ({ signal, previousFingerprint }: ReadContext): Promise<FilesRead | 'unchanged'> => {
    const { stamps, fingerprint } = await listFolder(folder, signal);
    if (fingerprint === previousFingerprint) return 'unchanged';
    const known = texts;
    const changed = [...stamps].filter(([file, stamp]) => known.get(file)?.stamp !== stamp).map(([file]) => file);
    const fresh = await readTexts(folder, changed, signal);
    texts = new Map();
    for (const [file, stamp] of stamps) {
      const text = fresh.get(file) ?? known.get(file)?.text;
      if (text !== undefined) texts.set(file, { stamp, text });
    }
    return { files: toRepositoryFiles(new Map([...texts].map(([file, { text }]) => [file, text]))), fingerprint };
  };
}

function fromUrl(url: string, urlReader: UrlReaderService) {
  return async ({ signal, previousFingerprint }: ReadContext): Promise<FilesRead | 'unchanged'> => {
    try {
      const tree = await urlReader.readTree(url, { etag: previousFingerprint, signal });
      const texts = new Map<string, string>();
      for (const file of await tree.files()) {
        texts.set(file.path, (await file.content()).toString('utf8'));
      }
      return { files: toRepositoryFiles(texts), fingerprint: tree.etag };
    } catch (error) {
      if (isError(error) && error.name === 'NotModifiedError') return 'unchanged';
      throw error;
    }
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
