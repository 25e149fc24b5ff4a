import {
  type CachedReadResult,
  contentHash,
  formatProblem,
  type Problem,
  readEventRepository,
  type RepositoryFiles,
} from '@busline/event-repository';
import type { RepositoryState } from '../context';
import type { RequestProblem } from '../request/problem';
import type { Draft } from './draft';

/** The event repository as it would be with the draft's files: read by the real reader, checked by every rule. */
export function readAfter(state: RepositoryState, files: Draft['files']): CachedReadResult {
  return readEventRepository(overlay(state, files), { previous: state.read.cache });
}

function overlay(state: RepositoryState, changed: Draft['files']): RepositoryFiles {
  const ids = contentIds(state);
  const added = [...changed].flatMap(([path, text]) => (text === undefined ? [] : [path]));
  const paths = [...state.files.paths().filter(path => !changed.has(path)), ...added].sort();
  return {
    paths: () => paths,
    read: path => (changed.has(path) ? changed.get(path) : state.files.read(path)),
    contentId: path => {
      const text = changed.get(path);
      return text === undefined ? ids(path) : contentHash(text);
    },
  };
}

const knownIds = new WeakMap<object, ReadonlyMap<string, string>>();

/** What the files were when they were read: so that none is read again that the draft leaves alone. */
function contentIds({ read, files }: RepositoryState): (path: string) => string | undefined {
  let ids = knownIds.get(read.cache);
  if (!ids) {
    ids = new Map(read.cache.entries.map(({ path, contentId }) => [path, contentId]));
    knownIds.set(read.cache, ids);
  }
  const known = ids;
  return path => known.get(path) ?? files.contentId?.(path);
}

/** What the reader finds that it did not find before, at the fields of the request from which the files come. */
export function newProblems(
  before: readonly Problem[],
  after: readonly Problem[],
  draft: Draft,
): { readonly errors: readonly RequestProblem[]; readonly warnings: readonly Problem[] } {
  const known = new Set(before.map(withoutPlace));
  const added = after.filter(problem => !known.has(withoutPlace(problem)));
  return {
    errors: added
      .filter(({ severity }) => severity === 'error')
      .map(problem => ({
        field: fieldOf(problem, draft),
        rule: problem.rule,
        message: draft.fields.has(problem.file) ? problem.message : formatProblem(problem),
        wayOut: `The check of the event repository would fail at ${problem.file}:${problem.line}.`,
      })),
    warnings: added.filter(({ severity }) => severity === 'warning'),
  };
}

/** Where the form asks for the name that does not follow the rules; else where it asks for what the file is made of. */
function fieldOf({ file, rule, message }: Problem, draft: Draft): string {
  const field = draft.fields.get(file) ?? '';
  const name = rule === 'naming-rule' && field !== '' ? /^(?:source|detailType)(?= )/.exec(message) : undefined;
  return name ? `${field}/${name[0]}` : field;
}

/** Lines shift where a file is edited above them. */
const withoutPlace = ({ file, rule, message }: Problem) => `${file}\n${rule}\n${message}`;
