import { classify, type FilePath } from '../layout';
import { contentHash } from '../text/contentHash';
import type { Json, Problem, RepositoryFiles } from '../types';
import type { ReadCache } from './cache';
import { entryOfExamined, type ExaminedFile, type FileEntry, readEntry } from './entry';
import { checkExamples, type EventFolder } from './eventTypes';

const unread = (path: string, at: FilePath): FileEntry => readEntry(path, at, '', '').entry;

/**
 * Reads files in the order of their paths beside the entries of the previous
 * read, which are in the same order: so nothing is looked up, and what belongs
 * to one event type comes together.
 */
export class FileReading {
  readonly entries: FileEntry[] = [];
  readonly folders: EventFolder[] = [];
  readonly problems: Problem[] = [];
  /** Whether a file came or went since the previous read. */
  pathsChanged: boolean;
  readonly #files: RepositoryFiles;
  readonly #examined: (path: string) => ExaminedFile | undefined;
  readonly #before: readonly FileEntry[];
  #next = 0;
  #folder: { folder: string; parts: FileEntry[]; fresh: Map<FileEntry, Json> } | undefined;

  constructor(
    files: RepositoryFiles,
    previous: ReadCache,
    examined: (path: string) => ExaminedFile | undefined = () => undefined,
  ) {
    this.#files = files;
    this.#examined = examined;
    this.#before = previous.entries;
    this.pathsChanged = previous.entries.length === 0;
  }

  /** Reads a file, or takes it over. Gives whether it had to be read. */
  add(path: string): boolean {
    const before = this.#entryBefore(path);
    const found = this.#find(path, before);
    if (!found) {
      this.pathsChanged = true;
      return false;
    }
    const { entry, json } = found;
    if (!before) this.pathsChanged = true;
    this.entries.push(entry);
    if (entry.problems.length > 0) this.problems.push(...entry.problems);
    if (entry.content.kind !== 'subscription' && 'folder' in entry.at) {
      this.#addToFolder(entry, entry.at.folder, json);
    }
    return entry !== before;
  }

  /** To be called behind the last file. */
  finish(): void {
    this.#finishFolder();
    if (this.#next < this.#before.length) this.pathsChanged = true;
  }

  #entryBefore(path: string): FileEntry | undefined {
    while (this.#next < this.#before.length) {
      const entry = this.#before[this.#next];
      if (entry.path === path) {
        this.#next += 1;
        return entry;
      }
      if (entry.path > path) return undefined;
      this.pathsChanged = true;
      this.#next += 1;
    }
    return undefined;
  }

  #find(path: string, before: FileEntry | undefined): { readonly entry: FileEntry; readonly json?: Json } | undefined {
    const at = before?.at ?? classify(path);
    if (at.kind === 'other' || at.kind === 'stray') {
      return { entry: before ?? unread(path, at) };
    }
    const id = this.#files.contentId?.(path);
    if (before && id !== undefined && before.contentId === id) {
      return { entry: before };
    }
    const examined = id === undefined ? undefined : this.#examined(path);
    if (examined) return { entry: entryOfExamined(path, at, id!, examined) };
    const text = this.#files.read(path);
    if (text === undefined) return undefined;
    const contentId = id ?? contentHash(text);
    if (before?.contentId === contentId) return { entry: before };
    return readEntry(path, at, contentId, text);
  }

  #addToFolder(entry: FileEntry, folder: string, json: Json | undefined): void {
    if (this.#folder?.folder !== folder) {
      this.#finishFolder();
      this.#folder = { folder, parts: [], fresh: new Map() };
    }
    this.#folder.parts.push(entry);
    if (json !== undefined) this.#folder.fresh.set(entry, json);
  }

  /** An event type's files are together now: its examples can be checked. */
  #finishFolder(): void {
    if (!this.#folder) return;
    const { fresh, ...folder } = this.#folder;
    const readText = (path: string) => this.#files.read(path);
    this.problems.push(...checkExamples(folder, fresh, readText));
    this.folders.push(folder);
    this.#folder = undefined;
  }
}
