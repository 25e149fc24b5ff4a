import { sourcesAndDetailTypes } from '@busline/event-pattern';
import { settingsFrom, type Settings } from '../declarations/busline';
import { type EventDraft, eventDraftFrom } from '../declarations/event';
import { accountsFrom, domainFrom, serviceFrom } from '../declarations/services';
import { type SubscriptionDraft, subscriptionDraftFrom } from '../declarations/subscription';
import { EMPTY, isObject, objectOf } from '../declarations/values';
import { type FilePath, isYamlKind } from '../layout';
import { byteLength, isTooLarge } from '../rules/files';
import type { FileSubject, Finding, NamedType, SubscriptionContext } from '../rules/rule';
import { rulesWith } from '../rules/rules';
import type { YamlKind } from '../schemas';
import { usablePart, type Violation, violationsOf } from '../shape';
import { parseJson } from '../text/jsonText';
import { parseYaml } from '../text/yamlText';
import type { Account, Domain, Json, JsonObject, Problem, Service, Subscription } from '../types';
import { problemAt } from './places';

/** What a file says, as far as it could be read. */
export type FileContent =
  | { readonly kind: 'settings'; readonly settings: Settings }
  | {
      readonly kind: 'accounts';
      readonly accounts: readonly Account[];
      readonly names: readonly string[];
    }
  | { readonly kind: 'domain'; readonly domain: Domain }
  | { readonly kind: 'service'; readonly service: Service }
  | { readonly kind: 'event'; readonly event: EventDraft }
  | {
      readonly kind: 'subscription';
      readonly subscription: SubscriptionDraft;
      readonly namedTypes: readonly NamedType[];
    }
  | {
      readonly kind: 'schema' | 'example';
      readonly text: string;
      readonly size: number;
    }
  | { readonly kind: 'nothing' };

/** A file as it was read; the same object as long as the file does not change. */
export interface FileEntry {
  readonly path: string;
  readonly at: FilePath;
  readonly contentId: string;
  readonly content: FileContent;
  /** What the rules on single files found. */
  readonly problems: readonly Problem[];
  /** What was worked out from this and other files, with what it was worked out from. */
  readonly memo: Memo;
}

/** Only ever filled with what the entry and the values beside it give, so sharing it between reads is harmless. */
export interface Memo {
  subscription?: {
    readonly service: Service | undefined;
    readonly settings: Settings;
    readonly value: Subscription;
    /** What `problems` were found with; absent until it was checked. */
    context?: SubscriptionContext;
    problems?: readonly Problem[];
  };
  exampleProblems?: {
    readonly schema: FileEntry | undefined;
    readonly problems: readonly Problem[];
  };
  /** Findings of rules on the whole repository that are placed in this file, by rule and finding. */
  places?: Map<string, Problem>;
  hash?: string;
}

/** An entry, and the value of a schema or example while it is at hand. */
export interface ReadEntry {
  readonly entry: FileEntry;
  readonly json?: Json;
}

const FILE_RULES = rulesWith('checkFile');

const NOTHING: FileContent = { kind: 'nothing' };
const NO_VIOLATIONS: readonly Violation[] = EMPTY;

/** Reads one file and asks every file rule about it. */
export function readEntry(path: string, at: FilePath, contentId: string, text: string): ReadEntry {
  const subject = subjectOf(path, at, text);
  const problems = problemsOf(subject);
  const content = contentOf(subject);
  const json = subject.json?.ok ? subject.json.value : undefined;
  return { entry: { path, at, contentId, content, problems, memo: {} }, json };
}

function subjectOf(path: string, at: FilePath, text: string): FileSubject {
  const bare: FileSubject = { path, at, text, violations: NO_VIOLATIONS };
  if (at.kind === 'other' || at.kind === 'stray' || isTooLarge(at.kind, text)) {
    return bare;
  }
  if (!isYamlKind(at.kind)) return { ...bare, json: parseJson(text) };
  const yaml = parseYaml(text);
  if (yaml.value === undefined) return { ...bare, yaml };
  // A new file is empty, or all comments: then what is missing is told.
  const value = yaml.value ?? {};
  const violations = violationsOf(at.kind, value);
  return {
    ...bare,
    yaml,
    violations,
    ...(isObject(value) && { raw: value }),
    declared: usable(at.kind, value, violations),
  };
}

/**
 * A copy that shares no memory with the text. V8 keeps a whole text alive as
 * long as one slice of it is in use, which here would be most of every file.
 */
const detach = (value: JsonObject): JsonObject => JSON.parse(JSON.stringify(value));

function usable(kind: YamlKind, value: Json, violations: readonly Violation[]): JsonObject | undefined {
  const part = violations.length === 0 ? value : usablePart(kind, value, violations);
  return isObject(part) ? detach(part) : undefined;
}

function problemsOf(subject: FileSubject): readonly Problem[] {
  const problems: Problem[] = [];
  for (const rule of FILE_RULES) {
    rule.checkFile(subject, (finding: Finding) => problems.push(problemAt(rule, subject, finding)));
  }
  return problems.length > 0 ? problems : EMPTY;
}

function contentOf({ path, at, text, declared, json, yaml }: FileSubject): FileContent {
  if (at.kind === 'schema' || at.kind === 'example') {
    // Without the white space: texts are most of what a repository takes in memory.
    return json?.ok
      ? {
          kind: at.kind,
          text: JSON.stringify(json.value),
          size: byteLength(text),
        }
      : NOTHING;
  }
  if (!declared) return NOTHING;
  switch (at.kind) {
    case 'busline':
      return { kind: 'settings', settings: settingsFrom(declared) };
    case 'accounts':
      return {
        kind: 'accounts',
        accounts: accountsFrom(path, text, declared),
        names: Object.keys(objectOf(objectOf(yaml?.value).accounts)),
      };
    case 'domain':
      return { kind: 'domain', domain: domainFrom(path, at.name, declared) };
    case 'service':
      return {
        kind: 'service',
        service: serviceFrom(path, at.name, text, declared),
      };
    case 'event':
      return {
        kind: 'event',
        event: eventDraftFrom(path, at.folder, declared),
      };
    case 'subscription': {
      const draft = subscriptionDraftFrom(path, at.service, at.name, declared);
      const { pattern, namedTypes } = patternKnown(draft.pattern);
      return { kind: 'subscription', subscription: { ...draft, pattern }, namedTypes };
    }
    default:
      return NOTHING;
  }
}

/** A pattern with what it names exactly. */
interface KnownPattern {
  readonly pattern: JsonObject;
  readonly namedTypes: readonly NamedType[];
}

/** Patterns repeat from subscription to subscription; each is kept once, and looked into once. */
const pool = new Map<string, KnownPattern>();
const MAX_POOLED = 50_000;

function patternKnown(pattern: JsonObject): KnownPattern {
  const key = JSON.stringify(pattern);
  const pooled = pool.get(key);
  if (pooled) return pooled;
  const known = { pattern, namedTypes: namedTypesOf(pattern) };
  if (pool.size < MAX_POOLED) pool.set(key, known);
  return known;
}

function namedTypesOf(pattern: JsonObject): readonly NamedType[] {
  const named: NamedType[] = [];
  try {
    for (const { source, detailType } of sourcesAndDetailTypes(pattern)) {
      if (source.kind !== 'exact') continue;
      if (detailType.kind === 'exact') {
        named.push({ source: source.value, detailType: detailType.value });
      } else {
        named.push({ source: source.value });
      }
    }
  } catch {
    // An invalid pattern names nothing; its own rule tells about it.
    return EMPTY;
  }
  return named.length === 0 ? EMPTY : named;
}
