import {
  waitingWords,
  wordsOf,
  type DeploymentReport,
  type Leftover,
  type PreparedDeployment,
  type PreparedStack,
  type ResourceChange,
} from '@busline/deployment';
import { count } from '../output';

const SIGNS: Readonly<Record<ResourceChange['action'], string>> = {
  add: '+',
  import: '+',
  modify: '~',
  dynamic: '~',
  remove: '-',
};

export function isChange({ action }: PreparedStack): boolean {
  return action !== 'none' && action !== 'wait' && action !== 'refuse';
}

/** What deploying would change, stack by stack, resource by resource. */
export function prepareLines({ stacks }: PreparedDeployment): readonly string[] {
  const lines = stacks.flatMap(prepared => {
    const { name, accountId, region } = prepared.planned.stack;
    const head = (what: string) => `${name} (${accountId}, ${region}) ${what}`;
    switch (prepared.action) {
      case 'none':
        return [];
      case 'create':
        return [head('is new:'), ...prepared.changes.map(changeLine)];
      case 'recreate':
        return [head(`is ${prepared.status}; it is deleted and made again:`), ...prepared.changes.map(changeLine)];
      case 'update':
        return [head('changes:'), ...prepared.changes.map(changeLine)];
      case 'recover':
        return [head(`is ${prepared.status}; it is rolled back, then updated`)];
      case 'wait':
        return [head(waitingWords(prepared.for))];
      default:
        return [head(`cannot be deployed: ${prepared.reason}`)];
    }
  });
  const sum = (...actions: readonly PreparedStack['action'][]) =>
    stacks.filter(({ action }) => actions.includes(action)).length;
  const totals = [
    `${sum('create', 'recreate')} new`,
    `${sum('update', 'recover')} to change`,
    `${sum('wait')} waiting`,
    `${sum('none')} unchanged`,
  ];
  return [...lines, `${count(stacks.length, 'stack')}: ${totals.join(', ')}`];
}

function changeLine({ action, type, logicalId, replacement, properties }: ResourceChange): string {
  const what = properties.length > 0 ? ` (${properties.join(', ')})` : '';
  const anew = { yes: ', made anew', maybe: ', perhaps made anew', no: '' }[replacement];
  return `  ${SIGNS[action] ?? '~'} ${type} ${logicalId}${what}${anew}`;
}

/** How it went, but for what is unchanged. */
export function reportLines({ stacks }: DeploymentReport): readonly string[] {
  const lines = stacks
    .filter(({ outcome }) => outcome !== 'unchanged' && outcome !== 'deployed')
    .map(outcome => `${outcome.planned.stack.name} ${wordsOf(outcome)}`);
  const sum = (wanted: string) => stacks.filter(({ outcome }) => outcome === wanted).length;
  const totals = ['deployed', 'unchanged', 'waiting', 'failed', 'skipped']
    .map(outcome => [sum(outcome), outcome] as const)
    .filter(([number]) => number > 0)
    .map(([number, outcome]) => `${number} ${outcome}`);
  return [...lines, `${count(stacks.length, 'stack')}: ${totals.join(', ')}`];
}

export function leftoverLines(leftovers: readonly Leftover[]): readonly string[] {
  if (leftovers.length === 0) return ['No stack stands that main no longer has'];
  return leftovers.map(
    ({ name, accountId, region }) =>
      `${name} (${accountId}, ${region}) is no longer on main: it is deleted with all it holds`,
  );
}
