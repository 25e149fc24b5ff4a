import { boundedTester } from '@busline/json-schema';
import { schemaSettingsFor } from '../evolution/policy';
import { classify } from '../layout';
import { currentVersion } from '../lookups';
import { compareProblems, problemAt } from '../reading/places';
import type { Finding } from '../rules/rule';
import type { EventRepository, EventType, Problem, SchemaVersion } from '../types';
import type { LintRule, LintSubject } from './rule';
import { ALL_LINT_RULES, LINT_RULES } from './rules';
import { placesOf } from './schemaView';

/** Findings of one rule in one schema; the reader has understood by then. */
const MAX_FINDINGS = 5;

export interface LintOptions {
  /** Texts of the files, for lines and columns. */
  readonly readText: (path: string) => string | undefined;
  /** Versions to look at; the current one of each event type if left out: what is released does not change any more. */
  readonly isLooked?: (eventType: EventType, version: SchemaVersion) => boolean;
}

/** The reason for which a rule is off for an event type, as event.yaml, its domain or busline.yaml gives it. */
export function reasonOff(repository: EventRepository, eventType: EventType, rule: string): string | undefined {
  for (const { settings } of schemaSettingsFor(repository, eventType)) {
    const off = settings.off ?? {};
    for (const id of [rule, ALL_LINT_RULES]) if (Object.hasOwn(off, id)) return off[id];
  }
  return undefined;
}

/** Looks at the schemas of a repository with the lint rules that hold for each. Retired event types are left alone. */
export function lintSchemas(repository: EventRepository, options: LintOptions): readonly Problem[] {
  const isFieldName = fieldNameTest(repository);
  const problems: Problem[] = [];
  for (const eventType of repository.eventTypes) {
    if (eventType.lifecycle === 'retired') continue;
    const rules = LINT_RULES.filter(({ id }) => reasonOff(repository, eventType, id) === undefined);
    if (rules.length === 0) continue;
    const current = currentVersion(eventType);
    for (const version of eventType.versions) {
      const isLooked = options.isLooked ? options.isLooked(eventType, version) : version === current;
      if (isLooked) problems.push(...lint(repository, eventType, version, rules, options, isFieldName));
    }
  }
  return problems.sort(compareProblems);
}

function fieldNameTest({ naming }: EventRepository): LintSubject['isFieldName'] {
  if (naming.field === undefined) return undefined;
  const test = boundedTester(`^(?:${naming.field})$`);
  return typeof test === 'function' ? test : undefined;
}

function lint(
  repository: EventRepository,
  eventType: EventType,
  version: SchemaVersion,
  rules: readonly LintRule[],
  { readText }: LintOptions,
  isFieldName: LintSubject['isFieldName'],
): readonly Problem[] {
  const { schema } = version;
  const objects = schemaSettingsFor(repository, eventType).find(({ settings }) => settings.objects)?.settings.objects;
  const subject: LintSubject = {
    eventType,
    version,
    schema,
    places: placesOf(schema),
    objects: objects ?? 'open',
    ...(isFieldName && { isFieldName }),
  };
  const problems: Problem[] = [];
  for (const rule of rules) {
    const findings: { path: string; finding: Finding }[] = [];
    rule.check(subject, {
      inSchema: finding => findings.push({ path: version.file, finding }),
      inEvent: finding => findings.push({ path: eventType.place.file, finding }),
    });
    for (const { path, finding } of findings.slice(0, MAX_FINDINGS)) {
      problems.push(problemAt(rule, { path, at: classify(path), text: readText(path) ?? '' }, finding));
    }
    const rest = findings.length - MAX_FINDINGS;
    if (rest > 0) {
      const message = `and ${rest} more of this kind`;
      problems.push(problemAt(rule, { path: findings[0].path, at: classify(findings[0].path), text: '' }, { message }));
    }
  }
  return problems;
}
