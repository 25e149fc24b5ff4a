import { relative, resolve, sep } from 'node:path';
import { compareProblems, lintSchemas, readEventRepository, type Problem } from '@busline/event-repository';
import { staleStacks } from '@busline/infrastructure';
import { filesIn } from '../diskFiles';
import { filesAt } from '../git';
import type { Output } from '../output';
import { checkAgainst, type Evolution } from './against';
import { type Format, formatReport } from './formats';
import { hashedFiles } from './hashedFiles';

export interface CheckOptions {
  readonly format: Format;
  /** Git ref with what is released, of which schema versions must not change. */
  readonly base?: string;
  /** Git ref with what is released, towards which new versions keep what the organisation's rules ask for, too. */
  readonly against?: string;
}

/** `busline check`: gives 1 when there are errors, else 0. */
export function check(folder: string, options: CheckOptions, output: Output): number {
  const ref = options.against ?? options.base;
  const released = ref === undefined ? undefined : filesAt(folder, ref, options.against ? '--against' : '--base');
  const files = hashedFiles(filesIn(folder));
  const read = readEventRepository(files, { released });
  const { repository } = read;
  // What cannot be read as a whole generates other stacks than it will once it can.
  const stale = read.problems.some(isError) ? [] : staleStacks(repository, files);
  const evolution =
    options.against !== undefined && released
      ? checkAgainst({ folder, ref: options.against, released, files, repository, now: new Date() })
      : undefined;
  const lint = lintSchemas(repository, {
    readText: path => files.read(path),
    // What is released does not change any more: in a pull request only what it brings is looked at.
    ...(evolution && { isLooked: (eventType, { version }) => evolution.isNew(eventType, version) }),
  });
  const problems: readonly Problem[] = [...read.problems, ...stale, ...lint, ...(evolution?.problems ?? [])].sort(
    compareProblems,
  );
  const report = {
    problems,
    eventTypes: repository.eventTypes.length,
    services: repository.services.length,
    subscriptions: repository.subscriptions.length,
    ...(evolution && { evolution: totalsOf(evolution) }),
  };
  output.out(formatReport(report, options.format, prefixOf(folder)));
  return problems.some(isError) ? 1 : 0;
}

function totalsOf({ against, changed, steps, subscribers, subscribersCut }: Evolution) {
  return { against, changed, steps, subscribers, subscribersCut };
}

function isError({ severity }: Problem): boolean {
  return severity === 'error';
}

/** Path of the folder from where the command runs: annotations name files from the root of the checkout. */
function prefixOf(folder: string): string {
  const path = relative(process.cwd(), resolve(folder)).split(sep).join('/');
  return path === '' || path.startsWith('..') ? '' : `${path}/`;
}
