import { execFile, execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathsIn } from '../diskFiles';

// Each command is a process that loads its sources; machines that test are busy.
jest.setTimeout(60_000);

// eslint-disable-next-line no-restricted-syntax -- tests run where the sources are
const BIN = join(__dirname, '../../bin/busline');

export interface Ended {
  readonly code: number;
  readonly out: string;
  readonly note: string;
}

/** Runs the command as a person does: a process of its own. */
export function busline(
  args: readonly string[],
  {
    cwd,
    env,
  }: {
    readonly cwd?: string;
    readonly env?: Readonly<Record<string, string>>;
  } = {},
): Promise<Ended> {
  return new Promise(resolve => {
    const options = {
      cwd,
      env: { ...process.env, NODE_OPTIONS: '', ...env },
      maxBuffer: 64 * 1024 * 1024,
    };
    execFile(process.execPath, [BIN, ...args], options, (error, out, note) => {
      resolve({
        code: error ? Number(error.code) : 0,
        out: out.trimEnd(),
        note: note.trimEnd(),
      });
    });
  });
}

const folders: string[] = [];

/** A new folder that `removeFolders` removes. */
export function temporaryFolder(): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'busline-cli-')));
  folders.push(folder);
  return folder;
}

export function removeFolders(): void {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
}

export function write(folder: string, files: Readonly<Record<string, string>>): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
}

export const read = (folder: string, path: string) => readFileSync(join(folder, path), 'utf8');

/** Every file of a folder with its text. */
export function contents(folder: string): Readonly<Record<string, string>> {
  return Object.fromEntries([...pathsIn(folder)].sort().map(path => [path, read(folder, path)]));
}

/** Git with an identity of its own, whatever the machine's settings are. */
export function git(folder: string, ...args: readonly string[]): string {
  const identity = ['-c', 'user.name=Test', '-c', 'user.email=test@example.com', '-c', 'commit.gpgsign=false'];
  return execFileSync('git', ['-C', folder, ...identity, ...args], {
    encoding: 'utf8',
  });
}
