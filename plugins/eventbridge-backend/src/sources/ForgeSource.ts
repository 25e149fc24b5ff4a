import { InputError } from '@backstage/errors';
import { BUSLINE_FILE } from '@busline/event-repository';
import type { EventSource, ReadContext, SourceSnapshot } from '@busline/plugin-eventbridge-node';
import type { RepositoryConfig } from './config';
import type { EventRepositoryAtMain } from './EventRepositoryAtMain';

/** The event repository to which change requests go: main, as the forge has it. */
export class ForgeSource implements EventSource {
  readonly kind = 'event-repository';
  readonly id: string;
  readonly title: string;
  readonly target: string;
  readonly schedule: EventSource['schedule'];
  readonly #events: EventRepositoryAtMain;

  constructor(config: RepositoryConfig, events: EventRepositoryAtMain) {
    this.id = config.id;
    this.title = config.title;
    this.target = config.target;
    this.schedule = config.schedule;
    this.#events = events;
  }

  async read({ signal, previousFingerprint }: ReadContext): Promise<SourceSnapshot> {
    if ((await this.#events.head(signal)) === previousFingerprint) return { kind: 'unchanged' };
    const { read, files, commit } = await this.#events.current(signal);
    // Read as it stands, it would declare nothing, and everything would be taken from the portal.
    if (!files.paths().includes(BUSLINE_FILE)) throw new InputError(`${this.target} has no ${BUSLINE_FILE}`);
    const { repository, problems } = read;
    return { kind: 'event-repository', repository, problems, fingerprint: commit };
  }
}
