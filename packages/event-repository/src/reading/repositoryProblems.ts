import type { Settings } from '../declarations/busline';
import { EMPTY } from '../declarations/values';
import { classify } from '../layout';
import { eventTypeId } from '../names';
import type { Finding, KnownNames, Rule, SubscriptionContext } from '../rules/rule';
import { rulesWith } from '../rules/rules';
import { contentHash } from '../text/contentHash';
import type { EventRepository, Problem, RepositoryFiles, Subscription } from '../types';
import type { FileEntry } from './entry';
import { problemAt } from './places';

/** What the rules that look beyond one file are given. */
export interface RepositoryCheck {
  readonly files: RepositoryFiles;
  /** In the order of their paths. */
  readonly entries: readonly FileEntry[];
  /** Those of all other YAML files. */
  readonly declarations: readonly FileEntry[];
  /** Those of subscriptions, in the order of `repository.subscriptions`. */
  readonly subscriptions: readonly FileEntry[];
  readonly repository: EventRepository;
  readonly settings: Settings;
  readonly released?: ReadonlyMap<string, string>;
  /** Of the previous read; `pathProblems` only where no file came or went. */
  readonly before: {
    readonly context?: SubscriptionContext;
    readonly pathProblems?: readonly Problem[];
  };
}

export interface RepositoryFindings {
  readonly problems: readonly Problem[];
  readonly context: SubscriptionContext;
  readonly pathProblems: readonly Problem[];
}

const PATHS_RULES = rulesWith('checkPaths');
const SUBSCRIPTION_RULES = rulesWith('checkSubscription');
const REPOSITORY_RULES = rulesWith('checkRepository');

export function checkRepository(check: RepositoryCheck): RepositoryFindings {
  const known = knownNames(check);
  const context = contextOf(check, known);
  const pathProblems = check.before.pathProblems ?? checkPaths(check);
  const problems = [...pathProblems];
  // By index: there may be 100,000, and at most reads nothing is to be done for any of them.
  for (let i = 0; i < check.subscriptions.length; i += 1) {
    const subscription = check.repository.subscriptions[i];
    const entry = check.subscriptions[i];
    const found = checkSubscription(check, entry, subscription, context);
    if (found.length > 0) problems.push(...found);
  }
  const hashOf = (path: string) => hashIn(check, path);
  const notes = new Map<string, readonly string[]>();
  for (const { path, content } of check.declarations) {
    if (content.kind !== 'event') continue;
    const versions = Object.keys(content.event.notes);
    if (versions.length > 0) notes.set(path, versions);
  }
  const { repository, settings, released } = check;
  const subject = {
    repository,
    settings,
    released,
    known,
    hashOf,
    versionNotes: (file: string) => notes.get(file) ?? EMPTY,
  };
  for (const rule of REPOSITORY_RULES) {
    rule.checkRepository(subject, (file, finding) => problems.push(place(check, rule, file, finding)));
  }
  return { problems, context, pathProblems };
}

function checkPaths({ entries }: RepositoryCheck): readonly Problem[] {
  const paths = new Set(entries.map(({ path }) => path));
  const problems: Problem[] = [];
  for (const rule of PATHS_RULES) {
    rule.checkPaths(paths, (path, { message }) =>
      problems.push(problemAt(rule, { path, at: classify(path), text: '' }, { message })),
    );
  }
  return problems;
}

function checkSubscription(
  check: RepositoryCheck,
  entry: FileEntry,
  subscription: Subscription,
  context: SubscriptionContext,
): readonly Problem[] {
  const memo = entry.memo.subscription?.value === subscription ? entry.memo.subscription : undefined;
  if (memo?.problems && memo.context === context) return memo.problems;
  const { content } = entry;
  const namedTypes = content.kind === 'subscription' ? content.namedTypes : EMPTY;
  const subject = { ...context, subscription, namedTypes };
  const found: Problem[] = [];
  for (const rule of SUBSCRIPTION_RULES) {
    rule.checkSubscription(subject, finding => found.push(place(check, rule, entry, finding)));
  }
  const problems = found.length > 0 ? found : EMPTY;
  if (memo) Object.assign(memo, { context, problems });
  return problems;
}

/** Finding a place means parsing the file once more, so what was found is kept with the file. */
function place({ files, entries }: RepositoryCheck, rule: Rule, file: string | FileEntry, finding: Finding): Problem {
  const path = typeof file === 'string' ? file : file.path;
  const entry = typeof file === 'string' ? entryOf(entries, file) : file;
  if (!finding.pointer || !entry) {
    const { message } = finding;
    return problemAt(rule, { path, at: classify(path), text: '' }, { message });
  }
  entry.memo.places ??= new Map();
  const key = JSON.stringify([rule.id, finding]);
  let problem = entry.memo.places.get(key);
  if (!problem) {
    const text = files.read(path) ?? '';
    problem = problemAt(rule, { path, at: entry.at, text }, finding);
    entry.memo.places.set(key, problem);
  }
  return problem;
}

/** Finds an entry by bisection. */
function entryOf(entries: readonly FileEntry[], path: string): FileEntry | undefined {
  let from = 0;
  let to = entries.length;
  while (from < to) {
    const middle = (from + to) >>> 1;
    if (entries[middle].path < path) from = middle + 1;
    else to = middle;
  }
  return entries[from]?.path === path ? entries[from] : undefined;
}

function hashIn({ entries, files }: RepositoryCheck, path: string): string | undefined {
  const entry = entryOf(entries, path);
  if (!entry) return undefined;
  if (entry.memo.hash === undefined) {
    const known = files.contentHash?.(path);
    const text = known === undefined ? files.read(path) : undefined;
    if (known === undefined && text === undefined) return undefined;
    entry.memo.hash = known ?? contentHash(text!);
  }
  return entry.memo.hash;
}

/** What subscriptions may refer to: the one of the previous read while nothing of it changed. */
function contextOf({ repository, before }: RepositoryCheck, known: KnownNames): SubscriptionContext {
  const services = new Map(repository.services.map(service => [service.name, service]));
  const environments = new Map(repository.environments.map(environment => [environment.name, environment]));
  const old = before.context;
  const same =
    old !== undefined &&
    sameMaps(old.services, services) &&
    sameMaps(old.environments, environments) &&
    sameSets(old.known.services, known.services) &&
    sameSets(old.known.eventTypes, known.eventTypes);
  return same ? old : { known, services, environments };
}

function sameMaps<K, V>(a: ReadonlyMap<K, V>, b: ReadonlyMap<K, V>): boolean {
  return a.size === b.size && [...b].every(([key, value]) => a.get(key) === value);
}

function sameSets(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
  if (a.size !== b.size) return false;
  for (const item of b) if (!a.has(item)) return false;
  return true;
}

function knownNames({ repository, declarations }: RepositoryCheck): KnownNames {
  const domains = new Set<string>();
  const services = new Set<string>();
  let accounts: ReadonlySet<string> | undefined = new Set();
  let environments: ReadonlySet<string> | undefined;
  for (const { at, content } of declarations) {
    if (at.kind === 'domain') domains.add(at.name);
    else if (at.kind === 'service') services.add(at.name);
    else if (at.kind === 'accounts') {
      accounts = content.kind === 'accounts' ? new Set(content.names) : undefined;
    } else if (content.kind === 'settings') {
      environments = new Set(repository.environments.map(({ name }) => name));
    }
  }
  return {
    domains,
    services,
    environments,
    accounts,
    eventTypes: new Set(repository.eventTypes.map(eventTypeId)),
    sources: new Set(repository.eventTypes.map(({ source }) => source)),
  };
}
