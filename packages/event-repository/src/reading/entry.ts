import { sourcesAndDetailTypes } from '@busline/event-pattern';
import { settingsFrom, type Settings } from '../declarations/busline';
import { type EventDraft, eventDraftFrom } from '../declarations/event';
import { accountsFrom, domainFrom, serviceFrom } from '../declarations/services';
import { type SubscriptionDraft, subscriptionDraftFrom } from '../declarations/subscription';
import { EMPTY, isObject, objectOf } from '../declarations/values';
import { classify, type FilePath, isYamlKind } from '../layout';
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

/**
 * What one file says on its own, as plain texts: it can be found out in another thread. Only of the kinds of files that
 * come by the hundred thousand, which need their text no more.
 */
export interface ExaminedFile {
  /** JSON of what of the file can be used; absent when nothing can. */
  readonly usable?: string;
  /** Bytes of the file. */
  readonly size: number;
  /** What the rules on single files found. */
  readonly problems: readonly Problem[];
}

const FILE_RULES = rulesWith('checkFile');

const NOTHING: FileContent = { kind: 'nothing' };
const NO_VIOLATIONS: readonly Violation[] = EMPTY;

/** Asks every file rule about a file. Undefined for files whose text is needed later on. */
export function examineFile(path: string, text: string): ExaminedFile | undefined {
  const at = classify(path);
  return isExaminable(at) ? examine(path, at, text).examined : undefined;
}

function isExaminable({ kind }: FilePath): boolean {
  return kind === 'subscription' || kind === 'event' || kind === 'schema' || kind === 'example';
}

/** The entry of a file that was examined elsewhere. */
export function entryOfExamined(path: string, at: FilePath, contentId: string, examined: ExaminedFile): FileEntry {
  const problems = examined.problems.length > 0 ? examined.problems : EMPTY;
  return { path, at, contentId, content: contentOf(path, at, examined), problems, memo: {} };
}

/** Reads one file and asks every file rule about it. */
export function readEntry(path: string, at: FilePath, contentId: string, text: string): ReadEntry {
  const { subject, examined } = examine(path, at, text);
  const content = contentOf(path, at, examined, subject);
  const json = subject.json?.ok ? subject.json.value : undefined;
  return { entry: { path, at, contentId, content, problems: examined.problems, memo: {} }, json };
}

function examine(
  path: string,
  at: FilePath,
  text: string,
): { readonly subject: FileSubject; readonly examined: ExaminedFile } {
  const subject = subjectOf(path, at, text);
  const { declared, json } = subject;
  const value = json?.ok ? json.value : declared;
  const examined = {
    // Without the white space: texts are most of what a repository takes in memory.
    ...(value !== undefined && { usable: JSON.stringify(value) }),
    size: byteLength(text),
    problems: problemsOf(subject),
  };
  return { subject, examined };
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

function usable(kind: YamlKind, value: Json, violations: readonly Violation[]): JsonObject | undefined {
  const part = violations.length === 0 ? value : usablePart(kind, value, violations);
  return isObject(part) ? part : undefined;
}

function problemsOf(subject: FileSubject): readonly Problem[] {
  const problems: Problem[] = [];
  for (const rule of FILE_RULES) {
    rule.checkFile(subject, (finding: Finding) => problems.push(problemAt(rule, subject, finding)));
  }
  return problems.length > 0 ? problems : EMPTY;
}

/** @param subject - of kinds of files that cannot be examined elsewhere */
function contentOf(
  path: string,
  at: FilePath,
  { usable: text, size }: ExaminedFile,
  subject?: Pick<FileSubject, 'text' | 'yaml'>,
): FileContent {
  if (text === undefined) return NOTHING;
  if (at.kind === 'schema' || at.kind === 'example') return { kind: at.kind, text, size };
  /*
   * Read again, so that it shares no memory with the file's text: V8 keeps a whole text alive as long as one slice of
   * it is in use, which here would be most of every file.
   */
  const declared: JsonObject = JSON.parse(text);
  const source = subject?.text ?? '';
  switch (at.kind) {
    case 'busline':
      return { kind: 'settings', settings: settingsFrom(declared) };
    case 'accounts':
      return {
        kind: 'accounts',
        accounts: accountsFrom(path, source, declared),
        names: Object.keys(objectOf(objectOf(subject?.yaml?.value).accounts)),
      };
    case 'domain':
      return { kind: 'domain', domain: domainFrom(path, at.name, declared) };
    case 'service':
      return {
        kind: 'service',
        service: serviceFrom(path, at.name, source, declared),
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
