import { type EvolutionProblem, formatProblem, type Json, type Problem, visible } from '@busline/event-repository';
import { count } from '../output';
import type { Evolution } from './against';
import { sarifLog } from './sarif';

/** What a check found. */
export interface CheckReport {
  readonly problems: readonly (Problem | EvolutionProblem)[];
  readonly eventTypes: number;
  readonly subscriptions: number;
  readonly services: number;
  readonly evolution?: Pick<Evolution, 'against' | 'changed' | 'steps' | 'subscribers' | 'subscribersCut'>;
}

/** Formats of commands that say whether something is as it should be. */
export const FORMATS = ['text', 'json', 'github'] as const;
/** Formats of what is found at places in files. */
export const REPORT_FORMATS = [...FORMATS, 'sarif'] as const;
export type Format = (typeof REPORT_FORMATS)[number];

/** Characters of a counterexample in a line; the whole stands in JSON and SARIF. */
const MAX_EXAMPLE_CHARACTERS = 400;

/** Writes a report; `prefix` is the path of the event repository from where annotations are read. */
export function formatReport(report: CheckReport, format: Format, prefix: string): string {
  switch (format) {
    case 'json':
      return JSON.stringify({ ...totalsOf(report), problems: report.problems }, undefined, 2);
    case 'github':
      return [...report.problems.map(problem => annotation(problem, prefix)), summary(report)].join('\n');
    case 'sarif':
      return JSON.stringify(sarifLog(report.problems, prefix), undefined, 2);
    default:
      return [...report.problems.map(line), summary(report)].join('\n');
  }
}

function line(problem: Problem | EvolutionProblem): string {
  const text = problem.severity === 'error' ? formatProblem(problem) : `${formatProblem(problem)} warning`;
  return [text, ...evidence(problem).map(each => `    ${each}`)].join('\n');
}

/** Where it was, and the event that proves it. */
export function evidence(problem: Problem | EvolutionProblem): readonly string[] {
  if (!('counterexample' in problem)) return [];
  const { related, counterexample } = problem;
  return [
    ...(related ? [`in the old version: ${visible(related.file)}:${related.line}:${related.column}`] : []),
    ...(counterexample === undefined ? [] : [`for example: ${shortJson(counterexample)}`]),
  ];
}

export function shortJson(value: Json): string {
  const text = visible(JSON.stringify(value));
  return text.length <= MAX_EXAMPLE_CHARACTERS ? text : `${text.slice(0, MAX_EXAMPLE_CHARACTERS)}…`;
}

function totalsOf({ problems, ...totals }: CheckReport) {
  const errors = problems.filter(({ severity }) => severity === 'error').length;
  return { ...totals, errors, warnings: problems.length - errors };
}

function summary(report: CheckReport): string {
  const { errors, warnings } = totalsOf(report);
  const what = [
    count(report.eventTypes, 'event type'),
    count(report.services, 'service'),
    count(report.subscriptions, 'subscription'),
  ].join(', ');
  const compared = report.evolution ? `${evolutionWords(report.evolution)}\n` : '';
  return `${compared}${what}: ${count(errors, 'error')}, ${count(warnings, 'warning')}`;
}

function evolutionWords({
  against,
  changed,
  steps,
  subscribers,
  subscribersCut,
}: NonNullable<CheckReport['evolution']>): string {
  const pairs = Object.values(steps).reduce((sum, each) => sum + each, 0);
  const outcomes = (
    [
      ['broken', steps.broken],
      ['excused', steps.excused],
      ['undecided', steps.undecided],
    ] as const
  ).flatMap(([word, number]) => (number > 0 ? [`${number} ${word}`] : []));
  const told = outcomes.length > 0 ? outcomes.join(', ') : 'all compatible';
  const broken = subscribers.filter(({ verdict }) => verdict === 'broken').length;
  const hit =
    subscribers.length > 0
      ? `; subscriptions: ${broken} broken, ${subscribers.length - broken} to be checked${
          subscribersCut ? ', and further ones that were not looked at' : ''
        }`
      : '';
  return `against ${visible(against)}: ${count(changed, 'event type')} changed, ${count(
    pairs,
    'pair',
  )} of versions compared${pairs > 0 ? `, ${told}` : ''}${hit}`;
}

/**
 * A GitHub Actions annotation.
 * https://docs.github.com/actions/reference/workflow-commands-for-github-actions
 */
export function annotation(problem: Problem | EvolutionProblem, prefix: string): string {
  const { severity, file, line: at, column, rule, message } = problem;
  const properties = [
    ['file', `${prefix}${visible(file)}`],
    ['line', String(at)],
    ['col', String(column)],
    ['title', rule],
  ].map(([key, value]) => `${key}=${escapeProperty(value)}`);
  return `::${severity} ${properties.join(',')}::${escapeData([message, ...evidence(problem)].join('\n'))}`;
}

export function escapeData(text: string): string {
  return text.replace(/%/g, '%25').replace(/\r/g, '%0D').replace(/\n/g, '%0A');
}

export function escapeProperty(text: string): string {
  return escapeData(text).replace(/:/g, '%3A').replace(/,/g, '%2C');
}
