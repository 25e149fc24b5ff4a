import { formatProblem, type Problem, visible } from '@busline/event-repository';
import { count } from '../output';

/** What a check found. */
export interface CheckReport {
  readonly problems: readonly Problem[];
  readonly eventTypes: number;
  readonly subscriptions: number;
  readonly services: number;
}

export const FORMATS = ['text', 'json', 'github'] as const;
export type Format = (typeof FORMATS)[number];

/** Writes a report; `prefix` is the path of the event repository from where annotations are read. */
export function formatReport(report: CheckReport, format: Format, prefix: string): string {
  switch (format) {
    case 'json':
      return JSON.stringify({ ...totalsOf(report), problems: report.problems }, undefined, 2);
    case 'github':
      return [...report.problems.map(problem => annotation(problem, prefix)), summary(report)].join('\n');
    default:
      return [...report.problems.map(line), summary(report)].join('\n');
  }
}

function line(problem: Problem): string {
  return problem.severity === 'error' ? formatProblem(problem) : `${formatProblem(problem)} warning`;
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
  return `${what}: ${count(errors, 'error')}, ${count(warnings, 'warning')}`;
}

/**
 * A GitHub Actions annotation.
 * https://docs.github.com/actions/reference/workflow-commands-for-github-actions
 */
function annotation(problem: Problem, prefix: string): string {
  const { severity, file, line: at, column, rule, message } = problem;
  const properties = [
    ['file', `${prefix}${visible(file)}`],
    ['line', String(at)],
    ['col', String(column)],
    ['title', rule],
  ].map(([key, value]) => `${key}=${escapeProperty(value)}`);
  return `::${severity} ${properties.join(',')}::${escapeData(message)}`;
}

export function escapeData(text: string): string {
  return text.replace(/%/g, '%25').replace(/\r/g, '%0D').replace(/\n/g, '%0A');
}

export function escapeProperty(text: string): string {
  return escapeData(text).replace(/:/g, '%3A').replace(/,/g, '%2C');
}
