import { readFileSync } from 'node:fs';
import {
  eventFile,
  eventFolderOf,
  eventTypeId,
  readEventRepository,
  type EventRepository,
} from '@busline/event-repository';
import { approvalsNeeded, type NeededApproval } from '@busline/onboarding';
import type { Format } from '../check/formats';
import { filesIn } from '../diskFiles';
import { UsageError } from '../errors';
import { filesAt, folderInRepository, repositoryAt, textAt } from '../git';
import { count, type Output } from '../output';
import { CODEOWNERS_FILES, parseCodeOwners, type OwnersOf } from './codeOwners';
import { formatApprovals, type Approval } from './formats';
import { approvers, parseReviews, type Reviews } from './reviews';

export interface ApprovalsOptions {
  /** Git ref to which the change would be merged. */
  readonly base: string;
  /** JSON file with what was said of the pull request, `-` for the standard input; nobody has approved where left out. */
  readonly reviews?: string;
  readonly format: Format;
}

/**
 * `busline approvals`: gives 1 while the approval of an owner of a restricted event type is missing, else 0. An approval is that of a
 * code owner of the event type's own file, as CODEOWNERS had it before the change.
 * @throws UsageError where the ref, CODEOWNERS or the reviews cannot be read
 */
export function approvals(folder: string, options: ApprovalsOptions, output: Output): number {
  const released = filesAt(folder, options.base);
  const { repository: before } = readEventRepository(repositoryAt(folder, options.base));
  const { repository: after, problems } = readEventRepository(filesIn(folder), { released });
  const errors = problems.filter(({ severity }) => severity === 'error').length;
  if (errors > 0) {
    // What cannot be read is not compared, and must not pass for that.
    output.out(
      `${count(errors, 'error')} in ${folder}: which approvals are needed is unknown until busline check passes`,
    );
    return 1;
  }
  const needed = approvalsNeeded(before, after);
  const found = needed.length === 0 ? [] : judge(folder, options, needed, before, after);
  output.out(formatApprovals(found, options.format));
  return found.every(({ state }) => state === 'given') ? 0 : 1;
}

function judge(
  folder: string,
  { base, reviews: file }: ApprovalsOptions,
  needed: readonly NeededApproval[],
  before: EventRepository,
  after: EventRepository,
): readonly Approval[] {
  const reviews = file === undefined ? undefined : parseReviews(read(file));
  const prefix = folderInRepository(folder);
  const ownersOf = codeOwnersAt(folder, base);
  return needed.map(each => {
    const id = eventTypeId(each.eventType);
    const path = [before, after].flatMap(({ eventTypes }) => {
      const found = eventTypes.find(eventType => eventTypeId(eventType) === id);
      return found ? [`${prefix}${eventFile(eventFolderOf(found))}`] : [];
    })[0];
    const codeOwners = path === undefined ? [] : ownersOf(path);
    return { ...each, path, codeOwners, ...verdict(codeOwners, reviews) };
  });
}

function verdict(
  codeOwners: readonly string[],
  reviews: Reviews | undefined,
): Pick<Approval, 'state' | 'by' | 'unread'> {
  const given = reviews ? approvers(reviews) : new Set<string>();
  const by: string[] = [];
  const unread: string[] = [];
  for (const owner of codeOwners.map(each => each.toLowerCase())) {
    const isTeam = owner.startsWith('@') && owner.includes('/');
    const logins = isTeam ? reviews?.teams.get(owner) : [owner.replace(/^@/, '')];
    if (logins === undefined) {
      if (reviews) unread.push(owner);
    } else by.push(...logins.filter(login => given.has(login)));
  }
  return { state: by.length > 0 ? 'given' : 'awaited', by: [...new Set(by)], unread };
}

function codeOwnersAt(folder: string, ref: string): OwnersOf {
  for (const path of CODEOWNERS_FILES) {
    const text = textAt(folder, ref, path);
    if (text !== undefined) return parseCodeOwners(text);
  }
  throw new UsageError(`${ref} has no .github/CODEOWNERS, which says who approves; busline init writes one`);
}

function read(file: string): string {
  try {
    return readFileSync(file === '-' ? 0 : file, 'utf8');
  } catch (error) {
    throw new UsageError(`--reviews ${file}: ${(error as Error).message}`);
  }
}
