import { execFile } from 'node:child_process';
import { ForgeError } from '../errors';

export interface GitCall {
  /** The bare repository; nothing for what works without one. */
  readonly directory?: string;
  readonly args: readonly string[];
  readonly input?: string | Uint8Array;
  readonly env?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal;
  /** Exit codes that are answers. By default 0 only. */
  readonly answers?: readonly number[];
}

export interface GitAnswer {
  readonly exitCode: number;
  readonly stdout: Buffer;
}

/** Runs one git command. A parameter of everything that needs git, so that tests can cut in between two commands. */
export type RunGit = (call: GitCall) => Promise<GitAnswer>;

/** Git exited with a code that is no answer. */
export class GitError extends Error {
  readonly stderr: string;

  constructor(command: string, stderr: string) {
    super(`git ${command}: ${stderr.trim().split('\n')[0] || 'no reason given'}`);
    this.name = 'GitError';
    this.stderr = stderr;
  }
}

/** The slowest command, a first commit of 136,000 files, takes seconds. */
const COMMAND_TIMEOUT_MS = 120_000;
/** A listing of 136,000 files has 15 MB; a blob above this is no event repository's. */
const MAX_OUTPUT_BYTES = 512 * 1024 * 1024;

export const runGit: RunGit = ({ directory, args, input, env, signal, answers = [0] }) =>
  new Promise((resolve, reject) => {
    const command = args.find(arg => !arg.startsWith('-')) ?? '';
    const child = execFile(
      'git',
      [...args],
      {
        encoding: 'buffer',
        env: { ...gitEnvironment(directory), ...env },
        maxBuffer: MAX_OUTPUT_BYTES,
        timeout: COMMAND_TIMEOUT_MS,
        killSignal: 'SIGKILL',
        ...(signal && { signal }),
        windowsHide: true,
      },
      (error, stdout, stderr) => {
        const exitCode = error === null ? 0 : error.code;
        if (typeof exitCode === 'number' && answers.includes(exitCode)) resolve({ exitCode, stdout });
        else if (signal?.aborted) reject(new ForgeError('cancelled', `Cancelled during git ${command}`));
        else if (error?.killed) reject(new ForgeError('timeout', `git ${command} took too long`));
        else if (typeof exitCode === 'string')
          reject(new ForgeError('failed', `git ${command} did not run: ${exitCode}`));
        else reject(new GitError(command, stderr.toString()));
      },
    );
    // Git may end before it has read everything; its exit code tells the rest.
    child.stdin?.on('error', () => undefined);
    child.stdin?.end(input);
  });

/**
 * An environment of our own for git: no configuration of the machine or of its user, no prompts, English messages, and
 * repositories that belong to whom they may (a container's volume is often another user's).
 */
export function gitEnvironment(directory?: string): Record<string, string> {
  const configuration = {
    'safe.directory': '*',
    'core.hooksPath': '/dev/null',
    'gc.auto': '0',
  };
  const entries = Object.entries(configuration).flatMap(([key, value], index) => [
    [`GIT_CONFIG_KEY_${index}`, key],
    [`GIT_CONFIG_VALUE_${index}`, value],
  ]);
  return {
    ...Object.fromEntries(entries),
    GIT_CONFIG_COUNT: String(Object.keys(configuration).length),
    PATH: process.env.PATH ?? '/usr/bin:/bin',
    HOME: '/nonexistent',
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_CONFIG_GLOBAL: '/dev/null',
    GIT_TERMINAL_PROMPT: '0',
    GIT_LITERAL_PATHSPECS: '1',
    GIT_NO_REPLACE_OBJECTS: '1',
    LC_ALL: 'C',
    TZ: 'UTC',
    ...(directory !== undefined && { GIT_DIR: directory }),
  };
}
