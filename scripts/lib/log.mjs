// Progress on the terminal: one line per step, with its time; a failing step says what to do.

const started = Date.now();
const colour = process.stdout.isTTY && !process.env.NO_COLOR;
const paint = (code, text) => (colour ? `\u001b[${code}m${text}\u001b[0m` : text);

/** A failure that a person can mend: `message` says what happened, `advice` what to do. */
export class StepError extends Error {
  constructor(message, advice) {
    super(message);
    this.advice = advice;
  }
}

export function say(text = '') {
  process.stdout.write(`${text}\n`);
}

export const bold = text => paint(1, text);
export const dim = text => paint(2, text);

const seconds = from => `${((Date.now() - from) / 1000).toFixed(1)} s`;

/** Runs one step and tells its name when it starts, its time when it ends. `work` may call `note(text)` on the way. */
export async function step(name, work) {
  const from = Date.now();
  say(`${paint(36, '▸')} ${name}`);
  const pulse = setInterval(() => say(dim(`  … ${name}, ${seconds(from)}`)), 20_000);
  try {
    const result = await work(text => say(dim(`  ${text}`)));
    say(`${paint(32, '✓')} ${name} ${dim(`(${seconds(from)})`)}`);
    return result;
  } catch (error) {
    say(`${paint(31, '✗')} ${name} ${dim(`(${seconds(from)})`)}`);
    throw error;
  } finally {
    clearInterval(pulse);
  }
}

/** Runs a whole command: prints a failure with its advice and sets the exit status. */
export async function main(run) {
  try {
    const status = await run();
    process.exitCode = status ?? 0;
  } catch (error) {
    say();
    say(paint(31, error instanceof Error ? error.message : String(error)));
    if (error?.advice) {
      say(error.advice);
    } else if (error instanceof Error && !(error instanceof StepError)) {
      say(dim(error.stack ?? ''));
    }
    process.exitCode = 1;
  }
}

export const sinceStart = () => seconds(started);
