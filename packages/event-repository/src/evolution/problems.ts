import type { Direction, Finding } from '@busline/schema-evolution';
import { patch } from 'semver';
import { eventTypeId } from '../names';
import { problemAt } from '../reading/places';
import { parsePointer, type Pointer } from '../text/position';
import type { EventRepository, EventType, Json, Place, Problem, SchemaVersion } from '../types';
import { classify } from '../layout';
import type { JudgedStep } from './judge';
import { evolutionPolicyOf } from './policy';
import { EXCEPTION_ENDED, EXCUSED, evolutionRule, SMALL_STEP, SUBSCRIBER_BROKEN, UNDECIDED } from './rules';
import type { SubscriberImpact } from './subscriberImpact';

/** A problem on the way from one version of an event type to a later one. */
export interface EvolutionProblem extends Problem {
  /** `eventTypeId` */
  readonly eventType: string;
  readonly old: string;
  readonly next: string;
  readonly direction?: Direction;
  /** Where it was: the place in the old version. */
  readonly related?: Place;
  /** An event that the writing side allows and the reading side rejects. */
  readonly counterexample?: Json;
}

/** Texts of the files, for lines and columns. */
export interface StepTexts {
  /** As they are now. */
  readonly now: (path: string) => string | undefined;
  /** As they were released; as they are now where it gives nothing. */
  readonly before?: (path: string) => string | undefined;
}

/** Everything that is to be said of a step, in the order of its places; nothing where it keeps what is asked for. */
export function problemsOfStep(
  repository: EventRepository,
  eventType: EventType,
  step: JudgedStep,
  texts: StepTexts,
): readonly EvolutionProblem[] {
  const { mode } = evolutionPolicyOf(repository, eventType);
  const { old, next } = step;
  const common = { eventType: eventTypeId(eventType), old: old.version, next: next.version };
  const problem = (rule: string, message: string, pointer?: Pointer): EvolutionProblem => ({
    ...common,
    ...placed(rule, next, message, texts.now, pointer),
  });
  const problems: EvolutionProblem[] = [];
  if (step.outcome === 'broken') {
    const findings = step.asked.flatMap(direction => {
      const verdict = step.comparison[direction];
      return verdict.kind === 'breaking' ? verdict.findings : [];
    });
    for (const finding of findings) problems.push({ ...common, ...breakingProblem(finding, step, mode, texts) });
  }
  if (step.outcome === 'excused' && step.exception) {
    const { by, until, reason } = step.exception;
    problems.push(
      problem(
        EXCUSED,
        `breaks what ${mode} asks for towards ${old.version}; excused until ${until} by ${by}: ${reason}`,
      ),
    );
  }
  for (const direction of step.asked) {
    const verdict = step.comparison[direction];
    if (verdict.kind !== 'unknown') continue;
    problems.push(
      problem(UNDECIDED, `${direction} compatibility with ${old.version} is not decided: ${verdict.reason}`),
    );
  }
  if (isSmallStep(step)) {
    problems.push(
      problem(
        SMALL_STEP,
        `${next.version} carries something that ${old.version} does not: it calls for a new minor version`,
      ),
    );
  }
  return problems;
}

/** A subscriber that a version breaks, told in the version's schema; nothing for others. */
export function subscriberProblems(
  impacts: readonly SubscriberImpact[],
  next: SchemaVersion,
  readText: (path: string) => string | undefined,
): readonly EvolutionProblem[] {
  return impacts
    .filter(({ verdict }) => verdict === 'broken')
    .map(({ service, subscription, owner, eventType, old, reasons, event }) => ({
      eventType,
      old,
      next: next.version,
      ...placed(
        SUBSCRIBER_BROKEN,
        next,
        `breaks ${service}/${subscription} of ${owner}: ${reasons.join(' ')}`,
        readText,
      ),
      ...(event && { counterexample: event }),
    }));
}

/** Exceptions whose last day is over, told in their event.yaml. */
export function endedExceptions(
  repository: EventRepository,
  today: string,
  readText: (path: string) => string | undefined,
): readonly Problem[] {
  const rule = evolutionRule(EXCEPTION_ENDED);
  return repository.eventTypes.flatMap(({ exceptions = [], place: { file } }) =>
    exceptions.flatMap(({ version, until }, index) => {
      if (until >= today) return [];
      const text = readText(file) ?? '';
      const pointer = ['schemas', 'exceptions', index, 'until'];
      const message = `the exception for ${version} ended on ${until}; take it out, or say until when it goes on`;
      return [problemAt(rule, { path: file, at: classify(file), text }, { message, pointer })];
    }),
  );
}

/** A new field in what is numbered as a correction. */
function isSmallStep({ asked, comparison, old, next }: JudgedStep): boolean {
  return (
    asked.length > 0 &&
    comparison.semver === 'minor' &&
    patch(next.version) !== 0 &&
    old.version.replace(/\.\d+$/, '') === next.version.replace(/\.\d+$/, '')
  );
}

function placed(
  rule: string,
  { file }: SchemaVersion,
  message: string,
  readText: (path: string) => string | undefined,
  pointer?: Pointer,
): Problem {
  const text = readText(file) ?? '';
  return problemAt(
    evolutionRule(rule),
    { path: file, at: classify(file), text },
    { message, ...(pointer && { pointer }) },
  );
}

function breakingProblem(
  finding: Finding,
  { old, next }: JudgedStep,
  mode: string,
  texts: StepTexts,
): Omit<EvolutionProblem, 'eventType' | 'old' | 'next'> {
  const { rule, direction, oldPointer, newPointer, counterexample } = finding;
  const before = (path: string) => texts.before?.(path) ?? texts.now(path);
  const was = placed(rule, old, '', before, parsePointer(oldPointer));
  const message = `${finding.message} (${old.version} to ${next.version}, ${direction}; ${mode} asks for it)`;
  return {
    ...placed(rule, next, message, texts.now, parsePointer(newPointer)),
    direction,
    related: { file: was.file, line: was.line, column: was.column },
    counterexample,
  };
}
