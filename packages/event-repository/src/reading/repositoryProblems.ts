import type { Settings } from '../declarations/busline';
import { EMPTY } from '../declarations/values';
import { ACCOUNTS_FILE, classify } from '../layout';
import { eventTypeId } from '../names';
import type {
  Finding,
  KnownNames,
  RepositorySubject,
  Rule,
} from '../rules/rule';
import { REPOSITORY_RULES } from '../rules/rules';
import { contentHash } from '../text/contentHash';
import type { EventRepository, Problem, RepositoryFiles } from '../types';
import type { ReadCache } from './cache';
import { problemAt } from './places';

export interface RepositoryCheck {
  readonly files: RepositoryFiles;
  readonly paths: readonly string[];
  readonly repository: EventRepository;
  readonly settings: Settings;
  readonly cache: ReadCache;
  readonly released?: ReadonlyMap<string, string>;
}

/** Asks every rule that looks at the repository as a whole. */
export function checkRepository(check: RepositoryCheck): readonly Problem[] {
  const subject = subjectOf(check);
  const problems: Problem[] = [];
  for (const rule of REPOSITORY_RULES) {
    rule.check(subject, (file, finding) =>
      problems.push(place(check, rule, file, finding)),
    );
  }
  return problems;
}

/** Finding a place means parsing the file once more, so what was found is kept with the file. */
function place(
  { files, cache }: RepositoryCheck,
  rule: Rule,
  path: string,
  finding: Finding,
): Problem {
  const entry = cache.files.get(path);
  const needsText = finding.pointer !== undefined && entry !== undefined;
  if (!needsText)
    return problemAt(
      rule,
      { path, at: classify(path), text: '' },
      { message: finding.message },
    );
  let known = cache.places.get(entry);
  if (!known) cache.places.set(entry, (known = new Map()));
  const key = JSON.stringify([rule.id, finding]);
  let problem = known.get(key);
  if (!problem) {
    const text = files.read(path) ?? '';
    problem = problemAt(rule, { path, at: entry.at, text }, finding);
    known.set(key, problem);
  }
  return problem;
}

function subjectOf(check: RepositoryCheck): RepositorySubject {
  const { paths, repository, settings, cache, released } = check;
  return {
    repository,
    settings,
    paths,
    known: knownNames(check),
    released,
    hashOf: path => hashOf(check, path),
    namedTypes: path => {
      const content = cache.files.get(path)?.content;
      return content?.kind === 'subscription' ? content.namedTypes : EMPTY;
    },
    versionNotes: path => {
      const content = cache.files.get(path)?.content;
      return content?.kind === 'event'
        ? Object.keys(content.event.notes)
        : EMPTY;
    },
  };
}

function knownNames({ repository, cache }: RepositoryCheck): KnownNames {
  const domains = new Set<string>();
  const services = new Set<string>();
  for (const { at } of cache.files.values()) {
    if (at.kind === 'domain') domains.add(at.name);
    else if (at.kind === 'service') services.add(at.name);
  }
  return {
    domains,
    services,
    environments: new Set(repository.environments.map(({ name }) => name)),
    accounts: isUnreadable(cache, ACCOUNTS_FILE)
      ? undefined
      : new Set(repository.accounts.map(({ name }) => name)),
    eventTypes: new Set(repository.eventTypes.map(eventTypeId)),
    sources: new Set(repository.eventTypes.map(({ source }) => source)),
  };
}

/** Whether a file is there but says nothing, or lost a part of what it says. */
function isUnreadable(cache: ReadCache, path: string): boolean {
  const entry = cache.files.get(path);
  return entry !== undefined && entry.content.kind === 'nothing';
}

function hashOf(
  { cache, files }: RepositoryCheck,
  path: string,
): string | undefined {
  const entry = cache.files.get(path);
  if (!entry) return undefined;
  let hash = cache.hashes.get(entry);
  if (hash === undefined) {
    const { content } = entry;
    const text = content.kind === 'schema' ? content.text : files.read(path);
    if (text === undefined) return undefined;
    hash = contentHash(text);
    cache.hashes.set(entry, hash);
  }
  return hash;
}
