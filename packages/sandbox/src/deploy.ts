import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { applyResources, createCallLimits, type ClientsFor } from '@busline/aws-estate';
import type { EventRepository } from '@busline/event-repository';
import { declaredResources, type Resource } from '@busline/infrastructure';
import { deployerRoles } from './deployerRoles';
import { existingOnAws } from './existing';
import { readerRoles } from './readerRoles';
import { applyRegistry } from './registry';

const STAMP = 'deployed.json';
/** Raised when what is made from the same declarations changes. */
const FORM = 1;

export interface DeployOptions {
  readonly repositories: readonly EventRepository[];
  readonly portalAccount: string;
  readonly clientsFor: ClientsFor;
  readonly stateDir: string;
  readonly signal: AbortSignal;
  readonly onProgress: (message: string) => void;
}

/**
 * Makes everything stand that the repositories declare, the reader roles and the schema registries. Left out where the
 * same was deployed into this state before.
 * @returns whether anything was done
 */
export async function deploy(options: DeployOptions): Promise<boolean> {
  const { repositories, clientsFor, signal, onProgress } = options;
  const declared = repositories.flatMap(repository =>
    repository.environments.flatMap(environment =>
      declaredResources(repository, environment.name, { onProblem: problem => onProgress(problem.message) }),
    ),
  );
  const resources: readonly Resource[] = [
    ...readerRoles(repositories, options.portalAccount),
    ...deployerRoles(repositories, options.portalAccount),
    ...existingOnAws(declared),
    ...declared,
  ];
  const schemas = repositories.flatMap(r => r.eventTypes.map(t => t.versions.map(v => v.schema)));
  const hash = createHash('sha256')
    .update(JSON.stringify([FORM, resources, schemas]))
    .digest('hex');
  const stamp = path.join(options.stateDir, STAMP);
  if ((await readStamp(stamp)) === hash) return false;
  onProgress(`Deploying ${resources.length} resources`);
  const limits = createCallLimits();
  await applyResources(resources, { clientsFor, signal, limits });
  for (const repository of repositories) await applyRegistry(repository, clientsFor, signal, onProgress);
  await writeFile(stamp, JSON.stringify({ hash }));
  return true;
}

async function readStamp(file: string): Promise<string | undefined> {
  try {
    return (JSON.parse(await readFile(file, 'utf8')) as { hash?: string }).hash;
  } catch {
    // Never deployed, or killed while writing: deploying again does no harm.
    return undefined;
  }
}
