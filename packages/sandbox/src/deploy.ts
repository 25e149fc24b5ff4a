import { createHash } from 'node:crypto';
import { readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { createCallLimits, type ClientsFor } from '@busline/aws-estate';
import { deployStacks, wordsOf, type PlannedStack } from '@busline/deployment';
import { declaredResources } from '@busline/infrastructure';
import type { Declared } from './declared';
import { deployerRoles } from './deployerRoles';
import { existingOnAws } from './existing';
import { givenStacks } from './givenStacks';
import { keepShort } from './keepShort';
import { readerRoles } from './readerRoles';
import { applyRegistry } from './registry';

const STAMP = 'deployed.json';
/** Raised when what is made from the same declarations changes. */
const FORM = 2;

export interface DeployOptions {
  readonly declared: readonly Declared[];
  readonly portalAccount: string;
  readonly clientsFor: ClientsFor;
  readonly stateDir: string;
  readonly signal: AbortSignal;
  readonly onProgress: (message: string) => void;
}

/**
 * Makes everything stand that the repositories declare, by CloudFormation, and the portal's roles and the schema registries. Left out where the
 * same was deployed into this state before.
 * @returns whether anything was done
 */
export async function deploy(options: DeployOptions): Promise<boolean> {
  const { declared, clientsFor, stateDir, onProgress } = options;
  const repositories = declared.map(({ repository }) => repository);
  const resources = repositories.flatMap(repository =>
    repository.environments.flatMap(environment =>
      declaredResources(repository, environment.name, { onProblem: problem => onProgress(problem.message) }),
    ),
  );
  const existing = existingOnAws(resources);
  const given = givenStacks([
    ...readerRoles(repositories, options.portalAccount),
    ...deployerRoles(repositories, options.portalAccount),
    ...existing,
  ]);
  // Stacks of one event repository have names of their own; two event repositories may use the same.
  const stacks = declared.map(each => each.stacks.map(({ stack }) => stack));
  const schemas = repositories.flatMap(r => r.eventTypes.map(t => t.versions.map(v => v.schema)));
  const hash = createHash('sha256')
    .update(JSON.stringify([FORM, given, stacks, schemas]))
    .digest('hex');
  const stamp = path.join(stateDir, STAMP);
  if ((await readStamp(stamp))?.hash === hash) return false;
  const file = { repository: 'sandbox', path: '' };
  const left = await deployAll(
    given.map(stack => ({ stack, file, missing: [] })),
    options,
  );
  for (const each of declared) {
    const standing = await deployAll(each.stacks, options);
    // What somebody merged and AWS refuses is the portal's to tell; the portal must start for it.
    if (each.isOnForge) standing.forEach(onProgress);
    else left.push(...standing);
  }
  if (left.length > 0) throw new Error(left.join('\n'));
  const queues = [...resources, ...existing].filter(r => r.kind === 'queue' || r.kind === 'dead-letter-queue');
  await keepShort(queues, clientsFor);
  for (const repository of repositories) await applyRegistry(repository, clientsFor, options.signal, onProgress);
  await writeFile(stamp, JSON.stringify({ form: FORM, hash }));
  return true;
}

/** @returns a line for each stack that does not stand, with CloudFormation's reasons */
async function deployAll(
  stacks: readonly PlannedStack[],
  { clientsFor, signal, onProgress }: DeployOptions,
): Promise<string[]> {
  if (stacks.length === 0) return [];
  onProgress(`Deploying ${stacks.length} stacks of ${stacks[0].stack.repository}`);
  const report = await deployStacks({ stacks }, { clientsFor, signal, limits: createCallLimits() });
  return report.stacks
    .filter(({ outcome }) => outcome !== 'deployed' && outcome !== 'unchanged')
    .map(outcome => `${outcome.planned.stack.name} ${wordsOf(outcome)}`);
}

interface Stamp {
  readonly form?: number;
  readonly hash?: string;
}

async function readStamp(file: string): Promise<Stamp | undefined> {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as Stamp;
  } catch {
    // Never deployed, or killed while writing: deploying again does no harm.
    return undefined;
  }
}

/**
 * Takes away a state that an older version made in another way: what stands there belongs to no stack, and none could be made beside it.
 * To be called before the server reads it.
 */
export async function dropOldState(stateDir: string, onProgress: (message: string) => void): Promise<void> {
  const stamp = await readStamp(path.join(stateDir, STAMP));
  if (!stamp || stamp.form === FORM) return;
  onProgress('The local AWS state is of an older version, and is made again');
  await rm(stateDir, { recursive: true, force: true });
}
