import { NO_SETTINGS, type Settings } from '../declarations/busline';
import { subscriptionFrom } from '../declarations/subscription';
import { EMPTY } from '../declarations/values';
import { isYamlKind } from '../layout';
import type {
  Account,
  Domain,
  EventRepository,
  EventType,
  ReadResult,
  RepositoryFiles,
  Service,
  Subscription,
} from '../types';
import { type CachedEventType, NO_CACHE, type ReadCache } from './cache';
import type { ExaminedFile, FileEntry } from './entry';
import { assembleEventType } from './eventTypes';
import { FileReading } from './fileReading';
import { compareProblems } from './places';
import { checkRepository } from './repositoryProblems';

/*
 * What did not change since the previous read is taken over as the very same
 * objects: callers may compare with `===` to find what changed. What rules
 * found is taken over too, as long as all that they looked at is the same.
 */

export interface ReadOptions {
  /** The cache of an earlier read of the same repository. */
  readonly previous?: ReadCache;
  /**
   * Content hash (`contentHash`, which is git's blob id) of every file as released, by path, e.g. from
   * `git ls-tree -r REF`. Schema versions among them must not change.
   */
  readonly released?: ReadonlyMap<string, string>;
  /** Files that were examined already, by `examineFile` in another thread: of these that have a `contentId`, no text is read. */
  readonly examined?: (path: string) => ExaminedFile | undefined;
}

export interface CachedReadResult extends ReadResult {
  readonly cache: ReadCache;
}

/** How far a read has come. */
export interface ReadProgress {
  readonly files: number;
  readonly of: number;
}

/** Files read between two steps: some 10 ms of work. */
const FILES_PER_STEP = 100;
/** Event types put together between two steps. */
const EVENT_TYPES_PER_STEP = 1000;

/**
 * Reads an event repository and checks it with every rule. Gives what could be
 * read, and all that is wrong with the rest, in the order of file, line and
 * column. Never throws for what is in the files.
 */
export function readEventRepository(files: RepositoryFiles, options: ReadOptions = {}): CachedReadResult {
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
  const previous = options.previous ?? NO_CACHE;
  const paths = sorted(files.paths());
  const reading = new FileReading(files, previous, options.examined);
  let work = 0;
  for (const [index, path] of paths.entries()) {
    if (reading.add(path)) work += 1;
    if (work === FILES_PER_STEP) {
      work = 0;
      yield { files: index + 1, of: paths.length };
    }
  }
  reading.finish();
  const pause = { files: paths.length, of: paths.length };
  yield pause;
  return yield* assemble(files, reading, previous, options, pause);
}

function sorted(paths: readonly string[]): readonly string[] {
  for (let i = 1; i < paths.length; i += 1) {
    if (paths[i - 1] >= paths[i]) return [...new Set(paths)].sort();
  }
  return paths;
}

function* assemble(
  files: RepositoryFiles,
  reading: FileReading,
  previous: ReadCache,
  options: ReadOptions,
  pause: ReadProgress,
): Generator<ReadProgress, CachedReadResult> {
  const declared = gather(reading.entries);
  const eventTypes = new Map<string, CachedEventType>();
  for (const folder of reading.folders) {
    const assembled = assembleEventType(folder, declared.settings, previous);
    if (assembled) eventTypes.set(folder.folder, assembled);
    if (eventTypes.size % EVENT_TYPES_PER_STEP === 0) yield pause;
  }
  const repository = repositoryOf(declared, eventTypes);
  yield pause;
  const { problems, context, pathProblems } = checkRepository({
    files,
    entries: reading.entries,
    declarations: declared.declarations,
    subscriptions: declared.subscriptions,
    repository,
    settings: declared.settings,
    released: options.released,
    before: {
      context: previous.context,
      pathProblems: reading.pathsChanged ? undefined : previous.pathProblems,
    },
  });
  yield pause;
  return {
    repository,
    problems: [...reading.problems, ...problems].sort(compareProblems),
    cache: { entries: reading.entries, eventTypes, context, pathProblems },
  };
}

interface Gathered {
  settings: Settings;
  accounts: readonly Account[];
  readonly domains: Domain[];
  readonly services: Service[];
  /** Entries of subscriptions. */
  readonly subscriptions: FileEntry[];
  /** Entries of all other YAML files. */
  readonly declarations: FileEntry[];
}

function gather(entries: readonly FileEntry[]): Gathered {
  const gathered: Gathered = {
    settings: NO_SETTINGS,
    accounts: EMPTY,
    domains: [],
    services: [],
    subscriptions: [],
    declarations: [],
  };
  for (const entry of entries) {
    const { content } = entry;
    if (content.kind === 'subscription') {
      gathered.subscriptions.push(entry);
      continue;
    }
    if (isYamlKind(entry.at.kind)) gathered.declarations.push(entry);
    if (content.kind === 'service') gathered.services.push(content.service);
    else if (content.kind === 'domain') gathered.domains.push(content.domain);
    else if (content.kind === 'accounts') gathered.accounts = content.accounts;
    else if (content.kind === 'settings') gathered.settings = content.settings;
  }
  return gathered;
}

function repositoryOf(
  { settings, accounts, domains, services, subscriptions }: Gathered,
  eventTypes: ReadonlyMap<string, CachedEventType>,
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
    ...(settings.schemas && { schemas: settings.schemas }),
    deliveryDefaults: settings.delivery,
    accounts,
    domains,
    services,
    eventTypes: Array.from(eventTypes.values(), ({ eventType }): EventType => eventType),
    subscriptions: subscriptions.map(entry => resolve(entry, byName, settings)),
  };
}

/** The subscription of a file, filled in; the same object as before while nothing that fills it in changes. */
function resolve(entry: FileEntry, services: ReadonlyMap<string, Service>, settings: Settings): Subscription {
  if (entry.content.kind !== 'subscription') {
    throw new Error(`${entry.path} is no subscription`);
  }
  const draft = entry.content.subscription;
  const service = services.get(draft.service);
  const before = entry.memo.subscription;
  if (before && before.service === service && before.settings === settings) {
    return before.value;
  }
  const value = subscriptionFrom(draft, service, settings);
  entry.memo.subscription = { service, settings, value, context: undefined, problems: undefined };
  return value;
}
