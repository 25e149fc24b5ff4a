import { compareSchemas, type CompareOptions, type Direction, type SchemaComparison } from '@busline/schema-evolution';
import { compare, major, prerelease } from 'semver';
import { sameDeclaration } from '../equal';
import type { CompatibilityException, EventRepository, EventType, SchemaVersion } from '../types';
import { directionsOf, type EvolutionPolicy, evolutionPolicyOf, isTransitive } from './policy';

/**
 * What a step from one version to another comes to:
 * `kept`: all that is asked for holds. `broken`: something does not. `excused`: it does not, and an exception allows it.
 * `undecided`: something could not be decided. `free`: nothing is asked for.
 */
export type StepOutcome = 'kept' | 'broken' | 'excused' | 'undecided' | 'free';

/** A step from one version of an event type to a later one, judged. */
export interface JudgedStep {
  readonly old: SchemaVersion;
  readonly next: SchemaVersion;
  /** Directions that the organisation's rules ask for. */
  readonly asked: readonly Direction[];
  readonly outcome: StepOutcome;
  readonly comparison: SchemaComparison;
  /** The later version's exception, whether it still excuses or not. */
  readonly exception?: CompatibilityException;
}

export type Compare = (old: unknown, next: unknown, options: CompareOptions) => SchemaComparison;

export interface JudgeOptions {
  /** ISO date. Exceptions that ended before excuse nothing. */
  readonly today: string;
  /** Compares two schemas; a cache may stand before it. */
  readonly compare?: Compare;
}

/** The day of a clock, as exceptions count it. */
export const dayOf = (date: Date) => date.toISOString().slice(0, 10);

/** Versions that promise something: a pre-release does not. */
const isPromise = ({ version }: Pick<SchemaVersion, 'version'>) => prerelease(version) === null;

/**
 * The earlier versions that the mode compares a version with: of its major, nearest first. Pre-releases promise nothing:
 * they are compared with nothing, and nothing with them.
 */
export function comparedWith<V extends Pick<SchemaVersion, 'version'>>(
  next: V,
  versions: readonly V[],
  { mode }: Pick<EvolutionPolicy, 'mode'>,
): readonly V[] {
  if (mode === 'NONE' || !isPromise(next)) return [];
  const earlier = versions
    .filter(
      each => isPromise(each) && major(each.version) === major(next.version) && compare(each.version, next.version) < 0,
    )
    .sort((a, b) => compare(b.version, a.version));
  return isTransitive(mode) ? earlier : earlier.slice(0, 1);
}

export function exceptionFor(
  eventType: Pick<EventType, 'exceptions'>,
  version: string,
): CompatibilityException | undefined {
  const all = (eventType.exceptions ?? []).filter(each => each.version === version);
  return all.reduce<CompatibilityException | undefined>(
    (last, each) => (last && last.until >= each.until ? last : each),
    undefined,
  );
}

/** What a step is judged by. */
export interface StepRules {
  readonly policy: EvolutionPolicy;
  /** The later version's. */
  readonly exception?: CompatibilityException;
}

type JudgedVersion = Pick<SchemaVersion, 'version' | 'schema'>;

/** Judges one step by what its event type keeps, whether the rules ask for something or not. */
export function judgeVersions(
  old: JudgedVersion,
  next: JudgedVersion,
  { policy, exception }: StepRules,
  { today, compare: comparing = compareSchemas }: JudgeOptions,
): Omit<JudgedStep, 'old' | 'next'> {
  const comparison = comparing(old.schema, next.schema, { contentModel: policy.contentModel });
  const isAsked = isPromise(old) && isPromise(next) && major(old.version) === major(next.version);
  const asked = isAsked ? directionsOf(policy.mode) : [];
  const outcome = outcomeOf(asked, comparison, exception !== undefined && exception.until >= today);
  return { asked, comparison, outcome, ...(exception && { exception }) };
}

/** Judges one step of a declared event type. */
export function judgeStep(
  repository: EventRepository,
  eventType: EventType,
  step: Pick<JudgedStep, 'old' | 'next'>,
  options: JudgeOptions,
): JudgedStep {
  const { old, next } = step;
  const exception = exceptionFor(eventType, next.version);
  const rules = { policy: evolutionPolicyOf(repository, eventType), ...(exception && { exception }) };
  return { old, next, ...judgeVersions(old, next, rules, options) };
}

function outcomeOf(asked: readonly Direction[], comparison: SchemaComparison, isExcused: boolean): StepOutcome {
  if (asked.length === 0) return 'free';
  const kinds = asked.map(direction => comparison[direction].kind);
  if (kinds.includes('breaking')) return isExcused ? 'excused' : 'broken';
  return kinds.includes('unknown') ? 'undecided' : 'kept';
}

/**
 * Judges what a change of an event type brings: every version that is new, or of which the schema changed, with the
 * earlier ones that the mode names; released versions count as they were released. Versions whose exception has ended
 * are judged again.
 * @param released - the event type as of what is released; without it, every version is new
 */
export function* judgeEventType(
  repository: EventRepository,
  eventType: EventType,
  released: EventType | undefined,
  options: JudgeOptions,
): Generator<JudgedStep> {
  const policy = evolutionPolicyOf(repository, eventType);
  const before = new Map((released?.versions ?? []).map(each => [each.version, each]));
  const gone = (released?.versions ?? []).filter(
    ({ version }) => !eventType.versions.some(each => each.version === version),
  );
  const known = [...eventType.versions.map(each => before.get(each.version) ?? each), ...gone];
  for (const next of eventType.versions) {
    const was = before.get(next.version);
    const exception = exceptionFor(eventType, next.version);
    const hasEnded = exception !== undefined && exception.until < options.today;
    if (was && !hasEnded && sameDeclaration(was.schema, next.schema)) continue;
    for (const old of comparedWith(next, known, policy)) {
      yield judgeStep(repository, eventType, { old, next }, options);
    }
  }
}
