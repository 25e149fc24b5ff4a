import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const ACTIONLINT = '1.7.7';

/**
 * What actionlint says of workflows of GitHub Actions, a line for each finding; the scripts in them too, where shellcheck is there.
 * @throws Error where Go is missing or the linter cannot be had
 */
export function actionlint(files: readonly string[]): readonly string[] {
  const { stdout, stderr, status } = spawnSync(join(install(), 'actionlint'), ['-oneline', ...files], {
    encoding: 'utf8',
  });
  const lines = stdout.split('\n').filter(line => line !== '');
  if (lines.length === 0 && status !== 0) throw new Error(`actionlint ended with status ${status}: ${stderr}`);
  return lines;
}

function install(): string {
  const folder = join(tmpdir(), `busline-interop-actionlint-${ACTIONLINT}`);
  if (existsSync(folder)) return folder;
  const unfinished = mkdtempSync(`${folder}-`);
  const { status, stderr, error } = spawnSync(
    'go',
    ['install', `github.com/rhysd/actionlint/cmd/actionlint@v${ACTIONLINT}`],
    { encoding: 'utf8', env: { ...process.env, GOBIN: unfinished, GOFLAGS: '-mod=mod' } },
  );
  if (status !== 0) {
    rmSync(unfinished, { recursive: true, force: true });
    throw new Error(`actionlint ${ACTIONLINT} could not be installed with "go install": ${error?.message ?? stderr}`);
  }
  if (existsSync(folder)) rmSync(unfinished, { recursive: true, force: true });
  else renameSync(unfinished, folder);
  return folder;
}
