import { formatProblem, readEventRepositoryInSteps, type RepositoryFiles } from '@busline/event-repository';
import type { Check } from '@busline/forge';
import type { EventRepositoryAtMain } from '../sources/EventRepositoryAtMain';
import { breathe } from '../database/dialect';

export const REPOSITORY_CHECK = 'busline check';

/** Heads that were checked already; one is checked anew after a restart. */
const MAX_REMEMBERED = 200;
/** Findings that are told in the check's description. */
const MAX_TOLD = 3;

/** The event repository's rules on the head of a pull request: what `busline check` says in a workflow on GitHub. */
export function createRepositoryCheck(events: EventRepositoryAtMain) {
  const known = new Map<string, Promise<Check>>();
  return (context: {
    readonly repository: string;
    readonly head: string;
    files(commit: string): Promise<RepositoryFiles>;
  }): Promise<readonly Check[]> => {
    if (context.repository !== events.repository) return Promise.resolve([]);
    const check = known.get(context.head) ?? run(events, context.files, context.head);
    known.set(context.head, check);
    if (known.size > MAX_REMEMBERED) known.delete(known.keys().next().value!);
    check.catch(() => known.delete(context.head));
    return check.then(done => [done]);
  };
}

async function run(
  events: EventRepositoryAtMain,
  filesOf: (commit: string) => Promise<RepositoryFiles>,
  head: string,
): Promise<Check> {
  const main = await events.current();
  const steps = readEventRepositoryInSteps(await filesOf(head), { previous: main.read.cache });
  for (;;) {
    const step = steps.next();
    if (step.done) {
      const before = new Set(main.read.problems.map(formatProblem));
      const errors = step.value.problems.filter(({ severity }) => severity === 'error').map(formatProblem);
      // What main has wrong already is not this change's doing.
      const fresh = errors.filter(text => !before.has(text));
      if (fresh.length === 0) return { name: REPOSITORY_CHECK, state: 'passed', description: 'No rule is broken' };
      const more = fresh.length > MAX_TOLD ? ` and ${fresh.length - MAX_TOLD} more` : '';
      return {
        name: REPOSITORY_CHECK,
        state: 'failed',
        description: `${fresh.slice(0, MAX_TOLD).join('; ')}${more}`,
      };
    }
    await breathe();
  }
}
