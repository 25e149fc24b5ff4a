/**
 * `npm run interop`: what needs another toolchain beside Node. Every check is a script of its own in this folder; it installs
 * what it needs, and fails where it cannot.
 */
import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { needPython } from './lib/python';

const transform = require.resolve('@backstage/cli/config/nodeTransform.cjs');
const checks = readdirSync(__dirname)
  .filter(file => file.endsWith('.ts') && file !== 'main.ts')
  .sort();

let passed = 0;
const failed: string[] = [];
try {
  needPython();
} catch (error) {
  // The checks that can do without it run all the same.
  failed.push('python3');
  process.stdout.write(`✗ ${(error as Error).message}\n`);
}
for (const file of checks) {
  const name = file.replace(/\.ts$/, '');
  process.stdout.write(`▸ ${name}\n`);
  const { status } = spawnSync(process.execPath, ['--require', transform, path.join(__dirname, file)], {
    stdio: 'inherit',
  });
  if (status === 0) {
    passed += 1;
  } else {
    failed.push(name);
  }
}
process.stdout.write(`${passed} passed, ${failed.length} failed${failed.length ? `: ${failed.join(', ')}` : ''}\n`);
process.exitCode = failed.length === 0 ? 0 : 1;
