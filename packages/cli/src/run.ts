import { CommanderError } from 'commander';
import { messageOf, UsageError } from './errors';
import { type Output, standardOutput } from './output';
import { createProgram } from './program';

/** Exit status of wrong arguments. */
const WRONG_USE = 2;
/** Exit status of what went wrong on the way. */
const FAILED = 1;

/** Runs a command line (without node and script) and gives its exit status. */
export async function run(args: readonly string[], output: Output = standardOutput): Promise<number> {
  let code = 0;
  const program = createProgram(output, result => {
    code = result;
  });
  try {
    await program.parseAsync(args, { from: 'user' });
    return code;
  } catch (error) {
    // Commander has written what is wrong already; its status 0 is help that was asked for.
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : WRONG_USE;
    output.note(`busline: ${messageOf(error)}`);
    return error instanceof UsageError ? WRONG_USE : FAILED;
  }
}
