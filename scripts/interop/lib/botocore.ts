import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Of the same weeks as the installed SDK clients: raise both together. */
export const BOTOCORE = '1.44.5';

/**
 * Installs botocore and what it needs into a folder of its own, which the next run uses again.
 * @returns the folder, for PYTHONPATH
 * @throws Error where the package cannot be had; see `needPython`
 */
export function installBotocore(): string {
  const folder = join(tmpdir(), `busline-interop-botocore-${BOTOCORE}`);
  if (existsSync(folder)) return folder;
  const unfinished = mkdtempSync(`${folder}-`);
  const { status, error, stderr } = spawnSync(
    'python3',
    ['-m', 'pip', 'install', '--quiet', '--target', unfinished, `botocore==${BOTOCORE}`],
    {
      // Shown on failure only: pip also complains about what else is installed.
      encoding: 'utf8',
      env: {
        ...process.env,
        PIP_ROOT_USER_ACTION: 'ignore',
        PIP_DISABLE_PIP_VERSION_CHECK: '1',
      },
    },
  );
  if (error || status !== 0) {
    rmSync(unfinished, { recursive: true, force: true });
    throw new Error(
      `botocore ${BOTOCORE} could not be installed with "python3 -m pip": ${
        error?.message ?? `pip ended with status ${status}\n${stderr}`
      }`,
    );
  }
  if (existsSync(folder)) rmSync(unfinished, { recursive: true, force: true });
  else renameSync(unfinished, folder);
  return folder;
}
