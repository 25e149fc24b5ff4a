import { NotFoundError } from '@backstage/errors';
import { readEventRepositoryInSteps, type EventRepository, type RepositoryFiles } from '@busline/event-repository';
import type { Forge } from '@busline/forge';
import type { RepositoryState } from '@busline/onboarding';
import { breathe } from '../database/dialect';

export interface EventRepositoryAtMainOptions {
  readonly forge: Forge;
  /** `owner/name` */
  readonly repository: string;
  /** All files at a commit. */
  readonly filesAt: (commit: string, signal?: AbortSignal) => Promise<RepositoryFiles>;
  readonly url?: string;
  /** Works out ahead of the first plan what a plan needs of the whole repository, step by step. */
  readonly prepare?: (repository: EventRepository) => Iterable<void>;
}

/** What a read is for comes first, then plans are prepared. */
const PREPARE_AFTER_MS = 5_000;

export type StateAtMain = RepositoryState & { readonly commit: string };

/**
 * The event repository as it stands on the main branch of its forge. Reading and planning share it, so that a plan
 * never waits for more than the files of the commits since the last read. What it keeps is a cache by commit: another
 * replica, or this one after a restart, reads the same.
 */
export class EventRepositoryAtMain {
  readonly repository: string;
  readonly #options: EventRepositoryAtMainOptions;
  #known: StateAtMain | undefined;
  #reading: Promise<StateAtMain> | undefined;

  constructor(options: EventRepositoryAtMainOptions) {
    this.repository = options.repository;
    this.#options = options;
  }

  /** The commit that main stands at. Throws `NotFoundError` where the repository is empty. */
  async head(signal?: AbortSignal): Promise<string> {
    const { forge, repository } = this.#options;
    const branch = await forge.defaultBranch(repository, { signal });
    const commit = await forge.headOf(repository, branch, { signal });
    if (commit === undefined) throw new NotFoundError(`The event repository ${repository} has no branch ${branch}`);
    return commit;
  }

  /** Declarations at the head of main. Those who ask at the same time share one read. */
  async current(signal?: AbortSignal): Promise<StateAtMain> {
    const commit = await this.head(signal);
    if (this.#known?.commit === commit) return this.#known;
    this.#reading ??= this.#read(commit).finally(() => {
      this.#reading = undefined;
    });
    const read = await this.#reading;
    // Main moved on while somebody else's read ran.
    return read.commit === commit ? read : this.current(signal);
  }

  /** Whatever fails here fails again, and is told, where it is asked for. */
  async #prepare(commit: string): Promise<void> {
    const known = this.#known;
    if (known?.commit !== commit) return;
    for (const step of this.#options.prepare?.(known.read.repository) ?? []) {
      void step;
      await breathe();
      if (this.#known !== known) return;
    }
  }

  async #read(commit: string): Promise<StateAtMain> {
    const { filesAt, url } = this.#options;
    const files = await filesAt(commit);
    const steps = readEventRepositoryInSteps(files, { previous: this.#known?.read.cache });
    for (;;) {
      const step = steps.next();
      if (step.done) {
        this.#known = { files, read: step.value, commit, ...(url !== undefined && { url }) };
        setTimeout(() => this.#prepare(commit).catch(() => {}), PREPARE_AFTER_MS).unref();
        return this.#known;
      }
      await breathe();
    }
  }
}
