import { ForgeError } from './errors';

/** GitHub's own limit. */
const MAX_OWNER = 39;
const MAX_NAME = 100;
/** A branch is a file below `refs/heads`, beside its `.lock`. */
const MAX_BRANCH = 200;
const MAX_PATH_BYTES = 1_024;
/** What file systems take. */
const MAX_SEGMENT_BYTES = 255;

const COMMIT = /^[0-9a-f]{40}$/;

/** @throws ForgeError `invalid` unless it is `owner/name` as GitHub has it */
export function checkRepository(repository: string): void {
  const problem = repositoryProblem(repository);
  if (problem) throw new ForgeError('invalid', `${shown(repository)} is no name of a repository: ${problem}`);
}

export function repositoryProblem(repository: string): string | undefined {
  const [owner, name, ...rest] = String(repository).split('/');
  if (name === undefined || rest.length > 0) return 'expected owner/name';
  if (!/^[A-Za-z0-9](?:[A-Za-z0-9_-]*[A-Za-z0-9])?$/.test(owner) || owner.length > MAX_OWNER) {
    return `the owner has letters, digits and single hyphens, at most ${MAX_OWNER}`;
  }
  if (!/^[A-Za-z0-9_.-]+$/.test(name) || name.length > MAX_NAME) {
    return `the name has letters, digits, ".", "-" and "_", at most ${MAX_NAME}`;
  }
  if (/^[.-]/.test(name)) return 'the name must not begin with "." or "-"';
  if (/\.(?:git|lock|wiki)$/i.test(name) || name.endsWith('.')) {
    return 'the name must not end with ".", ".git", ".lock" or ".wiki"';
  }
  return undefined;
}

/**
 * @throws ForgeError `invalid` unless git takes it as the name of a branch, and no tool could take it for an option, a
 * commit or a path; the rules are those of git-check-ref-format and a little more
 */
export function checkBranch(branch: string): void {
  const problem = branchProblem(branch);
  if (problem) throw new ForgeError('invalid', `${shown(branch)} is no name of a branch: ${problem}`);
}

export function branchProblem(branch: string): string | undefined {
  if (typeof branch !== 'string' || branch === '') return 'it is empty';
  if (Buffer.byteLength(branch) > MAX_BRANCH) return `it is longer than ${MAX_BRANCH} bytes`;
  if (!isWellFormed(branch) || isControlled(branch) || /[\s~^:?*[\\]/.test(branch)) {
    return 'it has a space, a control character or one of ~ ^ : ? * [ \\';
  }
  if (branch.startsWith('-')) return 'it begins with "-"';
  if (branch.includes('..') || branch.includes('@{') || branch === '@') return 'it has "..", "@{" or is "@"';
  if (branch.endsWith('.')) return 'it ends with "."';
  if (branch.split('/').some(part => part === '' || part.startsWith('.') || part.toLowerCase().endsWith('.lock'))) {
    return 'a part between slashes is empty, begins with "." or ends with ".lock"';
  }
  if (branch === 'HEAD' || branch.startsWith('refs/')) return 'it is HEAD or begins with "refs/"';
  if (COMMIT.test(branch)) return 'it looks like the id of a commit';
  return undefined;
}

export function isCommitId(ref: string): boolean {
  return COMMIT.test(ref);
}

/** @throws ForgeError `invalid` unless it is the full id of a commit or the name of a branch */
export function checkRef(ref: string): void {
  if (!isCommitId(ref)) checkBranch(ref);
}

/** @throws ForgeError `invalid` when the path leaves the repository, or means something else to git or a file system */
export function checkPath(path: string): void {
  const problem = pathProblem(path);
  if (problem) throw new ForgeError('invalid', `${shown(path)} is no path of a file: ${problem}`);
}

export function pathProblem(path: string): string | undefined {
  if (typeof path !== 'string' || path === '') return 'it is empty';
  if (Buffer.byteLength(path) > MAX_PATH_BYTES) return `it is longer than ${MAX_PATH_BYTES} bytes`;
  if (!isWellFormed(path) || isControlled(path)) return 'it has a control character or is no Unicode text';
  if (path.includes('\\')) return 'folders are separated by "/"';
  if (path.startsWith('/')) return 'it is relative to the root of the repository';
  for (const segment of path.split('/')) {
    if (segment === '') return 'a folder has no name';
    if (segment === '.' || segment === '..') return 'it has a "." or ".." folder';
    if (Buffer.byteLength(segment) > MAX_SEGMENT_BYTES) return `a name is longer than ${MAX_SEGMENT_BYTES} bytes`;
    if (isGitFolder(segment)) return 'git keeps ".git" for itself';
  }
  return undefined;
}

/** Names that some file system takes for `.git`: in any case, with ignored characters, as a stream or under its short name. */
function isGitFolder(segment: string): boolean {
  const plain = segment
    .replace(/\p{Default_Ignorable_Code_Point}/gu, '')
    .toLowerCase()
    .replace(/:.*$/, '')
    .replace(/[. ]+$/, '');
  return plain === '.git' || plain === 'git~1';
}

function isControlled(text: string): boolean {
  return /\p{Cc}/u.test(text);
}

/** Without half surrogates, which UTF-8 cannot hold. */
function isWellFormed(text: string): boolean {
  return !/\p{Cs}/u.test(text);
}

const MAX_SHOWN = 80;

/** A hostile name for a message: quoted, escaped and short. */
function shown(text: unknown): string {
  const quoted = JSON.stringify(String(text));
  return quoted.length > MAX_SHOWN ? `${quoted.slice(0, MAX_SHOWN)}…"` : quoted;
}
