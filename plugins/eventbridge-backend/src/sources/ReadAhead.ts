import { Worker } from 'node:worker_threads';
import { resolvePackagePath } from '@backstage/backend-plugin-api';

const SCRIPT = resolvePackagePath('@busline/plugin-eventbridge-backend', 'workers', 'readFiles.js');

/** Files asked for in one message: at a few kilobytes each, some hundred kilobytes. */
const BATCH = 250;
/** What a declaration, a schema or an example is in; nobody asks for the text of anything else. */
const IS_DATA = /\.(?:yaml|json)$/;
/** Batches on their way at once: enough that the thread never waits, few enough that the texts take no memory to speak of. */
const BATCHES_AHEAD = 4;

/**
 * Texts of many files in the order of their paths, read by a thread of its own ahead of whoever takes them: so one core
 * waits for the disk while another one parses. Losing the thread costs time only: what it did not read is not there.
 */
export class ReadAhead {
  readonly #worker: Worker;
  readonly #paths: readonly string[];
  readonly #texts = new Map<string, string>();
  readonly #asked: { readonly count: number; readonly wanted: readonly string[] }[] = [];
  #next = 0;
  #arrived = 0;
  #left = 0;
  #isOver = false;
  #wake: () => void = () => undefined;

  constructor(folder: string, paths: readonly string[]) {
    this.#paths = paths;
    this.#worker = new Worker(SCRIPT, { workerData: folder, execArgv: [] });
    this.#worker.on('message', (texts: readonly (string | null)[]) => this.#take(texts));
    this.#worker.on('error', () => this.#end());
    this.#worker.on('exit', () => this.#end());
    for (let batch = 0; batch < BATCHES_AHEAD; batch += 1) this.#ask();
  }

  /** Waits until the first `count` of all files have been read, as far as they can be. */
  async arrived(count: number): Promise<void> {
    while (!this.#isOver && this.#arrived < Math.min(count, this.#paths.length)) {
      await new Promise<void>(resolve => {
        this.#wake = resolve;
      });
    }
  }

  /** The text of a file that has arrived, once; undefined for any other. */
  take(path: string): string | undefined {
    const text = this.#texts.get(path);
    this.#texts.delete(path);
    return text;
  }

  /** Says how many of the files are done with: their texts are let go of, and further files are read. */
  passed(count: number): void {
    for (; this.#left < count; this.#left += 1) this.#texts.delete(this.#paths[this.#left]!);
    while (!this.#isOver && this.#next < this.#paths.length && this.#next < count + BATCH * BATCHES_AHEAD) this.#ask();
  }

  async close(): Promise<void> {
    this.#end();
    await this.#worker.terminate();
  }

  #ask(): void {
    const paths = this.#paths.slice(this.#next, this.#next + BATCH);
    if (paths.length === 0 || this.#isOver) return;
    const wanted = paths.filter(path => IS_DATA.test(path));
    this.#next += paths.length;
    this.#asked.push({ count: paths.length, wanted });
    this.#worker.postMessage(wanted);
  }

  #take(texts: readonly (string | null)[]): void {
    const { count, wanted } = this.#asked.shift()!;
    wanted.forEach((path, index) => {
      const text = texts[index];
      if (typeof text === 'string') this.#texts.set(path, text);
    });
    this.#arrived += count;
    this.#wake();
  }

  #end(): void {
    this.#isOver = true;
    this.#wake();
  }
}
