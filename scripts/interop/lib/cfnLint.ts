import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const CFN_LINT = '1.58.0';

/**
 * What AWS's own linter says of templates, a line for each finding; whatever it would only note counts too.
 * @throws Error where the linter cannot be had
 */
export function cfnLint(files: readonly string[], region: string): readonly string[] {
  const script = 'import sys; from cfnlint.runner import main; sys.exit(main())';
  const { stdout, stderr, status } = spawnSync(
    'python3',
    ['-c', script, '--format', 'parseable', '--regions', region, '--', ...files],
    { encoding: 'utf8', env: { ...process.env, PYTHONPATH: install() }, maxBuffer: 64 * 1024 * 1024 },
  );
  const lines = stdout.split('\n').filter(line => line !== '');
  // Bits of the status: 2 errors, 4 warnings, 8 informational.
  if (lines.length === 0 && status !== 0) throw new Error(`cfn-lint ended with status ${status}: ${stderr}`);
  return lines;
}

function install(): string {
  const folder = join(tmpdir(), `busline-interop-cfn-lint-${CFN_LINT}`);
  if (existsSync(folder)) return folder;
  const unfinished = mkdtempSync(`${folder}-`);
  const { status, stderr } = spawnSync(
    'python3',
    ['-m', 'pip', 'install', '--quiet', '--target', unfinished, `cfn-lint==${CFN_LINT}`],
    { encoding: 'utf8', env: { ...process.env, PIP_ROOT_USER_ACTION: 'ignore', PIP_DISABLE_PIP_VERSION_CHECK: '1' } },
  );
  if (status !== 0) {
    rmSync(unfinished, { recursive: true, force: true });
    throw new Error(`cfn-lint ${CFN_LINT} could not be installed with "python3 -m pip": ${stderr}`);
  }
  if (existsSync(folder)) rmSync(unfinished, { recursive: true, force: true });
  else renameSync(unfinished, folder);
  return folder;
}
