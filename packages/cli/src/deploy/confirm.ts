import { createInterface } from 'node:readline/promises';
import { UsageError } from '../errors';

/**
 * Asks a person.
 * @param yes - what was said beforehand; then nobody is asked
 * @throws UsageError where nobody is there to answer
 */
export async function confirm(question: string, yes: boolean | undefined): Promise<boolean> {
  if (yes) return true;
  if (!process.stdin.isTTY) {
    throw new UsageError('Nobody is there to confirm this: --yes deploys it, --plan-only only shows it');
  }
  const lines = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return /^y(es)?$/i.test((await lines.question(`${question} [y/N] `)).trim());
  } finally {
    lines.close();
  }
}
