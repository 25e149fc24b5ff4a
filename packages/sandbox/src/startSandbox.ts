import { mkdir } from 'node:fs/promises';
import { createClients, type AwsClients, type ClientsFor } from '@busline/aws-estate';
import { declaredResources } from '@busline/infrastructure';
import { startLocalAws } from '@busline/local-aws';
import { followedDeclarations } from './Declarations';
import { readDeclared, type RepositoryPlace } from './declared';
import { deploy, dropOldState } from './deploy';
import { applyDriftsOnce, KEY_SUITE_DRIFTS, type Drift } from './drifts';
import { startFirstEvents } from './firstEvents';
import { startFunctions } from './functions';
import { startTraffic } from './traffic';

/** The account as which the portal signs in: the platform account of `examples/key-suite`. */
const PORTAL_ACCOUNT = '111111111111';
const EVENTS_PER_SECOND = 3;

export interface SandboxOptions {
  /** Folder for the server's state and for what was deployed. */
  readonly stateDir: string;
  /** 0 takes any free port. */
  readonly port: number;
  /** Event repositories. Drifts are made in the first. */
  readonly repositories: readonly RepositoryPlace[];
  readonly onProgress?: (message: string) => void;
  readonly drifts?: readonly Drift[];
  /** 0 sends none. */
  readonly eventsPerSecond?: number;
  readonly portalAccount?: string;
}

export interface Sandbox {
  readonly endpoint: string;
  /** Whether something was deployed; false where the state had it all. */
  readonly deployed: boolean;
  close(): Promise<void>;
}

/**
 * The laptop's AWS: the local server with the estate that event repositories declare, some drift, and traffic.
 * @throws Error when the port is taken, the state is in use, or a place has no event repository
 */
export async function startSandbox(options: SandboxOptions): Promise<Sandbox> {
  const onProgress = options.onProgress ?? (() => {});
  const declared = await Promise.all(options.repositories.map(readDeclared));
  const repositories = declared.map(({ repository }) => repository);
  const resources = repositories.flatMap(repository =>
    repository.environments.flatMap(environment => declaredResources(repository, environment.name)),
  );
  await dropOldState(options.stateDir, onProgress);
  await mkdir(options.stateDir, { recursive: true });
  const functions = await startFunctions(resources);
  const stopping = new AbortController();
  const closers: (() => Promise<void>)[] = [() => functions.close()];
  const close = async () => {
    stopping.abort();
    for (const closer of closers.splice(0).reverse()) await closer();
  };
  try {
    const aws = await startLocalAws({
      port: options.port,
      stateDir: options.stateDir,
      lambdaUrls: functions.urls,
    });
    closers.push(() => aws.close());
    onProgress(`The local AWS server answers at ${aws.endpoint}`);
    const clientsFor = accountClients(aws.endpoint);
    const deployed = await deploy({
      declared,
      portalAccount: options.portalAccount ?? PORTAL_ACCOUNT,
      clientsFor,
      stateDir: options.stateDir,
      signal: stopping.signal,
      onProgress,
    });
    if (repositories.length > 0) {
      const drifts = options.drifts ?? KEY_SUITE_DRIFTS;
      await applyDriftsOnce({
        repository: repositories[0],
        drifts,
        clientsFor,
        stateDir: options.stateDir,
        onProgress,
      });
    }
    const eventsPerSecond = options.eventsPerSecond ?? EVENTS_PER_SECOND;
    if (eventsPerSecond > 0) {
      const declarations = followedDeclarations(options.repositories, repositories, { onProgress });
      const traffic = startTraffic({ declarations, clientsFor, eventsPerSecond, onProgress });
      closers.push(() => traffic.stop());
      const first = startFirstEvents({ declarations, clientsFor, onProgress });
      closers.push(() => first.stop());
    }
    return { endpoint: aws.endpoint, deployed, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** On the local server the access key id is the account. */
function accountClients(endpoint: string): ClientsFor {
  const known = new Map<string, AwsClients>();
  return (accountId, region) => {
    const key = `${accountId} ${region}`;
    const credentials = { accessKeyId: accountId, secretAccessKey: 'local' };
    const clients = known.get(key) ?? createClients(region, { endpoint, credentials });
    known.set(key, clients);
    return clients;
  };
}
