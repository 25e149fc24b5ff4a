/**
 * `npm run prove -- [--count N] [--seed N] [PATTERN ...]`: the generated proofs, with as many cases as asked for (100,000 by
 * default) and a printed seed. A proof is a test file named `*.proof.test.ts`; `npm test` runs the same files with a short slice.
 */
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { parseArgs } from 'node:util';

const ROOT = path.resolve(__dirname, '..');

function wholeNumber(name: string, text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value) || value < 0) {
    throw new Error(`--${name} takes a whole number, not ${text}`);
  }
  return value;
}

function main(): number {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      count: { type: 'string', default: '100000' },
      seed: {
        type: 'string',
        default: String(Math.floor(Math.random() * 2 ** 31)),
      },
    },
  });
  const count = wholeNumber('count', values.count);
  const seed = wholeNumber('seed', values.seed);
  process.stdout.write(`${count} cases each, seed ${seed}\n`);
  const { status } = spawnSync(
    process.execPath,
    [
      path.join(ROOT, 'node_modules/@backstage/cli/bin/backstage-cli'),
      'repo',
      'test',
      '--watchAll=false',
      '--maxWorkers=2',
      // An hour: a proof takes as long as its count.
      '--testTimeout=3600000',
      '--testPathPatterns',
      positionals.length > 0 ? `(${positionals.join('|')}).*\\.proof\\.test\\.ts$` : '\\.proof\\.test\\.ts$',
    ],
    {
      cwd: ROOT,
      stdio: 'inherit',
      env: {
        ...process.env,
        CI: 'true',
        PROVE_COUNT: String(count),
        PROVE_SEED: String(seed),
      },
    },
  );
  return status ?? 1;
}

process.exitCode = main();
