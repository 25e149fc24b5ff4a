import { relative, resolve, sep } from 'node:path';
import { compareProblems, readEventRepository, type Problem } from '@busline/event-repository';
import { staleStacks } from '@busline/infrastructure';
import { filesIn } from '../diskFiles';
import { filesAt } from '../git';
import type { Output } from '../output';
import { type Format, formatReport } from './formats';

export interface CheckOptions {
  readonly format: Format;
  /** Git ref with what is released. */
  readonly base?: string;
}

/** `busline check`: gives 1 when there are errors, else 0. */
export function check(folder: string, options: CheckOptions, output: Output): number {
  const files = filesIn(folder);
  const released = options.base === undefined ? undefined : filesAt(folder, options.base);
  const read = readEventRepository(files, { released });
  const { repository } = read;
  // What cannot be read as a whole generates other stacks than it will once it can.
  const stale = read.problems.some(isError) ? [] : staleStacks(repository, files);
  const problems = [...read.problems, ...stale].sort(compareProblems);
  const report = {
    problems,
    eventTypes: repository.eventTypes.length,
    services: repository.services.length,
    subscriptions: repository.subscriptions.length,
  };
  output.out(formatReport(report, options.format, prefixOf(folder)));
  return problems.some(isError) ? 1 : 0;
}

function isError({ severity }: Problem): boolean {
  return severity === 'error';
}

/** Path of the folder from where the command runs: annotations name files from the root of the checkout. */
function prefixOf(folder: string): string {
  const path = relative(process.cwd(), resolve(folder)).split(sep).join('/');
  return path === '' || path.startsWith('..') ? '' : `${path}/`;
}
