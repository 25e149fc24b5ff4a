import { NO_SETTINGS, type Settings } from '../declarations/busline';
import { subscriptionFrom } from '../declarations/subscription';
import { EMPTY } from '../declarations/values';
import { classify, type FilePath } from '../layout';
import type {
  Account,
  Domain,
  EventRepository,
  EventType,
  Json,
  Problem,
  ReadResult,
  RepositoryFiles,
  Service,
  Subscription,
} from '../types';
import { contentHash } from '../text/contentHash';
import { type CachedEventType, emptyCache, type ReadCache } from './cache';
import { type FileEntry, readEntry } from './entry';
import {
  assembleEventType,
  checkExamples,
  type EventFolder,
} from './eventTypes';
import { compareProblems } from './places';
import { checkRepository } from './repositoryProblems';

/*
 * A read goes file by file in the order of paths, so that what belongs to one
 * event type comes together and only its schemas are parsed at a time. What did
 * not change since the previous read is taken over as the very same objects:
 * callers may compare with `===` to find what changed. The rules that look at
 * the whole repository run at every read; they only follow references.
 */

export interface ReadOptions {
  /** The cache of an earlier read of the same repository. */
  readonly previous?: ReadCache;
  /**
   * Content hash (`contentHash`, which is git's blob id) of every file as released, by path, e.g. from
   * `git ls-tree -r REF`. Schema versions among them must not change.
   */
  readonly released?: ReadonlyMap<string, string>;
}

export interface CachedReadResult extends ReadResult {
  readonly cache: ReadCache;
}

/** How far a read has come. */
export interface ReadProgress {
  readonly files: number;
  readonly of: number;
}

/** Files between two steps: some 10 ms of work. */
const FILES_PER_STEP = 200;

/**
 * Reads an event repository and checks it with every rule. Gives what could be
 * read, and all that is wrong with the rest, in the order of file, line and
 * column. Never throws for what is in the files.
 */
export function readEventRepository(
  files: RepositoryFiles,
  options: ReadOptions = {},
): CachedReadResult {
  const steps = readEventRepositoryInSteps(files, options);
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}

/**
 * The same in steps of some 10 ms, for callers that have other things to do in
 * between, show progress, or may want to stop: just do not ask for the next.
 */
export function* readEventRepositoryInSteps(
  files: RepositoryFiles,
  options: ReadOptions = {},
): Generator<ReadProgress, CachedReadResult> {
  const previous = options.previous ?? emptyCache();
  const paths = sorted(files.paths());
  const read = new FileReading(files, previous);
  for (const [index, path] of paths.entries()) {
    if (read.add(path) && index % FILES_PER_STEP === 0) {
      yield { files: index, of: paths.length };
    }
  }
  read.finishFolder();
  yield { files: paths.length, of: paths.length };
  return assemble(files, paths, read, previous, options);
}

function sorted(paths: readonly string[]): readonly string[] {
  for (let i = 1; i < paths.length; i += 1) {
    if (paths[i - 1] >= paths[i]) return [...new Set(paths)].sort();
  }
  return paths;
}

/** The files read so far. */
class FileReading {
  readonly entries = new Map<string, FileEntry>();
  readonly folders: EventFolder[] = [];
  readonly problems: Problem[] = [];
  readonly #files: RepositoryFiles;
  readonly #previous: ReadCache;
  #folder:
    | { folder: string; parts: FileEntry[]; fresh: Map<FileEntry, Json> }
    | undefined;

  constructor(files: RepositoryFiles, previous: ReadCache) {
    this.#files = files;
    this.#previous = previous;
  }

  /** Reads a file, or takes it over. Gives whether it had to be read. */
  add(path: string): boolean {
    const before = this.#previous.files.get(path);
    const found = this.#find(path, before);
    if (!found) return false;
    const { entry, json } = found;
    this.entries.set(entry.path, entry);
    this.problems.push(...entry.problems);
    if ('folder' in entry.at) this.#addToFolder(entry, entry.at.folder, json);
    return entry !== before;
  }

  #find(path: string, before: FileEntry | undefined) {
    const at = before?.at ?? classify(path);
    if (at.kind === 'other' || at.kind === 'stray') {
      return { entry: before ?? unread(path, at), json: undefined };
    }
    const id = this.#files.contentId?.(path);
    if (before && id !== undefined && before.contentId === id)
      return { entry: before };
    const text = this.#files.read(path);
    if (text === undefined) return undefined;
    const contentId = id ?? contentHash(text);
    if (before?.contentId === contentId) return { entry: before };
    return readEntry(path, at, contentId, text);
  }

  #addToFolder(entry: FileEntry, folder: string, json: Json | undefined): void {
    if (this.#folder?.folder !== folder) {
      this.finishFolder();
      this.#folder = { folder, parts: [], fresh: new Map() };
    }
    this.#folder!.parts.push(entry);
    if (json !== undefined) this.#folder!.fresh.set(entry, json);
  }

  /** An event type's files are together now: its examples can be checked. */
  finishFolder(): void {
    if (!this.#folder) return;
    const { fresh, ...folder } = this.#folder;
    this.problems.push(...checkExamples(folder, this.#previous, fresh));
    this.folders.push(folder);
    this.#folder = undefined;
  }
}

function unread(path: string, at: FilePath): FileEntry {
  return readEntry(path, at, '', '').entry;
}

function assemble(
  files: RepositoryFiles,
  paths: readonly string[],
  read: FileReading,
  previous: ReadCache,
  options: ReadOptions,
): CachedReadResult {
  const declared = gather(read.entries);
  const eventTypes = new Map<string, CachedEventType>();
  for (const folder of read.folders) {
    const assembled = assembleEventType(folder, declared.settings, previous);
    if (assembled) eventTypes.set(folder.folder, assembled);
  }
  const cache: ReadCache = { ...previous, files: read.entries, eventTypes };
  const repository = repositoryOf(declared, eventTypes, cache);
  const problems = [
    ...read.problems,
    ...checkRepository({
      files,
      paths,
      repository,
      settings: declared.settings,
      cache,
      released: options.released,
    }),
  ].sort(compareProblems);
  return { repository, problems, cache };
}

interface Gathered {
  settings: Settings;
  accounts: readonly Account[];
  readonly domains: Domain[];
  readonly services: Service[];
  readonly subscriptions: FileEntry[];
}

function gather(entries: ReadonlyMap<string, FileEntry>): Gathered {
  const gathered: Gathered = {
    settings: NO_SETTINGS,
    accounts: EMPTY,
    domains: [],
    services: [],
    subscriptions: [],
  };
  for (const entry of entries.values()) {
    const { content } = entry;
    if (content.kind === 'subscription') gathered.subscriptions.push(entry);
    else if (content.kind === 'service')
      gathered.services.push(content.service);
    else if (content.kind === 'domain') gathered.domains.push(content.domain);
    else if (content.kind === 'accounts') gathered.accounts = content.accounts;
    else if (content.kind === 'settings') gathered.settings = content.settings;
  }
  return gathered;
}

function repositoryOf(
  { settings, accounts, domains, services, subscriptions }: Gathered,
  eventTypes: ReadonlyMap<string, CachedEventType>,
  cache: ReadCache,
): EventRepository {
  const byName = new Map(services.map(service => [service.name, service]));
  return {
    name: settings.name,
    title: settings.title,
    description: settings.description,
    owner: settings.owner,
    environments: settings.environments,
    eventPaths: settings.eventPaths,
    naming: settings.naming,
    deliveryDefaults: settings.delivery,
    accounts,
    domains,
    services,
    eventTypes: Array.from(
      eventTypes.values(),
      ({ eventType }): EventType => eventType,
    ),
    subscriptions: subscriptions.map(entry =>
      resolve(entry, byName, settings, cache),
    ),
  };
}

/** The subscription of a file, filled in; the same object as before while nothing that fills it in changes. */
function resolve(
  entry: FileEntry,
  services: ReadonlyMap<string, Service>,
  settings: Settings,
  cache: ReadCache,
): Subscription {
  if (entry.content.kind !== 'subscription')
    throw new Error(`${entry.path} is no subscription`);
  const draft = entry.content.subscription;
  const service = services.get(draft.service);
  const before = cache.subscriptions.get(entry);
  if (before && before.service === service && before.settings === settings) {
    return before.subscription;
  }
  const subscription = subscriptionFrom(draft, service, settings);
  cache.subscriptions.set(entry, { service, settings, subscription });
  return subscription;
}
