import { spawnSync } from 'node:child_process';

/** What runs a command and gives its exit status and what it printed; a parameter so that tests need no other machine. */
export type Run = (
  command: string,
  args: readonly string[],
) => { readonly status: number | null; readonly text: string };

export interface Machine {
  readonly run: Run;
  readonly isRoot: boolean;
  readonly say: (line: string) => void;
}

const PACKAGES = ['python3', 'python3-pip'];
const DEBIAN = `apt-get update && apt-get install -y ${PACKAGES.join(' ')}`;

/**
 * Sees to it that `python3 -m pip` works: Debian's packages are installed where it does not and this is root.
 * @throws Error that says what to do, where it cannot be had
 */
export function needPython(machine: Machine = thisMachine()): void {
  const { run, isRoot, say } = machine;
  if (hasPip(run)) return;
  if (run('apt-get', ['--version']).status !== 0) {
    throw new Error(
      'python3 with pip is missing, and this machine has no apt-get to bring it: install Python 3 (with pip) and run this again',
    );
  }
  if (!isRoot) {
    throw new Error(`python3 with pip is missing. Run this once as root, then try again: ${DEBIAN}`);
  }
  say(`  python3 with pip is missing: ${DEBIAN}`);
  for (const args of [['update'], ['install', '-y', '--no-install-recommends', ...PACKAGES]]) {
    const { status, text } = run('apt-get', args);
    if (status !== 0)
      throw new Error(`apt-get ${args.join(' ')} failed; install ${PACKAGES.join(' and ')} by hand:\n${text}`);
  }
  if (!hasPip(run)) throw new Error('python3 -m pip does not work although its packages are installed');
}

function hasPip(run: Run): boolean {
  return run('python3', ['-m', 'pip', '--version']).status === 0;
}

function thisMachine(): Machine {
  return {
    run(command, args) {
      const { status, stdout, stderr } = spawnSync(command, args, {
        encoding: 'utf8',
        env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
      });
      return { status, text: `${stdout ?? ''}${stderr ?? ''}`.slice(-2000) };
    },
    isRoot: process.getuid?.() === 0,
    say: line => process.stdout.write(`${line}\n`),
  };
}
