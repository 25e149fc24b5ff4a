import { deploymentOrder, type Stack } from '@busline/infrastructure';
import { code, list } from '../words/markdown';
import type { Effects, PlacedStack } from './effects';
import type { AffectedPerson, RepositoryChange, Step } from './plan';

/** From open to live: who approves, what is merged, which stacks are deployed and in which order, what is seen then. */
export function stepsOf(
  repositories: readonly RepositoryChange[],
  people: readonly AffectedPerson[],
  effects: Effects,
  hasOwnProject: boolean,
): readonly Step[] {
  const approvers = people.filter(({ mustApprove }) => mustApprove).map(({ owner }) => code(owner));
  const merges = repositories.filter(({ files }) => files.length > 0);
  const { deployed, removed } = stackSteps(effects);
  const team = effects.accounts.flatMap(({ resources }) =>
    resources.filter(each => each.madeByTeam && each.status === 'added'),
  );
  return [
    ...(approvers.length > 0
      ? [
          step(
            'approve',
            `Approval of ${list(approvers)}`,
            'Restricted events go to nobody whom their owner does not know.',
          ),
        ]
      : []),
    ...merges.map(({ role }): Step => ({ ...step('merge', MERGE[role].title, MERGE[role].detail), repository: role })),
    ...(hasOwnProject
      ? [
          step(
            'do',
            'Add what the client needs to `package.json`',
            '`busline/client/README.md` says what: `ajv` and `ajv-formats`, and AWS’s SDK for publishing.',
          ),
        ]
      : []),
    ...(team.length > 0
      ? [
          step(
            'do',
            `Make ${list(team.map(({ type, name }) => `${type} ${code(name)}`))}`,
            'By the service itself, before its stack is deployed: a permission cannot name a function that is not there.',
          ),
        ]
      : []),
    ...deployed,
    ...removed,
    ...(deployed.length > 0
      ? [
          step(
            'verify',
            'See the first event',
            'Live is when AWS has what is declared, and the first event has matched.',
          ),
        ]
      : []),
  ];
}

const MERGE = {
  events: {
    title: 'Merge the pull request of the event repository',
    detail: 'Main is what holds; merging is the approval.',
  },
  service: {
    title: 'Merge the pull request of the service',
    detail: 'In either order: deployment waits for what it needs, and says for what.',
  },
} as const;

function step(kind: Step['kind'], title: string, detail: string): Step {
  return { kind, title, detail, after: [] };
}

/** Stacks of which the text changes, each behind those it depends on; those that go, the other way round. */
function stackSteps({ stacksBefore, stacksAfter }: Effects): {
  readonly deployed: readonly Step[];
  readonly removed: readonly Step[];
} {
  const was = new Map(stacksBefore.map(({ stack }) => [stack.name, JSON.stringify(stack)]));
  const changed = stacksAfter.filter(({ stack }) => was.get(stack.name) !== JSON.stringify(stack));
  const names = new Set(stacksAfter.map(({ stack }) => stack.name));
  const gone = stacksBefore.filter(({ stack }) => !names.has(stack.name));
  return {
    deployed: ordered(changed).map(stack => deployStep(stack, 'Deploy', new Set(changed.map(each => each.stack.name)))),
    removed: [...ordered(gone)].reverse().map(stack => deployStep(stack, 'Delete', new Set())),
  };
}

function ordered(stacks: readonly PlacedStack[]): readonly Stack[] {
  return deploymentOrder(stacks.map(({ stack }) => stack));
}

function deployStep({ name, accountId, region, dependsOn }: Stack, verb: string, deployed: ReadonlySet<string>): Step {
  const after = dependsOn.filter(other => deployed.has(other));
  return {
    kind: 'deploy',
    title: `${verb} stack ${code(name)}`,
    detail: after.length > 0 ? `After ${list(after.map(code))}.` : 'Waits for no other stack of this plan.',
    stack: { name, accountId, region },
    after,
  };
}
