import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createClients, type AwsClients, type ClientsFor } from '@busline/aws-estate';
import { deployStacks } from '@busline/deployment';
import { readEventRepository, type RepositoryFiles } from '@busline/event-repository';
import { createLocalForge, createMemoryPullRequestStore } from '@busline/forge';
import { generatedStacks, type GeneratedStack } from '@busline/infrastructure';
import { defaultQuotas, startLocalAws, type LocalAws } from '@busline/local-aws';
import { eventType } from './keyRepository';

export const EVENTS = 'key/events';
export const REGION = 'eu-west-1';
export const PLATFORM_ACCOUNT = '111111111111';

/** What change requests happen in: a forge on disk and an AWS, both as after a first deployment. */
export interface ChangesWorld {
  readonly forgeDirectory: string;
  readonly folder: string;
  readonly endpoint: string;
  readonly clientsFor: ClientsFor;
  close(): Promise<void>;
}

const AUTHOR = { name: 'busline', email: 'busline@users.busline.invalid' };

/** Services `service-1` and on, each with an owner, an account and an empty repository of its own. */
export async function createWorld({ services = 3 }: { readonly services?: number } = {}): Promise<ChangesWorld> {
  const folder = await mkdtemp(path.join(tmpdir(), 'busline-changes-'));
  const aws = await startLocalAws({ quotas: { ...defaultQuotas }, requestRates: UNLIMITED });
  const clientsFor = accountClients(aws);
  const forgeDirectory = path.join(folder, 'forge');
  const declared = declaredFiles(services);
  const { repository } = readEventRepository(toFiles(declared));
  const stacks = generatedStacks(repository, 'prod');
  const forge = createLocalForge({ root: forgeDirectory, store: createMemoryPullRequestStore() });
  const create = (name: string, files: Readonly<Record<string, string>>) =>
    forge.createRepository({
      repository: name,
      files: Object.entries(files).map(([file, content]) => ({ path: file, content })),
      message: 'As it was',
      author: AUTHOR,
    });
  await create(EVENTS, { ...declared, ...textsOf(stacks, undefined) });
  for (const { name } of repository.services) {
    await create(`key/${name}`, { 'README.md': `# ${name}\n`, ...textsOf(stacks, name) });
  }
  const plan = stacks.map(({ stack }) => ({ stack, file: { repository: EVENTS, path: '' }, missing: [] }));
  const report = await deployStacks({ stacks: plan }, { clientsFor });
  const failed = report.stacks.filter(({ outcome }) => outcome !== 'deployed');
  if (failed.length > 0) throw new Error(`The first deployment failed: ${JSON.stringify(failed)}`);
  return {
    folder,
    forgeDirectory,
    endpoint: aws.endpoint,
    clientsFor,
    async close() {
      await aws.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

const UNLIMITED = { 'events:*': Infinity, 'sqs:*': Infinity, 'cloudformation:*': Infinity, 'iam:*': Infinity };

/** On the local server the access key id is the account. */
function accountClients({ endpoint }: Pick<LocalAws, 'endpoint'>): ClientsFor {
  const known = new Map<string, AwsClients>();
  return (accountId, region) => {
    const key = `${accountId} ${region}`;
    const credentials = { accessKeyId: accountId, secretAccessKey: 'local' };
    const clients = known.get(key) ?? createClients(region, { endpoint, credentials });
    known.set(key, clients);
    return clients;
  };
}

function textsOf(stacks: readonly GeneratedStack[], service: string | undefined): Record<string, string> {
  return Object.fromEntries(
    stacks.filter(each => each.service === service).map(({ path: file, text }) => [file, text]),
  );
}

function toFiles(files: Readonly<Record<string, string>>): RepositoryFiles {
  return { paths: () => Object.keys(files), read: file => (Object.hasOwn(files, file) ? files[file] : undefined) };
}

export function accountOf(service: number): string {
  return String(200000000000 + service);
}

function declaredFiles(services: number): Record<string, string> {
  const numbers = Array.from({ length: services }, (_, index) => index + 1);
  const accounts = numbers.map(
    n => `  account-${n}: { id: '${accountOf(n)}', environment: prod, owner: group:default/team-${n} }`,
  );
  const files: Record<string, string> = {
    'busline.yaml': `
name: key
title: Key
description: The event repository of these tests.
owner: group:default/platform
environments:
  prod:
    buses:
      - { name: key-central, account: platform, region: ${REGION}, description: Everybody publishes here. }
`,
    'accounts.yaml': `
accounts:
  platform: { id: '${PLATFORM_ACCOUNT}', environment: prod, owner: group:default/platform }
  access: { id: '222222222222', environment: prod, owner: group:default/access }
${accounts.join('\n')}
`,
    'domains/access.yaml': 'title: Access\ndescription: Who may open what.\nowner: group:default/access\n',
    'services/access-service.yaml': `
title: Access service
description: Grants access.
owner: group:default/access
domain: access
repository: https://github.com/key/access-service
environments: { prod: { account: access, region: ${REGION} } }
publishes:
  - { source: com.key.access, detailType: Access Granted }
  - { source: com.key.access, detailType: Access Revoked }
  - { source: com.key.access, detailType: Secret Opened }
`,
    ...accessEvent('Access Granted', 'internal'),
    ...accessEvent('Access Revoked', 'internal'),
    ...accessEvent('Secret Opened', 'restricted'),
  };
  for (const n of numbers) {
    files[`services/service-${n}.yaml`] = `
title: Service ${n}
description: Does thing ${n}.
owner: group:default/team-${n}
repository: https://github.com/key/service-${n}
environments: { prod: { account: account-${n}, region: ${REGION} } }
`;
  }
  return files;
}

function accessEvent(detailType: string, classification: string): Record<string, string> {
  return eventType('com.key.access', detailType, {
    domain: 'access',
    owner: 'group:default/access',
    classification,
    description: 'Somebody may now open a door.',
    fields: { channel: 'string' },
  });
}
