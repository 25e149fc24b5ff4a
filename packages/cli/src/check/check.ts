import { relative, resolve, sep } from 'node:path';
import { readEventRepository } from '@busline/event-repository';
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
  const { repository, problems } = readEventRepository(files, { released });
  const report = {
    problems,
    eventTypes: repository.eventTypes.length,
    services: repository.services.length,
    subscriptions: repository.subscriptions.length,
  };
  output.out(formatReport(report, options.format, prefixOf(folder)));
  return problems.some(({ severity }) => severity === 'error') ? 1 : 0;
}

/** Path of the folder from where the command runs: annotations name files from the root of the checkout. */
function prefixOf(folder: string): string {
  const path = relative(process.cwd(), resolve(folder)).split(sep).join('/');
  return path === '' || path.startsWith('..') ? '' : `${path}/`;
}
