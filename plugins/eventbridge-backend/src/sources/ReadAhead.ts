import { Worker } from 'node:worker_threads';
import { resolvePackagePath } from '@backstage/backend-plugin-api';
import type { ExaminedFile } from '@busline/event-repository';

const SCRIPT = resolvePackagePath('@busline/plugin-eventbridge-backend', 'workers', 'readFiles.js');

/** Files asked for in one message: at a few kilobytes each, some hundred kilobytes. */
const BATCH = 250;
/** What a declaration, a schema or an example is in; nobody asks for the text of anything else. */
const IS_DATA = /\.(?:yaml|json)$/;
/** Batches on their way at once: enough that no thread ever waits, few enough that the texts take no memory to speak of. */
const BATCHES_AHEAD = 6;
/** Batches of one thread at once. */
const BATCHES_EACH = 2;

/** What a thread gives for a file. */
type Found = string | ExaminedFile | null;

interface Batch {
  /** Of all files before it and its own. */
  readonly end: number;
  readonly wanted: readonly string[];
  hasArrived: boolean;
}

interface Thread {
  readonly worker: Worker;
  readonly asked: Batch[];
  isReady: boolean;
}

/**
 * Many files in the order of their paths, read ahead of whoever takes them. One thread reads texts, which the taker parses;
 * another one parses too, so that two cores share that work: each takes the next batch when it is done with one. Losing a thread
 * costs time only: what it did not read is not there.
 */
export class ReadAhead {
  readonly #paths: readonly string[];
  readonly #found = new Map<string, string | ExaminedFile>();
  readonly #batches: Batch[] = [];
  #threads: Thread[];
  #next = 0;
  #passed = 0;
  #arrived = 0;
  #wake: () => void = () => undefined;

  constructor(folder: string, paths: readonly string[]) {
    this.#paths = paths;
    // The one that examines needs whatever this process loads its modules with, which takes a while; so it joins in later.
    this.#threads = [
      this.#start(new Worker(SCRIPT, { workerData: { folder, examines: false }, execArgv: [] })),
      this.#start(new Worker(SCRIPT, { workerData: { folder, examines: true }, stderr: true })),
    ];
  }

  /** Waits until the first `count` of all files have been read, as far as they can be. */
  async arrived(count: number): Promise<void> {
    while (this.#threads.length > 0 && this.#arrived < Math.min(count, this.#paths.length)) {
      await new Promise<void>(resolve => {
        this.#wake = resolve;
      });
    }
  }

  /** The text of a file that has arrived, once; undefined for any other, and for one that was examined. */
  take(path: string): string | undefined {
    return this.#takeIf(path, found => typeof found === 'string') as string | undefined;
  }

  /** What was found out about a file that has arrived, once; undefined for any other. */
  examined(path: string): ExaminedFile | undefined {
    return this.#takeIf(path, found => typeof found !== 'string') as ExaminedFile | undefined;
  }

  /** Says how many of the files are done with: what is there of them is let go of, and further files are read. */
  passed(count: number): void {
    for (; this.#passed < count; this.#passed += 1) this.#found.delete(this.#paths[this.#passed]!);
    this.#ask();
  }

  async close(): Promise<void> {
    const threads = this.#threads;
    this.#threads = [];
    this.#wake();
    await Promise.all(threads.map(({ worker }) => worker.terminate()));
  }

  #start(worker: Worker): Thread {
    const thread: Thread = { worker, asked: [], isReady: false };
    worker.on('message', (found: readonly Found[] | null) => {
      if (found) this.#take(thread, found);
      thread.isReady = true;
      this.#ask();
    });
    worker.on('error', () => this.#lose(thread));
    worker.on('exit', () => this.#lose(thread));
    return thread;
  }

  #ask(): void {
    for (;;) {
      const thread = this.#threads.find(({ isReady, asked }) => isReady && asked.length < BATCHES_EACH);
      const isFarEnough = this.#next >= this.#passed + BATCH * BATCHES_AHEAD;
      if (!thread || isFarEnough || this.#next >= this.#paths.length) return;
      const end = Math.min(this.#next + BATCH, this.#paths.length);
      const wanted = this.#paths.slice(this.#next, end).filter(path => IS_DATA.test(path));
      const batch: Batch = { end, wanted, hasArrived: false };
      this.#next = end;
      this.#batches.push(batch);
      thread.asked.push(batch);
      thread.worker.postMessage(wanted);
    }
  }

  #take(thread: Thread, found: readonly Found[]): void {
    const batch = thread.asked.shift()!;
    batch.wanted.forEach((path, index) => {
      const value = found[index];
      if (value !== null && value !== undefined) this.#found.set(path, value);
    });
    this.#note([batch]);
  }

  #takeIf(path: string, isWanted: (found: string | ExaminedFile) => boolean) {
    const found = this.#found.get(path);
    if (found === undefined || !isWanted(found)) return undefined;
    this.#found.delete(path);
    return found;
  }

  #lose(thread: Thread): void {
    this.#threads = this.#threads.filter(each => each !== thread);
    this.#note(thread.asked.splice(0));
    this.#ask();
  }

  /** Batches arrive in any order; what counts is how many files there are without a gap. */
  #note(batches: readonly Batch[]): void {
    for (const batch of batches) batch.hasArrived = true;
    while (this.#batches[0]?.hasArrived) this.#arrived = this.#batches.shift()!.end;
    this.#wake();
  }
}
