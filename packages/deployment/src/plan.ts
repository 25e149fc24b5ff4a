import type { RepositoryFiles } from '@busline/event-repository';
import {
  deploymentOrder,
  isStackPath,
  readStack,
  rulesOfTemplate,
  type NeededStack,
  type Stack,
} from '@busline/infrastructure';

/** A repository as it stands on its main branch. */
export interface RepositoryOnMain {
  /** For people: `key/events`, or a folder. */
  readonly name: string;
  readonly files: RepositoryFiles;
}

/** What is deployed: files on main, and nothing else. */
export interface DeploymentSources {
  readonly events: RepositoryOnMain;
  /** Repositories of services; those that are not given are taken to be deployed by somebody else. */
  readonly services: readonly RepositoryOnMain[];
}

export interface PlanOptions {
  /** All of them where left out. */
  readonly environment?: string;
  /** Only stacks of this event repository: a service's repository may hold those of several. */
  readonly repository?: string;
}

export interface PlannedStack {
  readonly stack: Stack;
  readonly file: { readonly repository: string; readonly path: string };
  /** What it needs and these files do not have. */
  readonly missing: readonly MissingStack[];
}

/** Something that another pull request brings, or another deployment. */
export interface MissingStack extends NeededStack {
  /**
   * `not-on-main`: no file of these repositories has the stack; it may stand on AWS all the same.
   * `outdated`: the file on main has the stack, but without these rules.
   */
  readonly reason: 'not-on-main' | 'outdated';
  /** In words: `the subscriber bus busline-delivery-service in account 444455556666`. */
  readonly words: string;
}

export interface DeploymentPlan {
  /** In an order in which they can be deployed. */
  readonly stacks: readonly PlannedStack[];
}

/** Files that cannot be deployed. The message has a line for each. */
export class DeploymentPlanError extends Error {
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(problems.join('\n'));
    this.name = 'DeploymentPlanError';
    this.problems = problems;
  }
}

/**
 * Reads the stacks that main has, and puts them in order. Pure but for reading the files.
 * @throws DeploymentPlanError naming every file that cannot be read, every stack that two files have, and circles
 */
export function planDeployment(sources: DeploymentSources, options: PlanOptions = {}): DeploymentPlan {
  const problems: string[] = [];
  const files = [
    ...stackFiles(sources.events, 'events', problems),
    ...sources.services.flatMap(service => stackFiles(service, 'service', problems)),
  ].filter(
    ({ stack }) =>
      (options.environment === undefined || stack.environment === options.environment) &&
      (options.repository === undefined || stack.repository === options.repository),
  );
  const byName = new Map<string, (typeof files)[number]>();
  for (const entry of files) {
    const other = byName.get(entry.stack.name);
    if (other) problems.push(`${inWords(entry.file)} and ${inWords(other.file)} both hold stack ${entry.stack.name}`);
    else byName.set(entry.stack.name, entry);
  }
  if (problems.length > 0) throw new DeploymentPlanError(problems);
  return {
    stacks: orderOf([...byName.values()].map(({ stack }) => stack)).map(stack => ({
      ...byName.get(stack.name)!,
      missing: stack.needs.flatMap(need => missing(stack, need, byName.get(need.stack)?.stack) ?? []),
    })),
  };
}

function stackFiles({ name, files }: RepositoryOnMain, role: 'events' | 'service', problems: string[]) {
  return files
    .paths()
    .filter(path => isStackPath(role, path))
    .flatMap(path => {
      const text = files.read(path);
      if (text === undefined) return [];
      const file = { repository: name, path };
      const read = readStack(text);
      if (read.ok) return [{ stack: read.stack, file }];
      problems.push(`${inWords(file)} ${read.problem}`);
      return [];
    });
}

function inWords({ repository, path }: PlannedStack['file']): string {
  return `${repository}: ${path}`;
}

function orderOf(stacks: readonly Stack[]): readonly Stack[] {
  try {
    return deploymentOrder(stacks);
  } catch (error) {
    throw new DeploymentPlanError([(error as Error).message]);
  }
}

function missing(stack: Stack, need: NeededStack, found: Stack | undefined): MissingStack | undefined {
  if (!found) return { ...need, reason: 'not-on-main', words: wordsFor(stack, need) };
  const rules = new Set(rulesOfTemplate(found.template));
  const absent = need.rules.filter(rule => !rules.has(rule));
  if (absent.length === 0) return undefined;
  const what = absent.length === 1 ? `rule ${absent[0]}` : `rules ${absent.join(', ')}`;
  return { ...need, rules: absent, reason: 'outdated', words: `${what} of stack ${need.stack}` };
}

const BUS_ARN = /^arn:aws[a-z-]*:events:([a-z0-9-]+):([0-9]{12}):event-bus\/(.+)$/;

/** What a person knows the stack by: the bus to which this one's rules forward, or else its name. */
function wordsFor(stack: Stack, need: NeededStack): string {
  const place = `account ${need.accountId}`;
  for (const arn of targetsOf(stack)) {
    const [, region, accountId, bus] = BUS_ARN.exec(arn) ?? [];
    if (accountId === need.accountId && region === need.region) return `the subscriber bus ${bus} in ${place}`;
  }
  return `stack ${need.stack} in ${place}`;
}

function targetsOf({ template }: Stack): readonly string[] {
  const resources = Object.values(template.Resources ?? {}) as readonly {
    readonly Type?: unknown;
    readonly Properties?: { readonly Targets?: readonly { readonly Arn?: unknown }[] };
  }[];
  return resources
    .filter(resource => resource?.Type === 'AWS::Events::Rule' && Array.isArray(resource.Properties?.Targets))
    .flatMap(resource => resource.Properties!.Targets!.map(target => String(target?.Arn)));
}
