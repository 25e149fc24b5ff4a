import { Worker } from 'node:worker_threads';
import { resolvePackagePath } from '@backstage/backend-plugin-api';

const SCRIPT = resolvePackagePath('@busline/plugin-eventbridge-backend', 'workers', 'statFiles.js');

export interface FileStatus {
  readonly mtimeMs: number;
  readonly size: number;
  readonly ino: number;
}

/**
 * Looks at many files on two cores: whoever asks goes through the paths in their order, a thread comes from the other end.
 * Losing the thread costs time only.
 */
export class StatAhead {
  readonly #paths: readonly string[];
  readonly #found: Float64Array;
  /** How far this side and the thread have come. */
  readonly #reached: Int32Array;
  readonly #worker: Worker;
  #index = 0;
  /** When the thread met this side, or was lost. */
  readonly ended: Promise<void>;

  /** @param paths - in their order */
  constructor(root: string, paths: readonly string[]) {
    this.#paths = paths;
    this.#found = new Float64Array(new SharedArrayBuffer(paths.length * 3 * Float64Array.BYTES_PER_ELEMENT));
    this.#reached = new Int32Array(new SharedArrayBuffer(2 * Int32Array.BYTES_PER_ELEMENT));
    Atomics.store(this.#reached, 1, paths.length);
    const workerData = { root, paths: paths.join('\n'), found: this.#found, reached: this.#reached };
    this.#worker = new Worker(SCRIPT, { workerData, execArgv: [] });
    this.#worker.on('error', () => undefined);
    this.ended = new Promise(resolve => {
      this.#worker.on('exit', () => resolve());
    });
  }

  /** What the thread found, if it has come that far. To be asked in the order of the paths. */
  statusOf(path: string): FileStatus | undefined {
    while (this.#index < this.#paths.length && this.#paths[this.#index]! < path) this.#index += 1;
    if (this.#paths[this.#index] !== path) return undefined;
    Atomics.store(this.#reached, 0, this.#index);
    if (this.#index < Atomics.load(this.#reached, 1)) return undefined;
    const at = this.#index * 3;
    const mtimeMs = this.#found[at]!;
    return Number.isNaN(mtimeMs) ? undefined : { mtimeMs, size: this.#found[at + 1]!, ino: this.#found[at + 2]! };
  }

  async close(): Promise<void> {
    await this.#worker.terminate();
  }
}
