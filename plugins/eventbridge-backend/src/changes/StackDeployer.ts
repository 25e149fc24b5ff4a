import type { ClientsFor } from '@busline/aws-estate';
import {
  deleteLeftovers,
  deployStacks,
  DeploymentPlanError,
  findLeftovers,
  planDeployment,
  type DeploymentProgress,
  type DeploymentReport,
  type DeployOptions,
  type PlannedStack,
  type StackOutcome,
} from '@busline/deployment';
import type { RepositoryFiles } from '@busline/event-repository';
import type { StackProgress } from '@busline/plugin-eventbridge-common';
import type { EventRepositoryAtMain } from '../sources/EventRepositoryAtMain';
import type { ChangeRecord } from './changeRecord';
import type { Deployer, DeployResult } from './Deployer';
import type { PortalForge } from './forges';
import { ReasonForPeople } from './troubles';

export interface StackDeployerOptions {
  readonly events: EventRepositoryAtMain;
  readonly portalForge: PortalForge;
  readonly clientsFor: ClientsFor;
}

/** A deployment that failed, in words for people: what CloudFormation said of which resource. */
export class DeploymentFailedError extends ReasonForPeople {
  override readonly name = 'DeploymentFailedError';
}

interface Place {
  readonly accountId: string;
  readonly region: string;
}

type Main = Awaited<ReturnType<EventRepositoryAtMain['current']>>;

/** Deploys by CloudFormation from the portal itself, as `busline deploy` does from a workflow. */
export class StackDeployer implements Deployer {
  readonly #options: StackDeployerOptions;

  constructor(options: StackDeployerOptions) {
    this.#options = options;
  }

  async deploy(record: ChangeRecord, { signal, onProgress }: Parameters<Deployer['deploy']>[1]): Promise<DeployResult> {
    const { events, clientsFor } = this.#options;
    const main = await events.current(signal);
    const { repository } = main.read;
    const environments = environmentsOf(record);
    const plan = await this.#plan(record, main, signal);
    const wanted = plan.filter(({ stack }) => environments.has(stack.environment));
    const progress = new Map(wanted.map(planned => [planned.stack.name, waiting(planned)]));
    const writing = { last: Promise.resolve() };
    const tell = ({ stack, accountId, region, step }: DeploymentProgress) => {
      progress.set(stack, { name: stack, accountId, region, state: 'running', detail: step });
      // One write behind the other, so that the last one stands.
      writing.last = writing.last.then(() => onProgress([...progress.values()])).catch(() => {});
    };
    const options: DeployOptions = { clientsFor, signal, onProgress: tell, hintFor: () => mergeHint(record) };
    const report = await deployStacks({ stacks: wanted }, options);
    await writing.last;
    for (const outcome of report.stacks) progress.set(outcome.planned.stack.name, toProgress(outcome));
    failOn(report);
    const isWaiting = report.stacks.some(({ outcome }) => outcome === 'waiting' || outcome === 'skipped');
    if (isWaiting) return { kind: 'waiting', stacks: [...progress.values()] };
    for (const { name, accountId, region } of await this.#deleteWhatLeft(record, repository.name, plan, options)) {
      progress.set(name, { name, accountId, region, state: 'done', detail: 'deleted: main no longer has it' });
    }
    return { kind: 'deployed', stacks: [...progress.values()] };
  }

  /** Stacks on main of the service that the change request is about, and those of the platform. */
  async #plan(record: ChangeRecord, main: Main, signal: AbortSignal): Promise<readonly PlannedStack[]> {
    const { events } = this.#options;
    const { subject } = record.plan;
    const names = new Set(['platform', subject]);
    const service =
      record.pullRequests.find(({ role }) => role === 'service')?.repository ?? this.#serviceRepository(main, subject);
    const services = service === undefined ? [] : [{ name: service, files: await this.#filesOnMain(service, signal) }];
    try {
      const { stacks } = planDeployment({
        events: { name: events.repository, files: only(main.files, path => names.has(ownerOf(path))) },
        services,
      });
      return stacks.filter(
        ({ stack }) =>
          stack.repository === main.read.repository.name &&
          (!('service' in stack.owner) || stack.owner.service === subject),
      );
    } catch (error) {
      if (error instanceof DeploymentPlanError) throw new DeploymentFailedError(error.message);
      throw error;
    }
  }

  #serviceRepository(main: Main, subject: string): string | undefined {
    const url = main.read.repository.services.find(({ name }) => name === subject)?.repository;
    if (url === undefined) return undefined;
    try {
      return this.#options.portalForge.repositoryOf(url);
    } catch {
      // A forge that is not the portal's: its own workflow deploys what lies there.
      return undefined;
    }
  }

  async #filesOnMain(repository: string, signal: AbortSignal): Promise<RepositoryFiles> {
    const { forge, filesAt } = this.#options.portalForge;
    const commit = await forge.headOf(repository, await forge.defaultBranch(repository, { signal }), { signal });
    return commit === undefined ? NO_FILES : filesAt(repository, commit, signal);
  }

  /** What the service had and main no longer has, such as after it left the bus. */
  async #deleteWhatLeft(
    record: ChangeRecord,
    repository: string,
    plan: readonly PlannedStack[],
    options: DeployOptions,
  ) {
    const touched = placesOf(record.plan.accounts);
    if (touched.length === 0) return [];
    const keep = new Set(plan.map(({ stack }) => stack.name));
    const found = await findLeftovers({ repository, places: touched, keep }, options);
    const own = found.filter(({ service }) => service === record.plan.subject);
    await deleteLeftovers(own, options);
    return own;
  }
}

const NO_FILES: RepositoryFiles = { paths: () => [], read: () => undefined };

function environmentsOf({ plan, request }: ChangeRecord): ReadonlySet<string> {
  const touched = plan.accounts.map(({ environment }) => environment);
  return new Set(request.kind === 'onboard' ? [request.environment, ...touched] : touched);
}

function placesOf(places: readonly Place[]): readonly Place[] {
  return [
    ...new Map(places.map(({ accountId, region }) => [`${accountId} ${region}`, { accountId, region }])).values(),
  ];
}

/** `stacks/prod/delivery-service@roles.yaml` is of `delivery-service`. */
function ownerOf(path: string): string {
  return /^stacks\/[^/]+\/([^/@]+?)(?:@[^/]*)?\.yaml$/.exec(path)?.[1] ?? '';
}

function only(files: RepositoryFiles, isWanted: (path: string) => boolean): RepositoryFiles {
  return { paths: () => files.paths().filter(isWanted), read: path => files.read(path) };
}

function mergeHint({ pullRequests }: ChangeRecord): string | undefined {
  const open = pullRequests.find(pull => pull.state === 'open' && pull.number !== undefined);
  return open && `merge ${open.repository}#${open.number}`;
}

function waiting({ stack: { name, accountId, region } }: PlannedStack): StackProgress {
  return { name, accountId, region, state: 'waiting' };
}

function toProgress(outcome: StackOutcome): StackProgress {
  const { name, accountId, region } = outcome.planned.stack;
  const place = { name, accountId, region };
  switch (outcome.outcome) {
    case 'unchanged':
      return { ...place, state: 'unchanged' };
    case 'deployed':
      return { ...place, state: 'done', detail: outcome.created ? 'created' : 'updated' };
    case 'waiting':
      return { ...place, state: 'waiting', detail: outcome.words };
    case 'skipped':
      return { ...place, state: 'waiting', detail: outcome.because };
    default:
      return { ...place, state: 'failed', detail: outcome.reason };
  }
}

function failOn(report: DeploymentReport): void {
  const failed = report.stacks.flatMap(outcome => (outcome.outcome === 'failed' ? [outcome] : []));
  if (failed.length === 0) return;
  throw new DeploymentFailedError(
    failed
      .map(({ planned, reason }) => (reason.startsWith('Stack ') ? reason : `Stack ${planned.stack.name}: ${reason}`))
      .join('\n'),
  );
}
