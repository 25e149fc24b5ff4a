import { readEventRepository, type EventRepository } from '@busline/event-repository';
import { partitionOf, stacksOf } from '@busline/infrastructure';
import { assumeRoleClients, createCallLimits, wait } from '@busline/aws-estate';
import {
  deleteLeftovers,
  discardDeployment,
  executeDeployment,
  findLeftovers,
  planDeployment,
  prepareDeployment,
  type DeploymentPlan,
  type DeploymentReport,
  type DeployOptions as ExecuteOptions,
} from '@busline/deployment';
import { filesIn } from '../diskFiles';
import { UsageError } from '../errors';
import { count, type Output } from '../output';
import { serviceCheckouts } from '../serviceRepositories';
import { confirm } from './confirm';
import { isChange, leftoverLines, prepareLines, reportLines } from './words';

export interface DeployOptions {
  readonly serviceRepositories?: readonly string[];
  readonly environment?: string;
  /** Shows what would change, and changes nothing. */
  readonly planOnly?: boolean;
  /** Does not ask. */
  readonly yes?: boolean;
  /** Deletes the stacks that main no longer has. */
  readonly prune?: boolean;
  /** Minutes for which to look again for what other repositories deploy. */
  readonly wait?: number;
  readonly endpoint?: string;
  /** Role to assume in each account; the SDK's own credentials where left out. */
  readonly roleName?: string;
}

const LOOK_AGAIN_MS = 15_000;
const MINUTE_MS = 60_000;

/**
 * `busline deploy`: brings AWS where the files of a checkout have it, the change sets first.
 * @returns 1 where a stack failed, else 0; one that waits for another repository is no failure
 * @throws UsageError, DeploymentPlanError, AwsCallError
 */
export async function deploy(folder: string, options: DeployOptions, output: Output): Promise<number> {
  const files = filesIn(folder);
  const { repository } = readEventRepository(files);
  if (repository.environments.length === 0) throw new UsageError(`${folder} is no event repository with environments`);
  if (options.environment !== undefined && !repository.environments.some(e => e.name === options.environment)) {
    throw new UsageError(`There is no environment ${options.environment} in ${folder}`);
  }
  const checkouts = serviceCheckouts(repository, options.serviceRepositories ?? []);
  const plan = planDeployment(
    {
      events: { name: folder, files },
      services: checkouts.map(checkout => ({ name: checkout.folder, files: filesIn(checkout.folder) })),
    },
    { environment: options.environment, repository: repository.name },
  );
  if (plan.stacks.length === 0 && !options.prune) {
    throw new UsageError(`${folder} has no stacks; busline generate ${folder} writes them`);
  }
  const stopping = new AbortController();
  const stop = () => stopping.abort();
  process.once('SIGINT', stop);
  try {
    const execute = executeOptions(repository, options, stopping.signal, output);
    const code = await deployUntilReady(plan, options, execute, output);
    if (code !== 0 || !options.prune) return code;
    return await prune(repository, plan, options, execute, output);
  } finally {
    process.off('SIGINT', stop);
  }
}

function executeOptions(
  repository: EventRepository,
  { endpoint, roleName }: DeployOptions,
  signal: AbortSignal,
  output: Output,
): ExecuteOptions {
  const region = repository.environments[0]?.buses[0]?.region ?? '';
  const roleArn = roleName && `arn:${partitionOf(region)}:iam::{account}:role/${roleName}`;
  let told = '';
  return {
    clientsFor: assumeRoleClients({ endpoint, roleArn }),
    limits: createCallLimits(),
    signal,
    onProgress: ({ stack, step, done, total }) => {
      if (step === 'looking at what stands' || step === 'is unchanged') return;
      const line = `[${done}/${total}] ${stack} ${step}`;
      if (line !== told) output.note(line);
      told = line;
    },
  };
}

async function deployUntilReady(
  plan: DeploymentPlan,
  options: DeployOptions,
  execute: ExecuteOptions,
  output: Output,
): Promise<number> {
  const deadline = Date.now() + (options.wait ?? 0) * MINUTE_MS;
  for (;;) {
    const report = await deployOnce(plan, options, execute, output);
    if (!report) return 0;
    for (const line of reportLines(report)) output.out(line);
    if (report.stacks.some(({ outcome }) => outcome === 'failed')) return 1;
    const isWaiting = report.stacks.some(({ outcome }) => outcome === 'waiting');
    if (!isWaiting || Date.now() + LOOK_AGAIN_MS > deadline) return 0;
    await wait(LOOK_AGAIN_MS, execute.signal);
  }
}

/** @returns undefined where nothing was to be done but to show it */
async function deployOnce(
  plan: DeploymentPlan,
  options: DeployOptions,
  execute: ExecuteOptions,
  output: Output,
): Promise<DeploymentReport | undefined> {
  const prepared = await prepareDeployment(plan, execute);
  for (const line of prepareLines(prepared)) output.out(line);
  const hasChanges = prepared.stacks.some(isChange);
  if (options.planOnly || (hasChanges && !(await confirm('Deploy this?', options.yes)))) {
    await discardDeployment(prepared, execute);
    return undefined;
  }
  return executeDeployment(prepared, execute);
}

/** A step of its own: nothing is deleted that was not shown as such. */
async function prune(
  repository: EventRepository,
  plan: DeploymentPlan,
  options: DeployOptions,
  execute: ExecuteOptions,
  output: Output,
): Promise<number> {
  const declared = repository.environments.flatMap(({ name }) => stacksOf(repository, name).map(stack => stack.name));
  const regions = new Set([
    ...repository.environments.flatMap(({ buses }) => buses.map(bus => bus.region)),
    ...repository.services.flatMap(({ environments }) => environments.map(at => at.region)),
  ]);
  const leftovers = await findLeftovers(
    {
      repository: repository.name,
      environment: options.environment,
      keep: new Set([...declared, ...plan.stacks.map(({ stack }) => stack.name)]),
      places: repository.accounts
        .filter(
          ({ environment }) =>
            options.environment === undefined || (environment ?? options.environment) === options.environment,
        )
        .flatMap(({ id }) => [...regions].map(region => ({ accountId: id, region }))),
    },
    execute,
  );
  for (const line of leftoverLines(leftovers)) output.out(line);
  if (leftovers.length === 0 || options.planOnly) return 0;
  if (!(await confirm(`Delete ${count(leftovers.length, 'stack')}?`, options.yes))) return 0;
  await deleteLeftovers(leftovers, execute);
  output.out(`${count(leftovers.length, 'stack')} deleted`);
  return 0;
}
